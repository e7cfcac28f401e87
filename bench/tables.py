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


def screen(path):
    """Medians of the screen's repetitions; vectors in multiples of the same kernel one configuration at a time."""
    rows = {row["run_name"]: row for row in json.loads(path.read_text(encoding="utf-8"))["benchmarks"] if row.get("aggregate_name") == "median"}
    header = ["K", "d", "kernel", "threads", "configurations a second", "to one at a time", "evaluations each",
              "peak of multiply-adds: products alone", "and powers"]
    lines = []
    for name, row in rows.items():
        what, classes, dimension, kernel, *rest = name.split("/")
        if what != "solve":
            continue
        shape = f"{classes}/{dimension}"
        threads = next((part[8:] for part in rest if part.startswith("threads:")), "1")
        alone = rows.get(f"solve/{shape}/{kernel.split(',')[0]}, one at a time/threads:1")
        evaluation = rows.get(f"evaluation/{shape}/{kernel}", {}) if threads == "1" else {}
        percent = lambda key: f"{100 * evaluation[key]:.0f} %" if key in evaluation else "-"
        lines.append([classes[2:], dimension[2:], kernel, threads, f"{row['configurations']:,.0f}",
                      number(row["configurations"] / alone["configurations"]) if alone else "-", number(row.get("evaluations_each")),
                      percent("share_products"), percent("share_with_powers")])
    lines.sort(key=lambda line: (int(line[0]), line[2], line[3]))
    peaks = next((row for row in rows.values() if row.get("peak_one_by_one_per_s")), None)
    if peaks is None:
        return table(header, lines)
    return table(header, lines) + (
        f"\nThe processor does {peaks['peak_per_s'] / 1e9:.1f}e9 fused multiply-adds a second in its widest vectors and "
        f"{peaks['peak_one_by_one_per_s'] / 1e9:.1f}e9 of single numbers: {peaks['peak_per_s'] / peaks['peak_one_by_one_per_s']:.1f} times "
        "is what vectors can gain here where both are used equally well.\n")


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
    path = folder / "screen.json"
    (folder / "screen.md").write_text(named(path) + screen(path), encoding="utf-8")
    peer = json.loads((folder / "refine_peer.json").read_text(encoding="utf-8"))
    (folder / "refine_peer.md").write_text(machine.sentence(peer["machine"]) + refine_peer(peer), encoding="utf-8")


if __name__ == "__main__":
    main()
