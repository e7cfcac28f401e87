#!/usr/bin/env python3
"""A hundred unusable inputs, each refused by the right exception, with where it stands, what is wrong and what would be
right; and the same refusals as the command line's.

Usage: refusals_test.py NCVERIFY, with the module's folder on PYTHONPATH.
"""

import decimal
import fractions
import pathlib
import pickle
import subprocess
import sys
import tempfile
import unittest

try:
    import numpy as np
except ImportError:
    print("skipped: no numpy")
    sys.exit(77)

import ncverify as nc

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "ncverify"
NAN, INF = float("nan"), float("inf")
GOOD = dict(counts=[3, 4], lambda_w="1e-3", lambda_h="1e-3")
FEATURES, LABELS, CLASSIFIER = np.eye(3)[[0, 0, 1, 2]], np.array([0, 0, 1, 2]), np.eye(3)


def broken(**changes):
    return {**GOOD, **changes}


# Of a problem: each is refused by theory, solve, weights and verify alike.
PROBLEMS = [
    ("counts", [[], [3], [0, 3], [-1, 3], [3, 10**18 + 1], [3, 2**63], [3, 2**200], [3, 1.5], [3, 2.0], [3, "4"], [3, None],
                [True, 3], None, 7, "3,4", b"34", {3: 4}, [[3, 4]], np.array([3.0, 4.0]), np.array([[3, 4]]),
                np.array(["3", "4"]), np.array([True, False]), [3, NAN], {3, 4}, object()]),
    ("lambda_w", ["", "x", "0", "-1", "1/0", "1/-3", "1e-10001", "1e10001", "nan", "inf", "1,5", "0x1p3", "1e", "1_0", " ",
                  0, -1, 0.0, -0.5, NAN, INF, -INF, True, None, [1], b"1", 1j, decimal.Decimal("nan"),
                  decimal.Decimal("Infinity"), decimal.Decimal(0), fractions.Fraction(0), fractions.Fraction(-1, 3),
                  "\u22121e-4", np.float32("nan"), np.bool_(True)]),
    ("lambda_h", ["", "one", 0, None, NAN, "1e99999999999"]),
    ("dim", [0, -1, 1.5, "3", True, 2**63, NAN, [3]]),
]
DIGITS = [0, -1, 100_001, 2**70, 1.5, "50", None, True]
WEIGHTS = [[], ["1"], ["1", "1", "1"], ["1", "0"], ["1", "-1"], "unheard-of", ["1", "sqrt-1"], ["1", "x"], 5, [None, 1],
           np.array([1.0, 0.0]), ["1", NAN]]


class Refusals(unittest.TestCase):
    refused = 0

    def refuses(self, where, function, *arguments, **options):
        with self.assertRaises(nc.InputError, msg=(where, arguments, options)) as raised:
            function(*arguments, **options)
        error = raised.exception
        self.assertIsInstance(error, ValueError)
        for part in (error.where, error.what, error.expected):
            self.assertTrue(part and isinstance(part, str), repr(part))
            self.assertNotIn("\n", part)
        self.assertIn(where, error.where, (str(error), arguments, options))
        self.assertNotIn("--", str(error))
        self.assertEqual(str(error), f"{error.where}: {error.what}; expected {error.expected}")
        Refusals.refused += 1

    def test_arguments_have_their_own_names(self):
        """The library's words name options of the command line."""
        for labels, said in ((LABELS - 1, "ignored_label=-1 leaves"), (LABELS * 2 // 2 % 2, "or counts with those")):
            with self.assertRaises(nc.InputError) as raised:
                nc.measure(FEATURES, labels, CLASSIFIER)
            self.assertIn(said, str(raised.exception))

    def test_problems(self):
        for where, values in PROBLEMS:
            for value in values:
                for function, more in ((nc.theory, {}), (nc.solve, {}), (nc.weights, {"margins": 1}), (nc.verify, {})):
                    with self.subTest(where=where, value=repr(value), function=function.__name__):
                        self.refuses(where, function, **broken(**{where: value}), **more)

    def test_class_weights(self):
        for value in WEIGHTS:
            with self.subTest(value=repr(value)):
                self.refuses("weights", nc.theory, **GOOD, weights=value)

    def test_digits(self):
        for value in DIGITS:
            for function in (nc.theory, nc.solve, nc.verify):
                with self.subTest(value=value, function=function.__name__):
                    self.refuses("digits", function, **GOOD, digits=value)

    def test_options(self):
        for where, function, options in (
                ("seed", nc.solve, {"seed": -1}), ("seed", nc.solve, {"seed": 2**64}), ("seed", nc.solve, {"seed": 1.0}),
                *(("gap", nc.solve, {"gap": gap}) for gap in (0, 1, -1, 2, "x", "1/0", "1e-99999999999", NAN, INF, True, [1])),
                *(("time", nc.solve, {"time": time}) for time in (0, -1, 3.7e6, "60s", NAN, INF, True, [1])),
                ("formulation", nc.solve, {"dim": 1, "formulation": "samples", "gap": 0.1}),
                ("starts", nc.solve, {"starts": 0}), ("starts", nc.solve, {"starts": 10**6 + 1}),
                ("search", nc.solve, {"search": "wild"}), ("formulation", nc.solve, {"formulation": "means"}),
                ("jobs", nc.verify, {"jobs": 0}), ("jobs", nc.verify, {"jobs": 5000}), ("claims", nc.verify, {"claims": 3}),
                ("claims", nc.verify, {"claims": "no.such"}), ("search", nc.verify, {"search": None}),
                ("margins", nc.weights, {"margins": 0}), ("margins", nc.weights, {"margins": [1]}),
                ("margins", nc.weights, {"margins": [1, 2, 3]}), ("margins", nc.weights, {"margins": "x"}),
                ("margins", nc.weights, {"margins": [1, -2]}), ("margins", nc.weights, {"margins": None})):
            with self.subTest(where=where, options=options):
                self.refuses(where, function, **GOOD, **options)

    def test_what_cannot_fit_in_memory(self):
        self.refuses("config", nc.solve, [1] * 20_000, "1e-3", "1e-3", digits=100_000)
        self.refuses("theory", nc.theory, [k + 1 for k in range(5000)], "1e-3", "1e-3", digits=100_000)

    def test_certificates(self):
        good = nc.solve(**GOOD).certificate
        for value in ("{", "{}", good[:-40], good.replace("lambda_w", "lambda_x"), "{\"a\": 1}"):
            with self.subTest(value=value[:20]):
                self.refuses("certificate", nc.certify, value)
        for value in (None, 5, b"{}", ["{"]):
            with self.subTest(value=value):
                self.refuses("certificate", nc.certify, value)
        self.refuses("lambda_h", nc.certify, good, counts=[3, 4], lambda_w="1e-3")
        self.refuses("counts", nc.certify, good, dim=3)
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "bytes")
            file.write_bytes(b"\xff\xfe{")
            self.refuses("certificate", nc.certify, file)
            with self.assertRaises(FileNotFoundError):
                nc.certify(pathlib.Path(folder, "none"))

    def test_arrays(self):
        with_nan = FEATURES.copy()
        with_nan[1, 1] = NAN
        for where, arguments in (
                ("features", (with_nan, LABELS, CLASSIFIER)), ("features", (FEATURES * INF, LABELS, CLASSIFIER)),
                ("features", (FEATURES * 1e200, LABELS, CLASSIFIER)),
                ("features", (FEATURES.astype(complex), LABELS, CLASSIFIER)),
                ("features", (FEATURES.astype(object), LABELS, CLASSIFIER)),
                ("features", (FEATURES.astype(np.longdouble), LABELS, CLASSIFIER)),
                ("features", (FEATURES.astype("U3"), LABELS, CLASSIFIER)), ("features", (None, LABELS, CLASSIFIER)),
                ("features", ("H.npy", LABELS, CLASSIFIER)), ("features", (7, LABELS, CLASSIFIER)),
                ("features", (FEATURES.astype(int), LABELS, CLASSIFIER)),
                ("features", (np.zeros((0, 3)), np.zeros(0, int), CLASSIFIER)),
                ("", (FEATURES[:, :2], LABELS, CLASSIFIER)), ("", (FEATURES[:3], LABELS, CLASSIFIER)),
                ("", (FEATURES[0], LABELS, CLASSIFIER)), ("", (np.zeros((2, 2, 3)), LABELS, CLASSIFIER)),
                ("labels", (FEATURES, LABELS - 1, CLASSIFIER)), ("labels", (FEATURES, LABELS + 1, CLASSIFIER)),
                ("labels", (FEATURES, LABELS + 0.5, CLASSIFIER)), ("labels", (FEATURES, None, CLASSIFIER)),
                ("labels", (FEATURES, LABELS * 0, CLASSIFIER)), ("labels", (FEATURES, [[0], [1, 2]], CLASSIFIER)),
                ("classifier", (FEATURES, LABELS, CLASSIFIER * NAN)), ("classifier", (FEATURES, LABELS, None)),
                ("classifier", (FEATURES, LABELS, CLASSIFIER.astype(complex)))):
            with self.subTest(where=where, arguments=[str(each) for each in arguments]):
                self.refuses(where, nc.measure, *arguments)
        for where, options in (("lambda_w", {"lambda_w": 0, "lambda_h": 1}), ("lambda_h", {"lambda_w": 1, "lambda_h": "x"}),
                               ("lambda_w", {"lambda_w": "", "lambda_h": 1}), ("jobs", {"jobs": 0}),
                               ("digits", {"digits": 0}), ("bias", {"bias": np.zeros(2)}), ("bias", {"bias": [0, NAN, 0]}),
                               ("counts", {"counts": [1, 2]}), ("counts", {"counts": [0, 1, 1]}),
                               ("ignored_label", {"ignored_label": 1.5}), ("weights", {"weights": ["1"]})):
            with self.subTest(where=where, options=options):
                self.refuses(where, nc.measure, FEATURES, LABELS, CLASSIFIER, **options)

    def test_says_what_the_command_line_says(self):
        for counts, lambda_w in (("3,0", "1e-3"), ("3,4", "0"), ("3,4", "x"), ("3,4", "1e-10001")):
            done = subprocess.run([PROGRAM, "theory", "--counts", counts, "--lambda-w", lambda_w, "--lambda-h", "1"],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 2)
            with self.assertRaises(nc.InputError) as raised:
                nc.theory([int(each) for each in counts.split(",")], lambda_w, 1)
            if counts == "3,4":
                self.assertIn(raised.exception.expected, done.stderr.strip())

    def test_errors_can_be_pickled(self):
        error = pickle.loads(pickle.dumps(nc.InputError("a", "b", "c")))
        self.assertEqual((error.where, error.what, error.expected, str(error)), ("a", "b", "c", "a: b; expected c"))

    @classmethod
    def tearDownClass(cls):
        print(f"{cls.refused} refusals")
        assert cls.refused >= 100


if __name__ == "__main__":
    unittest.main(verbosity=1)
