#!/usr/bin/env python3
"""What the program's main jobs cost, in processor time, before and after a change.

    before_after.py run BEFORE AFTER OUT.json OUT.md [--rounds R] [--only NAME,..]
    before_after.py compare OLD.json NEW.json

`run` lets two programs do the same jobs in turns, R times (3), and takes medians. Beside seconds stands each figure in units
of one evaluation of the loss and its gradient at K = 50 and 50 digits, which the programs measure themselves in the same
run: figures of different machines compare in these alone. `compare` says what the `after` of a newer file takes more of, by
a tenth or more of such units, and ends with status 1 where anything does.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

import machine

K50 = ["--counts", "100x10,200x10,300x10,400x10,500x10", "--lambda-w", "1e-4", "--lambda-h", "1e-5"]
K10 = ["--counts", "100x2,200x2,300x2,400x2,500x2", "--lambda-w", "1e-4", "--lambda-h", "1e-5"]
K1000 = ["--counts", "7x1000", "--lambda-w", "1e-7", "--lambda-h", "1e-6"]
SOLVE = ["solve", "--search", "structured", "--summary", "--format", "json"]

# Name, what it is, arguments, rounds at most.
JOBS = [
    ("verify", "`verify`, default", ["verify", "--no-pictures", "--out", "{out}"], 3),
    ("mutants", "`mutants`, default", ["mutants"], 3),
    ("certificate10", "certificate, K = 10, 50 digits", [*SOLVE, *K10], 9),
    ("certificate50", "certificate, K = 50, 50 digits", [*SOLVE, *K50], 9),
    ("solve1000", "`solve`, K = d = 1000, 50 digits", [*SOLVE, *K1000], 1),
    ("solve100000", "`solve`, K = 10, 100,000 digits", [*SOLVE, *K10, "--digits", "100000"], 1),
    ("screen", "`screen`, 200,000 configurations", ["screen", "--random", "200000", "--device", "cpu", "--out", "{out}"], 3),
]
STAGES = ("search_s", "refine_s", "certificate_s")
NOTABLE = 1.1


def once(program, arguments):
    """Processor seconds, MiB, and the timing that the program tells, of one run."""
    with tempfile.TemporaryDirectory() as out:
        command = [program, *(part.format(out=out) for part in arguments)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise SystemExit(f"before_after.py: {' '.join(command)} ended with {process.returncode}")
    figures = {"processor_s": usage.ru_utime + usage.ru_stime, "max_rss_mib": usage.ru_maxrss / 1024}
    return figures | json.loads(output).get("timing", {})


def medians(runs):
    """The medians of what all runs tell."""
    return {name: statistics.median(float(run[name]) for run in runs) for name in runs[0]}


def measure(programs, rounds, only):
    """Each job by both programs in turns: {name: {side: figures}}."""
    jobs = {}
    for name, _, arguments, most in JOBS:
        if only and name not in only:
            continue
        runs = {side: [] for side in programs}
        for _ in range(min(rounds * 3 if most > 3 else rounds, most)):
            for side, program in programs.items():
                runs[side].append(once(program, arguments))
        jobs[name] = {side: medians(done) for side, done in runs.items()}
        print(name, {side: round(figures["processor_s"], 3) for side, figures in jobs[name].items()}, file=sys.stderr)
    return jobs


def lines(jobs):
    """Rows of the table: what, and its figure before and after, in seconds."""
    names = {name: what for name, what, _, _ in JOBS}
    for name, sides in jobs.items():
        if name.startswith("certificate"):
            yield name, names[name], {side: figures["certificate_s"] for side, figures in sides.items()}, sides
        else:
            yield name, names[name], {side: figures["processor_s"] for side, figures in sides.items()}, sides
        if name == "solve1000":
            for stage in STAGES:
                yield (f"{name}.{stage}", f"&nbsp;&nbsp;of it {stage[:-2]}", {side: figures[stage] for side, figures in sides.items()},
                       sides)


def units(jobs, seconds, sides, side):
    """In evaluations: the job's own where it tells one, else the one at K = 50."""
    own = sides[side].get("evaluation_s") or (jobs.get("certificate50", {}).get(side, {}).get("evaluation_s"))
    return seconds / own if own else None


def table(document):
    """The measurement in Markdown."""
    jobs = document["jobs"]
    text = ["| work | before, s | after, s | before / after | after, in evaluations | before, MiB | after, MiB |",
            "|---|---|---|---|---|---|---|"]
    for name, what, seconds, sides in lines(jobs):
        evaluations = units(jobs, seconds["after"], sides, "after")
        memory = ["", ""] if "." in name else [f"{sides[side]['max_rss_mib']:.0f}" for side in ("before", "after")]
        text.append(f"| {what} | {seconds['before']:.3g} | {seconds['after']:.3g} | {seconds['before'] / seconds['after']:.2f} | "
                    f"{'' if evaluations is None else f'{evaluations:.3g}'} | {memory[0]} | {memory[1]} |")
    return machine.sentence(document["machine"]) + "\n".join(text) + "\n"


def run(arguments):
    programs = {"before": os.path.abspath(arguments.before), "after": os.path.abspath(arguments.after)}
    document = {"machine": machine.description(), "rounds": arguments.rounds,
                "jobs": measure(programs, arguments.rounds, set(filter(None, arguments.only.split(","))))}
    pathlib.Path(arguments.json).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    pathlib.Path(arguments.markdown).write_text(table(document), encoding="utf-8")
    print(table(document))
    return 0


def slower(old, new):
    """What the newer measurement's `after` takes more of, as lines."""
    found = []
    earlier = {name: units(old["jobs"], seconds["after"], sides, "after") for name, _, seconds, sides in lines(old["jobs"])}
    for name, what, seconds, sides in lines(new["jobs"]):
        now, then = units(new["jobs"], seconds["after"], sides, "after"), earlier.get(name)
        if now and then and now > NOTABLE * then:
            found.append(f"{what.replace('&nbsp;', ' ').strip()}: {then:.3g} evaluations before, {now:.3g} now")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    measured = commands.add_parser("run")
    for name in ("before", "after", "json", "markdown"):
        measured.add_argument(name)
    measured.add_argument("--rounds", type=int, default=3)
    measured.add_argument("--only", default="")
    compared = commands.add_parser("compare")
    compared.add_argument("old")
    compared.add_argument("new")
    arguments = parser.parse_args()
    if arguments.command == "run":
        return run(arguments)
    found = slower(*(json.loads(pathlib.Path(path).read_text(encoding="utf-8")) for path in (arguments.old, arguments.new)))
    print("\n".join(found) if found else "nothing got slower")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
