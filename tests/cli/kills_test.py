#!/usr/bin/env python3
"""Kills at random moments: whole files only, nothing temporary, and what was finished is kept or said to be lost.

Usage: kills_test.py NCVERIFY [TIMES [SEED]]. Each command that writes is killed TIMES times (1) by each of SIGINT, SIGTERM
and SIGKILL, at moments drawn from SEED. Prints what came of it.
"""

import collections
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree
import zipfile

NCVERIFY = str(pathlib.Path(sys.argv.pop(1)).resolve())
TIMES = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 1
SEED = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 7
SMALL = ["--counts", "3,5,9", "--lambda-w", "1e-3", "--lambda-h", "1e-3"]
REPORT = {"FINDINGS.md", "index.html", "junit.xml", "report.json", "report.md"}
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
KEPT, LOST = "are finished, for at most 10 seconds, and reported", "what was not yet written or printed is lost"


def start(arguments, here):
    """The program in a folder of its own, which is its folder for temporary files too, with the signals' usual meaning."""
    def usual():
        for number in SIGNALS[:2]:
            signal.signal(number, signal.SIG_DFL)

    return subprocess.Popen([NCVERIFY, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=here,
                            env={**os.environ, "TMPDIR": str(here)}, preexec_fn=usual)


def is_whole(path):
    """Whether a file reads as what its name says."""
    try:
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".xml":
            xml.etree.ElementTree.parse(path)
        elif path.suffix == ".npz":
            return zipfile.ZipFile(path).testzip() is None
        elif path.suffix == ".html":
            return path.read_text(encoding="utf-8").rstrip().endswith("</html>")
        elif path.suffix == ".v":
            return path.read_text(encoding="utf-8").rstrip().endswith(".")
        return path.stat().st_size > 0
    except (ValueError, xml.etree.ElementTree.ParseError, zipfile.BadZipFile):
        return False


class Kills(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.certificate, net = cls.folder / "certificate.json", cls.folder / "net.npz"
        subprocess.run([NCVERIFY, "solve", *SMALL, "--certificate", cls.certificate], check=True, capture_output=True)
        subprocess.run([NCVERIFY, "solve", *SMALL, "--formulation", "samples", "--save", net], check=True, capture_output=True)
        subprocess.run([NCVERIFY, "verify", *SMALL, "--claims", "thm1.*", "--no-pictures", "--out", cls.folder / "run"], capture_output=True, check=False)
        cls.report = cls.folder / "run" / "report.json"
        cls.measured = [word for option, key in (("features", "H"), ("labels", "Y"), ("classifier", "W")) for word in (f"--{option}", f"{net}:{key}")]

    def check(self, arguments, allowed, ends=(0, 3), kept=()):
        """Kills the command at random moments of its life, one folder for all: a former file may stay, whole.

        `kept`: the files that are there where it says that what was finished is reported.
        """
        here = self.folder / arguments[0]
        here.mkdir()
        whole = 0
        for _ in range(2):  # how long it takes varies
            begin = time.monotonic()
            process = start(arguments, here)
            process.communicate(timeout=300)
            whole = max(whole, time.monotonic() - begin)
            self.assertIn(process.returncode, ends)
        self.assertLessEqual(set(kept), {path.name for path in here.iterdir()})
        source = random.Random(f"{SEED} {arguments[0]}")
        seen = collections.Counter()
        for number in SIGNALS:
            for _ in range(TIMES):
                moment = source.uniform(0, 1.1 * whole)
                with self.subTest(command=arguments[0], signal=number.name, seconds=round(moment, 4), seed=SEED):
                    for path in here.iterdir():
                        if path.name in kept:
                            path.unlink()
                    process = start(arguments, here)
                    time.sleep(moment)
                    process.send_signal(number)
                    printed, said = process.communicate(timeout=120)
                    # Before the program has said what signals mean, they have their usual meaning.
                    self.assertIn(process.returncode, (*ends, 130, -number), said)
                    names = {path.name for path in here.iterdir()}
                    self.assertLessEqual(names, allowed)
                    self.assertEqual([path.name for path in here.iterdir() if not is_whole(path)], [])
                    if process.returncode in ends:
                        self.assertLessEqual(set(kept), names)
                        json.loads(printed)
                        seen["ended by itself"] += 1
                    elif process.returncode == -number:
                        seen["killed"] += 1
                    elif LOST in said:
                        seen["said to be lost"] += 1
                    else:
                        self.assertIn(KEPT, said)
                        self.assertLessEqual(set(kept), names)
                        json.loads(printed)
                        seen["finished cases kept"] += 1
        print(f"{arguments[0]}: {whole:.2f} s; {', '.join(f'{count} {word}' for word, count in sorted(seen.items()))}", file=sys.stderr)

    def test_verify(self):
        self.check(["verify", "--random", "40", "--claims", "thm1.b,thm1.c,misread.eq9", "--no-pictures", "--digits", "20", "--out", ".", "--record", "expected.json", "--keep", "kept.txt"],
                   REPORT | {"expected.json", "kept.txt"}, kept=REPORT)

    def test_screen(self):
        self.check(["screen", "--random", "20000", "--out", "."], {"screen.json"}, kept={"screen.json"})

    def test_solve(self):
        self.check(["solve", *SMALL, "--digits", "2000", "--certificate", "c.json", "--save", "p.npz"], {"c.json", "p.npz"})

    def test_theory(self):
        self.check(["theory", *SMALL, "--digits", "1000", "--coq", "t.v"], {"t.v"})

    def test_certify(self):
        self.check(["certify", self.certificate, "--coq", "c.v"], {"c.v"})

    def test_measure(self):
        self.check(["measure", *self.measured, "--lambda-w", "1e-3", "--lambda-h", "1e-3", "--out", "."], {"measure.json", "index.html"})

    def test_report(self):
        self.check(["report", self.report, self.report, "--out", "."], REPORT)

    def test_mutants(self):
        self.check(["mutants", "--random", "5", "--claims", "thm1.c,prop1.*"], set(), ends=(0, 1))

    def test_prove(self):
        self.check(["prove"], set())


if __name__ == "__main__":
    print(f"seed {SEED}, {TIMES} kills of each kind", file=sys.stderr)
    unittest.main(verbosity=2)
