#!/usr/bin/env python3
"""ncverify certify: what was proven is said, and can be demanded; what is no certificate is refused, and at once.

Usage: certify_test.py NCVERIFY
"""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest
from decimal import Decimal

NCVERIFY = str(pathlib.Path(sys.argv.pop(1)).resolve())
PROBLEM = ["--counts", "3,5", "--lambda-w", "1e-1", "--lambda-h", "1/10", "--dim", "2"]
# A valid proof of little: any point is within 19 % of the minimum here, the zero one among them.
EASIER = {
    "format": "ncverify-certificate-1",
    "config": {"counts": [3, 5], "lambda_w": "1e-1", "lambda_h": "1e-1", "dim": 2},
    "digits": 1, "upper_bound": "0.7", "lower_bound": "0.5", "slopes": ["0.3", "0.25"],
    "classifier": [["0", "0"], ["0", "0"]], "features": [["0", "0"], ["0", "0"]],
}


class Certify(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / "certificate.json"

    def certify(self, document, *options, status, seconds=60):
        """Standard output; the text of a message where refused, which is one line."""
        self.file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        began = time.monotonic()
        done = subprocess.run([NCVERIFY, "certify", self.file, *options], capture_output=True, text=True, timeout=300,
                              check=False)
        self.assertEqual(done.returncode, status, done.stdout[:500] + done.stderr[:500])
        self.assertLess(time.monotonic() - began, seconds)
        if status == 2:
            self.assertEqual([done.stdout, done.stderr.count("\n")], ["", 1])
            return done.stderr
        return done.stdout

    def solved(self, *arguments):
        subprocess.run([NCVERIFY, "solve", *arguments, "--summary", "--certificate", self.file], capture_output=True, check=True)
        return json.loads(self.file.read_text())

    def test_it_says_what_it_proved(self):
        answer = json.loads(self.certify(EASIER, status=0))
        self.assertTrue(answer["proven"])
        self.assertFalse(answer["contradiction"])
        self.assertEqual(answer["config"], EASIER["config"] | {"lambda_w": "1e-1"})
        self.assertEqual([answer["digits"], answer["formulation"]], [1, "class-means"])
        difference = Decimal(answer["upper_bound"]) - Decimal(answer["lower_bound"])
        self.assertTrue(difference <= Decimal(answer["gap"]) < difference * Decimal("1.001"))
        self.assertAlmostEqual(float(answer["relative_gap"]), 0.19, 1)
        table = self.certify(EASIER, "--format", "table", status=0)
        self.assertIn("configuration  --counts 3,5 --lambda-w 1e-1 --lambda-h 1e-1\n", table)
        self.assertIn("digits         1\n", table)

    def test_a_proof_of_what_is_demanded_passes(self):
        for demand in (PROBLEM, ["--digits", "1"], [*PROBLEM, "--digits", "1"], PROBLEM[:6]):
            self.assertTrue(json.loads(self.certify(EASIER, *demand, status=0))["proven"])
        # More digits than demanded are no fault.
        good = self.solved(*PROBLEM, "--digits", "20")
        self.assertTrue(json.loads(self.certify(good, *PROBLEM, "--digits", "19", status=0))["proven"])

    def test_a_proof_of_another_problem_does_not_pass_for_it(self):
        for place, value, words in ((1, "3,6", "counts 3,5 in place of 3,6"), (3, "2/10", "lambda_w 1e-1 in place of 2/10"),
                                    (5, "0.11", "lambda_h 1e-1 in place of 0.11"), (7, "3", "dim 2 in place of 3")):
            other = list(PROBLEM)
            other[place] = value
            answer = json.loads(self.certify(EASIER, *other, status=1))
            self.assertFalse(answer["proven"])
            self.assertEqual(answer["reason"], "not what was demanded: " + words)
            self.assertIsNone(answer["lower_bound"])
        answer = json.loads(self.certify(EASIER, "--digits", "50", status=1))
        self.assertEqual(answer["reason"], "not what was demanded: digits 1 in place of 50")
        table = self.certify(EASIER, "--digits", "50", "--format", "table", status=1)
        self.assertEqual(table.splitlines()[0], "NOT proven: not what was demanded: digits 1 in place of 50")

    def test_a_configuration_file_is_a_demand_too(self):
        demanded = self.file.with_name("config.json")
        demanded.write_text('{"counts":[3,5],"lambda_w":0.1,"lambda_h":"1/10"}')
        self.certify(EASIER, "--config", demanded, status=0)
        demanded.write_text('{"counts":[5,3],"lambda_w":0.1,"lambda_h":"1/10"}')
        self.certify(EASIER, "--config", demanded, status=1)

    def test_an_unusable_demand_is_refused(self):
        for demand in (["--counts", "3,5"], ["--counts", "3,0", *PROBLEM[2:]], ["--digits", "0"], ["--digits", "x"],
                       ["--config", "absent.json"], [*PROBLEM, "--config", "absent.json"]):
            self.certify(EASIER, *demand, status=2)

    def test_a_squared_norm_is_not_below_zero(self):
        for interval in json.loads(self.certify(EASIER, status=0))["implied"]["feature_norms_squared"]:
            self.assertTrue(interval is None or not interval["lower"].startswith("-"), interval)
        collapsed = self.solved("--counts", "1,100", "--lambda-w", "1e-2", "--lambda-h", "1e-2", "--digits", "20")
        answer = json.loads(self.certify(collapsed, status=0))
        self.assertEqual(answer["implied"]["feature_norms_squared"][0]["lower"], "0")

    def test_what_the_format_does_not_have_is_refused(self):
        def altered(change):
            document = copy.deepcopy(EASIER)
            change(document)
            return document
        for value in (".5", "5.", "1E0", "1/2", "+1", "00001", " 1", 0.5, 1):
            self.certify(altered(lambda document: document.update(upper_bound=value)), status=2)
            self.certify(altered(lambda document: document["features"][0].__setitem__(0, value)), status=2)
        for value in (1, 0.1, ".1", "1E-1", "00001", "0.5/3", "+1/3"):
            self.certify(altered(lambda document: document["config"].update(lambda_w=value)), status=2)
        self.certify(altered(lambda document: document["config"].pop("dim")), status=2)
        self.certify(altered(lambda document: document["config"].update(counts=["3", 5])), status=2)
        self.certify("\ufeff" + json.dumps(EASIER), status=2)
        self.certify(json.dumps(EASIER) + "\0 and more", status=2)
        message = self.certify(json.dumps(EASIER).replace('"0.7"', "0.7"), status=2)
        self.assertIn("'0.7' stands without quotes", message)

    def test_numbers_out_of_range_are_named_as_they_stand(self):
        for digits in (0, -1, 100_001, 10**19, 2**64 - 1):
            self.assertIn(f"digits {digits} is out of range", self.certify({**EASIER, "digits": digits}, status=2))

    def test_small_files_do_not_eat_time(self):
        def wide(entry, slope, digits):
            classes = 40
            return {**EASIER, "config": {**EASIER["config"], "counts": [3] * classes, "dim": classes}, "digits": digits,
                    "slopes": [slope] * classes, "classifier": [[entry] * classes] * classes,
                    "features": [[entry] * classes] * classes}
        self.certify(wide("1e1000000", "0", 1), status=2, seconds=5)
        self.certify(wide("0", "1e-1000000", 1), status=2, seconds=5)
        # Where so many digits are claimed that such numbers may stand, they are never written out.
        self.certify(wide("1e1000000", "1e-9", 100_000), status=1, seconds=5)
        self.certify(wide("1e-9", "1e-90000", 100_000), status=1, seconds=5)
        self.certify(wide("0", "1e-1000000", 100_000), status=2, seconds=5)
        self.certify(wide("0.25", "0", 100_000), status=1, seconds=5)


unittest.main()
