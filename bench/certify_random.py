#!/usr/bin/env python3
"""Solves random configurations and counts how many are certified and how many starts each needed.

K = 2..16, d = K and d = K + 4 in turn, every second one partly collapsed: certify_random.py NCVERIFY [NUMBER [SEED]]
"""

import collections
import fractions
import json
import random
import subprocess
import sys

ncverify = sys.argv[1]
number = int(sys.argv[2]) if len(sys.argv) > 2 else 200
source = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
starts, collapsed_share, failed, seconds = collections.Counter(), 0, [], 0.0

for case in range(number):
    classes = source.randint(2, 16)
    counts = [int(10 ** source.uniform(0, 6)) for _ in range(classes)]
    total, distinct = sum(counts), sorted(set(counts))
    if case % 2 and len(distinct) > 1:  # a threshold T between two of the counts
        place = source.randrange(len(distinct) - 1)
        threshold = fractions.Fraction(distinct[place] + distinct[place + 1], 2)
    else:  # below all of them
        threshold = fractions.Fraction(distinct[0], source.randint(2, 10**6))
    product = threshold * fractions.Fraction(classes - 1, classes) / total**2  # lambda_W lambda_H
    lambda_w = fractions.Fraction(10) ** source.randint(-6, 1)
    arguments = ["--counts", ",".join(map(str, counts)), "--lambda-w", str(lambda_w), "--lambda-h", str(product / lambda_w),
                 "--dim", str(classes + (case // 2 % 2) * 4), "--digits", "50", "--seed", str(case), "--summary", "--format", "json"]
    answer = json.loads(subprocess.run([ncverify, "solve", *arguments], capture_output=True, text=True).stdout)
    collapsed_share += threshold >= distinct[0]
    seconds += answer["timing"]["total_s"]
    if answer["status"] == "certified":
        starts[len(answer["starts"])] += 1
    else:
        failed.append(" ".join(arguments))

print(f"certified {sum(starts.values())} of {number} at 50 digits, {collapsed_share} partly collapsed, {seconds:.1f} s in all")
print("starts needed: " + ", ".join(f"{n} start{'s' * (n > 1)}: {count}" for n, count in sorted(starts.items())))
print("\n".join(failed))
sys.exit(1 if failed else 0)
