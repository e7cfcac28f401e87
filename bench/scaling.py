#!/usr/bin/env python3
"""Time and memory of `ncverify solve --summary`: scaling.py NCVERIFY OUT.json OUT.md [--quick]

K = 10, 100, 1000 (d = K, long-tailed counts) at 50 digits, and K = 10 at 1000, 10000, 100000 digits. Seconds are the
process's processor time, whatever else the machine does; memory is its largest resident set. A run beyond its limit, by
the wall clock, is stopped and reported as such.
--quick leaves out K = 1000 and 100000 digits.
"""

import json
import os
import subprocess
import sys
import threading
import time

import cases
import machine

RUNS = [(10, 50), (100, 50), (10, 1000), (10, 10000)]
LONG_RUNS = [(1000, 50), (10, 100000)]
LIMIT = 600  # seconds a run


def measure(command, limit):
    """Runs `command`; returns its output, exit status, seconds of processor time and of the wall clock, and largest
    resident set in MiB; no output beyond the limit."""
    clock = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        timer = threading.Timer(limit, process.kill)
        timer.start()
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - clock
    processor = usage.ru_utime + usage.ru_stime
    return output if process.returncode == 0 else None, process.returncode, processor, seconds, usage.ru_maxrss / 1024


def run(ncverify, classes, digits, limit):
    of = cases.case("long_tailed", classes)
    command = [ncverify, "solve", *cases.options(of), "--digits", str(digits), "--summary", "--format", "json"]
    output, status, processor, seconds, memory = measure(command, limit)
    row = {"classes": classes, "digits": digits, "limit_s": limit, "exit_status": status}
    if output is None:
        return row
    answer = json.loads(output)
    return row | {"status": answer["status"], "processor_s": processor, "wall_s": seconds, "max_rss_mib": memory, "starts": len(answer["starts"]),
                  "timing": answer["timing"]}


def table(rows):
    """The rows in Markdown."""
    lines = ["| K | digits | seconds | MiB | search s | refinement s | certificate s |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        start = f"| {row['classes']} | {row['digits']} | "
        if "status" in row:
            timing = row["timing"]
            lines.append(start + f"{row['processor_s']:.2f} | {row['max_rss_mib']:.0f} | {timing['search_s']:.2g} | "
                         f"{timing['refine_s']:.2g} | {timing['certificate_s']:.2g} |")
        else:
            why = f"not within {row['limit_s']:g} s" if row["exit_status"] < 0 else f"exit status {row['exit_status']}"
            lines.append(start + why + " | | | | |")
    return "\n".join(lines) + "\n"


def main():
    ncverify, json_path, table_path = sys.argv[1:4]
    runs = RUNS if "--quick" in sys.argv else RUNS + LONG_RUNS
    rows = [run(ncverify, classes, digits, LIMIT) for classes, digits in runs]
    with open(json_path, "w", encoding="utf-8") as file:
        json.dump({"command": "ncverify solve --summary", "machine": machine.description(), "rows": rows}, file, indent=1)
    with open(table_path, "w", encoding="utf-8") as file:
        file.write(machine.sentence(machine.description()) + table(rows))
    print(table(rows), end="")


if __name__ == "__main__":
    main()
