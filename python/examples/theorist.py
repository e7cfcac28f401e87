#!/usr/bin/env python3
"""For theorists: pick counts and decays, certify the minimum, print a hundred digits, look at the geometry.

    PYTHONPATH=build/release/python python3 python/examples/theorist.py
"""

import numpy as np

import ncverify as nc

# Ten classes, the smallest of 100 samples and the largest of 500; the paper's decays.
counts = [100, 100, 200, 200, 300, 300, 400, 400, 500, 500]
problem = dict(counts=counts, lambda_w="1e-4", lambda_h="1e-5")

# 1. A minimum found without the theorem, and a proof that nothing lies below, by a checker that knows neither.
solution = nc.solve(**problem, digits=100)
proof = nc.certify(solution.certificate, **problem)
print("solver        ", solution.status, "- certificate", "proven" if proof else proof.reason)
print("minimum       ", solution.exact.objective)
print("nothing below ", solution.exact.lower_bound)

# 2. The theorem's closed form, every digit correctly rounded.
theory = nc.theory(**problem, digits=100)
print("closed form   ", theory.exact.minimum_loss)
print("threshold     ", theory.threshold.exact, "=", theory.threshold.decimal, "- collapsed classes:",
      int(theory.classes.collapsed.sum()))

# 3. The geometry: class means orthogonal, classifiers at angles that depend on the counts.
print("margins       ", np.array2string(np.unique(theory.classes.margin), precision=6))
off = solution.feature_gram - np.diag(np.diag(solution.feature_gram))
print("h_k . h_l     ", f"at most {np.abs(off).max():.1e}")
norms = np.sqrt(np.diag(solution.classifier_gram))
cosines = solution.classifier_gram / np.outer(norms, norms)
print("cos(w_k, w_l) ", f"{cosines.min():.6f} to {cosines[~np.eye(10, dtype=bool)].max():.6f};",
      f"the simplex has {-1 / 9:.6f}")
print("theorem says  ", f"{theory.classifier_cosine.min():.6f} to",
      f"{theory.classifier_cosine[~np.eye(10, dtype=bool)].max():.6f}")

# 4. A phase transition: at which decay does the smallest class collapse? T is proportional to lambda_W lambda_H.
for decay in ("1e-5", "1e-4", "1e-3", "1e-2"):
    found = nc.theory(counts, "1e-4", decay, summary=True)
    print(f"lambda_H = {decay}: T = {found.threshold.decimal:9.3g}, {int(found.classes.collapsed.sum()):2d} classes collapse, "
          f"minimum {found.minimum_loss:.6f}")

# 5. Class weights that give every class the same margin, and the optimum there, certified.
design = nc.weights(**problem, margins=5, digits=60)
weighted = nc.solve(**problem, weights=design.exact.weights, digits=50)
print("weights       ", np.array2string(design.weights, precision=4))
print("with these    ", weighted.status, "- logits' margins",
      np.array2string(np.unique(np.round(np.diag(weighted.logits) - (weighted.logits.sum(0) - np.diag(weighted.logits)) / 9, 12))))
