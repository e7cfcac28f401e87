#!/usr/bin/env python3
"""Time and memory of `ncverify solve --summary`: scaling.py NCVERIFY OUT.json OUT.md [SECONDS A RUN]

K = 10, 100, 1000 (d = K, long-tailed counts) at 50 digits, and K = 10 at 1000, 10000, 100000 digits. Memory is the
process's largest resident set. A run beyond its limit is stopped and reported as such.
"""

import json
import os
import subprocess
import sys
import threading
import time

import cases

RUNS = [(10, 50), (100, 50), (1000, 50), (10, 1000), (10, 10000), (10, 100000)]


def measure(command, limit):
    """Runs `command`; returns its output, seconds and largest resident set in MiB; no output beyond the limit."""
    clock = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        timer = threading.Timer(limit, process.kill)
        timer.start()
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - clock
    return output if process.returncode == 0 else None, process.returncode, seconds, usage.ru_maxrss / 1024


def run(ncverify, classes, digits, limit):
    of = cases.case("long_tailed", classes)
    command = [ncverify, "solve", *cases.options(of), "--digits", str(digits), "--summary", "--format", "json"]
    output, status, seconds, memory = measure(command, limit)
    row = {"classes": classes, "digits": digits, "limit_s": limit, "exit_status": status}
    if output is None:
        return row
    answer = json.loads(output)
    return row | {"status": answer["status"], "total_s": seconds, "max_rss_mib": memory, "starts": len(answer["starts"]),
                  "timing": answer["timing"]}


def table(rows):
    """The rows in Markdown."""
    lines = ["| K | digits | seconds | MiB | search s | refinement s | certificate s |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        start = f"| {row['classes']} | {row['digits']} | "
        if "status" in row:
            timing = row["timing"]
            lines.append(start + f"{row['total_s']:.2f} | {row['max_rss_mib']:.0f} | {timing['search_s']:.3f} | "
                         f"{timing['refine_s']:.3f} | {timing['certificate_s']:.3f} |")
        else:
            why = f"not within {row['limit_s']:g} s" if row["exit_status"] < 0 else f"exit status {row['exit_status']}"
            lines.append(start + why + " | | | | |")
    return "\n".join(lines) + "\n"


def main():
    ncverify, json_path, table_path = sys.argv[1:4]
    limit = float(sys.argv[4]) if len(sys.argv) > 4 else 60
    rows = [run(ncverify, classes, digits, limit) for classes, digits in RUNS]
    with open(json_path, "w", encoding="utf-8") as file:
        json.dump({"command": "ncverify solve --summary", "rows": rows}, file, indent=1)
    with open(table_path, "w", encoding="utf-8") as file:
        file.write(table(rows))
    print(table(rows), end="")


if __name__ == "__main__":
    main()
