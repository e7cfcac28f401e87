#!/usr/bin/env python3
"""Fewer coordinates than classes: what `solve` certifies there and bounds, what `certify` and the second checker say of it,
and the survey.

Usage: bottleneck_test.py NCVERIFY
"""

import json
import pathlib
import signal
import subprocess
import sys
import time
import unittest

from program import NCVERIFY, InFolder, run, without_timing

CHECKER = pathlib.Path(__file__).resolve().parents[2] / "certificates" / "check.py"
DIAGONAL = ["--counts", "1,1,1", "--lambda-w", "1/100", "--lambda-h", "1/100", "--dim", "2"]
WIDE = ["--counts", "1,1,1,1", "--lambda-w", "1/100", "--lambda-h", "1/100", "--dim", "2"]  # four angles


class Bottleneck(InFolder):
    def solve(self, *arguments, status=0):
        return json.loads(run("solve", *arguments, "--format", "json", status=status).stdout)

    def test_the_minimum_is_certified(self):
        answer = self.solve(*DIAGONAL)
        self.assertEqual(answer["status"], "certified")
        self.assertTrue(answer["objective"].startswith("2.43864110333216269417800"), answer["objective"])
        self.assertLess(float(answer["relative_gap"]), 1e-48)
        self.assertEqual(answer["branch_and_bound"]["ended"], "proven")
        self.assertEqual([start["objective"][:14] for start in answer["starts"] if start["outcome"] == "global"],
                         ["2.438641103332"])  # the one that was refined
        self.assertIsNone(answer["gap_terms"])
        # One feature on each axis and one on the diagonal.
        gram = [[float(x) for x in row] for row in answer["feature_gram"]]
        cosines = sorted(gram[i][j] / (gram[i][i] * gram[j][j]) ** 0.5 for i in range(3) for j in range(i))
        self.assertEqual([round(c, 12) for c in cosines], [0, round(0.5**0.5, 12), round(0.5**0.5, 12)])

    def test_a_dead_class_at_large_decays(self):
        answer = self.solve("--counts", "1,1,1", "--lambda-w", "1/10", "--lambda-h", "1/10", "--dim", "2")
        self.assertEqual(answer["status"], "certified")
        self.assertEqual(sum(float(answer["feature_gram"][k][k]) == 0 for k in range(3)), 1)

    def test_both_checkers_confirm_it_and_no_altered_one(self):
        run("solve", *DIAGONAL, "--digits", "20", "--certificate", "c.json", cwd=self.folder)
        answer = json.loads(run("certify", "c.json", cwd=self.folder).stdout)
        self.assertTrue(answer["proven"])
        self.assertLess(float(answer["relative_gap"]), 1e-18)
        self.assertEqual(subprocess.run([sys.executable, CHECKER, "c.json"], cwd=self.folder, check=False,
                                        capture_output=True).returncode, 0)
        file = pathlib.Path(self.folder) / "c.json"
        document = json.loads(file.read_text())
        document["trees"].pop()
        file.write_text(json.dumps(document))
        refused = json.loads(run("certify", "c.json", status=1, cwd=self.folder).stdout)
        self.assertIn("no tree for the chambers", refused["reason"])
        self.assertEqual(subprocess.run([sys.executable, CHECKER, "c.json"], cwd=self.folder, check=False,
                                        capture_output=True).returncode, 1)
        self.assertIn("--coq", run("certify", "c.json", "--coq", "t.v", status=2, cwd=self.folder).stderr)

    def test_a_gap_that_was_asked_for(self):
        answer = self.solve("--counts", "1,1,1,1,1", "--lambda-w", "1/30", "--lambda-h", "1/30", "--dim", "1", "--gap",
                            "1e-3", "--summary")
        self.assertEqual(answer["status"], "bounded")
        self.assertTrue(1e-48 < float(answer["relative_gap"]) <= 1e-3)
        lower, upper = float(answer["lower_bound"]), float(answer["objective"])
        self.assertTrue(lower < 1.41310056211378 <= upper * (1 + 1e-12))

    def test_digits_demanded_of_a_gap(self):
        run("solve", *DIAGONAL, "--gap", "1e-2", "--certificate", "c.json", cwd=self.folder)
        run("certify", "c.json", cwd=self.folder)
        self.assertIn("digits", json.loads(run("certify", "c.json", "--digits", "10", status=1,
                                               cwd=self.folder).stdout)["reason"])

    def test_decays_of_a_line_are_those_asked_for(self):
        """However close together its ends are; what cannot be told apart is refused."""
        line = ["--counts", "1,1", "--dim", "1", "--digits", "10", "--points", "3"]
        for ends, decays in ((("0.100001", "0.100002"), ["0.100001", "0.1000015", "0.100002"]), (("1/3", "1/2"), ["0.333333333333", "0.4082", "0.5"]),
                             (("1/100", "1/25"), ["0.01", "0.02", "0.04"])):
            answer = json.loads(run("bottleneck", *line, "--from", ends[0], "--to", ends[1], "--format", "json").stdout)
            self.assertEqual([point["decay"] for point in answer["lines"][0]["points"]], decays)
            self.assertIs(answer["interrupted"], False)
        self.assertIn("too close together", run("bottleneck", *line, "--from", "0.1", "--to", "0.1000000000001", status=2).stderr)
        self.assertIn("decays too small", run("bottleneck", *line, "--from", "1e-300", status=2).stderr)
        self.assertIn("too many cones", run("bottleneck", "--counts", "1x7", status=2).stderr)

    def test_time_ends_it_with_what_is_proven(self):
        for seconds in (1, 4, 16, 64):
            began = time.monotonic()
            answer = self.solve(*WIDE, "--time", f"{seconds}s", "--summary", status=3)
            self.assertLess(time.monotonic() - began, 30 + seconds)
            self.assertEqual(answer["branch_and_bound"]["ended"], "stopped")
            if answer["status"] == "bounded":
                break
            self.assertEqual(answer["status"], "stationary")  # a busy machine: no bound above zero yet
        self.assertEqual(answer["status"], "bounded")
        self.assertGreater(float(answer["relative_gap"]), 1e-3)

    def test_an_interruption_keeps_the_bound(self):
        process = subprocess.Popen([NCVERIFY, "solve", *WIDE, "--gap", "1e-9", "--format", "json", "--summary"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        answer = json.loads(output)
        self.assertEqual(answer["branch_and_bound"]["ended"], "stopped")
        self.assertLess(float(answer["lower_bound"]), float(answer["objective"]))

    def test_threads_change_nothing(self):
        one, two = (self.solve("--counts", "5,2,1", "--lambda-w", "1/30", "--lambda-h", "1/30", "--dim", "2", "--jobs", jobs)
                    for jobs in ("1", "3"))
        self.assertEqual(without_timing(one), without_timing(two))

    def test_large_cases_are_as_cheap_as_ever(self):
        answer = self.solve("--counts", "1,1,1,1", "--lambda-w", "1/100", "--lambda-h", "1/100", "--dim", "3", "--starts",
                            "2", status=3)
        self.assertEqual(answer["status"], "stationary")
        self.assertNotIn("branch_and_bound", answer)

    def test_what_cannot_be_is_refused_before_any_work(self):
        for arguments, word in ((["--gap", "0"], "--gap"), (["--gap", "1"], "--gap"), (["--gap", "x"], "--gap"),
                                (["--time", "0"], "--time")):
            error = run("solve", *DIAGONAL, *arguments, status=2).stderr
            self.assertEqual(error.count("\n"), 1)
            self.assertIn(word, error)
        seven = ["--counts", "1x7", "--lambda-w", "1e-3", "--lambda-h", "1e-3", "--dim", "2", "--gap", "1e-2"]
        self.assertIn("cones", run("solve", *seven, status=2).stderr)
        self.assertIn("class-means", run("solve", *DIAGONAL, "--formulation", "samples", "--gap", "0.1", status=2).stderr)

    def test_a_survey_finds_the_phases(self):
        answer = json.loads(run("bottleneck", "--counts", "1,1,1", "--counts", "2,1,1", "--from", "1/50", "--to", "1/20",
                                "--points", "3", "--width", "1e-4", "--out", "out", "--format", "json",
                                cwd=self.folder).stdout)
        known = {"1,1,1": 0.0408852065, "2,1,1": 0.025520}
        for line in answer["lines"]:
            self.assertTrue(all(point["certified"] for point in line["points"]))
            (boundary,) = line["boundaries"]
            where = known[",".join(map(str, line["counts"]))]
            self.assertTrue(float(boundary["below"]["decay"]) - 1e-6 <= where <= float(boundary["above"]["decay"]) + 1e-6)
            self.assertEqual([boundary["below"]["dead_classes"] == [], len(boundary["above"]["dead_classes"])], [True, 1])
        self.assertEqual(answer, json.loads((pathlib.Path(self.folder) / "out/bottleneck.json").read_text()))
        picture = (pathlib.Path(self.folder) / "out/phases.svg").read_text()
        self.assertEqual(picture.count("height=\"14\" fill=\"#fff\""), 0)  # nothing hollow
        self.assertIn("2,1x2, d = 2", picture)
        page = (pathlib.Path(self.folder) / "out/index.html").read_text(encoding="utf-8")
        self.assertIn("6 of 6 minima certified, 2 boundaries between structures", page)
        self.assertIn("<svg", page)
        self.assertNotIn("<script", page)
        for line in answer["lines"]:
            for point in line["points"]:
                self.assertIn(f"<td>{point['objective']}</td>", page)
            for boundary in line["boundaries"]:
                self.assertIn(f"between l = {boundary['below']['decay']} and {boundary['above']['decay']}", page)
        for arguments in (["--from", "1", "--to", "1/2"], ["--width", "2"], ["--points", "0"], ["--dim", "9"]):
            run("bottleneck", "--counts", "1,1,1", *arguments, status=2)
        run("bottleneck", status=2)


if __name__ == "__main__":
    unittest.main()
