#!/usr/bin/env python3
"""`ncverify measure` against NumPy with OpenBLAS: measure_peer.py NCVERIFY [FOLDER] [--blas FOLDER] [--rounds R] [--module FOLDER].

Two networks of random float32 features, 50,000 x 2048 in 1000 classes and 400,000 x 512 in 10. The programs take turns, one
thread each; what counts is processor time, of the system too, least of all rounds, so that a busy machine counts against
neither. Both answers must agree. `--module` names the folder of the Python module, which is held against NumPy on arrays in memory,
too (measure_memory.py). `--blas` names the folder of OpenBLAS's libblas.so.3, where the system's is another.
Writes what it found to FOLDER (bench/results), as JSON and as a table.
"""

import argparse
import json
import os
import pathlib
import tempfile

import numpy as np

import machine

CASES = [(1000, 50_000, 2048), (10, 400_000, 512)]
DECAYS = ["--lambda-w", "1e-4", "--lambda-h", "1e-6"]


def make(folder, classes, samples, dimension):
    source = np.random.default_rng(classes)
    labels = source.permutation(np.arange(samples) % classes)
    means = np.abs(source.normal(size=(classes, dimension))).astype(np.float32)
    features = np.lib.format.open_memmap(folder / "H.npy", "w+", np.float32, (samples, dimension))
    for first in range(0, samples, 5000):
        of_rows = labels[first:first + 5000]
        noise = source.normal(size=(len(of_rows), dimension)).astype(np.float32)
        features[first:first + 5000] = np.maximum(means[of_rows] + 0.3 * noise, 0)
    np.save(folder / "y.npy", labels)
    np.save(folder / "W.npy", (0.1 * source.normal(size=(classes, dimension))).astype(np.float32))


def timed(command, environment):
    """What a program prints, its processor seconds, and its largest memory in MiB."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(write, 1)
        os.close(read)
        os.execvpe(command[0], command, environment)
    os.close(write)
    with os.fdopen(read) as output:
        text = output.read()
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        raise SystemExit(f"{command[0]} ended with {status}")
    return json.loads(text), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def contest(program, folder, environment, rounds):
    arrays = [str(folder / name) for name in ("H.npy", "y.npy", "W.npy")]
    measure = [program, "measure", "--features", arrays[0], "--labels", arrays[1], "--classifier", arrays[2], *DECAYS, "--jobs", "1",
               "--summary", "--format", "json"]
    peer = ["/usr/bin/python3", str(pathlib.Path(__file__).with_name("measure_numpy.py")), *arrays]
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(timed(peer, environment))
        ours.append(timed(measure, environment))
    answer, other = ours[0][0], theirs[0][0]
    for name, here, there in (("nc1", answer["metrics"]["nc1"], other["nc1"]), ("cross_entropy", answer["cross_entropy"], other["cross_entropy"])):
        if abs(float(here) - there) > 1e-9 * abs(there):
            raise SystemExit(f"{name}: {here} here, {there} in NumPy")
    return {"ncverify_s": [run[1] for run in ours], "numpy_s": [run[1] for run in theirs],
            "ncverify_mib": max(run[2] for run in ours), "numpy_mib": max(run[2] for run in theirs)}


def in_memory(folder, environment, rounds):
    command = ["/usr/bin/python3", str(pathlib.Path(__file__).with_name("measure_memory.py")), str(rounds),
               *(str(folder / name) for name in ("H.npy", "y.npy", "W.npy"))]
    answer = timed(command, environment)[0]
    here, there = answer.pop("nc1")
    if abs(here - there) > 1e-9 * abs(there):
        raise SystemExit(f"nc1: {here} by the module, {there} in NumPy")
    return answer


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("results", type=pathlib.Path, nargs="?", default=pathlib.Path("bench/results"))
    parser.add_argument("--blas")
    parser.add_argument("--module")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    if arguments.blas:
        environment["LD_LIBRARY_PATH"] = arguments.blas
    cases = []
    for classes, samples, dimension in CASES:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            make(folder, classes, samples, dimension)
            case = {"classes": classes, "samples": samples, "dimension": dimension, **contest(arguments.program, folder, environment, arguments.rounds)}
            if arguments.module:
                case["in_memory"] = in_memory(folder, {**environment, "PYTHONPATH": arguments.module}, arguments.rounds)
            cases.append(case)
    document = {"machine": machine.description(), "cases": cases}
    (arguments.results / "measure.json").write_text(json.dumps(document, indent=1) + "\n")
    lines = ["| classes | samples x features (float32) | ncverify measure, s | NumPy + OpenBLAS, s | NumPy / ncverify | ncverify, MiB | NumPy, MiB |",
             "|---|---|---|---|---|---|---|"]
    for case in cases:
        ours, theirs = min(case["ncverify_s"]), min(case["numpy_s"])
        lines.append(f"| {case['classes']} | {case['samples']} x {case['dimension']} | {ours:.2f} | {theirs:.2f} | {theirs / ours:.2f} | "
                     f"{case['ncverify_mib']:.0f} | {case['numpy_mib']:.0f} |")
    if arguments.module:
        lines += ["", "On arrays in memory, from Python:", "", "| classes | samples x features (float32) | ncverify.measure, s | NumPy + OpenBLAS, s | NumPy / ncverify |", "|---|---|---|---|---|"]
        for case in cases:
            ours, theirs = min(case["in_memory"]["ncverify_s"]), min(case["in_memory"]["numpy_s"])
            lines.append(f"| {case['classes']} | {case['samples']} x {case['dimension']} | {ours:.2f} | {theirs:.2f} | {theirs / ours:.2f} |")
    (arguments.results / "measure.md").write_text(machine.sentence(document["machine"]) + f"The least of {arguments.rounds} runs in turns.\n\n" + "\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
