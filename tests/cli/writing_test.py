#!/usr/bin/env python3
"""Results on their way out: refused before the work where they cannot be written, printed all the same where writing fails.

Usage: writing_test.py NCVERIFY
"""

import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from anybody import for_anybody

NCVERIFY = str(pathlib.Path(sys.argv.pop(1)).resolve())
SMALL = ["--counts", "3,5,9", "--lambda-w", "1e-3", "--lambda-h", "1e-3"]
NOBODY = 61234
CONTROL = "a\x1b[31m\rb\nc"  # what a file's name may hold


def run(*arguments, **options):
    return subprocess.run([NCVERIFY, *map(str, arguments)], capture_output=True, text=True, timeout=120, **options)


def limited(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def as_nobody():
    """Another user than root, to whom every folder is open."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


# Where there is no /proc, as in some containers, a file without a name cannot be given one.
NO_LINKS = r"""
#include <errno.h>
int linkat(int a, const char* b, int c, const char* d, int e) { (void)a; (void)b; (void)c; (void)d; (void)e; errno = ENOENT; return -1; }
"""


class Writing(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.folder.chmod(0o755)

    def refused(self, result):
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertTrue(result.stderr.startswith("ncverify: ") and "; expected" in result.stderr, result.stderr)

    def network(self):
        certificate = self.folder / "point.json"
        run("solve", *SMALL, "--save", self.folder / "point.npz")
        labels = self.folder / "labels.npy"
        header = b"{'descr': '|i1', 'fortran_order': False, 'shape': (3,), }"
        header += b" " * (117 - len(header)) + b"\n"
        labels.write_bytes(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes([0, 1, 2]))
        return ["--features", f"{self.folder}/point.npz:H", "--labels", labels, "--classifier", f"{self.folder}/point.npz:W"]

    def test_where_files_without_a_name_cannot_be_named_they_are_copied(self):
        if shutil.which("cc") is None:
            self.skipTest("no C compiler")
        library = self.folder / "links.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, "-x", "c", "-"], input=NO_LINKS, text=True, check=True)
        out = self.folder / "out"
        out.mkdir()
        for options in ({}, {"env": {**os.environ, "LD_PRELOAD": str(library), "ASAN_OPTIONS": "verify_asan_link_order=0"}}):
            result = run("solve", *SMALL, "--certificate", out / f"{len(options)}.json", **options)
            self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((out / "0.json").read_text(), (out / "1.json").read_text())
        self.assertEqual(len(list(out.iterdir())), 2)

    def test_what_cannot_be_written_is_refused_before_the_work(self):
        network = self.network()
        run("verify", *SMALL, "--claims", "thm1.b", "--out", self.folder / "run")
        shut = self.folder / "shut"
        (shut / "inner").mkdir(parents=True)
        shut.chmod(0o700 if os.geteuid() == 0 else 0o000)
        self.addCleanup(shut.chmod, 0o700)
        unwritable = self.folder / "unwritable"
        unwritable.mkdir(mode=0o555)
        full = ["verify", "--random", "1000000"]
        program = for_anybody(self, NCVERIFY)
        for where in (shut / "inner", shut / "new" / "newer", unwritable, unwritable / "new"):
            for arguments in ([*full, "--out", where], ["screen", "--random", "1000000000", "--out", where],
                              ["report", self.folder / "run" / "report.json", "--out", where], ["measure", *network, "--out", where],
                              [*full, "--keep", where / "file"], [*full, "--record", where / "file"],
                              ["solve", *SMALL, "--certificate", where / "file"], ["solve", *SMALL, "--save", where / "file.npz"],
                              ["theory", *SMALL, "--coq", where / "file"]):
                with self.subTest(arguments[0], where=where):
                    begin = time.monotonic()
                    self.refused(run(*arguments, preexec_fn=as_nobody, cwd="/tmp", executable=program))
                    self.assertLess(time.monotonic() - begin, 10)
        (self.folder / "taken" / "report.json").mkdir(parents=True)
        self.refused(run(*full, "--out", self.folder / "taken"))
        (self.folder / "taken" / "screen.json").mkdir(parents=True)
        self.refused(run("screen", "--out", self.folder / "taken"))

    def unwritten(self, result, *names):
        self.assertEqual(result.returncode, 2, result.stderr)
        answer = json.loads(result.stdout)
        for name in names:
            self.assertIn(name, result.stderr)
        self.assertIn("File too large", result.stderr)
        self.assertNotIn("report:", result.stderr)
        self.assertEqual([path for path in self.folder.rglob("*") if path.name.endswith(".tmp")], [])
        return answer

    def test_a_result_that_cannot_be_written_is_printed_all_the_same(self):
        network = self.network()
        out = self.folder / "out"
        answer = self.unwritten(run("verify", *SMALL, "--claims", "thm1.*", "--out", out, "--keep", self.folder / "kept.txt", preexec_fn=limited(5000)),
                                "report.json", "index.html", "FINDINGS.md", "kept.txt", "3 of 5 files were not written")
        self.assertEqual(answer["run"]["cases"], 1)
        # What fits is there.
        self.assertEqual(sorted(path.name for path in out.iterdir()), ["junit.xml", "report.md"])
        self.unwritten(run("screen", "--random", "2000", "--out", self.folder / "screen", preexec_fn=limited(100)), "screen.json")
        self.unwritten(run("measure", *network, "--out", self.folder / "measure", preexec_fn=limited(100)), "measure.json", "index.html")
        survey = ["bottleneck", "--counts", "1,1", "--dim", "1", "--points", "30", "--digits", "10", "--out", self.folder / "survey"]
        self.unwritten(run(*survey, preexec_fn=limited(12000)), "bottleneck.json", "index.html", "2 of 3 files were not written")
        self.assertEqual([path.name for path in (self.folder / "survey").iterdir()], ["phases.svg"])
        certificate, point, theorems = (self.folder / name for name in ("c.json", "p.npz", "t.v"))
        answer = self.unwritten(run("solve", *SMALL, "--certificate", certificate, "--save", point, preexec_fn=limited(100)), str(certificate), str(point))
        self.assertEqual(answer["status"], "certified")
        self.unwritten(run("theory", *SMALL, "--coq", theorems, preexec_fn=limited(100)), str(theorems))
        run("verify", *SMALL, "--claims", "thm1.b", "--out", self.folder / "run")
        self.unwritten(run("report", self.folder / "run" / "report.json", "--out", self.folder / "merged", preexec_fn=limited(100)), "report.json")
        for path in (certificate, point, theorems):
            self.assertFalse(path.exists())
        # One that fails does not keep the other from being written.
        run("solve", *SMALL, "--certificate", "/dev/full", "--save", point)
        self.assertTrue(point.exists())

    def test_a_former_file_survives_a_write_that_fails(self):
        certificate = self.folder / "c.json"
        run("solve", *SMALL, "--certificate", certificate)
        before = certificate.read_text()
        self.unwritten(run("solve", *SMALL, "--seed", "2", "--certificate", certificate, preexec_fn=limited(100)), str(certificate))
        self.assertEqual(certificate.read_text(), before)

    def test_a_pipe_without_a_reader_is_an_error_and_not_waited_for(self):
        os.mkfifo(self.folder / "pipe")
        result = run("solve", *SMALL, "--certificate", self.folder / "pipe")
        self.assertEqual(result.returncode, 2)
        self.assertEqual(json.loads(result.stdout)["status"], "certified")
        self.assertIn("pipe: cannot be written", result.stderr)

    def test_standard_output_that_is_full_is_an_error_of_help_and_version_too(self):
        for arguments in (["--help"], ["--version"], ["verify", "--help"], ["claims"], ["theory", *SMALL]):
            with self.subTest(arguments[0]), open("/dev/full", "w") as full:
                result = subprocess.run([NCVERIFY, *arguments], stdout=full, stderr=subprocess.PIPE, text=True)
                self.assertEqual(result.returncode, 2)
                self.assertEqual(result.stderr, "ncverify: cannot write to standard output\n")

    def test_control_characters_in_paths_are_printed_escaped(self):
        (self.folder / CONTROL).mkdir()
        path = self.folder / CONTROL / "file"
        path.write_text("{")
        missing = self.folder / CONTROL / "missing" / "file"
        commands = [["certify", path], ["certify", missing], ["report", path], ["report", missing], ["theory", "--config", path], ["theory", "--config", missing],
                    ["verify", "--expect", path], ["verify", "--screen", path], ["verify", "--training", path], ["verify", *SMALL, "--proofs", path], ["verify", "--out", path],
                    ["solve", *SMALL, "--certificate", missing], ["solve", *SMALL, "--save", missing], ["theory", *SMALL, "--coq", missing], ["screen", "--out", path],
                    ["screen", "--engine", CONTROL], ["measure", "--features", path, "--labels", path, "--classifier", path], ["verify", "--paper", CONTROL],
                    ["verify", "--claims", CONTROL], ["theory", CONTROL], [CONTROL], ["verify", "--replay", CONTROL], ["verify", *SMALL, "--record", missing],
                    ["verify", *SMALL, "--keep", missing]]
        for arguments in commands:
            with self.subTest(arguments):
                self.refused(run(*arguments, cwd=self.folder))
        done = [run("verify", *SMALL, "--claims", "thm1.b", "--out", self.folder / CONTROL / "out"),
                run("solve", *SMALL, "--certificate", self.folder / CONTROL / "c.json", preexec_fn=limited(100))]
        for result in [run(*arguments, cwd=self.folder) for arguments in commands] + done:
            self.assertTrue(all(character.isprintable() for character in result.stderr.rstrip("\n")), result.stderr)
        self.assertIn(r"\x1b[31m", done[0].stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
