#!/usr/bin/env python3
"""NC1, the loss and the accuracy of a last layer in NumPy, as one would write it for speed in bounded memory.

Usage: measure_numpy.py FEATURES.npy LABELS.npy W.npy; prints JSON. Double precision, deviations from the class means,
S_W as a product of a matrix with itself (for which BLAS does half the work), blocks of rows that stay in the cache.
"""

import json
import sys

import numpy as np


def class_means(features, labels, classes, rows):
    sums = np.zeros((classes, features.shape[1]))
    for first in range(0, len(features), rows):
        block, of_rows = features[first:first + rows].astype(float), labels[first:first + rows]
        if classes <= 64:  # a product with zeros and ones; of more classes sorting is faster
            sums += (of_rows == np.arange(classes)[:, None]).astype(float) @ block
        else:
            order = np.argsort(of_rows, kind="stable")
            ordered = of_rows[order]
            starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
            sums[ordered[starts]] += np.add.reduceat(block[order], starts, axis=0)
    return sums / np.bincount(labels, minlength=classes)[:, None]


def measured(features, labels, classifier):
    (samples, dimension), classes = features.shape, len(classifier)
    rows = max(256, 2**20 // dimension)
    means = class_means(features, labels, classes, rows)
    within, loss, correct = np.zeros((dimension, dimension)), 0.0, 0
    for first in range(0, samples, rows):
        block, of_rows = features[first:first + rows].astype(float), labels[first:first + rows]
        logits = block @ classifier.T
        block -= means[of_rows]
        within += block.T @ block
        top, own = logits.max(axis=1), logits[np.arange(len(of_rows)), of_rows]
        correct += int((logits.argmax(axis=1) == of_rows).sum())
        logits -= top[:, None]
        np.exp(logits, out=logits)
        loss += float((np.log(logits.sum(axis=1)) + top - own).sum())
    centred = means - np.bincount(labels, minlength=classes) @ means / samples
    values, vectors = np.linalg.eigh(centred.T @ centred / classes)
    rank = min(classes - 1, dimension)
    values, vectors = values[-rank:], vectors[:, -rank:]
    nc1 = float(((vectors.T @ within) * vectors.T / values[:, None]).sum() / samples / classes)
    return {"nc1": nc1, "cross_entropy": loss / samples, "correct": correct}


def main():
    print(json.dumps(measured(np.load(sys.argv[1], mmap_mode="r"), np.load(sys.argv[2]), np.load(sys.argv[3]).astype(float))))


if __name__ == "__main__":
    main()
