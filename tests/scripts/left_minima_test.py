#!/usr/bin/env python3
"""scripts/left-minima fails where fewer points were left than asked for, and where one was not.

Usage: left_minima_test.py
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "left-minima"


def case(outcome, number=0, claim="landscape.valleys"):
    return {"claim": claim, "case": number, "outcome": outcome, "replay": f"ncv1:{claim}:{number}"}


class LeftMinima(unittest.TestCase):
    def run_on(self, cases, least):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
            file.writelines(json.dumps(each) + "\n" for each in cases)
            file.flush()
            return subprocess.run([sys.executable, SCRIPT, file.name, str(least)], capture_output=True, text=True)

    def test_enough_points_that_were_all_left_pass(self):
        result = self.run_on([case("passed"), case("passed", 1), case("skipped", 2)], 2)
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_too_few_fail_and_only_random_cases_of_that_claim_count(self):
        cases = [case("passed"), case("skipped", 1), case("passed", None), case("passed", 2, "landscape.blocks")]
        self.assertEqual(self.run_on(cases, 2).returncode, 1)

    def test_one_that_was_not_left_fails_and_is_named(self):
        result = self.run_on([case("passed"), case("passed", 1), case("inconclusive", 7)], 1)
        self.assertEqual(result.returncode, 1)
        self.assertIn("ncverify verify --replay ncv1:landscape.valleys:7", result.stdout)


if __name__ == "__main__":
    unittest.main()
