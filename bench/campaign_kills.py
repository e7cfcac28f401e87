#!/usr/bin/env python3
"""A campaign killed again and again against an unbroken one: the same bytes.

    bench/campaign_kills.py NCVERIFY CASES KILLS [--seed SEED] [--seconds S] [--keep DIR]

Runs CASES cases of all claims at 50 digits to the end; runs them again, killed (SIGKILL) KILLS times at moments drawn from SEED
over the time that the first run took, and resumed; compares every file of both reports, `timing` aside. Prints Markdown.
With --seconds there is no unbroken run and nothing to compare with: the kills fall into S seconds, about what the campaign
takes. --keep leaves the campaigns in DIR.
"""

import argparse
import json
import os
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time


def report(program, folder):
    out = folder.with_name(folder.name + "-report")
    subprocess.run([program, "campaign", "report", folder, "--out", out], check=False, capture_output=True)
    files = {path.name: path.read_bytes() for path in out.iterdir()}
    files["report.json"] = re.sub(rb'"total_s": [-+.e0-9]+', b'"total_s": 0', files["report.json"])
    return files


def killed_and_resumed(command, kills, seconds, source):
    """Kills `command` at random moments until it was done or killed `kills` times, and ends it; seconds of each attempt."""
    attempts = []
    for attempt in range(kills + 1):
        begin = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(source.uniform(0, 2 * seconds / (kills + 1)) if attempt < kills else None)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        attempts.append(time.monotonic() - begin)
        if process.returncode != -signal.SIGKILL:
            break
    return attempts


def base(folder):
    """Cases and thread seconds of all blocks, and bytes of the file."""
    database = sqlite3.connect(folder / "campaign.sqlite")
    cases, seconds = database.execute("SELECT sum(cases), sum(seconds) FROM block").fetchone()
    database.close()
    return cases, seconds, (folder / "campaign.sqlite").stat().st_size


def main(arguments, here):
    whole, broken = here / "whole", here / "broken"
    command = lambda folder: [arguments.ncverify, "campaign", "run", folder, "--random", str(arguments.cases)]
    load, seconds = os.getloadavg()[0], arguments.seconds
    print(f"{arguments.cases} cases of all claims at 50 digits, on {os.cpu_count()} cores under a load of {load:.1f} before it began.")
    if arguments.seconds is None:
        begin = time.monotonic()
        subprocess.run(command(whole), check=False, capture_output=True)
        seconds = time.monotonic() - begin
        print(f"Unbroken: {seconds:.0f} s, {arguments.cases / seconds:.3g} cases a second with searches and shrinking.")
    attempts = killed_and_resumed(command(broken), arguments.kills, seconds, random.Random(arguments.seed))
    kills, total = len(attempts) - 1, sum(attempts)
    state = json.loads((broken / "status.json").read_text(encoding="utf-8"))
    cases, busy, size = base(broken)
    print(f"Killed {kills} times and resumed: {total:.0f} s with what was lost, {state['state']}; {cases} tried, "
          f"{arguments.cases / total:.3g} cases a second; the file has {size} bytes. "
          f"In the last attempt, of {attempts[-1]:.0f} s, {state['session']['share_outside_cases']} of the threads' time lay outside the cases; "
          f"over all attempts, blocks lost by kills counted as lost, {1 - busy / (total * os.cpu_count()):.3f}.")
    if arguments.seconds is not None:
        return 0 if kills > 0 and state["state"] == "complete" else 1
    one, other = report(arguments.ncverify, whole), report(arguments.ncverify, broken)
    print(f"The {len(one)} files of the two reports are {'the same bytes' if one == other else 'DIFFERENT'}.")
    return 0 if one == other and kills > 0 else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ncverify", type=pathlib.Path)
    parser.add_argument("cases", type=int)
    parser.add_argument("kills", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--keep", type=pathlib.Path)
    given = parser.parse_args()
    if given.keep is not None:
        given.keep.mkdir(parents=True)
        sys.exit(main(given, given.keep))
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(main(given, pathlib.Path(folder)))
