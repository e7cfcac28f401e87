#!/usr/bin/env python3
"""What is read: pipes where a file is read once, nothing that hangs, no small file that takes much, one line for what fails.

Usage: reading_test.py NCVERIFY
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
NOBODY = 61235  # who runs nothing else


def run(*arguments, **options):
    return subprocess.run([NCVERIFY, *map(str, arguments)], capture_output=True, text=True, timeout=120, **options)


class Reading(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.folder.chmod(0o755)
        cls.certificate = cls.folder / "certificate.json"
        run("solve", *SMALL, "--certificate", cls.certificate)
        run("verify", *SMALL, "--claims", "thm1.b", "--out", cls.folder / "run")
        cls.report = cls.folder / "run" / "report.json"
        cls.config = cls.folder / "config.json"
        cls.config.write_text('{"counts":[3,5,9],"lambda_w":"1e-3","lambda_h":"1e-3"}')

    def refused(self, result):
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertTrue(result.stderr.startswith("ncverify: ") and "expected" in result.stderr, result.stderr)

    def test_standard_input_and_process_substitution_read_as_files_do(self):
        for before, file, after in ((["certify"], self.certificate, []), (["report"], self.report, []), (["theory", "--config"], self.config, ["--summary"])):
            expected = run(*before, file, *after).stdout
            self.assertTrue(expected)
            for name in ("-", "/dev/stdin", "/dev/fd/0"):
                with self.subTest(before[0], name=name):
                    self.assertEqual(run(*before, name, *after, input=file.read_text()).stdout, expected)
                    with open(file) as opened:
                        self.assertEqual(run(*before, name, *after, stdin=opened).stdout, expected)
            command = " ".join([NCVERIFY, *before, f"<(sleep 0.3; cat {file})", *after])
            result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
            self.assertEqual(result.stdout, expected, result.stderr)
        solved = f"{NCVERIFY} solve {' '.join(SMALL)} --certificate /dev/stderr 2>&1 >/dev/null | {NCVERIFY} certify -"
        self.assertTrue(json.loads(subprocess.run(["bash", "-c", solved], capture_output=True, text=True).stdout)["proven"])

    def test_a_named_pipe_is_read_where_someone_writes_and_never_hangs(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        writer = subprocess.Popen(["bash", "-c", f"sleep 0.5; cat {self.certificate} > {pipe}"])
        self.assertTrue(json.loads(run("certify", pipe).stdout)["proven"])
        writer.wait()
        begin = time.monotonic()
        waiting = [subprocess.Popen([NCVERIFY, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                   for arguments in (["certify", pipe], ["report", pipe], ["theory", "--config", pipe], ["verify", "--expect", pipe], ["verify", "--screen", pipe], ["verify", "--training", pipe],
                                     ["verify", *SMALL, "--proofs", pipe], ["measure", "--features", pipe, "--labels", pipe, "--classifier", pipe])]
        for process in waiting:
            printed, said = process.communicate(timeout=60)
            self.refused(subprocess.CompletedProcess(process.args, process.returncode, printed, said))
        self.assertLess(time.monotonic() - begin, 40)

    def test_what_has_no_end_or_is_no_file_is_refused(self):
        for path in ("/dev/zero", "/dev/null", self.folder):
            for arguments in (["certify", path], ["report", path], ["theory", "--config", path]):
                with self.subTest(arguments):
                    self.refused(run(*arguments))

    def test_a_short_report_of_large_configurations_is_refused_in_a_second(self):
        report = json.loads(self.report.read_text())
        large = "--counts 1x100000 --lambda-w 1 --lambda-h {}"
        hard = report["claims"][0]["hardest"][0]
        alterations = {
            "fixed": lambda r: r["run"]["configurations"].update(fixed=[large.format(i) for i in range(1, 3300)]),
            "hardest": lambda r: r["claims"][0].update(hardest=[{**hard, "config": large.format(i)} for i in range(1, 3300)]),
            "claims": lambda r: r.update(claims=[{**r["claims"][0], "id": f"a{i}", "hardest": [{**hard, "config": large.format(1)}]} for i in range(1000)]),
        }
        for name, alter in alterations.items():
            with self.subTest(name):
                altered = json.loads(json.dumps(report))
                alter(altered)
                (self.folder / "large.json").write_text(json.dumps(altered))
                memory = 700 << 20
                before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
                result = run("report", self.folder / "large.json", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (memory, memory)))
                self.refused(result)
                self.assertIn("too large", result.stderr)
                self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, 2)
        # A few of them are no reason to refuse.
        report["run"]["configurations"]["fixed"] = [large.format(i) for i in range(1, 20)]
        (self.folder / "large.json").write_text(json.dumps(report))
        self.assertEqual(run("report", self.folder / "large.json").returncode, 0)

    def test_a_stamp_that_is_none_is_refused_in_one_line(self):
        for stamp in ({"format": 1}, {"format": None}, [], 3, {"format": "ncverify-proofs-2", "theorems": {"a": 1}, "sources": ""},
                      {"format": "ncverify-proofs-2", "theorems": 1, "sources": ""}, {"format": "ncverify-proofs-2"}):
            with self.subTest(stamp):
                (self.folder / "stamp.json").write_text(json.dumps(stamp))
                self.refused(run("verify", *SMALL, "--claims", "thm1.b", "--proofs", self.folder / "stamp.json", "--out", self.folder / "stamped"))

    def test_no_stamp_is_believed_beside_check_proofs_and_without_coq_it_is_refused(self):
        small = ("verify", *SMALL, "--claims", "thm1.b", "--out", self.folder / "unchecked", "--check-proofs")
        self.refused(run(*small, "--proofs", self.folder / "stamp.json"))
        empty = self.folder / "empty"
        empty.mkdir()
        self.refused(run(*small, env={"PATH": str(empty)}))
        # Python alone finds no coqc, and the folder that was made for it is gone.
        (empty / "python3").symlink_to(sys.executable)
        self.refused(run(*small, env={"PATH": str(empty), "TMPDIR": str(empty)}))
        self.assertEqual([path.name for path in empty.iterdir()], ["python3"])

    def test_where_no_thread_is_to_be_had_one_does_the_work(self):
        if os.geteuid() != 0:
            self.skipTest("the number of processes is limited as another user")

        def alone(processes):
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))

        program = for_anybody(self, NCVERIFY)
        out = self.folder / "alone"
        out.mkdir()
        out.chmod(0o777)
        for processes in (1, 2, 3, 4):
            for arguments, status in ((["verify", *SMALL, "--claims", "thm1.*", "--out", out], 0), (["verify", *SMALL, "--claims", "thm1.*", "--jobs", "8", "--out", out], 0),
                                      (["screen", "--random", "2000"], 0), (["mutants", "--random", "0", "--claims", "thm1.b", "--jobs", "4"], 1)):
                with self.subTest(arguments[0], processes=processes):
                    result = run(*arguments, preexec_fn=lambda: alone(processes), executable=program)
                    self.assertEqual(result.returncode, status, result.stderr)
                    self.assertNotIn("TBB", result.stderr)

    def test_more_jobs_than_cores_is_no_reason_for_a_warning(self):
        for arguments in (["verify", *SMALL, "--claims", "thm1.b", "--out", self.folder / "many"], ["screen", "--random", "2000"]):
            self.assertNotIn("TBB", run(*arguments, "--jobs", "512").stderr)

    def test_what_a_report_calls_its_claims_is_text_in_its_findings(self):
        report = json.loads(self.report.read_text())
        hostile = "a`b<script>alert(1)</script>[c](javascript:d)\n# e *f* \x1b[31m"
        first = {**report["claims"][0], "theorem": None}  # of which nothing is proved, so that every verdict may be
        checked = first["cases"]["checked"]
        counts = {"verified": {}, "refuted": {"passed": 0, "refuted": checked}, "inconclusive": {"passed": 0, "inconclusive": checked}}
        report["claims"] = [{**first, "id": hostile, "source": hostile, "kind": kind, "verdict": verdict, "cases": {**first["cases"], **counts[verdict]}}
                            for kind in ("claim", "extension") for verdict in ("verified", "refuted", "inconclusive")]
        report["run"]["version"] = hostile
        report.pop("ledgers")  # which say of each claim what it made of each case
        report["run"]["search"] = hostile
        for index, claim in enumerate(report["claims"]):
            claim["id"] = f"{index}.{hostile}"
        (self.folder / "hostile.json").write_text(json.dumps(report))
        result = run("report", self.folder / "hostile.json", "--out", self.folder / "hostile")
        self.assertIn(result.returncode, (0, 1), result.stderr)
        # What the paper leaves open is the program's own text.
        text = (self.folder / "hostile" / "FINDINGS.md").read_text().split("\n## What the paper leaves open\n")[0]
        for wrong in (r"(?<!\\)<script", r"(?<!\\)\[c", r"(?<!\\)\*f", r"(?<!\\)`b", "\x1b", r"\n# e"):
            self.assertNotRegex(text, wrong)
        self.assertIn("<code>", text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
