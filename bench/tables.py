#!/usr/bin/env python3
"""Writes the results as Markdown tables: tables.py FOLDER, from FOLDER's JSON files to FOLDER/search.md, ..."""

import json
import pathlib
import sys

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
    header = ["counts", "K", "digits", "refinement ms", "one evaluation ms", "ratio"]
    return table(header, [[row["counts"].replace("_", "-"), str(row["K"]), str(row["digits"]), number(row["refine_ms"]),
                           number(row["evaluation_ms"]), number(row["refine_per_evaluation"])] for row in rows])


def refine_peer(answer):
    header = ["counts", "K", "digits", "ncverify ms", "analytic Newton ms", "its steps", "ratio", "findroot ms", "ratio"]
    seconds = lambda row, key: number(1e3 * row[key] if key in row else None)
    return table(header, [[row["counts"].replace("_", "-"), str(row["classes"]), str(row["digits"]),
                           seconds(row, "ncverify_s"), seconds(row, "analytic_s"), str(row["analytic_steps"]),
                           number(row["analytic_ratio"]), seconds(row, "findroot_s"), number(row.get("findroot_ratio"))]
                          for row in answer["rows"]])


def main():
    folder = pathlib.Path(sys.argv[1])
    (folder / "search.md").write_text(search(list(benchmarks(folder / "search.json"))), encoding="utf-8")
    (folder / "refine.md").write_text(refine(list(benchmarks(folder / "refine.json"))), encoding="utf-8")
    peer = json.loads((folder / "refine_peer.json").read_text(encoding="utf-8"))
    (folder / "refine_peer.md").write_text(refine_peer(peer), encoding="utf-8")


if __name__ == "__main__":
    main()
