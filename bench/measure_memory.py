#!/usr/bin/env python3
"""`ncverify.measure` on arrays in memory against the same in NumPy, in one process, in turns.

Usage: measure_memory.py ROUNDS FEATURES.npy LABELS.npy W.npy, with the module on PYTHONPATH; prints JSON. Processor seconds of
each round, one thread each (OPENBLAS_NUM_THREADS=1).
"""

import json
import sys
import time

import numpy as np

import measure_numpy
import ncverify as nc


def seconds(work):
    before = time.process_time()
    answer = work()
    return answer, time.process_time() - before


def main():
    features, labels, classifier = (np.load(name) for name in sys.argv[2:5])
    exact = classifier.astype(float)
    ours, theirs = [], []
    for _ in range(int(sys.argv[1])):
        there, taken = seconds(lambda: measure_numpy.measured(features, labels, exact))
        theirs.append(taken)
        here, taken = seconds(lambda: nc.measure(features, labels, classifier, lambda_w="1e-4", lambda_h="1e-6", jobs=1, summary=True))
        ours.append(taken)
    print(json.dumps({"ncverify_s": ours, "numpy_s": theirs, "nc1": [here.metrics.nc1, there["nc1"]]}))


if __name__ == "__main__":
    main()
