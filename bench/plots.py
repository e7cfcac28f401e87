#!/usr/bin/env python3
"""Draws the results: plots.py FOLDER [FORMAT], from FOLDER/search.json and refine.json to search.svg and refine.svg."""

import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend is chosen first)

CONTESTANTS = {
    "structured": ("ncverify, structured search", "#0b5394", "o"),
    "descent": ("ncverify, descent search", "#3d85c6", "s"),
    "descent_alone": ("the same descent, no dead class revived", "#9fc5e8", "s"),
    "ccsaq": ("NLopt CCSAQ", "#cc4125", "^"),
    "mma": ("NLopt MMA", "#e69138", "v"),
    "lbfgs": ("NLopt L-BFGS", "#6aa84f", "D"),
}
TAILS = {"even": "even counts", "long_tailed": "long-tailed counts"}


def benchmarks(path):
    """The runs of a Google Benchmark file, each with the parts of its name: method/counts/key:number/..."""
    for row in json.loads(path.read_text(encoding="utf-8"))["benchmarks"]:
        if row.get("error_occurred"):
            continue
        method, counts, *sizes = row["name"].split("/")
        numbers = dict(part.split(":") for part in sizes if ":" in part)
        yield row | {"method": method, "counts": counts} | {key: int(value) for key, value in numbers.items()}


def search_panel(axes, rows, dimension_is_classes):
    """Time per success against K; a cross where no start succeeded, at the time spent on the median start."""
    for place, (method, (label, color, marker)) in enumerate(CONTESTANTS.items()):
        aside = 1.025 ** (place - 2.5)  # side by side, or equal times would hide each other
        mine = sorted((row for row in rows if row["method"] == method and (row["d"] == row["K"]) == dimension_is_classes),
                      key=lambda row: row["K"])
        won = [row for row in mine if row["valued"] > 0]
        axes.plot([aside * row["K"] for row in won], [row["evaluations_per_value"] * row["evaluation_us"] / 1e3 for row in won],
                  marker=marker, color=color, label=label, linewidth=1.5, markersize=6)
        lost = [row for row in mine if row["valued"] == 0]
        axes.plot([aside * row["K"] for row in lost], [row["real_time"] for row in lost], marker="x", color=color,
                  linestyle="none", markersize=9, markeredgewidth=2)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks([10, 50, 100], labels=["10", "50", "100"])
    axes.minorticks_off()
    axes.grid(True, alpha=0.3)


def draw_search(rows):
    """Two rows of panels: d = K and d = 1.2 K; a column for each kind of counts."""
    figure, panels = plt.subplots(2, 2, figsize=(10, 8.4), sharex=True, sharey=True, layout="constrained")
    for line, square in enumerate((True, False)):
        for column, (tail, title) in enumerate(TAILS.items()):
            axes = panels[line][column]
            search_panel(axes, [row for row in rows if row["counts"] == tail], square)
            axes.set_title(f"{title}, d = {'K' if square else '1.2 K'}", fontsize=11)
            axes.set_ylabel("milliseconds per success" if column == 0 else "")
            axes.set_xlabel("classes K" if line == 1 else "")
    figure.suptitle("Search in double precision to a relative error of 1e-10 (time of all starts / successes)", fontsize=12)
    handles, labels = panels[0][0].get_legend_handles_labels()
    handles.append(plt.Line2D([], [], marker="x", color="#555555", linestyle="none", markersize=9, markeredgewidth=2))
    labels.append("no start succeeded (time of the median start)")
    figure.get_layout_engine().set(rect=(0, 0.09, 1, 0.91))  # the legend stands below the panels
    figure.legend(handles, labels, loc="lower center", ncols=3, frameon=False, fontsize=10)
    return figure


def draw_refine(rows):
    """Refinement in multiples of one evaluation against digits."""
    figure, axes = plt.subplots(figsize=(7.5, 5), layout="constrained")
    colors = {10: "#0b5394", 50: "#cc4125", 100: "#6aa84f"}
    for classes, color in colors.items():
        for tail, style in (("even", "--"), ("long_tailed", "-")):
            mine = sorted((row for row in rows if row["K"] == classes and row["counts"] == tail), key=lambda row: row["digits"])
            axes.plot([row["digits"] for row in mine], [row["refine_per_evaluation"] for row in mine], marker="o", color=color,
                      linestyle=style, label=f"K = {classes}, {TAILS[tail]}", markersize=5)
    axes.axhline(1, color="#888888", linewidth=1)
    axes.text(9000, 1.06, "one evaluation", ha="right", color="#666666", fontsize=9)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks([50, 100, 1000, 10000], labels=["50", "100", "1000", "10000"])
    axes.minorticks_off()
    axes.set_yticks([0.1, 1, 10], labels=["0.1", "1", "10"])
    axes.set_xlabel("digits")
    axes.set_ylabel("refinement / one evaluation of loss and gradient")
    axes.set_title("Refinement from double precision, in multiples of one evaluation", fontsize=12)
    axes.grid(True, alpha=0.3)
    axes.legend(frameon=False, fontsize=9)
    return figure


def main():
    folder = pathlib.Path(sys.argv[1])
    ending = sys.argv[2] if len(sys.argv) > 2 else "svg"
    for name, draw in (("search", draw_search), ("refine", draw_refine)):
        draw(list(benchmarks(folder / f"{name}.json"))).savefig(folder / f"{name}.{ending}", dpi=110)


if __name__ == "__main__":
    main()
