#!/usr/bin/env python3
"""Signals: what was finished is kept or said lost, no partial or temporary file stays, nobody waits for long.

Usage: interruption_test.py NCVERIFY
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

NCVERIFY = str(pathlib.Path(sys.argv.pop(1)).resolve())
SMALL = ["--counts", "3,5,9", "--lambda-w", "1e-3", "--lambda-h", "1e-3"]
ENDLESS = ["verify", "--random", "1000000", "--no-pictures"]
# One case of these takes minutes.
LONG_CASE = ["--counts", "7x60,9x60", "--lambda-w", "1e-4", "--lambda-h", "1e-4", "--digits", "3000"]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
REPORT = {"FINDINGS.md", "index.html", "junit.xml", "report.json", "report.md"}
# Opens no file without a name, as some file systems do, and takes its time over each that has one.
SLOW_NAMED = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>
int fsync(int descriptor) { struct stat s; if (fstat(descriptor, &s) == 0 && S_ISREG(s.st_mode)) sleep(30); return 0; }
static int opened(const char* name, const char* path, int flags, int mode) {
    if ((flags & O_TMPFILE) == O_TMPFILE) { errno = EOPNOTSUPP; return -1; }
    int (*real)(const char*, int, ...) = (int (*)(const char*, int, ...))dlsym(RTLD_NEXT, name);
    return real(path, flags, mode);
}
int open(const char* path, int flags, ...) {
    va_list list; va_start(list, flags); int mode = va_arg(list, int); va_end(list);
    return opened("open", path, flags, mode);
}
int open64(const char* path, int flags, ...) {
    va_list list; va_start(list, flags); int mode = va_arg(list, int); va_end(list);
    return opened("open64", path, flags, mode);
}
"""


def start(*arguments, ignored=(), **options):
    """The program, with the signals' usual meaning whatever this test was started with, and `ignored` ones ignored."""
    def set_signals():
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)

    return subprocess.Popen([NCVERIFY, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            preexec_fn=set_signals, **options)


def await_work(process):
    """Until the program works: then it has threads that stay, and its way of finishing is prepared."""
    seen = 0
    for _ in range(600):
        seen = seen + 1 if len(os.listdir(f"/proc/{process.pid}/task")) > 1 else 0
        if seen == 20:
            return
        time.sleep(0.05)


def stop(process, number=signal.SIGINT):
    await_work(process)
    process.send_signal(number)
    return (*process.communicate(timeout=120), process.returncode)


class Interruption(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def check_whole(self, folder, allowed):
        names = {path.name for path in folder.iterdir()}
        self.assertLessEqual(names, allowed)
        for name in names:
            if name.endswith(".json"):
                json.loads((folder / name).read_text())
            if name.endswith(".html"):
                self.assertTrue((folder / name).read_text().rstrip().endswith("</html>"))

    def test_every_signal_keeps_the_finished_cases_and_says_how_to_leave(self):
        for number in SIGNALS:
            with self.subTest(number):
                out = self.folder / number.name
                printed, said, status = stop(start(*ENDLESS, "--claims", "thm1.*", "--out", out), number)
                self.assertEqual(status, 130)
                self.assertIn("10 seconds", said)
                self.assertIn("a second signal leaves at once", said)
                report = json.loads((out / "report.json").read_text())
                self.assertTrue(report["run"]["interrupted"])
                self.assertEqual(json.loads(printed)["run"]["cases"], report["run"]["cases"])
                self.check_whole(out, REPORT)

    def test_mutants_and_a_screen_report_what_they_finished(self):
        for arguments in (["mutants", "--random", "100000", "--claims", "thm1.b"], ["screen", "--random", "1000000000"]):
            with self.subTest(arguments[0]):
                printed, said, status = stop(start(*arguments), signal.SIGTERM)
                self.assertEqual(status, 130)
                self.assertIn("a second signal leaves at once", said)
                answer = json.loads(printed)
                self.assertIn("claims", answer)
                if arguments[0] == "screen":
                    self.assertTrue(answer["interrupted"])
                    self.assertEqual(answer["claims"][0]["checked"] + answer["local_minima"], answer["configurations"])

    def test_what_cannot_end_is_given_up_after_ten_seconds_and_the_rest_reported(self):
        # The kept examples and the first cases are finished; at this precision the next ones never are.
        runs = {"verify": start("verify", *LONG_CASE, "--out", self.folder / "out"),
                "mutants": start("mutants", "--digits", "30000"),
                "screen": start("screen", "--random", "2000", "--digits", "100000", "--inject", "misread.eq9", "--out", self.folder / "screen")}
        for process in runs.values():
            await_work(process)
        time.sleep(3)
        begin = time.monotonic()
        for process in runs.values():
            process.send_signal(signal.SIGTERM)
        for name, process in runs.items():
            printed, said = process.communicate(timeout=60)
            took = time.monotonic() - begin
            with self.subTest(name):
                self.assertEqual(process.returncode, 130, said)
                self.assertIn("not finished within 10 seconds", said)
                self.assertLess(took, 20)
                self.assertIn("claims", json.loads(printed))
        report = json.loads((self.folder / "out" / "report.json").read_text())
        self.assertEqual((report["run"]["interrupted"], report["run"]["cases"]), (True, 0))
        self.check_whole(self.folder / "out", REPORT)
        self.assertTrue(json.loads((self.folder / "screen" / "screen.json").read_text())["interrupted"])

    def test_a_second_signal_leaves_at_once(self):
        process = start("verify", *LONG_CASE, "--out", self.folder / "out")
        await_work(process)
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        self.assertIsNone(process.poll())
        begin = time.monotonic()
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=60)[1]
        self.assertEqual(process.returncode, 130)
        self.assertIn("what was not yet written or printed is lost", said)
        self.assertLess(time.monotonic() - begin, 5)
        self.check_whole(self.folder / "out", set())

    def test_what_the_caller_ignores_stays_ignored(self):
        for number in SIGNALS:
            with self.subTest(number):
                process = start("verify", "--random", "60", "--claims", "thm1.*", "--no-pictures", "--out", self.folder / number.name, ignored=[number])
                _, said, status = stop(process, number)
                self.assertIn(status, (0, 3), said)
                self.assertNotIn("interrupted", said)

    def test_an_interrupted_write_leaves_no_temporary_file(self):
        """Where there are no files without a name; the writing is slowed down so that the signal meets it."""
        if shutil.which("cc") is None:
            self.skipTest("no C compiler")
        (self.folder / "slow.c").write_text(SLOW_NAMED)
        subprocess.run(["cc", "-shared", "-fPIC", "-o", self.folder / "slow.so", self.folder / "slow.c", "-ldl"], check=True)
        slow = {**os.environ, "LD_PRELOAD": str(self.folder / "slow.so"), "ASAN_OPTIONS": "verify_asan_link_order=0"}
        for number in SIGNALS:
            with self.subTest(number):
                here = self.folder / number.name
                here.mkdir()
                process = start("solve", *SMALL, "--certificate", here / "certificate.json", env=slow)
                for _ in range(600):
                    if list(here.glob(".*.tmp")):
                        break
                    time.sleep(0.05)
                self.assertEqual(len(list(here.iterdir())), 1)
                process.send_signal(number)
                process.communicate(timeout=20)
                self.assertEqual(process.returncode, 130)
                self.assertEqual(list(here.iterdir()), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
