#!/usr/bin/python3
"""`ncverify measure` beside NumPy: every layout, type and byte order; metrics, geometry and the gap's five terms.

Usage: measure_test.py NCVERIFY
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
from decimal import Decimal

import jsonschema
import numpy as np

import network_files as files
import reference

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "measure" / "measure.schema.json"
EPSILON = 2.0**-52
COUNTS = [40, 25, 90, 7]
DECAYS = ("1e-3", "2e-4")
OPTIONS = ["--lambda-w", DECAYS[0], "--lambda-h", DECAYS[1]]


def differing(answer, H, y, W, lw, lh):
    """Where `answer` and NumPy differ by more than NumPy's own rounding can explain."""
    K, (N, d) = len(W), H.shape
    wrong = []

    def compare(name, found, expected, tolerance):
        if not abs(float(found) - expected) <= tolerance:
            wrong.append(f"{name}: {found}, not {expected} +- {tolerance}")

    sum_error = EPSILON * (N + d)  # of a sum of N or d terms, relative to the sum of their sizes
    nc1, condition = reference.nc1(H, y, K)
    compare("nc1", answer["metrics"]["nc1"], nc1, 4 * sum_error * condition * nc1)
    # Normalised matrices: entries of size at most 1, each with the error of its sum.
    compare("nc2", answer["metrics"]["nc2"], reference.nc2(H, y, W), 8 * sum_error * K)
    means = reference.class_means(H, y, K)
    if lw is not None:
        largest_logit = (np.abs(W) @ np.abs(means).T).max()
        logit_norm = np.linalg.norm(W @ means.T)
        if reference.margins(np.bincount(y), lw, lh).any():
            compare("nc3", answer["metrics"]["nc3"], reference.nc3(H, y, W, lw, lh), 8 * sum_error * K * largest_logit / logit_norm)
        elif answer["metrics"]["nc3"] is not None:
            wrong.append("nc3 in complete collapse")
        loss, bound = reference.loss(H, y, W, lw, lh), reference.lower_bound(np.bincount(y), lw, lh)
        # The reference's terms are differences: what cancels is of the size of the largest logit, of V, of Y.
        size = loss + bound + (np.abs(H) @ np.abs(W).T).max() + lw * (W**2).sum() + lh * (H**2).sum()
        terms = reference.gap_terms(H, y, W, lw, lh)
        tolerance = 8 * sum_error * (size + sum(abs(term) for term in terms.values()))
        for name, term in terms.items():
            compare(name, answer["gap"]["terms"][name], term, tolerance)
        compare("loss", answer["gap"]["loss"], loss, tolerance)
        compare("lower_bound", answer["gap"]["lower_bound"], bound, tolerance)
        compare("gap", answer["gap"]["gap"], loss - bound, tolerance)
        compare("sum of terms", sum(map(float, answer["gap"]["terms"].values())), float(answer["gap"]["gap"]), 8 * EPSILON * size)
        for k, margin in enumerate(reference.margins(np.bincount(y), lw, lh)):
            compare(f"margin {k}", answer["theory"]["classes"][k]["margin"], margin, 64 * EPSILON * (1 + margin))
    for name, left, right in (("feature_gram", means, means), ("classifier_gram", W, W), ("logits", W, means)):
        size = (np.abs(left) @ np.abs(right).T).max()
        for (k, l), value in np.ndenumerate(left @ right.T):
            compare(f"{name} {k},{l}", answer[name][k][l], value, 4 * sum_error * size)
    for name, rows in (("feature_cosine", means), ("classifier_cosine", W)):
        unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        for (k, l), value in np.ndenumerate(unit @ unit.T):
            compare(f"{name} {k},{l}", answer[name][k][l], value, 16 * sum_error)
    predictions = (H @ W.T).argmax(axis=1)
    for k, line in enumerate(answer["classes"]):
        off = np.linalg.norm(H[y == k] - means[k], axis=1)
        compare(f"count {k}", line["count"], (y == k).sum(), 0)
        compare(f"correct {k}", line["correct"], (predictions[y == k] == k).sum(), 0)
        compare(f"variance {k}", line["within_class_variance"], (off**2).mean(), 8 * sum_error * (1 + (off**2).mean()))
        compare(f"distance {k}", line["largest_distance"], off.max(), 8 * sum_error * (1 + off.max()))
        entropy = reference.cross_entropies(H, y, W)[y == k].mean()
        compare(f"entropy {k}", line["cross_entropy"], entropy, 8 * sum_error * (np.abs(H) @ np.abs(W).T).max())
    for name, expected in (("smallest", H.min()), ("largest", H.max()), ("zeros", (H == 0).sum()), ("negatives", (H < 0).sum())):
        compare(name, answer["feature_entries"][name], expected, 0)
    return wrong


class Measure(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def saved(self, H, y, W):
        return files.saved(self.folder, H, y, W)

    def agrees(self, H, y, W, decays=DECAYS):
        options = ["--lambda-w", decays[0], "--lambda-h", decays[1]] if decays else []
        answer = files.measured(*self.saved(H, y, W), *options)
        lw, lh = (float(decays[0]), float(decays[1])) if decays else (None, None)
        self.assertEqual(differing(answer, H, y, W, lw, lh), [])
        return answer

    def test_agrees_with_numpy(self):
        source = np.random.default_rng(3)
        for seed, (counts, d) in enumerate([([5, 9], 2), (COUNTS, 12), ([30] * 6, 5), ([1, 1, 50], 30), ([3000, 2000], 64), ([4] * 40, 64)]):
            H, y, W = files.made_up(counts, d, seed)
            noise = 1 + 1e-3 * source.normal(size=H.shape)  # all 53 bits in use
            with self.subTest(counts=counts, d=d):
                for decays in (DECAYS, ("0.1", "1e-2"), ("1e-9", "1e-3"), ("5", "5")):
                    self.agrees(H * noise, y, W, decays)

    def test_the_comparison_has_teeth(self):
        """Slightly wrong numbers, a wrong class mean (the paper prints 1/n), one label changed: all noticed."""
        H, y, W = files.made_up(COUNTS, 12, 5)
        answer = self.agrees(H, y, W)
        decays = [float(decay) for decay in DECAYS]
        for path in (["metrics", "nc1"], ["metrics", "nc2"], ["metrics", "nc3"], ["gap", "loss"], ["gap", "terms", "within_class"],
                     ["gap", "terms", "logits"], ["feature_gram", 0, 1], ["classes", 2, "largest_distance"]):
            spoilt = json.loads(json.dumps(answer))
            *above, last = path
            place = spoilt
            for key in above:
                place = place[key]
            place[last] = str(float(place[last]) * (1 + 1e-9))
            self.assertNotEqual(differing(spoilt, H, y, W, *decays), [], path)
        other = y.copy()
        other[0] = (y[0] + 1) % 4
        self.assertNotEqual(differing(answer, H, other, W, *decays), [])

    def test_without_decays_there_is_no_prediction(self):
        answer = self.agrees(*files.made_up(COUNTS, 12, 7), decays=None)
        self.assertEqual([answer["theory"], answer["gap"], answer["metrics"]["nc3"]], [None] * 3)
        self.assertEqual([answer["config"]["lambda_w"], answer["config"]["lambda_h"]], [None] * 2)
        self.assertIsNotNone(answer["metrics"]["nc2"])

    def test_negative_features_are_measured_and_pointed_at(self):
        H, y, W = files.made_up(COUNTS, 12, 8)
        H[17, 3] = -0.5
        answer = self.agrees(H, y, W)
        self.assertEqual(answer["feature_entries"]["first_negative_sample"], 17)
        self.assertTrue(any("negative" in note for note in answer["notes"]))

    def test_shares_say_all_and_none_only_of_all_and_none(self):
        """199999 of 200000 right is not 100 %, and a part of the gap that is all but the whole gap is not, either."""
        y = np.arange(200000) % 2
        H = np.eye(2)[y]
        for wrong, accuracy in ((0, "100 %"), (1, "99.9995 %"), (199999, "0.0005 %"), (200000, "0 %")):
            spoilt = H.copy()
            spoilt[:wrong] = spoilt[:wrong, ::-1]
            result = files.run(*self.saved(spoilt, y, np.eye(2) - 0.5), "--format", "table")
            self.assertIn(f"accuracy     {accuracy}\n", result.stdout)
        result = files.run(*self.saved(H * 1e-9, y, np.eye(2) - 0.5), *OPTIONS, "--format", "table")
        self.assertRegex(result.stdout, r"orthogonality +0 +0 %\n")
        self.assertNotRegex(result.stdout, r"e[+-]\d+ %|nan|inf")

    def test_small_angles_are_not_lost(self):
        H, y, W = files.made_up(COUNTS, 12, 5)
        W[1] = W[0] * (1 + 2**-30)
        W[1, 3] += 2**-31 * np.linalg.norm(W[0])
        paths = self.saved(H, y, W)
        smallest = float(files.measured(*paths)["angles"]["classifier"]["smallest"])
        across = np.linalg.norm(W[1] - W[0] * (W[0] @ W[1]) / (W[0] @ W[0]))
        self.assertAlmostEqual(smallest / np.degrees(across / np.linalg.norm(W[1])), 1, delta=1e-6)
        self.assertRegex(files.run(*paths, "--format", "table").stdout, r"angles between classifiers +[2-3]\.\d+e-08 to")

    def test_extreme_but_finite_numbers(self):
        """Subnormal halves and floats, and the largest ones, are read exactly."""
        for kind in ("f2", "f4"):
            info = np.finfo(kind)
            H, y, W = files.made_up([6, 8], 5, 9)
            H = H.astype(kind)
            H[:4, 0] = [info.max, info.smallest_subnormal, info.tiny, 0]
            answer = files.measured(*self.saved(H, y, W))
            self.assertEqual(float(answer["feature_entries"]["largest"]), float(info.max))
            H[0, 0] = 0
            H[:, 1:] = 0
            answer = files.measured(*self.saved(H, y, W))
            expected = H[:, 0].astype(float)
            self.assertEqual(float(answer["feature_entries"]["largest"]), expected.max())
            mean = expected[y == y[1]].mean()
            norm = float(answer["classes"][y[1]]["feature_norm_squared"]) ** 0.5
            self.assertLessEqual(abs(norm - mean), 16 * EPSILON * mean)

    def test_collapsed_features_have_no_spread(self):
        H, y, W = files.made_up(COUNTS, 12, 6, spread=0)
        answer = files.measured(*self.saved(H / 3, y, W), *OPTIONS)
        self.assertEqual(answer["metrics"]["nc1"], "0")
        self.assertEqual(answer["gap"]["terms"]["within_class"], "0")
        answer = files.measured(*self.saved(np.full_like(H, 1 / 3), y, W), *OPTIONS)
        self.assertEqual([answer["metrics"]["nc1"], answer["between_classes"]["rank"]], ["0", 0])

    def test_the_global_minimiser_has_no_gap(self):
        saved = self.folder / "minimiser.npz"
        configuration = ["--counts", "3,50,70", "--lambda-w", DECAYS[0], "--lambda-h", DECAYS[1]]
        subprocess.run([files.NCVERIFY, "solve", *configuration, "--formulation", "samples", "--save", saved], check=True, capture_output=True)
        with np.load(saved) as arrays:
            keys = sorted(arrays)
        self.assertEqual(keys, ["H", "W", "Y"])
        answer = files.measured(*[f"{saved}:{key}" for key in ("H", "Y", "W")], *OPTIONS)
        self.assertEqual(answer["correct"], 123)
        for key, largest in (("nc1", 1e-25), ("nc2", 1e-14), ("nc3", 1e-14)):
            self.assertLessEqual(float(answer["metrics"][key]), largest, key)
        self.assertLessEqual(abs(float(answer["gap"]["relative_gap"])), 1e-25)
        for k, line in enumerate(answer["theory"]["classes"]):
            for key in ("feature_norm_squared", "classifier_norm_squared", "logit_own", "logit_other"):
                found, predicted = float(answer["classes"][k][key]), float(line[key])
                self.assertLessEqual(abs(found - predicted), 1e-13 * (1 + abs(predicted)), key)

    def test_threads_change_nothing(self):
        H, y, W = files.made_up([9000, 4000, 3000], 24, 10)
        paths = self.saved(np.asfortranarray(H * 1.1), y, W)
        texts = {re.sub(r'"timing": \{[^}]*\}', "", files.run(*paths, *OPTIONS, jobs=jobs).stdout) for jobs in (1, 2, 5)}
        self.assertEqual(len(texts), 1)
        self.assertEqual(differing(files.measured(*paths, *OPTIONS), H * 1.1, y, W, float(DECAYS[0]), float(DECAYS[1])), [])

    def test_decays_far_from_a_double(self):
        paths = self.saved(*files.made_up(COUNTS, 12, 12))
        answer = files.measured(*paths, "--lambda-w", "1e-5000", "--lambda-h", "1e-5000")
        bound, minimum = Decimal(answer["gap"]["lower_bound"]), Decimal(answer["theory"]["minimum_loss"])
        self.assertLess(minimum, Decimal("1e-4990"))
        self.assertLessEqual(abs(bound - minimum), minimum * Decimal("2e-16"))

    def test_json_follows_its_schema(self):
        schema = json.loads(SCHEMA.read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        valid = jsonschema.Draft202012Validator(schema)
        paths = self.saved(*files.made_up(COUNTS, 12, 11))
        bias = self.folder / "b.npy"
        np.save(bias, np.ones(4))
        for options in ([], OPTIONS, [*OPTIONS, "--summary"], ["--lambda-w", "5", "--lambda-h", "5"], ["--lambda-w", "1e-3"], [*OPTIONS, "--bias", str(bias)],
                        [*OPTIONS, "--counts", "50,60,70,80"], [*OPTIONS, "--weights", "balanced"], ["--lambda-w", "2", "--lambda-h", "1e-3", "--ignore-label", "3", "--counts", "4x4"]):
            answer = files.measured(*paths, *options)
            self.assertEqual([error.message for error in valid.iter_errors(answer)], [])
        answer = files.measured(*paths, *OPTIONS)
        for path, value in ((["surprise"], 1), (["metrics", "nc1"], 0.5), (["metrics", "cos_m"], 0.5), (["implied", "why"], None), (["diagnosis"], []), (["targets", "cdnv"], 0), (["gap", "terms", "sixth"], "0"), (["classes", 0, "count"], -1),
                            (["theory", "classes", 0, "margin"], 1.5), (["logits", 0, 0], 0.5), (["inputs", "labels", "order"], "D")):
            spoilt = json.loads(json.dumps(answer))
            place = spoilt
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = value
            self.assertFalse(valid.is_valid(spoilt), path)

    def test_a_table_and_a_file(self):
        paths = self.saved(*files.made_up(COUNTS, 12, 13))
        out = self.folder / "deep" / "out"
        result = files.run(*paths, *OPTIONS, "--format", "table", "--out", str(out))
        self.assertEqual((result.returncode, result.stderr), (0, f"report: {out / 'index.html'}\n"))
        written = json.loads((out / "measure.json").read_text())
        self.assertEqual(files.numbers_of(written), files.numbers_of(files.measured(*paths, *OPTIONS)))
        self.assertEqual(sorted(out.iterdir()), [out / "index.html", out / "measure.json"])
        for word in ("NC1 (19)", "NC2 (20)", "NC3 (21)", "orthogonality", "collapsed", "angles between class means", "cos_m", "optimum", "implied"):
            self.assertIn(word, result.stdout)
        self.assertIn(f"{float(written['metrics']['nc1']):.5g}", result.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
