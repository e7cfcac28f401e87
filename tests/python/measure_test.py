#!/usr/bin/env python3
"""Measuring arrays in memory: as from files, whatever their layout, type and owner; torch's tensors; Ctrl-C.

Usage: measure_test.py NCVERIFY, with the module's folder on PYTHONPATH. The tests with torch are skipped without it.
"""

import array
import json
import os
import pathlib
import pickle
import signal
import subprocess
import sys
import tempfile
import time
import unittest

try:
    import numpy as np
except ImportError:
    print("skipped: no numpy")
    sys.exit(77)
try:
    import torch
except ImportError:
    torch = None

import ncverify as nc

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "ncverify"
DECAYS = dict(lambda_w="1e-3", lambda_h="1e-4")


def network(classes=4, dimension=6, samples=50, seed=3):
    """Features like a trained network's: class means apart, samples near them."""
    random = np.random.default_rng(seed)
    labels = np.concatenate([np.arange(classes), random.integers(0, classes, samples - classes)])
    features = np.maximum(np.eye(classes, dimension)[labels] * 3 + 0.2 * random.standard_normal((samples, dimension)), 0)
    return features, labels, random.standard_normal((classes, dimension))


def numbers(measured):
    """The document without what says where the arrays came from and how long it took."""
    document = measured.as_dict() if isinstance(measured, nc.Result) else dict(measured)
    return {key: value for key, value in document.items() if key not in ("timing", "inputs", "arrays", "read_as")}


class FromMemory(unittest.TestCase):
    def test_as_from_files(self):
        features, labels, classifier = network()
        bias = np.linspace(-1, 1, 4)
        with tempfile.TemporaryDirectory() as folder:
            names = {}
            for name, values in dict(features=features, labels=labels, classifier=classifier, bias=bias).items():
                names[name] = os.path.join(folder, name + ".npy")
                np.save(names[name], values)
            for options, flags in (({}, []), (DECAYS, ["--lambda-w", "1e-3", "--lambda-h", "1e-4"]),
                                   (dict(DECAYS, weights="balanced", digits=30),
                                    ["--lambda-w", "1e-3", "--lambda-h", "1e-4", "--weights", "balanced", "--digits", "30"]),
                                   (dict(DECAYS, counts=[9, 8, 7, 6], summary=True),
                                    ["--lambda-w", "1e-3", "--lambda-h", "1e-4", "--counts", "9,8,7,6", "--summary"]),
                                   (dict(DECAYS, bias=bias), ["--lambda-w", "1e-3", "--lambda-h", "1e-4", "--bias",
                                                              names["bias"]])):
                done = subprocess.run(
                    [PROGRAM, "measure", "--features", names["features"], "--labels", names["labels"], "--classifier",
                     names["classifier"], *flags, "--format", "json"], capture_output=True, text=True, check=True)
                for jobs in (1, 3):
                    found = nc.measure(features, labels, classifier, jobs=jobs, **options)
                    self.same(found.as_dict(), json.loads(done.stdout), folder)

    def same(self, ours, theirs, folder):
        for document in (ours, theirs):
            document.pop("timing", None)
        ours, theirs = (json.dumps(each, indent=2, ensure_ascii=False) for each in (ours, theirs))
        for name in ("features", "labels", "classifier", "bias"):
            theirs = theirs.replace(os.path.join(folder, name + ".npy"), "in memory")
        self.assertEqual(ours, theirs)

    def test_any_layout(self):
        features, labels, classifier = network()
        expected = numbers(nc.measure(features, labels, classifier, **DECAYS))
        wide = np.zeros((100, 12))
        wide[::2, ::2] = features
        deep = np.ascontiguousarray(features[::-1, ::-1])
        padded = np.zeros((50, 9))[:, :6]
        padded[:] = features
        read_only = features.copy()
        read_only.setflags(write=False)
        for other in (np.asfortranarray(features), wide[::2, ::2], deep[::-1, ::-1], padded, read_only, features.tolist(),
                      memoryview(features), features.astype(">f8")):
            self.assertEqual(numbers(nc.measure(other, labels, classifier, **DECAYS)), expected)
        pooled = numbers(nc.measure(features[:, :, None], labels, classifier, **DECAYS))
        self.assertEqual(pooled.pop("notes"), ["features of shape 50 x 6 x 1 was read as 50 x 6"])
        self.assertEqual(pooled, {key: value for key, value in expected.items() if key != "notes"})
        for other in (labels.astype(np.uint8), labels.astype(">i4"), labels.tolist(), array.array("h", labels.tolist()),
                      np.repeat(labels, 3)[::3], labels.astype(float)):
            self.assertEqual(numbers(nc.measure(features, other, classifier, **DECAYS)), expected)
        one_hot = numbers(nc.measure(features, np.eye(4)[labels], classifier, **DECAYS))
        self.assertEqual(one_hot.pop("notes"), ["labels was read as one-hot"])
        self.assertEqual(one_hot, {key: value for key, value in expected.items() if key != "notes"})
        for other in (np.asfortranarray(classifier), classifier.tolist(), classifier.T.copy().T):
            self.assertEqual(numbers(nc.measure(features, labels, other, **DECAYS)), expected)

    def test_narrow_types_are_read_exactly(self):
        features, labels, classifier = network()
        for kind in (np.float16, np.float32):
            narrow = features.astype(kind)
            self.assertEqual(numbers(nc.measure(narrow, labels, classifier, **DECAYS))["metrics"],
                             numbers(nc.measure(narrow.astype(float), labels, classifier, **DECAYS))["metrics"])

    def test_arrays_are_let_go_and_not_changed(self):
        features, labels, classifier = network()
        before = features.copy()
        references = [sys.getrefcount(each) for each in (features, labels, classifier)]
        found = nc.measure(features, labels, classifier)
        self.assertEqual([sys.getrefcount(each) for each in (features, labels, classifier)], references)
        self.assertTrue((features == before).all())
        held = bytearray(features.tobytes())
        nc.measure(np.frombuffer(held).reshape(features.shape), labels, classifier)
        held.extend(b"free")  # a bytearray cannot grow while somebody views it
        self.assertIsNotNone(found)

    def test_page(self):
        features, labels, classifier = network()
        found = nc.measure(features, labels, classifier, **DECAYS)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "page.html")
            found.save_html(path)
            text = path.read_text(encoding="utf-8")
            self.assertEqual(os.listdir(folder), ["page.html"])
        self.assertEqual(text, found.to_html())
        self.assertTrue(text.startswith("<!DOCTYPE html>") or text.startswith("<!doctype html>"))
        again = pickle.loads(pickle.dumps(found))
        self.assertEqual(again, found)
        with self.assertRaises(RuntimeError):
            again.to_html()

    def test_control_c(self):
        program = """
import numpy as np, ncverify as nc, time, sys
features = np.ones((3_000_000, 32), np.float32)[::-1, ::-1]
features = np.broadcast_to(features, (40, 3_000_000, 32)).reshape(-1, 32) if False else features
labels = np.arange(len(features)) % 200
classifier = np.random.default_rng(1).standard_normal((200, 32))
print("ready", flush=True)
try:
    while True:
        nc.measure(features, labels, classifier)
except KeyboardInterrupt:
    print("interrupted")
"""
        child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        self.assertEqual(child.stdout.readline(), "ready\n")
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        asked = time.monotonic()
        self.assertEqual(child.communicate(timeout=120)[0], "interrupted\n")
        print(f"Ctrl-C in measure was answered after {time.monotonic() - asked:.2f} s")


@unittest.skipIf(torch is None, "no torch")
class Torch(unittest.TestCase):
    def setUp(self):
        self.features, self.labels, self.classifier = network()
        self.tensors = [torch.tensor(each) for each in (self.features, self.labels, self.classifier)]

    def test_float_types(self):
        features, labels, classifier = self.tensors
        for kind in (torch.float64, torch.float32, torch.float16, torch.bfloat16):
            narrow = features.to(kind)
            found = nc.measure(narrow, labels, classifier.to(kind), **DECAYS)
            expected = nc.measure(narrow.double().numpy(), self.labels, classifier.to(kind).double().numpy(), **DECAYS)
            self.assertEqual(numbers(found)["metrics"], numbers(expected)["metrics"], kind)

    def test_requires_grad_and_layouts(self):
        features, labels, classifier = self.tensors
        expected = numbers(nc.measure(self.features, self.labels, self.classifier, **DECAYS))
        wide = torch.zeros(100, 12, dtype=torch.float64)
        wide[::2, ::2] = features
        for other in (features.clone().requires_grad_(), features.T.contiguous().T, wide[::2, ::2],
                      torch.nn.Parameter(features), (features.clone().requires_grad_() * 2) / 2):
            self.assertEqual(numbers(nc.measure(other, labels, classifier.requires_grad_(), **DECAYS)), expected)
        self.assertEqual(numbers(nc.measure(features, labels.int(), classifier, **DECAYS)), expected)
        one_hot = numbers(nc.measure(features, torch.nn.functional.one_hot(labels), classifier, **DECAYS))
        self.assertEqual(one_hot["metrics"], expected["metrics"])

    def test_without_a_copy(self):
        import resource
        features = torch.zeros(4_000_000, 16)
        features[torch.arange(4_000_000), torch.arange(4_000_000) % 16] = 1
        labels = torch.arange(4_000_000) % 16
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        nc.measure(features, labels, torch.eye(16), summary=True)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        self.assertLess(grown, features.nelement() * 4 / 2)

    def test_what_is_no_plain_tensor(self):
        features, labels, classifier = self.tensors
        for other in (features.to_sparse(), features.to(torch.complex64), features.to("meta")):
            with self.assertRaises(nc.InputError) as raised:
                nc.measure(other, labels, classifier)
            self.assertEqual(raised.exception.where, "features")


if __name__ == "__main__":
    unittest.main(verbosity=1)
