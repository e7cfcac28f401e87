#!/usr/bin/env python3
"""The Coq files that theory and certify write, as text: proofs/check.py lets Coq check them.

Usage: coq_test.py NCVERIFY
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

NCVERIFY = str(pathlib.Path(sys.argv.pop(1)).resolve())
PART = ["--counts", "1,9,9,30", "--lambda-w", "1e-2", "--lambda-h", "1e-1"]
WEIGHTED = [*PART, "--weights", "sqrt7,1,2,1/10"]


PROOFS = pathlib.Path(__file__).resolve().parents[2] / "proofs"


class Claims(unittest.TestCase):
    def test_the_table_says_of_each_claim_what_its_theorem_does(self):
        """Proved, in part, refuted or not: proofs/README.md, claims.txt and the registry name the same claims."""
        listed = subprocess.run([NCVERIFY, "claims", "--format", "json"], capture_output=True, text=True, check=True).stdout
        settled = {line.split()[0]: line.split()[1] for line in (PROOFS / "claims.txt").read_text().splitlines()
                   if line.strip() and not line.startswith("#")}
        table = {}
        for names, says in re.findall(r"^\| ((?:`[\w.-]+`(?:, )?)+) \| ((?:proved|refuted|not proved)\b.*?) \|$",
                                      (PROOFS / "README.md").read_text(), re.M):
            for name in re.findall(r"`([^`]+)`", names):
                self.assertNotIn(name, table)
                table[name] = "supports" if says.startswith("proved in part") else "proves" if says.startswith("proved") else "refutes" if says.startswith("refuted") else None
        self.assertEqual(set(table), {claim["id"] for claim in json.loads(listed)})
        self.assertEqual({name: how for name, how in table.items() if how}, settled)


class CoqFiles(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.file = self.folder / "Numbers.v"

    def run_program(self, *arguments, status=0):
        result = subprocess.run([NCVERIFY, *map(str, arguments)], capture_output=True, text=True, timeout=300)
        self.assertEqual(result.returncode, status, (arguments, result.stderr))
        return result

    def written(self):
        """The file, its lines' ends and margins as single spaces: where lines break says nothing."""
        return re.sub(r"\s+", " ", self.file.read_text())

    def test_lines_have_at_most_100_columns_and_break_at_spaces(self):
        point = self.folder / "point.json"
        self.run_program("solve", *PART, "--digits", 15, "--certificate", point)
        for arguments in (("theory", *PART, "--digits", 60), ("certify", point)):
            self.run_program(*arguments, "--coq", self.file)
            lines = self.file.read_text().split("\n")
            self.assertEqual([line for line in lines if len(line) > 100], [])
            self.assertEqual([line for line in lines if line != line.rstrip()], [])
            self.assertTrue(any(len(line) > 90 for line in lines))
            self.file.unlink()
        # A number that is longer than a line stays whole.
        self.run_program("theory", *PART, "--digits", 150, "--coq", self.file)
        self.assertRegex(self.file.read_text(), r"(?m)^ +\d\.\d{149,}")

    def test_the_numbers_are_those_that_theory_prints(self):
        self.run_program("theory", *PART, "--digits", 20, "--coq", self.file)
        text = self.written()
        largest = max(int(e) for e in re.findall(r"near \([^)]*\) \(?-?\d\.\d+e\+(\d+)", text))
        printed = json.loads(self.run_program("theory", *PART, "--digits", 20 + largest + 1).stdout)
        for group in printed["classes"]:
            for key in ("margin", "feature_norm_squared", "classifier_norm_squared", "logit_own", "logit_other"):
                if group[key] != "0":
                    decimal = f"({group[key]})" if group[key].startswith("-") else group[key]
                    self.assertIn(f" {decimal} 5e", text)
        self.assertIn("Theorem logits_30 ", text)
        self.assertIn(f" {printed['minimum_loss']} 5e", text)
        self.assertIn(f" ({printed['classifier_gram'][1][2]}) 5e", text)
        self.assertIn("Theorem classifiers_9_9 ", text)
        self.assertNotIn("Theorem classifiers_30_30 ", text)

    def test_the_exact_threshold_is_a_theorem(self):
        self.run_program("theory", *PART, "--digits", 5, "--coq", self.file)
        printed = json.loads(self.run_program("theory", *PART).stdout)
        numerator, _, denominator = printed["threshold"]["exact"].partition("/")
        self.assertIn(f"Theorem threshold : T this = ({numerator} / {denominator or 1}).", self.written())

    def test_what_all_pairs_share_is_enclosed_once(self):
        self.run_program("theory", *PART, "--digits", 20, "--coq", self.file)
        text = self.written()
        self.assertEqual(len(re.findall(r"Lemma \w+_once : within scale", text)), 2 + 3)  # p, S, and a_k of three counts
        pairs = re.findall(r"Lemma inner_\w+ : .*? Proof\. (.*?) Qed\.", text)
        self.assertEqual(len(pairs), 4)
        for proof in pairs:
            self.assertIn("by_integers", proof)
            self.assertNotIn("enclose", proof)

    def test_each_class_collapses_or_not(self):
        self.run_program("theory", *PART, "--digits", 5, "--coq", self.file)
        statements = re.findall(r"Theorem class_(\d+) .*?\[/\\ (~ )?\(?forall j, mean H k j = 0", self.written())
        printed = json.loads(self.run_program("theory", *PART).stdout)["classes"]
        self.assertEqual({(int(n), not negated) for n, negated in statements},
                         {(group["count"], group["collapsed"]) for group in printed})

    def test_half_a_unit_is_below_the_precision_asked_for(self):
        self.run_program("theory", *PART, "--digits", 12, "--coq", self.file)
        tolerances = [int(e) for e in re.findall(r" 5e-(\d+)", self.written())]
        self.assertGreater(min(tolerances), 12)

    def test_a_certificate_is_written_where_it_is_proven(self):
        point = self.folder / "point.json"
        self.run_program("solve", *PART, "--digits", 15, "--certificate", point)
        self.run_program("certify", point, "--coq", self.file)
        self.assertIn("Theorem optimal ", self.file.read_text())
        self.file.unlink()
        wrong = json.loads(point.read_text())
        wrong["upper_bound"] = "1e-9"
        point.write_text(json.dumps(wrong))
        self.run_program("certify", point, "--coq", self.file, status=1)
        self.assertFalse(self.file.exists())

    def test_classes_of_one_count_and_two_weights_are_told_apart(self):
        self.run_program("theory", *WEIGHTED, "--digits", 20, "--coq", self.file)
        text = self.written()
        # The squares over their common denominator.
        self.assertIn("Definition weights : seq Z := [:: 700; 100; 400; 1]%Z.", text)
        self.assertIn("Definition weight_unit : Z := 100.", text)
        statements = re.findall(r"Theorem class_(\d+_\d+) .*?count k = (\d+) :> R -> omega k = sqrt \((\d+) / 100\) ->\s*"
                                r"\[/\\ (~ )?\(?forall j, mean H k j = 0", text, re.S)
        printed = json.loads(self.run_program("theory", *WEIGHTED).stdout)["classes"]
        squares = [700, 100, 400, 1]
        self.assertEqual({(name, not negated) for name, _, _, negated in statements},
                         {(f"{group['count']}_{square}", group["collapsed"]) for group, square in zip(printed, squares)})
        for name, count, square, _ in statements:
            self.assertEqual(name, f"{count}_{square}")
        for group in printed:
            if group["margin"] != "0":
                self.assertIn(f" {group['margin'][:19]}", text)

    def test_a_certificate_with_weights_is_about_the_weighted_problem(self):
        point = self.folder / "point.json"
        self.run_program("solve", *WEIGHTED, "--digits", 15, "--certificate", point)
        self.run_program("certify", point, "--coq", self.file)
        text = self.written()
        self.assertIn("Definition this : problem := weighted ", text)
        self.assertIn("(weighted_slopes slopes)", text)

    def test_weights_of_1_change_nothing(self):
        self.run_program("theory", *PART, "--digits", 10, "--coq", self.file)
        plain = self.file.read_text()
        self.run_program("theory", *PART, "--weights", "1x4", "--digits", 10, "--coq", self.file)
        self.assertEqual(self.file.read_text(), plain)
        self.assertNotIn("omega", plain)
        self.assertNotIn("weight_unit", plain)

    def test_what_is_too_large_or_cannot_be_written_is_refused(self):
        many = ",".join(str(n) for n in range(1, 80))
        for arguments in (["--counts", many, "--lambda-w", "1e-4", "--lambda-h", "1e-4", "--coq", self.file],
                          [*PART, "--coq", self.folder / "no" / "folder.v"]):
            answer = self.run_program("theory", *arguments, status=2)
            self.assertEqual(answer.stderr.count("\n"), 1)
            self.assertIn("--coq", answer.stderr)


if __name__ == "__main__":
    unittest.main()
