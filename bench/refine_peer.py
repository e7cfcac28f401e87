#!/usr/bin/env python3
"""The refinement against a plain Newton's method in mpmath, both from the same search: refine_peer.py NCVERIFY [FILE.json]

The peer runs Newton's method on all of W and the positive entries of H at once, with the analytic Hessian and mpmath's
lu_solve, at the precision asked for. It starts from the minimiser's first 16 digits, which is closer than the
double-precision point that ncverify refines. Both are timed in this run, by turns; times are the least of several
rounds, and the peer's is processor time, so that a busy machine does not count against it.
"""

import json
import sys
import tempfile
import time

import mpmath
from mpmath import mp, mpf

import cases

GUARD = 10  # digits carried beyond those asked for
ROUNDS = 9


def softmax(logits):
    top = max(logits)
    weights = [mp.exp(z - top) for z in logits]
    total = mp.fsum(weights)
    return [weight / total for weight in weights]


def newton_system(configuration, w, h, free):
    """Gradient and Hessian of the loss in the free variables: W row by row, then the entries (k, i) of H in `free`."""
    counts, decay, dimension = configuration["counts"], mpf(configuration["lambda"]), configuration["dim"]
    classes, samples = len(counts), sum(counts)
    of_w = lambda m, i: m * dimension + i
    of_h = {place: classes * dimension + index for index, place in enumerate(free)}
    size = classes * dimension + len(free)
    gradient, hessian = mp.zeros(size, 1), mp.zeros(size)
    for m in range(classes):
        for i in range(dimension):
            gradient[of_w(m, i)] = decay * w[m][i]
            hessian[of_w(m, i), of_w(m, i)] = decay
    for k in range(classes):
        support = [i for i in range(dimension) if (k, i) in of_h]
        p = softmax([mp.fsum(w[m][i] * h[k][i] for i in support) for m in range(classes)])
        share = mpf(counts[k]) / samples
        residual = [share * (p[m] - (m == k)) for m in range(classes)]
        curvature = [[share * p[m] * ((m == l) - p[l]) for l in range(classes)] for m in range(classes)]
        along = {i: [mp.fdot(curvature[m], [w[l][i] for l in range(classes)]) for m in range(classes)] for i in support}
        for i in support:
            row = of_h[k, i]
            gradient[row] = mp.fsum(w[m][i] * residual[m] for m in range(classes)) + decay * counts[k] * h[k][i]
            for j in support:
                hessian[row, of_h[k, j]] = mp.fsum(w[m][i] * along[j][m] for m in range(classes))
            hessian[row, row] += decay * counts[k]
            for m in range(classes):
                gradient[of_w(m, i)] += residual[m] * h[k][i]
                for j in support:
                    mixed = along[j][m] * h[k][i] + (residual[m] if i == j else 0)
                    hessian[of_w(m, i), of_h[k, j]] = hessian[of_h[k, j], of_w(m, i)] = mixed
                    for l in range(classes):
                        hessian[of_w(m, i), of_w(l, j)] += curvature[m][l] * h[k][i] * h[k][j]
    return gradient, hessian


def refine(configuration, start, digits):
    """Newton's method until the correction falls below the digits asked for. Returns W, H and the number of steps."""
    mp.dps = digits + GUARD
    w = [[mpf(entry) for entry in row] for row in start["W"]]
    h = [[mpf(entry) for entry in row] for row in start["H"]]
    classes, dimension = len(w), configuration["dim"]
    free = [(k, i) for k in range(classes) for i in range(dimension) if h[k][i] > 0]
    for step in range(1, 20):
        gradient, hessian = newton_system(configuration, w, h, free)
        change = mp.lu_solve(hessian, -gradient)
        for m in range(classes):
            for i in range(dimension):
                w[m][i] += change[m * dimension + i]
        for index, (k, i) in enumerate(free):
            h[k][i] += change[classes * dimension + index]
        # Quadratic convergence: a correction below half of the digits leaves an error below all of them.
        if mp.norm(change, mp.inf) < mpf(10) ** (-(digits + GUARD) / mpf(2)):
            return w, h, step
    raise RuntimeError("Newton's method in mpmath did not converge")


def truncated(decimal):
    """The first 16 digits of a decimal in scientific notation."""
    mantissa, _, exponent = decimal.partition("e")
    return mantissa[: 17 + mantissa.startswith("-")] + ("e" + exponent if exponent else "")


def largest_difference(matrix, decimals):
    return max(abs(a - mpf(b)) for row, texts in zip(matrix, decimals) for a, b in zip(row, texts))


def contest(ncverify, configuration, digits):
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        cases.solve(ncverify, configuration, digits, "--save", file.name)
        with open(file.name, encoding="utf-8") as saved:
            exact = json.load(saved)
    start = {name: [[truncated(text) for text in row] for row in exact[name]] for name in ("W", "H")}
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(cases.solve(ncverify, configuration, digits)["timing"]["refine_s"])
        if not theirs or sum(theirs) < 10:
            clock = time.process_time()
            w, h, steps = refine(configuration, start, digits)
            theirs.append(time.process_time() - clock)
    agree = max(largest_difference(w, exact["W"]), largest_difference(h, exact["H"]))
    if agree > mpf(10) ** (3 - digits):
        raise RuntimeError(f"the two refinements differ by {mp.nstr(agree, 3)}")
    return min(ours), min(theirs), steps


def main():
    ncverify = sys.argv[1]
    rows = []
    print(f"mpmath {mpmath.__version__}, {mpmath.libmp.BACKEND} integers")
    print(f"{'counts':>12} {'K':>3} {'digits':>6} {'ncverify':>12} {'mpmath':>12} {'steps':>5} {'ratio':>8}")
    for tail in ("even", "long_tailed"):
        for classes in (2, 4, 8):
            ours, theirs, steps = contest(ncverify, cases.case(tail, classes), 50)
            rows.append({"counts": tail, "classes": classes, "digits": 50, "ncverify_s": ours, "mpmath_s": theirs,
                         "mpmath_steps": steps, "ratio": theirs / ours})
            print(f"{tail:>12} {classes:>3} {50:>6} {1e3 * ours:>9.3f} ms {1e3 * theirs:>9.1f} ms {steps:>5} "
                  f"{theirs / ours:>8.0f}")
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            json.dump({"mpmath": mpmath.__version__, "backend": mpmath.libmp.BACKEND, "rounds": ROUNDS, "rows": rows},
                      file, indent=1)


if __name__ == "__main__":
    main()
