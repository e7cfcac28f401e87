#!/usr/bin/env python3
"""Runs that share cases, merged; failures tried again; cases line by line.

Usage: merge_test.py NCVERIFY
"""

import copy
import itertools
import json
import pathlib
import re
import subprocess
import unittest

from program import NCVERIFY, SCHEMA_TEST, SMALL, InFolder, run, without_timing

OTHER = ["--counts", "2,2,7", "--lambda-w", "1/50", "--lambda-h", "1/60"]
CASES_SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "trial" / "cases.schema.json"
CHECK_LINES = """
import json, jsonschema, sys
validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
for line in open(sys.argv[2]):
    validator.validate(json.loads(line))
spoilt = json.loads(line)
spoilt["outcome"] = "true"
sys.exit(validator.is_valid(spoilt))
"""
# An equation, an inequality with a search, one that fails.
CLAIMS = ["--claims", "thm1.b,cor2.monotone,misread.eq9"]


def claims(report):
    """Claims by identifier, without what names one of equally hard cases."""
    kept = copy.deepcopy(report["claims"])
    for claim in kept:
        del claim["hardest"]
        if claim["verdict"] != "refuted":
            del claim["replay"]
    return {claim["id"]: claim for claim in kept}


class Runs(InFolder):
    def verify(self, name, *arguments, status=None):
        """The report of a run, read from its file."""
        done = subprocess.run([NCVERIFY, "verify", *arguments, "--no-pictures", "--digits", "20", "--out", self.folder / name], capture_output=True, text=True)
        self.assertIn(done.returncode, (0, 1, 3) if status is None else (status,), done.stderr)
        return json.loads(self.file(name).read_text())

    def file(self, name):
        return self.folder / name / "report.json"

    def write(self, name, report):
        (self.folder / name).mkdir(exist_ok=True)
        self.file(name).write_text(json.dumps(report))


def run_any(*arguments):
    return subprocess.run([NCVERIFY, *map(str, arguments)], capture_output=True, text=True, timeout=300)


class Merging(Runs):
    def merge(self, *names):
        done = run_any("report", *map(self.file, names), "--out", self.folder / "merged")
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return json.loads(self.file("merged").read_text())

    def test_a_shorter_run_adds_nothing_to_the_longer_one_from_its_seed(self):
        self.verify("short", "--random", "10", *CLAIMS)
        self.verify("middle", "--random", "20", *CLAIMS)
        long = self.verify("long", "--random", "30", *CLAIMS)
        for names in itertools.permutations(["short", "middle", "long"]):
            merged = self.merge(*names, names[0])
            self.assertEqual(claims(merged), claims(long))
            self.assertEqual(merged["run"]["cases"], long["run"]["cases"])
            self.assertEqual(merged["run"]["configurations"], long["run"]["configurations"])
            self.assertEqual(merged["solver"], long["solver"])
        subprocess.run([SCHEMA_TEST, self.file("merged"), self.file("long")], check=True)

    def test_runs_that_share_some_cases_count_these_once(self):
        both = [self.verify("one", *SMALL, "--random", "8", *CLAIMS), self.verify("other", *OTHER, "--random", "12", *CLAIMS)]
        alone = self.verify("alone", *SMALL, *CLAIMS)
        again = self.verify("again", *SMALL, "--claims", "thm1.c")
        kept = both[0]["run"]["cases"] - 9
        self.assertEqual(both[1]["run"]["cases"], kept + 13)
        for names in (["one", "other", "alone", "again"], ["again", "other", "alone", "one"]):
            merged = self.merge(*names)
            self.assertEqual(merged["run"]["cases"], kept + 2 + 12)
            self.assertEqual(merged["run"]["configurations"]["random"], 12)
            cases = {name: claim["cases"] for name, claim in claims(merged).items()}
            self.assertEqual(cases["thm1.b"]["checked"] + cases["thm1.b"]["skipped"], kept + 14)
            self.assertEqual(cases["thm1.c"], claims(again)["thm1.c"]["cases"])
        first = self.file("merged").read_text()
        for claim in alone["claims"]:
            self.assertLessEqual(claim["cases"]["refuted"], {c["id"]: c for c in merged["claims"]}[claim["id"]]["cases"]["refuted"])
        # A merged report merges on.
        self.verify("later", "--random", "5", "--seed", "9", *CLAIMS)
        more = self.merge("merged", "later", "one")
        self.assertEqual(more["run"]["cases"], kept + 14 + 5)
        self.assertEqual(more["run"]["merged_seeds"], [1, 9])
        self.assertNotEqual(first, self.file("merged").read_text())

    def test_reports_of_former_versions_are_read_and_merged_as_wholes(self):
        short, long = self.verify("short", "--random", "10", *CLAIMS), self.verify("long", "--random", "15", *CLAIMS)
        kept = short["run"]["cases"] - 10
        for report in (short, long):
            del report["ledgers"]
        self.write("old short", short)
        self.write("old long", long)
        for names in (["old short", "old long"], ["old long", "old short"], ["short", "old long"], ["old long", "short"]):
            self.assertEqual(self.merge(*names)["run"]["cases"], kept + 15)

    def test_the_order_of_three_reports_without_ledgers_does_not_matter(self):
        runs = {"one": ["10"], "other": ["10", "--seed", "2"], "longer": ["20"]}
        for name, options in runs.items():
            report = self.verify(name, "--random", *options, "--claims", "eq6.sign")
            del report["ledgers"]
            self.write(name, report)
        kept = report["run"]["cases"] - 20
        for names in itertools.permutations(runs):
            self.assertEqual(self.merge(*names)["run"]["cases"], 2 * kept + 30, names)

    def test_a_verdict_that_the_cases_do_not_come_to_is_refused_in_one_line(self):
        report = self.verify("run", "--random", "3", "--claims", "misread.eq9")
        self.assertEqual(report["claims"][0]["verdict"], "refuted")
        for verdict in ("verified", "inconclusive"):
            report["claims"][0]["verdict"] = verdict
            self.write("spoilt", report)
            for arguments in (["report"], ["verify", "--replay"]):
                done = run_any(*arguments, self.file("spoilt"))
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_what_the_ledgers_do_not_come_to_is_refused_in_one_line(self):
        report = self.verify("run", "--random", "3", *CLAIMS)
        for spoil in (lambda r: r["ledgers"][0].update(random=4),
                      lambda r: r["ledgers"][0].update(random=10**15),
                      lambda r: r["ledgers"][0]["claims"][0].update(runs="1000000000000a"),
                      lambda r: r["ledgers"][0]["kept"].append("1:1x2:1:1:2"),
                      lambda r: r["ledgers"].append({}),
                      lambda r: r["claims"][0]["cases"].update(passed=0),
                      lambda r: r["claims"].pop()):
            spoilt = copy.deepcopy(report)
            spoil(spoilt)
            self.write("spoilt", spoilt)
            done = run_any("report", self.file("spoilt"))
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)


class Replaying(Runs):
    def replay(self, report, *options, status):
        path = self.folder / "given.json"
        path.write_text(json.dumps(report))
        return run("verify", "--replay", path, *options, status=status)

    @staticmethod
    def fail_once(claim):
        cases = claim["cases"]
        cases["refuted"] = 1
        cases["checked"] = cases["passed"] + 1 + cases["inconclusive"]
        claim.update(theorem=None, proofs=[])  # with which a refutation could not stand

    def test_every_failure_of_a_report_is_tried_again(self):
        report = self.verify("run", "--random", "5", "--claims", "thm1.b,misread.eq9,misread.eq11,text41.*")
        failing = [claim for claim in report["claims"] if claim["verdict"] == "refuted"]
        self.assertGreaterEqual(len(failing), 3)
        table = self.replay(report, "--format", "table", status=0).stdout.splitlines()
        self.assertEqual([re.split(r"  +", line) for line in table],
                         [["still fails, as it must", c["id"], c["replay"]] for c in failing])
        answer = json.loads(self.replay(report, status=0).stdout)
        self.assertEqual({f["expected"] for f in answer["failures"]}, {True})
        self.assertEqual([(f["claim"], f["outcome"], f["replay"]) for f in answer["failures"]], [(c["id"], "still fails", c["replay"]) for c in failing])
        self.assertEqual((answer["still_failing"], answer["fixed"]), (len(failing), 0))
        self.assertEqual(answer["failures"][0]["values"], failing[0]["counterexample"]["values"])
        self.assertEqual(answer["failures"][0]["message"], failing[0]["counterexample"]["message"])
        jobs = [self.replay(report, "--jobs", jobs, status=0).stdout for jobs in ("1", "3")]
        self.assertEqual(*jobs)
        failing[0]["expected"] = "verified"
        line, *others = self.replay(report, "--format", "table", status=1).stdout.splitlines()
        self.assertTrue(line.startswith("still fails  "), line)
        self.assertEqual(len(others), len(failing) - 1)
        self.assertEqual(json.loads(self.replay(report, status=1).stdout)["otherwise_than_expected"], 1)

    def test_what_is_known_to_be_false_and_no_longer_fails_is_told(self):
        report = self.verify("run", "--random", "3", "--claims", "thm1.b")
        del report["ledgers"]
        report["claims"][0].update(verdict="refuted", expected="refuted")
        self.fail_once(report["claims"][0])
        done = self.replay(report, "--format", "table", status=1).stdout
        self.assertTrue(done.startswith("no longer fails  "), done)

    def test_what_holds_now_is_fixed_and_what_is_no_claim_any_more_is_gone(self):
        report = self.verify("run", "--random", "3", "--claims", "thm1.b,misread.eq9")
        del report["ledgers"]
        for claim in report["claims"]:
            claim["verdict"] = "refuted"
            self.fail_once(claim)
        mixed = self.replay(report, "--format", "table", status=0).stdout.splitlines()
        self.assertEqual([line.split("  ")[0] for line in mixed], ["fixed", "still fails, as it must"])
        report["claims"].pop()
        self.assertEqual(self.replay(report, "--format", "table", status=0).stdout.split("  ")[0], "fixed")
        self.assertEqual(json.loads(self.replay(report, status=0).stdout)["fixed"], 1)
        report["claims"][0].update(id="thm1.former", replay=report["claims"][0]["replay"].replace("thm1.b", "thm1.former"))
        self.assertEqual(json.loads(self.replay(report, status=1).stdout)["gone"], 1)
        report["claims"] = []
        self.assertEqual(json.loads(self.replay(report, status=0).stdout)["failures"], [])
        self.assertEqual(self.replay(report, "--format", "table", status=0).stdout, "no failures\n")

    def test_bad_files_and_other_wishes_are_refused_in_one_line(self):
        report = self.verify("run", "--random", "3", "--claims", "misread.eq9")
        for token in ("", "ncv1:misread.eq11" + report["claims"][0]["replay"][len("ncv1:misread.eq9"):], "ncv1:misread.eq9:50:1:1x2"):
            spoilt = copy.deepcopy(report)
            spoilt["claims"][0]["replay"] = token
            self.assertEqual(self.replay(spoilt, status=2).stderr.count("\n"), 1)
        (self.folder / "none.json").write_text("{}")
        for arguments in ([self.folder / "none.json"], [self.folder / "missing.json"], [self.folder],
                          [self.file("run"), "--random", "5"], [self.file("run"), *SMALL], [self.file("run"), "--claims", "thm1.b"],
                          [self.file("run"), "--cases", self.folder / "cases.jsonl"], [self.file("run"), "--time", "1s"]):
            done = run("verify", "--replay", *arguments, status=2)
            self.assertEqual((done.stdout, done.stderr.count("\n")), ("", 1), done.stderr)


class Cases(Runs):
    def test_each_claim_has_a_line_for_each_case(self):
        path = self.folder / "cases.jsonl"
        report = self.verify("run", "--random", "6", *CLAIMS, "--cases", path)
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        for claim in report["claims"]:
            own = [line for line in lines if line["claim"] == claim["id"]]
            for outcome in ("passed", "refuted", "skipped", "inconclusive"):
                self.assertEqual(sum(line["outcome"] == outcome for line in own), claim["cases"][outcome])
            self.assertEqual(sum(line["case"] is None for line in own), claim["searched"])
            self.assertEqual([line["case"] for line in own if line["case"] is not None], list(range(report["run"]["cases"])))
            if claim["worst_error"] != "0":
                self.assertIn(claim["worst_error"], [line["error"] for line in own])
        failed = next(line for line in lines if line["outcome"] == "refuted")
        self.assertTrue(failed["message"])
        run("verify", "--replay", failed["replay"], "--out", self.folder / "again", "--no-pictures", "--cases", self.folder / "one.jsonl")
        again = json.loads((self.folder / "one.jsonl").read_text())
        self.assertEqual({**failed, "case": 0}, again)
        subprocess.run(["/usr/bin/python3", "-c", CHECK_LINES, CASES_SCHEMA, path], check=True)

    def test_the_lines_do_not_depend_on_threads(self):
        texts = []
        for jobs in ("1", "3"):
            report = self.verify(jobs, "--random", "5", *CLAIMS, "--jobs", jobs, "--cases", self.folder / f"{jobs}.jsonl")
            texts.append(((self.folder / f"{jobs}.jsonl").read_text(), without_timing(report)))
        self.assertEqual(*texts)

    def test_the_file_is_looked_at_before_the_work_and_missed_after_it(self):
        arguments = ["verify", *SMALL, *CLAIMS, "--no-pictures", "--out", self.folder / "out"]
        for bad in (self.folder, self.folder / "none" / "cases.jsonl"):
            done = run(*arguments, "--cases", bad, status=2)
            self.assertEqual((done.stdout, done.stderr.count("\n")), ("", 1))
        self.assertFalse((self.folder / "out").exists())
        full = run(*arguments, "--cases", "/dev/full", status=2)
        self.assertIn("/dev/full", full.stderr)
        self.assertEqual(json.loads(full.stdout)["run"]["cases"], 1)
        self.assertTrue(self.folder.joinpath("out", "report.json").exists())
        self.assertEqual([path.name for path in self.folder.iterdir()], ["out"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
