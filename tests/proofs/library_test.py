#!/usr/bin/env python3
"""The development as a library: `make install` puts it where Coq finds it, a file elsewhere builds on it, and its pages go by
the paper's numbers.

Usage: library_test.py BUILD     (where check.py compiled; COQC in the environment)
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
PROOFS = pathlib.Path(__file__).resolve().parents[2] / "proofs"
COQC = os.environ.get("COQC", "coqc")

ELSEWHERE = """From NeuralCollapse Require Import Setting Statements.
Theorem means_are_orthogonal (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H ->
  forall k l : 'I_(classes P), k != l -> dot (mean H k) (mean H l) = 0.
Proof. exact: thm1_b. Qed.
"""
MATRICES = """From mathcomp Require Import matrix.
From NeuralCollapse Require Import Setting Matrices.
Theorem centred K N d (y : 'I_N -> 'I_K) (lW lH : R) (W : 'M[R]_(K, d)) (H : 'M[R]_(d, N)) :
  (2 <= K)%N -> (forall k, exists i, y i = k) -> 0 < lW -> 0 < lH -> (K <= d)%N ->
  training_minimiser y lW lH W H -> forall j, \\sum_k W k j = 0.
Proof. by move=> K2 onto w0 h0 dK /(training_theorem1 K2 onto w0 h0 W H dK) [_ [_ [_ [_ []]]]]. Qed.
"""


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


class Library(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        # A copy of what is compiled, but for one file, so that make has something to compile.
        cls.build = cls.folder / "build"
        shutil.copytree(BUILD, cls.build, ignore=shutil.ignore_patterns("generated", "negative", "CMakeFiles", "html"))
        (cls.build / "StatementsBeyond.vo").unlink()
        cls.made = cls.make("install", f"DESTDIR={cls.folder / 'root'}")
        cls.libraries = next((cls.folder / "root").glob("**/user-contrib"), cls.folder / "none")

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    @classmethod
    def make(cls, *arguments):
        coqmakefile = str(pathlib.Path(COQC).with_name(pathlib.Path(COQC).name.replace("coqc", "coq_makefile")))
        return run("make", "-C", str(PROOFS), f"BUILD={cls.build}", f"COQC={COQC}", f"PYTHON={sys.executable}",
                   f"COQMAKEFILE={coqmakefile}", *arguments)

    def compile(self, name, text, path):
        (self.folder / name).write_text(text, encoding="utf-8")
        return run(COQC, "-q", name, cwd=self.folder, env={**os.environ, "COQPATH": str(path)})

    def test_make_installs_every_file_and_compiles_what_is_missing(self):
        self.assertEqual(self.made.returncode, 0, self.made.stdout + self.made.stderr)
        installed = {path.stem for path in (self.libraries / "NeuralCollapse").glob("*.vo")}
        left_out = set(re.findall(r"left out: (\w+)\.v", self.made.stdout))
        self.assertEqual(installed | left_out, {path.stem for path in PROOFS.glob("*.v")})
        self.assertLessEqual(left_out, {"Matrices"})
        self.assertIn("StatementsBeyond", installed)
        self.assertIn("COQC StatementsBeyond.v", self.made.stdout)

    def test_a_file_elsewhere_builds_on_what_is_installed(self):
        made = self.compile("elsewhere.v", ELSEWHERE, self.libraries)
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertNotEqual(self.compile("nowhere.v", ELSEWHERE, self.folder / "empty").returncode, 0)
        wrong = self.compile("wrong.v", ELSEWHERE.replace("k != l", "k == l"), self.libraries)
        self.assertNotEqual(wrong.returncode, 0)

    def test_so_does_one_about_matrices(self):
        if not (self.libraries / "NeuralCollapse/Matrices.vo").is_file():
            self.skipTest("MathComp's algebra is not installed")
        made = self.compile("matrices.v", MATRICES, self.libraries)
        self.assertEqual(made.returncode, 0, made.stderr)

    def test_pages_go_by_the_papers_numbers(self):
        made = self.make("html")
        self.assertEqual(made.returncode, 0, made.stdout + made.stderr)
        contents = (self.build / "html/toc.html").read_text(encoding="utf-8")
        headings = [re.sub(r"\s+", " ", heading) for heading in re.findall(r'<a href="[^"]*#lab\d+">(.*?)</a>', contents, re.S)]
        # Every number of the claims, (6) to (50), and the sections in the paper's order.
        numbers = {int(number) for heading in headings for number in re.findall(r"\((\d+)\)", heading)}
        self.assertLessEqual({*range(6, 22), 24, 25, 27, 28, 29, *range(31, 35), *range(36, 45), *range(47, 51)}, numbers)
        for heading in ("(7), Theorem 1 (a): features", "(25)", "(17), Corollary 4", "(43), Lemma 1"):
            self.assertEqual(headings.count(heading), 1, heading)
        self.assertLess(contents.index("Theorem 1 (a)"), contents.index("Corollary 4"))
        page = (self.build / "html/NeuralCollapse.Statements.html").read_text(encoding="utf-8")
        self.assertIn("thm1_b", page)
        self.assertNotIn("room_enough", page, "proofs are left out")


if __name__ == "__main__":
    unittest.main(verbosity=2)
