#!/usr/bin/env python3
"""A campaign killed again and again against an unbroken one: the same bytes.

    bench/campaign_kills.py NCVERIFY CASES KILLS [SEED]

Runs CASES cases of all claims at 50 digits to the end; runs them again, killed (SIGKILL) KILLS times at moments drawn from SEED
over the time that the first run took, and resumed; compares every file of both reports, `timing` aside. Prints Markdown.
"""

import os
import pathlib
import random
import re
import signal
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


def main(program, cases, kills, seed="1"):
    with tempfile.TemporaryDirectory() as here:
        whole, broken = pathlib.Path(here) / "whole", pathlib.Path(here) / "broken"
        command = lambda folder: [program, "campaign", "run", folder, "--random", cases]
        load, begin = os.getloadavg()[0], time.monotonic()
        subprocess.run(command(whole), check=False, capture_output=True)
        seconds = time.monotonic() - begin
        source, killed, early = random.Random(seed), 0, 0
        while killed < int(kills):
            process = subprocess.Popen(command(broken), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(source.uniform(0, 1.5 * seconds / int(kills)))
            if process.poll() is not None:
                early += 1
                break
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        subprocess.run(command(broken), check=False, capture_output=True)
        one, other = report(program, whole), report(program, broken)
        same = one == other
        size = (whole / "campaign.sqlite").stat().st_size
        print(f"{cases} cases of all claims at 50 digits, on {os.cpu_count()} cores under a load of {load:.1f} before it began: "
              f"{seconds:.0f} s unbroken, {int(cases) / seconds:.3g} cases a second with searches and shrinking; the file has {size} bytes. "
              f"Killed {killed} times{' (and then it was done)' if early else ''} and resumed: the {len(one)} files of its report are "
              f"{'the same bytes' if same else 'DIFFERENT'}.")
        return 0 if same and killed > 0 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
