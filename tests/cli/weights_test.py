#!/usr/bin/env python3
"""Class weights as a user meets them: theory, solve, certify, weights, verify, measure.

Usage: weights_test.py NCVERIFY
"""

import json
import os
import subprocess
import sys
import unittest
from decimal import Decimal
from pathlib import Path

from program import NCVERIFY, InFolder, run

PROBLEM = ["--counts", "50,20,5", "--lambda-w", "1e-3", "--lambda-h", "1e-4"]
CHECKER = Path(__file__).resolve().parents[2] / "certificates" / "check.py"


class Weights(InFolder):
    def setUp(self):
        super().setUp()
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)

    def test_weights_of_one_change_no_byte(self):
        for command in (["theory"], ["solve", "--digits", "20", "--seed", "3"]):
            plain, ones = (json.loads(run(*command, *PROBLEM, *more).stdout) for more in ([], ["--weights", "1x3"]))
            plain.pop("timing", None), ones.pop("timing", None)
            self.assertEqual(plain, ones)
        run("solve", *PROBLEM, "--digits", "20", "--certificate", "plain.json")
        run("solve", *PROBLEM, "--digits", "20", "--weights", "1,1,1", "--certificate", "ones.json")
        self.assertEqual(Path("plain.json").read_bytes(), Path("ones.json").read_bytes())

    def test_a_weighted_minimum_is_found_certified_and_checked_twice(self):
        weights = ["--weights", "1/2,sqrt2,3"]
        for form in ([], ["--formulation", "samples"]):
            solved = json.loads(run("solve", *PROBLEM, *weights, *form, "--digits", "30", "--certificate", "c.json").stdout)
            self.assertEqual(solved["status"], "certified")
            self.assertEqual(solved["config"]["weights"], ["1/2", "sqrt2", "3"])
            theory = json.loads(run("theory", *PROBLEM, *weights, "--digits", "40").stdout)
            self.assertLess(abs(Decimal(solved["objective"]) / Decimal(theory["minimum_loss"]) - 1), Decimal("1e-27"))
            proven = json.loads(run("certify", "c.json", *PROBLEM, *weights, "--format", "json").stdout)
            self.assertTrue(proven["proven"])
            self.assertEqual(proven["config"]["weights"], ["1/2", "sqrt2", "3"])
            checked = subprocess.run([sys.executable, CHECKER, "c.json"], capture_output=True, text=True)
            self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_a_certificate_for_other_weights_is_not_taken(self):
        run("solve", *PROBLEM, "--weights", "1/2,sqrt2,3", "--digits", "20", "--certificate", "c.json")
        self.assertIn("weights", json.loads(run("certify", "c.json", *PROBLEM, status=1).stdout)["reason"])
        altered = json.loads(Path("c.json").read_text())
        for weights in (["1/2", "sqrt2", "4"], ["1/2", "2", "3"]):
            altered["config"]["weights"] = weights
            Path("altered.json").write_text(json.dumps(altered))
            self.assertFalse(json.loads(run("certify", "altered.json", status=1).stdout)["proven"])
            self.assertEqual(subprocess.run([sys.executable, CHECKER, "altered.json"], capture_output=True).returncode, 1)
        for bad in ("balanced", ["1", "2"], [1, 2, 3], ["0", "1", "1"], ["sqrt", "1", "1"], ["1e99999", "1", "1"]):
            altered["config"]["weights"] = bad
            Path("altered.json").write_text(json.dumps(altered))
            run("certify", "altered.json", status=2)
            self.assertEqual(subprocess.run([sys.executable, CHECKER, "altered.json"], capture_output=True).returncode, 2)

    def test_weights_for_equal_margins_have_them(self):
        problem = ["--counts", "5000,500,50,5", "--lambda-w", "5e-4", "--lambda-h", "1e-5"]
        designed = json.loads(run("weights", *problem, "--equal-margins", "5", "--digits", "60").stdout)
        self.assertEqual(designed["config"]["weights"], designed["weights"])
        solved = json.loads(run("solve", *problem, "--weights", ",".join(designed["weights"]), "--digits", "110").stdout)
        self.assertEqual(solved["status"], "certified")
        for margin in solved["implied"]["margins"]:
            for end in margin.values():
                self.assertLess(abs(Decimal(end) - 5), Decimal("1e-50"))
        # omega proportional to 1/sqrt(n), as all margins are equal
        first = Decimal(designed["weights"][0]) * Decimal(5000).sqrt()
        for count, weight in zip((500, 50, 5), designed["weights"][1:]):
            self.assertLess(abs(Decimal(weight) * Decimal(count).sqrt() / first - 1), Decimal("1e-25"))

    def test_weights_refuses_what_it_cannot_do(self):
        for arguments in (["--margins", "1,2"], ["--margins", "1,2,x"], ["--margins", "1,2,0"], ["--equal-margins", "-1"],
                          [], ["--margins", "1,2,3", "--equal-margins", "1"], ["--equal-margins", "1e9"],
                          ["--equal-margins", "5", "--weights", "1,2,3"]):
            self.assertEqual(len(run("weights", *PROBLEM, *arguments, status=2).stderr.strip().splitlines()), 1)
        for weights in ("1,2", "1,2,0", "1,2,-3", "half", "1x4", "sqrt,1,1"):
            message = run("theory", *PROBLEM, "--weights", weights, status=2).stderr
            self.assertIn("--weights", message)

    def test_verify_tries_weighted_claims_and_a_token_carries_the_weights(self):
        report = json.loads(run("verify", "--claims", "weights.*", *PROBLEM, "--weights", "balanced", "--out", "out").stdout)
        verdicts = {claim["id"]: claim for claim in report["claims"]}
        self.assertEqual(verdicts["weights.structure"]["cases"]["passed"], 1)
        self.assertEqual(verdicts["weights.inverse"]["verdict"], "verified")
        self.assertEqual(verdicts["weights.inverse.sqrt"]["cases"]["skipped"], 1)
        token = verdicts["weights.structure"]["replay"]
        self.assertTrue(token.endswith(":1/2,5/4,5"), token)
        again = json.loads(run("verify", "--replay", token, "--out", "again").stdout)
        self.assertEqual(again["claims"][0]["cases"]["passed"], 1)
        # The paper's own claims are about the paper's problem.
        paper = json.loads(run("verify", "--claims", "thm1.b", *PROBLEM, "--weights", "balanced", "--out", "p").stdout)
        self.assertEqual(paper["claims"][0]["cases"]["skipped"], 1)


if __name__ == "__main__":
    unittest.main(argv=["weights_test"])
