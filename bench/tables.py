#!/usr/bin/env python3
"""Writes the results as Markdown tables: tables.py FOLDER, from FOLDER's JSON files to FOLDER/search.md, ...

Google Benchmark's files come to name the processor, and no longer the host.
"""

import json
import pathlib
import sys

import machine
from plots import benchmarks


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def number(value):
    """Three digits, without a power of ten."""
    return "-" if value is None else f"{value:.0f}" if value >= 100 else f"{value:#.3g}"


def search(rows):
    header = ["counts", "K", "d", "method", "value reached", "proven by itself", "out of time", "median ms",
              "median in evaluations", "evaluations per value", "evaluations per proof"]
    rows = sorted(rows, key=lambda row: (row["K"], row["d"], row["counts"]))
    return table(header, [[row["counts"].replace("_", "-"), str(row["K"]), str(row["d"]), row["method"],
                           *(f"{row[key]:.0f} of {row['starts']:.0f}" for key in ("valued", "proven", "out_of_time")),
                           number(row["real_time"]), number(row["median_evaluations"]),
                           number(row.get("evaluations_per_value")), number(row.get("evaluations_per_proof"))]
                          for row in rows])


def refine(rows):
    header = ["counts", "K", "digits", "iterations", "refinement ms, median", "least", "one evaluation ms, median", "least",
              "median ratio", "least / least"]
    columns = ["refine_ms", "least_refine_ms", "evaluation_ms", "least_evaluation_ms", "refine_per_evaluation", "least_per_least"]
    return table(header, [[row["counts"].replace("_", "-"), str(row["K"]), str(row["digits"]), str(row["iterations"]),
                           *(number(row[column]) for column in columns)] for row in rows])


def named(path):
    """The line above the table of a Google Benchmark file; names the machine in the file too."""
    answer = json.loads(path.read_text(encoding="utf-8"))
    context = answer["context"]
    if "machine" not in context:
        context.pop("host_name", None)
        context["machine"] = machine.description() | {"load": round(context["load_avg"][0], 1)}
        path.write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")
    return machine.sentence(context["machine"])


def refine_peer(answer):
    header = ["counts", "K", "digits", "ncverify ms", "analytic Newton ms", "its steps", "ratio", "findroot ms", "ratio"]
    seconds = lambda row, key: number(1e3 * row[key] if key in row else None)
    return table(header, [[row["counts"].replace("_", "-"), str(row["classes"]), str(row["digits"]),
                           seconds(row, "ncverify_s"), seconds(row, "analytic_s"), str(row["analytic_steps"]),
                           number(row["analytic_ratio"]), seconds(row, "findroot_s"), number(row.get("findroot_ratio"))]
                          for row in answer["rows"]])


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, tabulate in (("search", search), ("refine", refine)):
        path = folder / f"{name}.json"
        (folder / f"{name}.md").write_text(named(path) + tabulate(list(benchmarks(path))), encoding="utf-8")
    peer = json.loads((folder / "refine_peer.json").read_text(encoding="utf-8"))
    (folder / "refine_peer.md").write_text(machine.sentence(peer["machine"]) + refine_peer(peer), encoding="utf-8")


if __name__ == "__main__":
    main()
