#!/usr/bin/env python3
"""What a campaign costs: a case, a transaction, a message; and what follows for more cores.

    bench/campaign.py NCVERIFY [NCVERIFY-MPI] [CASES]

Runs a campaign of CASES cases (200) of all claims at 50 digits on this machine and, with MPI, one of the same on two ranks;
prints Markdown: what was measured, under which load, and what follows from it for 2, 64 and 1024 cores.
"""

import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile


def session(folder):
    return json.loads((folder / "status.json").read_text(encoding="utf-8"))["session"]


def base(folder):
    """Cases and thread seconds of the base plan's blocks, and bytes of the file."""
    database = sqlite3.connect(folder / "campaign.sqlite")
    cases, seconds, blocks = database.execute("SELECT sum(cases), sum(seconds), count(*) FROM block WHERE part = 'base'").fetchone()
    database.close()
    return cases, seconds, blocks, (folder / "campaign.sqlite").stat().st_size


def main(arguments):
    cases = arguments.pop() if arguments[-1].isdigit() else "200"
    with tempfile.TemporaryDirectory() as here:
        folder = pathlib.Path(here) / "one"
        plan = ["--random", cases, "--block", "32"]
        load = os.getloadavg()[0]
        subprocess.run([arguments[0], "campaign", "run", folder, *plan], check=False, capture_output=True)
        one = session(folder)
        tried, seconds, blocks, size = base(folder)
        case, block, write = seconds / tried, seconds / blocks, float(one["seconds_a_transaction"])
        message, length = 0.0, 0
        if len(arguments) > 1:
            folder = pathlib.Path(here) / "two"
            subprocess.run(["mpirun", "-n", "2", "--oversubscribe", "--allow-run-as-root", arguments[1], "campaign", "run", folder, *plan, "--jobs", "1"],
                           check=False, capture_output=True)
            two = session(folder)
            message, length = float(two["seconds_a_message"]), two["bytes_a_message"]
    print(f"Measured on {os.cpu_count()} cores under a load of {load:.1f} before it began, {tried} cases of all claims at 50 digits, blocks of 32:\n")
    print("| what | cost |\n|---|---|")
    print(f"| a case | {case:.3g} s of a thread |\n| a block | {block:.3g} s of a thread |\n| a transaction | {write:.3g} s of the owner |")
    print(f"| a message of {length} bytes, reading it | {message:.3g} s of the owner |\n| the file | {size} bytes |")
    print(f"| time outside the cases, this run's end included | {one['share_outside_cases']} of all |")
    print("\n| cores | cases a second | of the owner's time |\n|---|---|---|")
    for cores in (2, 64, 1024):
        rate = cores / case
        print(f"| {cores} | {rate:.3g} | {100 * rate / 32 * (write + message):.2g} % |")
    print(f"\nThe owner has no time left at {block / (write + message):.3g} cores, with a transaction for each block; blocks that arrive while one is written share "
          "the next transaction, and longer blocks (`--block`) move it on in proportion.")


if __name__ == "__main__":
    main(sys.argv[1:])
