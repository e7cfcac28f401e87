#!/usr/bin/python3
"""The same arrays in every form that `ncverify measure` reads: layouts, types, shapes, shards. The numbers are the same.

Usage: forms_test.py NCVERIFY
"""

import itertools
import json
import pathlib
import sys
import tempfile
import unittest

import numpy as np

import network_files as files

COUNTS = [40, 25, 90, 7]
OPTIONS = ["--lambda-w", "1e-3", "--lambda-h", "2e-4"]


class Forms(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def saved(self, H, y, W):
        return files.saved(self.folder, H, y, W)

    def plain(self, H, y, W):
        """What is measured of them as they are; measure_test.py holds it against NumPy."""
        return files.measured(*self.saved(H, y, W), *OPTIONS)

    def test_the_same_numbers_in_every_layout(self):
        """Half-precision numbers fit in every type: what is printed must be the same, byte for byte."""
        H, y, W = files.made_up(COUNTS, 12, 1)
        expected = files.numbers_of(self.plain(H, y, W))
        path = self.folder
        labels, classifier = path / "y.npy", path / "W.npy"

        def same(features, labels=labels, classifier=classifier):
            self.assertEqual(files.numbers_of(files.measured(features, labels, classifier, *OPTIONS)), expected)

        for (kind, byte_order, order) in itertools.product(("f2", "f4", "f8"), "<>", "CF"):
            stored = np.asarray(H, dtype=byte_order + kind, order=order)
            weights = np.asarray(W, dtype=byte_order + kind, order=order)
            with self.subTest(kind=kind, byte_order=byte_order, order=order):
                for version in ((1, 0), (2, 0), (3, 0)):
                    files.write_npy(path / "F.npy", stored, version)
                    same(path / "F.npy")
                np.savez(path / "stored.npz", features=stored, labels=y, W=weights)
                np.savez_compressed(path / "packed.npz", stored, y, weights)
                same(path / "stored.npz", path / "stored.npz", path / "stored.npz")
                packed = path / "packed.npz"
                same(f"{packed}:arr_0", f"{packed}:arr_1", f"{packed}:arr_2")
        for kind, order in itertools.product(("f2", "f4", "f8"), "CF"):
            files.write_safetensors(path / "all.safetensors", {"H": H.astype(kind), "y": y.astype("i4"), "fc.weight": W.astype(kind)})
            same(*[f"{path / 'all.safetensors'}:{key}" for key in ("H", "y", "fc.weight")])
            same(*[path / "all.safetensors"] * 3)

    def test_bfloat16(self):
        H, y, W = files.made_up(COUNTS, 12, 2)
        H = (H.astype("f4").view("u4") & 0xFFFF0000).view("f4").astype(float)
        expected = files.numbers_of(self.plain(H, y, W))
        files.write_safetensors(self.folder / "b.safetensors", {"y": y, "H": H, "W": W}, brain=("H",))
        answer = files.measured(*[self.folder / "b.safetensors"] * 3, *OPTIONS)
        self.assertEqual(answer["inputs"]["features"]["type"], "bfloat16")
        self.assertEqual(files.numbers_of(answer), expected)
        for descr in ("<V2", "|V2", "bfloat16"):  # as np.save writes ml_dtypes' own, and as some write it by hand
            header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {H.shape}, }}"
            (self.folder / "b.npy").write_bytes(files.npy_bytes(header, files.brain_bytes(H)))
            answer = files.measured(self.folder / "b.npy", self.folder / "y.npy", self.folder / "W.npy", *OPTIONS)
            self.assertEqual(answer["inputs"]["features"]["type"], "bfloat16")
            self.assertEqual(files.numbers_of(answer), expected)

    def test_float8(self):
        """Every byte of both types, as NumPy reads them bit by bit; named, unnamed and in safetensors."""
        def value(byte, exponent_bits, fraction_bits, finite):
            bias, top = 2 ** (exponent_bits - 1) - 1, 2**exponent_bits - 1
            exponent, fraction = byte >> fraction_bits & top, (byte & 2**fraction_bits - 1) / 2**fraction_bits
            special = exponent == top and (not finite or fraction == 1 - 2.0**-fraction_bits)
            size = np.nan if special else np.ldexp(fraction + (exponent > 0), max(exponent, 1) - bias)
            return -size if byte & 128 else size

        y, W = np.arange(12) % 3, np.eye(3, 6) - 0.25
        self.saved(np.zeros((12, 6)), y, W)
        source = np.random.default_rng(8)
        for name, safe, *form in (("e4m3fn", "F8_E4M3", 4, 3, True), ("e5m2", "F8_E5M2", 5, 2, False)):
            values = np.array([value(byte, *form) for byte in range(256)])
            usable = np.flatnonzero(np.isfinite(values))
            stored = source.permutation(usable)[:72].astype("u1").reshape(12, 6)
            # Notes speak of the type's rounding.
            expected = files.numbers_of({**files.measured(*self.saved(values[stored], y, W)), "notes": []})
            path, rest = self.folder / "h.npy", (self.folder / "y.npy", self.folder / "W.npy")
            descr = {"e4m3fn": ("|V1", "<V1", "float8_e4m3fn"), "e5m2": ("<f1", "|V1", "float8_e5m2")}[name]
            for text in descr:
                path.write_bytes(files.npy_bytes(f"{{'descr': '{text}', 'fortran_order': False, 'shape': (12, 6), }}", stored.tobytes()))
                answer = files.measured(path, *rest, *(("--float8", name) if "V" in text else ()))
                self.assertEqual(answer["inputs"]["features"]["type"], f"float8_{name}")
                self.assertEqual(files.numbers_of({**answer, "notes": []}), expected)
            header = {"H": {"dtype": safe, "shape": [12, 6], "data_offsets": [0, 72]}}
            (self.folder / "h.safetensors").write_bytes(files.safetensors_bytes(header, stored.tobytes()))
            self.assertEqual(files.numbers_of({**files.measured(self.folder / "h.safetensors", *rest), "notes": []}), expected)
            path.write_bytes(files.npy_bytes(f"{{'descr': '{descr[-1]}', 'fortran_order': False, 'shape': (12, 6), }}", bytes([127] * 72)))
            self.assertEqual(files.run(path, *rest).returncode, 2)  # no numbers

    def test_other_forms_of_the_same_arrays(self):
        """Squeezed, transposed and one-hot arrays are recognised: the same numbers, and a note that says so."""
        H, y, W = files.made_up(COUNTS, 12, 3)
        expected = files.numbers_of(self.plain(H, y, W))
        one_hot = np.eye(4)[y]
        for features, labels, classifier, said in (
            (H[:, :, None, None], y, W, "was read as 162 x 12"), (H[:, None, None, :], y, W, "was read as 162 x 12"), (H.T, y, W, "features .*was read transposed"),
            (H, y, W.T, "classifier .*was read transposed"), (H.T.copy(), y, W.T.copy(), "transposed"), (H, one_hot, W, "labels .*one-hot"), (H, one_hot.T, W, "one-hot"),
            (H, one_hot.astype(bool), W, "one-hot"), (H.T.copy(), one_hot.T.copy(), W.T.copy(), "one-hot"), (H.T, one_hot.astype("u1"), W, "one-hot"), (H, y[None, :], W, None),
            (H[:, :, None], y[:, None], W[:, :, None], "was read as"),
        ):
            answer = files.measured(*self.saved(features, labels, classifier), *OPTIONS)
            with self.subTest(shapes=(features.shape, labels.shape, classifier.shape)):
                if said:
                    self.assertRegex("; ".join(answer["notes"]), said)
                answer["notes"] = []
                found = files.numbers_of(answer)
                self.assertEqual(found, expected)

    def test_shards(self):
        """A model in several safetensors files, by its index."""
        H, y, W = files.made_up(COUNTS, 12, 6)
        expected = files.numbers_of(self.plain(H, y, W))
        files.write_safetensors(self.folder / "model-1.safetensors", {"other": W, "head.weight": W})
        files.write_safetensors(self.folder / "model-2.safetensors", {"head.bias": np.zeros(4)})
        index = self.folder / "model.safetensors.index.json"
        shards = {"head.weight": "model-1.safetensors", "head.bias": "model-2.safetensors", "other": "model-1.safetensors"}
        index.write_text(json.dumps({"metadata": {"total_size": 1.5}, "weight_map": shards}))
        rest = (self.folder / "H.npy", self.folder / "y.npy")
        for name in (index, f"{index}:head.weight", f"{index}:other"):
            answer = files.measured(*rest, name, *OPTIONS)
            about_bias = [note for note in answer["notes"] if "holds 'head.bias'" in note]
            self.assertEqual(len(about_bias), 1, answer["notes"])  # which nobody asked for
            answer["notes"].remove(about_bias[0])
            self.assertEqual(files.numbers_of(answer), expected)
        biased = files.measured(*rest, index, *OPTIONS, "--bias", str(index))
        self.assertEqual(biased["inputs"]["bias"]["key"], "head.bias")
        for text, reason in (("{}", "weight_map"), ("[1]", "weight_map"), ('{"weight_map": {"W": "../W"}}', "no name of a file beside it"), ('{"weight_map": {"W": 3}}', "no name"),
                             ('{"weight_map": {"W": "gone"}}', "gone: cannot be opened"), ('{"weight_map": {"W": "H.npy"}}', "H.npy.* is no safetensors file"), ('{"weight_map": {}}', "no array"),
                             ('{"weight_map": {"W": "model-1.safetensors"}}', "holds no array 'W'"), ("{", "JSON")):
            index.write_text(text)
            result = files.run(*rest, index)
            self.assertEqual((result.returncode, result.stdout), (2, ""), text)
            self.assertRegex(result.stderr, r"\Ancverify: --classifier.*" + reason)

    def test_labels_of_every_type(self):
        H, y, W = files.made_up(COUNTS, 12, 4)
        expected = files.numbers_of(self.plain(H, y, W))
        for kind, byte_order in itertools.product(("u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8"), "<>"):
            for labels in (y.astype(byte_order + kind), y.astype(byte_order + kind)[:, None]):
                np.save(self.folder / "labels.npy", labels)
                answer = files.measured(self.folder / "H.npy", self.folder / "labels.npy", self.folder / "W.npy", *OPTIONS)
                self.assertEqual(files.numbers_of(answer), expected, labels.dtype)
        H, y, W = files.made_up([30, 4], 6, 4)
        expected = files.numbers_of(self.plain(H, y, W))
        np.save(self.folder / "labels.npy", y.astype(bool))
        answer = files.measured(self.folder / "H.npy", self.folder / "labels.npy", self.folder / "W.npy", *OPTIONS)
        self.assertEqual(files.numbers_of(answer), expected)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
