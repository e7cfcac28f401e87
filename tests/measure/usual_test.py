#!/usr/bin/python3
"""The usual metrics, implied decays, dead classes and diagnoses of `ncverify measure` beside NumPy.

Usage: usual_test.py NCVERIFY
"""

import pathlib
import sys
import tempfile
import unittest

import numpy as np

import network_files as files
import reference
import usual

PAPER = [100, 100, 200, 200, 300, 300, 400, 400, 500, 500]
COUNTS = [10, 10, 20, 20, 30, 30, 40, 40, 50, 50]


def at_optimum(counts, lw, lh, d=None, dead=()):
    """H, y, W of the theorem, turned into d dimensions by nothing but more zeros; `dead` classes at zero, the others as they would be alone."""
    means, _ = usual.optimum(counts, lw, lh)
    means[list(dead)] = 0
    d = d or len(counts)
    means = np.hstack([means, np.zeros((len(counts), d - len(counts)))])
    K, scaled = len(counts), np.sqrt(counts)[:, None] * means
    W = np.sqrt(1 / (K * (K - 1))) * np.sqrt(lh / lw) * (K * scaled - scaled.sum(axis=0))
    y = np.repeat(np.arange(K), counts)
    return means[y], y, W


class Usual(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def measured(self, H, y, W, *options, b=None):
        np.savez(self.folder / "n.npz", H=H, y=y, W=W, **({} if b is None else {"b": b}))
        named = [f"{self.folder / 'n.npz'}:{key}" for key in "HyW"]
        return files.measured(*named, *(["--bias", f"{self.folder / 'n.npz'}:b"] if b is not None else []), *options)

    def assertClose(self, found, expected, name, tolerance=1e-12):
        self.assertIsNotNone(found, name)
        self.assertLessEqual(abs(float(found) - expected), tolerance * max(1, abs(expected)), (name, found, expected))

    def test_metrics_agree_with_numpy(self):
        for seed, (counts, d, spread) in enumerate([([40, 25, 90, 7], 12, 0.1), ([5, 9], 2, 0.3), ([30] * 6, 9, 0.5), ([3, 1, 50], 30, 0.1),
                                                    ([300, 200, 20], 300, 2), ([6] * 40, 64, 0.1)]):
            H, y, W = files.made_up(counts, d, seed, spread)
            b = np.random.default_rng(seed).normal(size=len(W))
            for bias in (None, b):
                with self.subTest(counts=counts, bias=bias is not None):
                    answer = self.measured(H, y, W, b=bias)
                    for field, sample_mean in (("metrics", False), ("metrics_sample_mean", True)):
                        expected = usual.metrics(H, y, W, 0 if bias is None else b, sample_mean)
                        self.assertEqual(set(answer[field]), {"nc1", "nc2", "nc3", *expected})
                        for name, value in expected.items():
                            self.assertClose(answer[field][name], value, f"{field}.{name}")
                    lw, lh, residual = usual.implied(H, y, W, 0 if bias is None else b)
                    implied = answer["implied"]
                    for name, value in (("lambda_w", lw), ("lambda_h", lh), ("residual", residual), ("ratio", (W**2).sum() / (H**2).sum())):
                        self.assertClose(float(implied[name]) / value, 1, name)
                    self.assertTrue(implied["residual_exact"])
                    right = (H @ W.T + (0 if bias is None else b)).argmax(axis=1) == y
                    self.assertEqual(answer["first_largest"], right.sum())
                    Z = H @ W.T + (0 if bias is None else b)
                    entropy = np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1)) + Z.max(axis=1) - Z[np.arange(len(y)), y]
                    self.assertClose(answer["cross_entropy"], entropy.mean(), "cross_entropy")

    def test_metrics_are_what_they_are_not(self):
        """The comparison has teeth: the other centre, another label."""
        H, y, W = files.made_up([40, 25, 90, 7], 12, 1)
        answer = self.measured(H, y, W)["metrics"]
        other = usual.metrics(H, y, W, sample_mean=True)
        for name in ("sw_inv_sb", "norm_m_cov", "cos_m", "w_m_dist", "etf_error"):
            self.assertGreater(abs(float(answer[name]) - other[name]), 1e-6, name)

    def test_targets_at_the_papers_configuration(self):
        H, y, W = at_optimum(PAPER, 1e-4, 1e-5, 16)
        answer = self.measured(H, y, W, "--lambda-w", "1e-4", "--lambda-h", "1e-5")
        for name, value in (("norm_m_cov", 0.119), ("cos_m", 0.0195), ("w_m_dist", 0.077), ("etf_error", 0.240)):
            self.assertLessEqual(abs(float(answer["targets"][name]) - value), 0.0005, name)
        for field, sample_mean in (("", False), ("_sample_mean", True)):
            for name, value in usual.targets(PAPER, 1e-4, 1e-5, sample_mean).items():
                self.assertClose(answer["targets" + field][name], value, name)
                self.assertClose(answer["metrics" + field][name], value, name)
        for name in ("nc1", "nc2", "nc3", "sw_inv_sb", "cdnv", "ncc_mismatch"):
            self.assertEqual(answer["targets"][name], "0")
        self.assertEqual(answer["diagnosis"][0]["kind"], "optimum")
        balanced = self.measured(*at_optimum([7] * 4, 1e-3, 1e-3), "--lambda-w", "1e-3", "--lambda-h", "1e-3")
        for name in ("norm_m_cov", "cos_m", "w_m_dist", "etf_error", "cos_w", "etf_error_w"):
            self.assertLess(float(balanced["targets"][name]), 1e-15, name)

    def test_decays_are_implied_at_a_stationary_point(self):
        for counts, lw, lh in ((PAPER, 1e-4, 1e-5), (COUNTS, 5e-2, 3e-3), ([5, 5, 5], 1e-3, 2e-2)):
            H, y, W = at_optimum(counts, lw, lh, 13)
            answer = self.measured(H, y, W)
            implied = answer["implied"]
            self.assertTrue(implied["reliable"], implied)
            self.assertClose(float(implied["lambda_w"]) / lw, 1, "lambda_w", 1e-13)
            self.assertClose(float(implied["lambda_h"]) / lh, 1, "lambda_h", 1e-13)
            self.assertLess(float(implied["residual"]), 1e-12)
            self.assertEqual(implied["used"], ["lambda_w", "lambda_h"])
            self.assertEqual(answer["config"]["lambda_w"], implied["lambda_w"])
            self.assertLess(abs(float(answer["gap"]["relative_gap"])), 1e-12)
            given = self.measured(H, y, W, "--lambda-w", str(lw), "--lambda-h", str(lh))
            self.assertEqual((given["implied"]["used"], given["implied"]["contradiction"]), ([], None))
            for option, text, other, value in (("--lambda-w", str(lw), "lambda_h", lh), ("--lambda-h", str(lh), "lambda_w", lw)):
                one = self.measured(H, y, W, option, text)
                self.assertEqual(one["implied"]["used"], [other])
                self.assertClose(float(one["config"][other]) / value, 1, other)
                self.assertIsNotNone(one["gap"])

    def test_what_has_not_settled_implies_nothing(self):
        answer = self.measured(*files.made_up([40, 25, 90, 7], 12, 7))
        self.assertFalse(answer["implied"]["reliable"])
        self.assertEqual([answer["gap"], answer["targets"], answer["dead_classes"], answer["config"]["lambda_w"]], [None] * 4)
        self.assertEqual(answer["diagnosis"][0]["kind"], "no_decays")

    def test_weights_enter_implied_decays(self):
        """omega_k as often as a class is repeated: the same data, each sample of class 0 three times."""
        H, y, W = files.made_up([4, 5, 6], 7, 3)
        often = np.repeat(np.arange(len(y)), np.where(y == 0, 3, 1))
        plain = usual.implied(H[often], y[often], W)[0] * len(often) / len(y)
        self.assertClose(float(self.measured(H, y, W, "--weights", "3,1,1")["implied"]["lambda_w"]) / plain, 1, "weighted")

    def test_dead_classes_are_named_and_cost_what_they_cost(self):
        lw, lh = 5e-2, 3e-3
        H, y, W = at_optimum(COUNTS, lw, lh, 64, dead=(2, 3))
        answer = self.measured(H, y, W, "--lambda-w", str(lw), "--lambda-h", str(lh))
        self.assertEqual(answer["dead_classes"], [2, 3])  # classes 0 and 1 collapse, as they should
        cost = usual.dead_cost(COUNTS, lw, lh, (2, 3))
        self.assertClose(answer["gap"]["of_which_dead"], cost, "of_which_dead")
        self.assertClose(answer["gap"]["gap"], cost, "gap")  # nothing else is wrong with it
        first = answer["diagnosis"][0]
        self.assertEqual(first["kind"], "dead_classes")
        self.assertRegex(first["headline"], r"^Two classes are dead; that alone is (100|more than 99\S*|99\.99\S*) % of the gap\.$")
        self.assertIn("2 (20 samples) and 3 (20 samples)", first["explanation"])
        nearly = H.copy()
        nearly[y == 2, 0] += 1e-4
        answer = self.measured(nearly, y, W, "--lambda-w", str(lw), "--lambda-h", str(lh))
        self.assertEqual(answer["dead_classes"], [2, 3])
        self.assertIn("is about", answer["diagnosis"][0]["headline"])
        nearly[y == 2, 0] += 1e-3
        self.assertEqual(self.measured(nearly, y, W, "--lambda-w", str(lw), "--lambda-h", str(lh))["dead_classes"], [3])

    def test_all_features_zero_is_said_first(self):
        _, y, W = at_optimum(COUNTS, 5e-2, 3e-3)
        H = np.zeros((len(y), 10), dtype="f4")
        answer = self.measured(H, y, W, "--lambda-w", "5e-2", "--lambda-h", "3e-3")
        self.assertEqual(answer["diagnosis"][0]["kind"], "all_zero")
        self.assertIn("8 of 10 classes", answer["diagnosis"][0]["explanation"])
        self.assertEqual(answer["dead_classes"], list(range(2, 10)))
        self.assertIsNone(answer["implied"])
        table = files.run(*[f"{self.folder / 'n.npz'}:{key}" for key in "HyW"], "--format", "table").stdout
        self.assertIn("\nEvery feature is zero", table)
        self.assertIn("strictly 0 %", table)
        self.assertEqual(self.measured(H, y, W, "--lambda-w", "1", "--lambda-h", "1")["diagnosis"][0]["kind"], "complete_collapse")

    def test_decays_that_do_not_fit_are_said(self):
        """The usual minibatch bug: lambda_H summed over batches of 32 of 300, without N/B."""
        lw, told = 1e-3, 1e-4
        H, y, W = at_optimum(COUNTS, lw, told * 32 / 300, 64)
        answer = self.measured(H, y, W, "--lambda-w", "1e-3", "--lambda-h", "1e-4")
        contradiction = answer["implied"]["contradiction"]
        self.assertClose(contradiction["factor"], 300 / 32, "factor")
        self.assertClose(float(contradiction["lambda_h"]) / (told * 32 / 300), 1, "lambda_h")
        self.assertEqual((contradiction["lambda_w"], contradiction["lambda_w_fits"], contradiction["lambda_h_fits"]), ("1e-3", True, False))
        self.assertLess(abs(float(contradiction["relative_gap"])), 1e-12)
        self.assertGreater(float(answer["gap"]["relative_gap"]), 0.3)
        first = answer["diagnosis"][0]
        self.assertEqual(first["kind"], "decays")
        self.assertIn("lambda_H near 1.07e-05, not 1e-4", first["headline"])
        self.assertIn("B near 32", first["advice"])
        other = self.measured(H, y, W, "--lambda-w", "2e-3", "--lambda-h", "32/3000000")["implied"]["contradiction"]
        self.assertEqual((other["lambda_w_fits"], other["lambda_h_fits"]), (False, True))
        self.assertClose(float(other["lambda_w"]) / lw, 1, "lambda_w")
        both = self.measured(H, y, W, "--lambda-w", "1e-2", "--lambda-h", "32/300000")["implied"]["contradiction"]
        self.assertEqual((both["lambda_w_fits"], both["lambda_h_fits"]), (False, False))
        self.assertClose(float(both["factor"]), 1, "the ratio holds, the scale does not")

    def test_with_a_bias_there_is_no_gap(self):
        H, y, W = files.made_up([40, 25, 90, 7], 12, 2)
        b = np.array([3.0, -1, 0.5, 0])
        answer = self.measured(H, y, W, "--lambda-w", "1e-3", "--lambda-h", "2e-4", b=b.astype("f4")[:, None])
        self.assertIsNone(answer["gap"])
        Z = H @ W.T + b
        entropy = (np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]).mean()
        self.assertClose(answer["loss"], entropy + 5e-4 * (W**2).sum() + 1e-4 * (H**2).sum(), "loss")
        self.assertEqual(answer["diagnosis"][0]["kind"], "bias")
        self.assertTrue(any("bias" in note for note in answer["notes"]))
        self.assertIsNotNone(answer["targets"])
        np.testing.assert_allclose(np.array(answer["logits"], dtype=float), W @ reference.class_means(H, y, 4).T + b[:, None], rtol=1e-13)
        forgotten = files.measured(*[f"{self.folder / 'n.npz'}:{key}" for key in "HyW"])
        self.assertTrue(any("holds 'b', which was not read: --bias" in note for note in forgotten["notes"]), forgotten["notes"])
        self.assertFalse(any("not read" in note for note in answer["notes"]))
        result = files.run(*[f"{self.folder / 'n.npz'}:{key}" for key in "HyW"], "--bias", f"{self.folder / 'n.npz'}:W")
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r"--bias.*shape 4 x 12; expected 4 floating-point numbers")

    def test_other_samples_and_absent_classes(self):
        H, y, W = files.made_up([4, 5, 3, 6], 9, 4)
        options = ["--counts", "400,200,100,50", "--lambda-w", "1e-3", "--lambda-h", "1e-5"]
        answer = self.measured(H, y, W, *options)
        self.assertEqual((answer["gap"], answer["loss"], answer["implied"]), (None, None, None))
        self.assertEqual(answer["config"]["counts"], [400, 200, 100, 50])
        self.assertEqual([one["count"] for one in answer["classes"]], [4, 5, 3, 6])
        for name, value in usual.targets([400, 200, 100, 50], 1e-3, 1e-5).items():
            self.assertClose(answer["targets"][name], value, name)
        for name, value in usual.metrics(H, y, W).items():
            self.assertClose(answer["metrics"][name], value, name)
        self.assertEqual(answer["diagnosis"][0]["kind"], "other_samples")
        # Class 1 has no sample: metrics are those of the others.
        some = y != 1
        answer = self.measured(H[some], y[some], W, *options)
        left, order = H[some], np.array([0, -1, 1, 2])[y[some]]
        rows = W[[0, 2, 3]]
        means = reference.class_means(left, order, 3)
        expected = usual.of_geometry(means, rows, means.mean(axis=0))
        for name in ("norm_m_cov", "cos_m", "w_m_dist", "etf_error"):
            self.assertClose(answer["metrics"][name], expected[name], name)
        self.assertClose(answer["metrics"]["cos_w"], usual.from_simplex(W), "cos_w")
        self.assertClose(answer["metrics"]["sw_inv_sb"], usual.metrics(left, order, rows)["sw_inv_sb"], "sw_inv_sb")
        self.assertEqual([answer["metrics"]["nc2"], answer["classes"][1]["feature_norm_squared"], answer["logits"][0][1], answer["feature_gram"][1][0]], [None] * 4)
        self.assertTrue(any("1 of 4 classes have no sample" in note for note in answer["notes"]), answer["notes"])
        same = self.measured(H, y, W, "--counts", "4,5,3,6", *options[2:])
        self.assertIsNotNone(same["gap"])

    def test_ignored_labels(self):
        H, y, W = files.made_up([40, 25, 90, 7], 12, 5)
        labels = y.copy()
        labels[::5] = -100
        answer = self.measured(H, labels, W, "--ignore-label", "-100")
        kept = labels >= 0
        expected = self.measured(H[kept], y[kept], W)
        for key in ("samples", "correct", "config"):
            self.assertEqual(answer[key], expected[key], key)
        for name, value in expected["metrics"].items():
            if value is not None:
                self.assertClose(answer["metrics"][name], float(value), name)
        self.assertTrue(any("ignored label" in note for note in answer["notes"]))

    def test_a_long_matrix_is_sketched(self):
        """K x d beyond what is kept for each chunk: the residual is estimated, everything else is not."""
        H, y, W = files.made_up([3] * 80, 2000, 6)
        W /= 500
        answer = self.measured(H, y, W)["implied"]
        lw, _, residual = usual.implied(H, y, W)
        self.assertFalse(answer["residual_exact"])
        self.assertClose(float(answer["lambda_w"]) / lw, 1, "lambda_w")
        self.assertLess(abs(float(answer["residual"]) / residual - 1), 0.2)

    def test_where_a_number_hangs_on_little(self):
        def note(answer, word):
            self.assertTrue(any(word in one for one in answer["notes"]), (word, answer["notes"]))
            return next(one for one in answer["notes"] if word in one)

        H, y, W = files.made_up([40, 25, 90, 7], 12, 8)
        # Two classes equal up to rounding of float32: their difference counts in NC1, and should not be believed.
        H[y == 1] = H[y == 0].mean(axis=0) + (H[y == 1] - H[y == 1].mean(axis=0))
        doubtful = H.astype("f4")
        answer = self.measured(doubtful, y, W)
        without = float(note(answer, "rounding of float32 alone").rsplit(" ", 1)[1])
        self.assertGreater(float(answer["metrics"]["nc1"]), 1e3 * without)
        # One direction of nine.
        H, y, W = files.made_up([12] * 10, 20, 9)
        means = reference.class_means(H, y, 10)
        direction = np.linalg.svd(means - means.mean(axis=0))[2][8]
        wide = H.copy()
        for k in range(10):
            wide[y == k] += 0.5 * direction * np.tile([[1], [-1]], (6, 1))
        self.assertIn("of NC1 comes from one of 9 directions", note(self.measured(wide, y, W), "one of"))
        # Normalised features.
        unit = (H / np.linalg.norm(H, axis=1, keepdims=True)).astype("f4")
        note(self.measured(unit, y, W), "normalised")
        self.assertFalse(any("normalised" in one for one in self.measured(H, y, W)["notes"]))
        self.assertFalse(any("normalised" in one for one in self.measured(*at_optimum([7] * 4, 1e-3, 1e-3))["notes"]))

    def test_conventions_say_what_others_print(self):
        H, y, W = files.made_up([40, 25, 90, 7], 12, 10)
        K, means = 4, reference.class_means(H, y, 4)
        off, A = H - means[y], means - means.mean(axis=0)
        inverse = np.linalg.pinv(A.T @ A / K, rcond=1e-13)
        away = means - H.mean(axis=0)
        covariance = [np.cov(H[y == k].T, bias=True) for k in range(K)]
        counts = np.bincount(y)
        expected = [
            np.trace(off.T @ off / len(y) @ np.linalg.pinv(away.T @ away / K, rcond=1e-13)),
            np.trace(sum(covariance) / K @ inverse),
            np.trace(sum(n * n / (n - 1) * one for n, one in zip(counts, covariance)) / len(y) @ inverse),
            np.trace(off.T @ off / len(y) @ inverse) / K,
        ]
        found = self.measured(H, y, W)["conventions"]
        for row, value in zip(found, expected):
            self.assertEqual(row["metric"], "sw_inv_sb")
            self.assertClose(row["value"], value, row["choice"], 1e-10)
        cut = [row for row in found if "pinv" in row["choice"]]
        self.assertEqual(len(cut), 2)
        for row in cut:
            self.assertClose(row["value"], expected[0], row["choice"], 1e-10)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
