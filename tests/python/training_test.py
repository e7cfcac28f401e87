#!/usr/bin/env python3
"""Accumulator and Tracker: one pass is as good as all at once; a history survives its training.

Usage: training_test.py NCVERIFY, with the module's folder on PYTHONPATH.
"""

import csv
import io
import json
import math
import os
import pathlib
import pickle
import signal
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

try:
    import numpy as np
except ImportError:
    print("skipped: no numpy")
    sys.exit(77)

import ncverify as nc
from ncverify import _accumulator

DECAYS = dict(lambda_w="1e-3", lambda_h="1e-4")


def network(classes=5, dimension=8, samples=400, spread=0.2, seed=3):
    random = np.random.default_rng(seed)
    labels = np.concatenate([np.arange(classes), random.integers(0, classes, samples - classes)])
    features = np.maximum(
        np.eye(classes, dimension)[labels] * (2 + labels[:, None]) + spread * random.standard_normal((samples, dimension)), 0)
    return features, labels, random.standard_normal((classes, dimension))


class Accumulating(unittest.TestCase):
    def same(self, found, whole, relative):
        for name in found.metrics:
            ours, theirs = getattr(found.metrics, name), getattr(whole.metrics, name)
            if ours is None:
                self.assertIsNone(theirs, name)
            else:
                self.assertLessEqual(abs(ours - theirs), relative * max(abs(theirs), 1e-3), name)
        for name in found.targets:
            self.assertEqual(getattr(found.targets, name), getattr(whole.targets, name), name)
        self.assertEqual(found.classes.count.tolist(), whole.classes.count.tolist())
        for name in ("feature_norm_squared", "within_class_variance", "logit_own", "logit_other"):
            np.testing.assert_allclose(getattr(found.classes, name), getattr(whole.classes, name), rtol=relative)
        np.testing.assert_allclose(found.feature_gram, whole.feature_gram, rtol=relative, atol=1e-13)
        np.testing.assert_allclose(found.logits, whole.logits, rtol=relative, atol=1e-13)
        self.assertEqual(found.as_dict()["theory"], whole.as_dict()["theory"])

    def test_batches_are_as_good_as_all_at_once(self):
        for spread in (0.2, 1e-6):  # nearly collapsed: sums of squares would cancel
            features, labels, classifier = network(spread=spread)
            whole = nc.measure(features, labels, classifier, **DECAYS)
            for sizes in (1, 7, 400):
                sums = nc.Accumulator(5)
                for first in range(0, len(features), sizes):
                    sums.update(features[first:first + sizes], labels[first:first + sizes])
                self.same(sums.result(classifier, **DECAYS), whole, 1e-9)

    def test_merging_and_pickling(self):
        features, labels, classifier = network()
        whole = nc.measure(features, labels, classifier, **DECAYS)
        parts = []
        for rows in np.array_split(np.arange(400), 3):
            part = nc.Accumulator(5)
            part.update(features[rows], labels[rows])
            parts.append(pickle.loads(pickle.dumps(part)))
        together = nc.Accumulator(5)
        together.merge(nc.Accumulator(5))
        for part in parts:
            together.merge(part)
        self.same(together.result(classifier, **DECAYS), whole, 1e-11)

    def test_a_second_pass_where_the_scatter_is_too_large(self):
        features, labels, classifier = network()
        whole = nc.measure(features, labels, classifier, **DECAYS)
        with mock.patch.object(_accumulator, "LARGEST_SCATTER", 7):
            sums, other = nc.Accumulator(5), nc.Accumulator(5)
            sums.update(features, labels)
            self.assertIsNone(sums.result(classifier, **DECAYS).metrics.nc1)
            sums.again()
            other = pickle.loads(pickle.dumps(sums))
            sums.update(features[:150], labels[:150])
            with self.assertRaisesRegex(nc.InputError, "seen again"):
                sums.result(classifier, **DECAYS)
            other.update(features[150:], labels[150:])
            sums.merge(other)
            self.same(sums.result(classifier, **DECAYS), whole, 1e-11)

    def test_refusals_add_nothing(self):
        features, labels, classifier = network()
        sums = nc.Accumulator(5)
        sums.update(features, labels)
        before = sums.result(classifier)
        for bad in ((features * np.nan, labels), (features[:, :3], labels), (features, labels + 1), (features, labels[:3]),
                    (features, labels * 0.5), (features.astype(int), labels), (features[0], labels), (None, labels)):
            self.assertRaises(nc.InputError, sums.update, *bad)
        for other in (nc.Accumulator(4), 3):
            self.assertRaises(nc.InputError, sums.merge, other)
        self.assertEqual(sums.result(classifier), before)
        empty = nc.Accumulator(5)
        empty.update(features[labels < 4], labels[labels < 4])
        with self.assertRaisesRegex(nc.InputError, "class 4"):
            empty.result(classifier)


class Tracking(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name, "history.jsonl")

    def recorded(self, epochs=range(0, 9, 3)):
        tracker = nc.Tracker(self.path, **DECAYS)
        for epoch in epochs:
            tracker.record(epoch, *network(spread=1 / (1 + epoch)))
        return tracker

    def test_resumes_where_it_was(self):
        tracker = self.recorded()
        again = nc.Tracker(self.path, **DECAYS)
        self.assertEqual(again.epochs, [0, 3, 6])
        self.assertEqual(again.to_csv(), tracker.to_csv())
        again.record(9, *network())
        again.record(3, *network(seed=5))  # an epoch once more: what was recorded last counts
        third = nc.Tracker(self.path)
        self.assertEqual(third.epochs, [0, 3, 6, 9])
        self.assertEqual(third[3], again[3])
        self.assertNotEqual(third[3], tracker[3])
        self.assertEqual([each.metrics.nc1 for each in third], third.history("metrics.nc1")[1])

    def test_a_line_cut_off_is_dropped_and_the_rest_kept(self):
        self.recorded()
        whole = self.path.read_bytes()
        for cut in (1, 50, 1000):
            self.path.write_bytes(whole[:-cut])
            tracker = nc.Tracker(self.path, **DECAYS)
            self.assertEqual(tracker.epochs, [0, 3])
            tracker.record(6, *network(spread=1 / 7))
            self.assertEqual(nc.Tracker(self.path).epochs, [0, 3, 6])
        self.path.write_bytes(b"nonsense\n" + whole)
        with self.assertRaisesRegex(nc.InputError, "line 1"):
            nc.Tracker(self.path)

    def test_a_killed_training_keeps_its_history(self):
        program = f"""
import numpy as np, ncverify as nc, os
tracker = nc.Tracker({str(self.path)!r})
for epoch in range(100):
    tracker.record(epoch, np.eye(3), np.arange(3), np.eye(3))
    print(epoch, flush=True)
    if epoch == 4:
        os.kill(os.getpid(), 9)
"""
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
        self.assertEqual(done.returncode, -signal.SIGKILL)
        self.assertEqual(nc.Tracker(self.path).epochs, [0, 1, 2, 3, 4])

    def test_what_is_refused_is_not_recorded(self):
        tracker = self.recorded()
        before = self.path.read_bytes()
        features, labels, classifier = network()
        self.assertRaises(nc.InputError, tracker.record, 9, features * np.nan, labels, classifier)
        self.assertRaises(nc.InputError, tracker.record, -1, features, labels, classifier)
        self.assertRaises(nc.InputError, tracker.record, "9", features, labels, classifier)
        self.assertRaises(nc.InputError, tracker.record, 9, tracker[0], labels)
        self.assertEqual(self.path.read_bytes(), before)
        self.assertEqual(tracker.epochs, [0, 3, 6])

    def test_table_page_and_picture(self):
        tracker = self.recorded()
        rows = list(csv.DictReader(io.StringIO(tracker.to_csv())))
        self.assertEqual([row["epoch"] for row in rows], ["0", "3", "6"])
        self.assertEqual(rows[1]["metrics.nc1"], tracker[3].as_dict()["metrics"]["nc1"])
        self.assertIn("targets.cos_m", rows[0])
        page = pathlib.Path(self.folder.name, "page.html")
        text = tracker.to_html(page)
        self.assertEqual(page.read_text(encoding="utf-8"), text)
        for word in ('"name":"epoch 3"', '"nc1":"' + tracker[3].as_dict()["metrics"]["nc1"], '"feature_gram"'):
            self.assertIn(word, text)
        with self.assertRaises(nc.InputError) as raised:
            nc.Tracker().to_html()
        self.assertEqual(raised.exception.where, "history")
        other = nc.Tracker()
        other.record(0, *network(), **DECAYS)
        other.record(1, np.eye(2), [0, 1], np.eye(2))
        self.assertRaises(nc.InputError, other.to_html)
        try:
            import matplotlib
        except ImportError:
            return
        matplotlib.use("Agg")
        axes = tracker.plot("metrics.nc1", "metrics.cos_m")
        self.assertEqual(len(axes.lines), 4)
        self.assertRaises(nc.InputError, tracker.plot, "metrics.unheard")

    def test_a_measurement_can_be_recorded(self):
        tracker = nc.Tracker()
        measured = nc.measure(*network(), **DECAYS)
        tracker.record(4, measured)
        self.assertEqual(tracker[4].metrics, measured.metrics)
        self.assertEqual(tracker[4].as_dict()["logits"], measured.as_dict()["logits"])
        many = nc.Tracker()
        many.record(0, np.repeat(np.eye(41), 2, axis=0), np.repeat(np.arange(41), 2), np.eye(41))
        self.assertNotIn("logits", many[0])


if __name__ == "__main__":
    sys.argv[1:2] = []
    unittest.main(verbosity=1)
