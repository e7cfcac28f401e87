#!/usr/bin/env python3
"""verify and report as a user or another program runs them: files, merging, replay, interruption.

Usage: verify_test.py NCVERIFY
"""

import json
import os
import re
import subprocess
import sys
import time
import unittest

from program import NCVERIFY, PAPER, SCHEMA_TEST, SMALL, InFolder, run, without_timing


class Verify(InFolder):
    def test_verify_writes_a_report_that_its_schema_accepts(self):
        out = self.folder / "out"
        printed = run("verify", "--random", "5", *PAPER, "--out", out, status=3)  # too few to have seen every input
        self.assertEqual(sorted(p.name for p in out.iterdir()), ["FINDINGS.md", "index.html", "junit.xml", "report.json", "report.md"])
        report = json.loads((out / "report.json").read_text())
        self.assertEqual(without_timing(json.loads(printed.stdout)), without_timing(report))
        self.assertGreater(report["run"]["cases"], 6)  # the kept examples too
        page = (out / "index.html").read_text()
        # Libraries name addresses; tests/browser sees that none is asked for.
        self.assertIsNone(re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", re.sub(r"<script>.*?</script>", "", page, flags=re.S)))
        check = subprocess.run([sys.executable, SCHEMA_TEST, out / "report.json"], capture_output=True, text=True)
        self.assertEqual(check.returncode, 0, check.stdout + check.stderr)

    def test_pictures_are_drawn_unless_time_is_short_or_they_are_not_wanted(self):
        arguments = ["verify", "--random", "1", "--claims", "eq6.sign", "--out", self.folder / "out"]
        drawn = json.loads(run(*arguments, status=3).stdout)["pictures"]
        self.assertEqual(set(drawn), {"matrices", "norms", "precision", "path", "phases", "landscape", "weights"})
        self.assertIsNone(json.loads(run(*arguments, "--no-pictures", status=3).stdout)["pictures"])
        self.assertIsNone(json.loads(run(*arguments, "--time", "29s", status=3).stdout)["pictures"])
        single = json.loads(run("verify", *SMALL, "--claims", "thm1.b", "--out", self.folder / "out").stdout)["pictures"]
        self.assertEqual(set(single), {"matrices", "norms", "precision"})
        self.assertEqual(single["matrices"]["counts"], [3, 5, 9])

    def test_reports_are_merged_and_compared(self):
        for seed in ("1", "2"):
            run("verify", "--random", "100", "--seed", seed, "--claims", "misread.eq11,thm1.b", "--out", self.folder / seed, "--no-pictures")
        files = [self.folder / seed / "report.json" for seed in ("1", "2")]
        before = [path.read_text() for path in files]
        same = json.loads(run("report", files[0], files[0]).stdout)
        self.assertEqual((same["regressions"], same["improvements"], same["other"]), ([], [], []))
        answer = json.loads(run("report", *files, "--out", self.folder / "both").stdout)
        self.assertEqual(answer["regressions"], [])
        merged = json.loads((self.folder / "both" / "report.json").read_text())
        one, other = (json.loads(text) for text in before)
        self.assertEqual(merged["run"]["merged_seeds"], [1, 2])
        for claims in zip(merged["claims"], one["claims"], other["claims"]):
            # Cases kept from earlier runs are the same in both.
            both = claims[1]["cases"]["checked"] + claims[2]["cases"]["checked"]
            self.assertIn(both - claims[0]["cases"]["checked"], range(6))
        self.assertEqual(sorted(path.name for path in (self.folder / "both").iterdir()),
                         ["FINDINGS.md", "index.html", "junit.xml", "report.json", "report.md"])
        subprocess.run([SCHEMA_TEST, self.folder / "both" / "report.json"], check=True)
        self.assertEqual([path.read_text() for path in files], before)
        one["claims"][0]["verdict"] = "inconclusive"
        (self.folder / "worse.json").write_text(json.dumps(one))
        table = run("report", files[0], self.folder / "worse.json", "--format", "table", status=1).stdout
        self.assertTrue(table.startswith("regression"), table)
        self.assertIn("verified -> inconclusive", table.splitlines()[0])
        for bad in ("no such file", self.folder):
            self.assertEqual(len(run("report", bad, status=2).stderr.splitlines()), 1)

    def test_verify_does_not_depend_on_threads(self):
        reports = []
        for jobs in ("1", "3"):
            out = self.folder / jobs
            run("verify", "--random", "10", "--jobs", jobs, "--digits", "30", "--out", out, status=3)
            reports.append(without_timing(json.loads((out / "report.json").read_text())))
        self.assertEqual(reports[0], reports[1])

    def test_a_replay_token_reproduces_its_counterexample_alone(self):
        run("verify", "--random", "20", "--claims", "misread.*", "--out", self.folder / "all")
        for claim in json.loads((self.folder / "all" / "report.json").read_text())["claims"]:
            run("verify", "--replay", claim["replay"], "--out", self.folder / "one")
            again = json.loads((self.folder / "one" / "report.json").read_text())["claims"]
            self.assertEqual(len(again), 1)
            self.assertEqual(again[0]["cases"]["refuted"], 1)
            self.assertEqual(again[0]["counterexample"], claim["counterexample"])
            self.assertEqual(again[0]["replay"], claim["replay"])

    def test_a_replay_token_carries_the_search(self):
        token = "ncv1:misread.eq9:50:1.structured:1x2:1/50:1:2"
        report = json.loads(run("verify", "--replay", token, "--out", str(self.folder / "again")).stdout)
        self.assertEqual(report["run"]["search"], "structured")
        self.assertEqual(report["claims"][0]["replay"], token)
        usual = json.loads(run("verify", "--replay", token.replace(".structured", ""), "--out", str(self.folder / "usual")).stdout)
        self.assertEqual(usual["run"]["search"], "descent")
        run("verify", "--replay", token.replace("structured", "luck"), status=2)

    def test_one_claim_that_passed_in_few_cases_is_said_to_have_passed(self):
        table = run("verify", "--random", "5", "--claims", "thm1.b", "--format", "table", "--out", str(self.folder / "few"), status=3).stdout
        self.assertIn("The statement passed in every case tried", table)
        self.assertNotIn("0 of 1", table)
        self.assertNotIn("--replay", table)

    def test_unexpected_verdicts_are_status_1_and_recorded_ones_0(self):
        expected = self.folder / "expected.json"
        arguments = ["verify", "--random", "200", "--claims", "thm1.b,misread.eq11", "--out", self.folder / "out"]
        run(*arguments, "--record", expected)
        self.assertEqual(json.loads(expected.read_text()), {"thm1.b": {"verdict": "verified", "evidence": "certified"},
                                                             "misread.eq11": {"verdict": "refuted", "evidence": "certified"}})
        run(*arguments, "--expect", expected)
        expected.write_text('{"thm1.b":"refuted","misread.eq11":"refuted"}')
        run(*arguments, "--expect", expected, status=1)

    def test_a_time_limit_ends_in_time_with_a_report(self):
        out = self.folder / "out"
        start = time.monotonic()
        run("verify", "--random", "1000000", "--time", "1s", "--claims", "thm1.b", "--out", out)
        self.assertLess(time.monotonic() - start, 60)
        self.assertTrue(json.loads((out / "report.json").read_text())["run"]["out_of_time"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
