"""The configurations of configurations.cpp, as options of ncverify, and how the scripts call it."""

import json
import math
import subprocess


def case(tail, classes, dimension=None):
    """Counts and lambdas as configurations.cpp makes them; every lambda the same decimal of three digits."""
    places = [k / (classes - 1) for k in range(classes)]
    counts = [100 if tail == "even" else math.floor(1000 * 100.0**-place + 0.5) for place in places]
    threshold = 0.1 * min(counts)
    decay = f"{math.sqrt(threshold * (classes - 1) / classes) / sum(counts):.2e}"
    return {"counts": counts, "lambda": decay, "dim": dimension or classes}


def options(of):
    """The options by which ncverify reads the configuration."""
    counts = ",".join(map(str, of["counts"]))
    return ["--counts", counts, "--lambda-w", of["lambda"], "--lambda-h", of["lambda"], "--dim", str(of["dim"])]


def solve(ncverify, of, digits, *more):
    """Runs `ncverify solve --summary` and returns its JSON."""
    command = [ncverify, "solve", *options(of), "--digits", str(digits), "--summary", "--format", "json", *more]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
