#!/usr/bin/env python3
"""Runs as what is committed of them: record.py NCVERIFY RUN.. [--out FOLDER].

Each RUN is a folder of ncverify-train. `ncverify measure` makes a trajectory of its snapshots, with the decays and weights of
its run.json. To FOLDER (experiments/results/PRESET) go trajectory.csv of each run, page and trajectory.json of the first, and
README.md: the last snapshot of each beside the theorem. Snapshots themselves stay where they are.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import tempfile

TERMS = ("logits", "classifier", "orthogonality", "within_class", "collapsed")


def settings_of(run):
    return json.loads((run / "run.json").read_text(encoding="utf-8"))["settings"]


def measured(program, run, out):
    """trajectory.json of a run; its files are in `out`. Named from beside the run, so that no path of a machine is in them."""
    settings = settings_of(run)
    arrays = [word for option, key in (("features", "H"), ("labels", "Y"), ("classifier", "W"))
              for word in (f"--{option}", f"{run.name}/epoch-*.npz:{key}")]
    weights = [] if settings["weights"] == "none" else ["--weights", settings["weights"]]
    subprocess.run([program, "measure", *arrays, "--lambda-w", settings["lambda_w"], "--lambda-h", settings["lambda_h"], *weights,
                    "--format", "json", "--out", out], cwd=run.parent, check=True, stdout=subprocess.DEVNULL)
    return json.loads((out / "trajectory.json").read_text(encoding="utf-8"))


def short(text, digits=4):
    return "undefined" if text is None else f"{float(text):.{digits}g}"


def rows(names, lines):
    return ["| | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|", *(f"| {' | '.join(line)} |" for line in lines), ""]


def gap_lines(last):
    yield ["epoch", *(str(one["number"]) for one in last)]
    yield ["samples on their own side", *(f"{one['correct']} of {one['samples']}" for one in last)]
    for name, key in (("loss", "loss"), ("least possible (dual bound)", "lower_bound"), ("gap", "gap")):
        yield [name, *(short(one["gap"][key], 6) for one in last)]
    yield ["gap, of the least possible", *(f"{100 * float(one['gap']['relative_gap']):.3g} %" for one in last)]
    for term in TERMS:
        yield [f"of the gap: {term.replace('_', ' ')}",
               *(f"{100 * float(one['gap']['terms'][term]) / float(one['gap']['gap']):.3g} %" for one in last)]
    yield ["dead classes", *(", ".join(map(str, one["dead_classes"])) or "none" for one in last)]


def metric_lines(last):
    for key in last[0]["metrics"]:
        yield [f"`{key}`", *(f"{short(one['metrics'][key])} ({short(one['targets'][key])})" for one in last)]


def margin_lines(last, counts):
    for k, count in enumerate(counts):
        yield [f"{k} ({count})", *(f"{short(one['margins']['measured'][k])} ({short(one['margins']['targets'][k])})" for one in last)]


def table(settings, trajectories):
    last = [one["trajectory"][-1] for one in trajectories]
    names = [f"`--weights {one['weights']}`" for one in settings]
    first = settings[0]
    done = ["Each went to the end of its schedule." if one["number"] == first["epochs"] else
            f"**The schedule has {first['epochs']} epochs; these stand at {', '.join(str(one['number']) for one in last)}.**" for one in last]
    return "\n".join([
        f"# {first['preset']}: the last snapshots beside the theorem", "",
        f"Preset {first['preset']}, seed {first['seed']}, counts {', '.join(map(str, first['counts']))}; lambda_W = {first['lambda_w']}, "
        f"lambda_H = {first['lambda_h']}; {first['hidden']} features; learning rate {first['learning_rate']}, a tenth after epoch "
        f"{first['drop_epoch']}; momentum {first['momentum']}. Written by `experiments/record.py`; every number is "
        f"`ncverify measure`'s. {done[0] if len(set(done)) == 1 else done[-1]}", "",
        "## The gap to the optimum, and what it is made of", "", *rows(names, gap_lines(last)),
        "## Metrics, in brackets their values at the optimum", "", *rows(names, metric_lines(last)),
        "## Margins of the class means in nats, in brackets M_k", "", "Class (samples):", "",
        *rows(names, margin_lines(last, first["counts"]))])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("program", type=lambda text: str(pathlib.Path(text).resolve()))
    parser.add_argument("runs", nargs="+", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--out", type=pathlib.Path)
    given = parser.parse_args()
    settings = [settings_of(run) for run in given.runs]
    folder = given.out or pathlib.Path(__file__).parent / "results" / settings[0]["preset"]
    folder.mkdir(parents=True, exist_ok=True)
    trajectories = []
    with tempfile.TemporaryDirectory() as work:
        for run, one in zip(given.runs, settings):
            out = pathlib.Path(work) / run.name
            trajectories.append(measured(given.program, run, out))
            shutil.copy(out / "trajectory.csv", folder / f"{one['weights']}.csv")
            if len(trajectories) == 1:
                shutil.copy(out / "index.html", folder / "index.html")
                shutil.copy(out / "trajectory.json", folder / "trajectory.json")
    (folder / "README.md").write_text(table(settings, trajectories), encoding="utf-8")


if __name__ == "__main__":
    main()
