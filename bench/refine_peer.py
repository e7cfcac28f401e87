#!/usr/bin/env python3
"""The refinement against Newton's method in mpmath: refine_peer.py NCVERIFY SOLVER_BENCH [FILE.json]

Two peers solve for a zero of the gradient in all of W and the positive entries of H at once, at the precision asked for:
mpmath's own multidimensional Newton (findroot with solver='mdnewton', which differentiates by differences), and one
written for this with the analytic Hessian and mpmath's lu_solve. Both start from the minimiser's first 16 digits, which
is closer than the double-precision point that ncverify refines. All are timed in this run, warm, within one process each
(ours by solver_bench); times are the least of several rounds, in processor time, so that a busy machine counts against
neither.
"""

import json
import subprocess
import sys
import tempfile
import time

import mpmath
from mpmath import mp, mpf

import cases
import machine

GUARD = 10  # digits carried beyond those asked for
ROUNDS = 9
LONGEST = 10  # seconds for one peer, after which a round is the last


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


def begin(start, digits):
    """Sets the precision. Returns W, H and the places of H's positive entries."""
    mp.dps = digits + GUARD
    w, h = ([[mpf(entry) for entry in row] for row in start[name]] for name in ("W", "H"))
    return w, h, [(k, i) for k, row in enumerate(h) for i, entry in enumerate(row) if entry > 0]


def refine(configuration, start, digits):
    """Newton's method until the correction falls below the digits asked for. Returns W, H and the number of steps."""
    w, h, free = begin(start, digits)
    classes, dimension = len(w), configuration["dim"]
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


def gradient(configuration, w, h, free):
    """The gradient alone, as a function of the variables in newton_system's order needs it."""
    counts, decay, dimension = configuration["counts"], mpf(configuration["lambda"]), configuration["dim"]
    classes, samples = len(counts), sum(counts)
    of_w = [[decay * w[m][i] for i in range(dimension)] for m in range(classes)]
    of_h = []
    for k in range(classes):
        support = [i for i in range(dimension) if (k, i) in free]
        p = softmax([mp.fsum(w[m][i] * h[k][i] for i in support) for m in range(classes)])
        residual = [mpf(counts[k]) / samples * (p[m] - (m == k)) for m in range(classes)]
        for i in support:
            of_h.append(mp.fsum(w[m][i] * residual[m] for m in range(classes)) + decay * counts[k] * h[k][i])
            for m in range(classes):
                of_w[m][i] += residual[m] * h[k][i]
    return [entry for row in of_w for entry in row] + of_h


def findroot(configuration, start, digits):
    """mpmath's own Newton's method. Returns W and H."""
    w, h, free = begin(start, digits)
    classes, dimension = len(w), configuration["dim"]

    def unpacked(variables):
        new_w = [list(variables[m * dimension:(m + 1) * dimension]) for m in range(classes)]
        new_h = [[mpf(0)] * dimension for _ in range(classes)]
        for index, (k, i) in enumerate(free):
            new_h[k][i] = variables[classes * dimension + index]
        return new_w, new_h

    found = mp.findroot(lambda *variables: gradient(configuration, *unpacked(variables), set(free)),
                        [entry for row in w for entry in row] + [h[k][i] for k, i in free],
                        solver="mdnewton", tol=mpf(10) ** (-2 * (digits + GUARD - 5)), maxsteps=20)
    return unpacked(list(found))


def ours(solver_bench, tail, classes, digits):
    """Seconds of a warm refinement in one process, the least of many."""
    command = [solver_bench, f"--benchmark_filter=refine/{tail}/K:{classes}/digits:{digits}/", "--benchmark_format=json"]
    rows = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["benchmarks"]
    return 1e-3 * rows[0]["least_refine_ms"]


def least_seconds(run):
    """The least processor time of several rounds, and what the last one returned."""
    times = []
    while not times or (len(times) < ROUNDS and sum(times) < LONGEST):
        clock = time.process_time()
        answer = run()
        times.append(time.process_time() - clock)
    return min(times), answer


def contest(ncverify, solver_bench, tail, classes, digits):
    configuration = cases.case(tail, classes)
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        cases.solve(ncverify, configuration, digits, "--save", file.name)
        with open(file.name, encoding="utf-8") as saved:
            exact = json.load(saved)
    start = {name: [[truncated(text) for text in row] for row in exact[name]] for name in ("W", "H")}
    row = {"counts": tail, "classes": classes, "digits": digits, "ncverify_s": ours(solver_bench, tail, classes, digits)}
    row["analytic_s"], (w, h, row["analytic_steps"]) = least_seconds(lambda: refine(configuration, start, digits))
    points = [(w, h)]
    if classes <= 4:  # differences of the gradient in all variables: minutes beyond
        row["findroot_s"], point = least_seconds(lambda: findroot(configuration, start, digits))
        points.append(point)
    for w, h in points:
        agree = max(largest_difference(w, exact["W"]), largest_difference(h, exact["H"]))
        if agree > mpf(10) ** (3 - digits):
            raise RuntimeError(f"the refinements differ by {mp.nstr(agree, 3)}")
    for peer in ("analytic", "findroot"):
        if f"{peer}_s" in row:
            row[f"{peer}_ratio"] = row[f"{peer}_s"] / row["ncverify_s"]
    return row


def main():
    ncverify, solver_bench = sys.argv[1:3]
    rows = []
    print(f"mpmath {mpmath.__version__}, {mpmath.libmp.BACKEND} integers")
    print(f"{'counts':>12} {'K':>3} {'digits':>6} {'ncverify ms':>12} {'analytic ms':>12} {'ratio':>8} {'findroot ms':>12} {'ratio':>8}")
    for tail in ("even", "long_tailed"):
        for classes in (2, 4, 8):
            row = contest(ncverify, solver_bench, tail, classes, 50)
            rows.append(row)
            slow = f"{1e3 * row['findroot_s']:>12.1f} {row['findroot_ratio']:>8.0f}" if "findroot_s" in row else ""
            print(f"{tail:>12} {classes:>3} {50:>6} {1e3 * row['ncverify_s']:>12.4f} {1e3 * row['analytic_s']:>12.1f} "
                  f"{row['analytic_ratio']:>8.0f} {slow}")
    if len(sys.argv) > 3:
        with open(sys.argv[3], "w", encoding="utf-8") as file:
            json.dump({"mpmath": mpmath.__version__, "backend": mpmath.libmp.BACKEND, "rounds": ROUNDS,
                       "machine": machine.description(), "rows": rows},
                      file, indent=1)


if __name__ == "__main__":
    main()
