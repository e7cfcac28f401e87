#!/usr/bin/env python3
"""Each command as a user or another program runs it: contract, determinism.

Usage: commands_test.py NCVERIFY
"""

import json
import pathlib
import shutil
import subprocess
import unittest
import zipfile
from decimal import Decimal

from program import NCVERIFY, PAPER, SCHEMA_TEST, SMALL, InFolder, run, without_timing


class Commands(InFolder):
    def test_theory_prints_the_paper_configuration(self):
        answer = json.loads(run("theory", *PAPER).stdout)
        self.assertTrue(answer["minimum_loss"].startswith("4.25340869858719219165093023808870460545"))
        self.assertTrue(answer["minimum_loss"].endswith("e-2"))
        self.assertEqual(answer["threshold"]["exact"], "1/100")
        self.assertEqual(len(answer["minimum_loss"]), len("4.") + 49 + len("e-2"))
        self.assertEqual([len(answer[key]) for key in ("classes", "classifier_gram", "classifier_cosine")], [10, 10, 10])
        summary = json.loads(run("theory", *PAPER, "--summary").stdout)
        self.assertNotIn("classifier_gram", summary)
        self.assertEqual(summary["classes"], answer["classes"])

    def test_screen_is_the_same_on_any_number_of_threads_and_any_engine(self):
        answers = []
        for extra in (["--jobs", "1"], ["--jobs", "2"], ["--jobs", "2", "--engine", "portable"]):
            answer = json.loads(run("screen", "--random", "2000", "--seed", "3", *extra).stdout)
            self.assertEqual(answer["configurations"], 2000)
            self.assertGreater(float(answer["timing"]["per_second"]), 0)
            answer.pop("engine")
            answers.append(without_timing(answer))
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(answers[0], answers[2])
        self.assertEqual(answers[0]["claims"][0]["id"], "thm1.minimum")
        for claim in answers[0]["claims"]:
            self.assertEqual(claim["confirmed"], 0)
            self.assertEqual(sum(claim["histogram"].values()), claim["checked"])

    def test_screen_notices_a_wrong_formula(self):
        answer = json.loads(run("screen", "--random", "300", "--inject", "misread.eq9", status=1).stdout)
        wrong = answer["claims"][-1]
        self.assertEqual(wrong["id"], "misread.eq9")
        self.assertGreater(wrong["suspects"], 100)
        self.assertGreater(wrong["confirmed"], 0)
        self.assertEqual(sum(claim["confirmed"] for claim in answer["claims"]), wrong["confirmed"])

    def test_a_trained_network_is_linked_in_the_report(self):
        trained = self.folder / "trained" / "measured"
        shutil.copytree(pathlib.Path(__file__).parents[2] / "experiments" / "results" / "mlp256-mnist", trained)
        run("verify", "--counts", "1,2", "--lambda-w", "1e-2", "--lambda-h", "1e-2", "--claims", "thm1.b", "--out", self.folder / "told",
            "--training", trained / "trajectory.json")
        report = self.folder / "told" / "report.json"
        (training,) = json.loads(report.read_text())["trainings"]
        self.assertEqual((training["name"], training["page"], training["last"]), ("trained", "../trained/measured/index.html", "epoch-04000.npz"))
        subprocess.run([SCHEMA_TEST, report], check=True)
        self.assertIn("Trained network trained: 3000 of 3000 samples", (self.folder / "told" / "report.md").read_text())
        run("report", report, "--training", report, status=2)
        # Elsewhere the link leads to the same page, and what is shown is shown once.
        deep = self.folder / "far" / "down" / "merged"
        run("report", report, "--training", trained / "trajectory.json", "--out", deep)
        (training,) = json.loads((deep / "report.json").read_text())["trainings"]
        self.assertTrue((deep / training["page"]).samefile(trained / "index.html"))
        # A folder whose name no link can have is no reason to refuse it.
        odd = pathlib.Path(shutil.copytree(trained, self.folder / "run:1"))
        run("report", report, "--training", odd / "trajectory.json", "--out", deep)
        pages = {each["name"]: each["page"] for each in json.loads((deep / "report.json").read_text())["trainings"]}
        self.assertIsNone(pages["run:1"])

    def test_a_screen_is_shown_in_the_report(self):
        answer = json.loads(run("screen", "--random", "2000", "--seed", "3", "--out", self.folder / "screen").stdout)
        screen = self.folder / "screen" / "screen.json"
        self.assertEqual(json.loads(screen.read_text()), answer)
        report = json.loads(run("verify", "--counts", "1,2", "--lambda-w", "1e-2", "--lambda-h", "1e-2", "--claims", "thm1.b", "--screen", screen,
                                "--out", self.folder / "with").stdout)
        self.assertEqual(report["screens"][0]["claims"], answer["claims"])
        run("screen", "--random", "1000", "--seed", "4", "--out", self.folder / "screen")
        run("report", self.folder / "with" / "report.json", "--screen", screen, "--out", self.folder / "both")
        both = self.folder / "both" / "report.json"
        self.assertEqual([one["configurations"] for one in json.loads(both.read_text())["screens"]], [2000, 1000])
        subprocess.run([SCHEMA_TEST, both], check=True)
        run("report", both, "--screen", both, status=2)

    def test_theory_in_complete_collapse_has_no_cosines(self):
        answer = json.loads(run("theory", "--counts", "2,2", "--lambda-w", "1", "--lambda-h", "1").stdout)
        self.assertEqual(answer["classifier_cosine"], [[None, None], [None, None]])
        self.assertEqual(answer["classifier_gram"], [["0", "0"], ["0", "0"]])

    def test_the_solver_agrees_with_the_theory_and_its_certificate_is_proven(self):
        certificate = self.folder / "certificate.json"
        solved = json.loads(run("solve", *PAPER, "--certificate", certificate).stdout)
        theory = json.loads(run("theory", *PAPER).stdout)
        self.assertEqual(solved["status"], "certified")
        self.assertEqual(solved["objective"][:45], theory["minimum_loss"][:45])
        self.assertEqual(len(solved["feature_gram"]), 10)
        self.assertEqual(solved["logits"][0][0][:40], theory["classes"][0]["logit_own"][:40])
        self.assertEqual(solved["logits"][1][0][:40], theory["classes"][0]["logit_other"][:40])
        proven = json.loads(run("certify", certificate).stdout)
        self.assertTrue(proven["proven"])

    def test_a_gap_is_split_and_what_it_implies_printed(self):
        certificate = self.folder / "certificate.json"
        collapsing = ["--counts", "1,9,30", "--lambda-w", "1e-2", "--lambda-h", "1e-1", "--dim", "2"]
        for configuration, collapsed in ((PAPER, 0), (collapsing, 1)):
            answers = [json.loads(run("solve", *configuration, "--certificate", certificate).stdout)]
            answers.append(json.loads(run("certify", certificate).stdout))
            for answer in answers:
                terms = {name: Decimal(value) for name, value in answer["gap_terms"].items()}
                self.assertEqual(set(terms), {"logits", "classifier", "orthogonality", "within_class", "collapsed", "sum"})
                gap = Decimal(answer["relative_gap"]) * Decimal(answer["lower_bound" if "objective" not in answer else "objective"])
                total = terms.pop("sum")
                self.assertLessEqual(total, gap * Decimal("1.01") + Decimal("1e-75"))
                self.assertLessEqual(max(terms.values()), total)
                self.assertLessEqual(total, sum(terms.values()))
                implied = answer["implied"]
                for name in ("largest_margin_width", "largest_logit_width", "largest_feature_norm_squared_width", "largest_feature_inner", "classifier_defect", "classifier_sum", "within_class_spread"):
                    self.assertLess(Decimal(implied[name]), Decimal("1e-20"), name)
                self.assertEqual(implied["collapsed_classes"], collapsed)
                self.assertEqual(implied["largest_collapsed_feature_norm_squared"] is not None, collapsed > 0)
                for interval in implied["margins"] + implied["feature_norms_squared"]:
                    self.assertLessEqual(Decimal(interval["lower"]), Decimal(interval["upper"]))
            self.assertLess(Decimal(answers[1]["minimiser_radius"]), Decimal("1e-45"))
            self.assertIsNone(answers[1]["minimiser_reason"])
        margins = answers[0]["implied"]["margins"]
        theory = json.loads(run("theory", *collapsing).stdout)
        for interval, of_class in zip(margins, theory["classes"]):
            margin = Decimal(of_class["margin"])
            self.assertTrue(Decimal(interval["lower"]) <= margin <= Decimal(interval["upper"]))
        summary = json.loads(run("certify", certificate, "--summary").stdout)["implied"]
        self.assertNotIn("margins", summary)
        self.assertIn("classifier_defect", summary)
        table = run("certify", certificate, "--format", "table").stdout
        self.assertIn("the gap in five parts", table)
        self.assertIn("local minimiser  within", table)

    def test_what_is_not_proven_implies_nothing(self):
        certificate = self.folder / "certificate.json"

        def undecided(decay):
            # Four classes in three coordinates: branch and bound is not tried unasked.
            return run("solve", "--counts", "3,5,9,12", "--lambda-w", decay, "--lambda-h", decay, "--dim", "3", "--starts", "3",
                       "--certificate", certificate, status=3)

        solved = json.loads(undecided("12e-3").stdout)
        refused = json.loads(run("certify", certificate, status=1).stdout)
        for answer in (solved, refused):
            self.assertIsNone(answer["implied"])
            self.assertGreater(Decimal(answer["gap_terms"]["sum"]), Decimal("0.01"))
        # A class without a coordinate: a true local minimiser is near, but nothing says that it is global.
        self.assertLess(Decimal(refused["minimiser_radius"]), Decimal("1e-45"))
        self.assertIsNone(refused["minimiser_reason"])
        undecided("3e-3")
        shared = json.loads(run("certify", certificate, status=1).stdout)
        self.assertIsNone(shared["minimiser_radius"])
        self.assertIn("several classes", shared["minimiser_reason"])
        # A slope of zero implies no margin, and is no reason to stop.
        run("solve", *SMALL, "--certificate", certificate)
        claim = json.loads(certificate.read_text())
        claim["slopes"][0], claim["digits"], claim["lower_bound"] = "0", 1, "0.01"
        certificate.write_text(json.dumps(claim))
        loose = json.loads(run("certify", certificate).stdout)
        self.assertIsNone(loose["implied"]["margins"][0])
        self.assertIsNone(loose["implied"]["largest_margin_width"])

    def test_a_certificate_that_claims_too_much_is_not_proven(self):
        certificate = self.folder / "certificate.json"
        run("solve", *SMALL, "--certificate", certificate)
        claim = json.loads(certificate.read_text())
        claim["lower_bound"] = "1"
        certificate.write_text(json.dumps(claim))
        refused = json.loads(run("certify", certificate, status=1).stdout)
        self.assertFalse(refused["proven"])
        self.assertIn("lower bound", refused["reason"])

    def test_saved_points_read_back(self):
        run("solve", *SMALL, "--dim", "4", "--save", self.folder / "point.npz", "--summary")
        with zipfile.ZipFile(self.folder / "point.npz") as archive:
            self.assertIsNone(archive.testzip())
            for name in ("W.npy", "H.npy"):
                data = archive.read(name)
                self.assertTrue(data.startswith(b"\x93NUMPY\x01\x00") and b"'shape': (3, 4)" in data)
                self.assertEqual(len(data), 128 + 8 * 12)
        run("solve", *SMALL, "--dim", "4", "--save", self.folder / "point.json", "--summary")
        point = json.loads((self.folder / "point.json").read_text())
        self.assertEqual([len(point["W"]), len(point["H"][0])], [3, 4])

    def test_the_samples_form_is_certified_and_collapses(self):
        certificate = self.folder / "certificate.json"
        solve = ["solve", *SMALL, "--dim", "4", "--formulation", "samples"]
        solved = json.loads(run(*solve, "--certificate", certificate, "--save", self.folder / "point.npz").stdout)
        means = json.loads(run("solve", *SMALL, "--dim", "4").stdout)
        self.assertEqual([solved["status"], solved["formulation"]], ["certified", "samples"])
        self.assertLess(float(solved["within_class_spread"]), 1e-45)
        self.assertNotIn("within_class_spread", means)
        for key in ("objective", "lower_bound"):
            self.assertEqual(solved[key][:48], means[key][:48])
        self.assertEqual(len(solved["feature_gram"]), 3)
        self.assertEqual(solved["logits"][0][0][:45], means["logits"][0][0][:45])
        self.assertTrue(json.loads(run("certify", certificate).stdout)["proven"])
        with zipfile.ZipFile(self.folder / "point.npz") as archive:
            self.assertIn(b"'shape': (17, 4)", archive.read("H.npy"))
            self.assertIn(b"'<i8'", archive.read("Y.npy"))
            self.assertEqual(archive.read("Y.npy")[-8 * 17:][::8], bytes([0] * 3 + [1] * 5 + [2] * 9))
        run(*solve, "--save", self.folder / "point.json", "--summary")
        point = json.loads((self.folder / "point.json").read_text())
        self.assertEqual([len(point["W"]), len(point["H"]), point["Y"]], [3, 17, [0] * 3 + [1] * 5 + [2] * 9])

        claim = json.loads(certificate.read_text())
        self.assertEqual([claim["formulation"], len(claim["features"])], ["samples", 17])
        moved = json.loads(certificate.read_text())
        place = next(i for i, entry in enumerate(moved["features"][4]) if entry != "0")
        moved["features"][4][place] = "0.5"
        certificate.write_text(json.dumps(moved))
        self.assertFalse(json.loads(run("certify", certificate, status=1).stdout)["proven"])
        for change in ({"formulation": "both"}, {"features": claim["features"][1:]}, {"formulation": "class-means"}):
            certificate.write_text(json.dumps({**claim, **change}))
            self.assertEqual(run("certify", certificate, status=2).stderr.count("\n"), 1)

    def test_too_few_coordinates_end_undecided_and_say_so(self):
        answer = json.loads(run("solve", "--counts", "3,5,9x5", "--lambda-w", "1e-3", "--lambda-h", "1e-3", "--dim", "1",
                                "--starts", "3", status=3).stdout)
        self.assertEqual(answer["status"], "stationary")

    def test_the_registry_lists_every_claim(self):
        claims = json.loads(run("claims").stdout)
        for key in ("id", "source", "statement", "domain"):
            self.assertTrue(all(claim[key] for claim in claims))
        self.assertEqual(len({claim["id"] for claim in claims}), len(claims))
        self.assertIn("thm1.collapse", run("claims", "--format", "table").stdout)

    def test_mutants_die_and_the_claims_that_see_nothing_leave_them_alive(self):
        answer = json.loads(run("mutants", "--random", "144").stdout)
        self.assertEqual((answer["survived"], answer["wrongly_refuted"]), (0, 0))
        self.assertEqual(answer["killed"] + answer["equivalent"], len(answer["mutants"]))
        kills = {claim["id"]: set(claim["kills"]) for claim in answer["claims"]}
        for mutant in answer["mutants"]:
            self.assertEqual({id for id in kills if mutant["name"] in kills[id]}, set(mutant["all_killers"]))
            self.assertIn("reason" if mutant["fate"] == "equivalent" else "example", mutant)
        self.assertNotIn("misread.eq9", kills)
        few = json.loads(run("mutants", "--random", "0", "--claims", "thm1.b", status=1).stdout)
        self.assertGreater(few["killed"], 0)  # in worlds whose features are not orthogonal
        self.assertGreater(few["survived"], 300)  # no wrong formula is its business
        self.assertIn("killed", run("mutants", "--random", "144", "--format", "table").stdout)

    def test_mutants_do_not_depend_on_threads(self):
        outputs = [run("mutants", "--random", "144", "--jobs", jobs).stdout for jobs in ("1", "2")]
        self.assertEqual(*outputs)

    def test_proofs_over_boxes_say_what_they_cover(self):
        proofs = json.loads(run("prove").stdout)
        verdicts = {(proof["claim"], proof["verdict"]) for proof in proofs}
        for claim in ("eq6.sign", "cor2.monotone", "cor3.order", "text41.feature.monotone"):
            self.assertIn((claim, "proved"), verdicts)
        self.assertIn(("text41.norm.decreasing", "refuted"), verdicts)
        for proof in proofs:
            self.assertTrue(all(part["domain"] for part in proof["parts"]))
        few = json.loads(run("prove", "--claims", "cor3.order", "--boxes", "5", status=3).stdout)
        self.assertEqual({proof["verdict"] for proof in few}, {"proved", "undecided"})
        self.assertTrue(any("smallest_open_box" in part for proof in few for part in proof["parts"]))
        self.assertIn("turn", run("prove", "--format", "table").stdout)

    def test_a_slip_of_the_finger_is_met_with_what_was_meant(self):
        for arguments, said in [
            (["verfy"], "did you mean verify?"),
            (["theory", "--count", "3,4"], "did you mean --counts?"),
            (["verify", "--claims", "thm1b"], "did you mean thm1.b?"),
            (["verify", "--replay", "ncv1:thm1b:50:1:1x2:1/500:1:2"], "did you mean thm1.b?"),
            (["theory", "--counts", "3,4", "--lambda-w", "1"], "--lambda-h: missing"),
            (["verify", "--claims", "thm1.*nonsense"], "matches no claim"),
            (["verify", "--replay", "ncv1:*zzz:50:1:1x2:1/500:1:2"], "is no claim"),
        ]:
            self.assertIn(said, run(*arguments, status=2).stderr)

    def test_help_and_version_are_no_errors(self):
        for command in ([], ["theory"], ["solve"], ["certify"], ["verify"], ["claims"], ["mutants"], ["prove"], ["report"]):
            self.assertIn("Usage", run(*command, "--help").stdout)
        self.assertRegex(run("--version").stdout, r"^\d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    unittest.main(verbosity=2)
