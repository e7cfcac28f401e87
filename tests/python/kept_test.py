#!/usr/bin/env python3
"""What is kept on disk: a history is never cut or glued, somebody else's file stays as it is, and a page takes the place of a
file alone.

Usage: kept_test.py, with the module's folder on PYTHONPATH.
"""

import decimal
import fractions
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import unittest

try:
    import numpy as np
except ImportError:
    print("skipped: no numpy")
    sys.exit(77)

import ncverify as nc

NETWORK = np.eye(3)[[0, 0, 1, 2]], np.array([0, 0, 1, 2]), np.eye(3)


class Kept(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.path = self.folder / "history.jsonl"

    def test_a_full_disk_glues_no_lines(self):
        """What was recorded before and after a record that did not fit."""
        tracker = nc.Tracker(self.path)
        tracker.record(0, *NETWORK)
        size = self.path.stat().st_size
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, hard))
            self.assertRaises(OSError, tracker.record, 1, *NETWORK)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, before)
        self.assertEqual(self.path.stat().st_size, size)
        self.assertEqual(tracker.epochs, [0])
        tracker.record(2, *NETWORK)
        self.assertEqual(nc.Tracker(self.path).epochs, [0, 2])

    def test_somebody_elses_file_stays_as_it_is(self):
        for text in ("hello", "hello\n", "first line\nsecond", "{}", '{"epoch": 0}\n', '{"epoch": 0, "measurement": {}}\n',
                     '{"epoch": 0, "measurement": {"samples": 5, "classes": [], "config": {}, "implied": null}}\n'):
            self.path.write_text(text)
            with self.assertRaisesRegex(nc.InputError, "no record", msg=text):
                nc.Tracker(self.path)
            self.assertEqual(self.path.read_text(), text)

    def test_who_reads_a_history_changes_nothing(self):
        """A training may be writing it."""
        nc.Tracker(self.path).record(0, *NETWORK)
        whole = self.path.read_bytes()
        self.path.write_bytes(whole + whole[:50])
        self.assertEqual(nc.Tracker(self.path).epochs, [0])
        self.assertEqual(self.path.read_bytes(), whole + whole[:50])
        nc.Tracker(self.path).record(1, *NETWORK)
        self.assertEqual(nc.Tracker(self.path).epochs, [0, 1])

    def test_what_cannot_be_recorded_is_known_before_a_training(self):
        self.assertRaises(OSError, nc.Tracker, self.folder / "missing" / "history.jsonl")
        self.assertRaises(OSError, nc.Tracker, self.folder)
        self.assertRaisesRegex(TypeError, "lamda_w", nc.Tracker, lamda_w=1)
        for name, value in (("lambda_w", 0), ("lambda_h", "x"), ("weights", []), ("counts", [0]), ("digits", 0), ("jobs", -1)):
            with self.assertRaises(nc.InputError) as raised:
                nc.Tracker(**{name: value})
            self.assertEqual(raised.exception.where, name)
        nc.Tracker(self.path, lambda_w=1e-3, weights="balanced")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_page_takes_the_place_of_a_file_alone(self):
        measured = nc.measure(*NETWORK)
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        copy = open(self.folder / "copy.html", "wb")
        self.addCleanup(copy.close)
        reader = subprocess.Popen(["cat", pipe], stdout=copy)
        self.addCleanup(reader.kill)
        measured.save_html(pipe)
        reader.wait(timeout=20)
        self.assertEqual((self.folder / "copy.html").read_text(), measured.to_html())
        self.assertTrue(pipe.is_fifo())
        target, link = self.folder / "target.html", self.folder / "link.html"
        target.write_text("before")
        link.symlink_to(target.name)
        measured.save_html(link)
        self.assertTrue(link.is_symlink())
        self.assertEqual(target.read_text(), measured.to_html())
        measured.save_html(self.folder / ("n" * 250 + ".html"))
        measured.save_html(os.fsencode(self.folder / "as-bytes.html"))
        for bad in (self.folder, "", self.folder / "missing" / "page.html"):
            self.assertRaises(OSError, measured.save_html, bad)
        self.assertEqual([path.name for path in self.folder.iterdir() if path.name.startswith(".")], [])

    def test_nothing_is_printed_whatever_the_threads(self):
        program = ("import numpy as np, ncverify as nc\n"
                   "for jobs in (1, 2, 7, 64):\n"
                   "    nc.measure(np.eye(3), np.arange(3), np.eye(3), jobs=jobs)\n"
                   "    nc.verify([3, 4], '1/10', '1/10', digits=15, claims='thm1.b', jobs=jobs)\n")
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_whole_numbers_of_any_length(self):
        """Python itself makes texts of 4300 digits at most."""
        for value in (fractions.Fraction(1, 10**5000), decimal.Decimal("1e-5000")):
            self.assertEqual(nc.theory([3, 4], value, "1", digits=5).exact.minimum_loss, nc.theory([3, 4], "1e-5000", "1", digits=5).exact.minimum_loss)
        self.assertEqual(nc.theory([3, 4], 10**5000, "1", digits=5).exact.minimum_loss, nc.theory([3, 4], "1e5000", "1", digits=5).exact.minimum_loss)
        with self.assertRaises(nc.InputError) as raised:
            nc.theory([3, 4], 10**20000, "1")
        self.assertEqual(raised.exception.where, "lambda_w")

    def test_masked_elements_are_no_numbers(self):
        features, labels, classifier = NETWORK
        masked = np.ma.masked_array(features, features > 0.5)
        with self.assertRaises(nc.InputError) as raised:
            nc.measure(masked, labels, classifier)
        self.assertEqual(raised.exception.where, "features")
        unmasked = nc.measure(np.ma.masked_array(features), labels, classifier)
        self.assertEqual(unmasked.metrics, nc.measure(features, labels, classifier).metrics)


if __name__ == "__main__":
    sys.argv[1:2] = []
    unittest.main(verbosity=1)
