#!/usr/bin/env python3
"""The digits' converter: MNIST's own format out, and what is no image refused. Usage: digits_test.py (arguments unused)."""

import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

CONVERT = pathlib.Path(__file__).resolve().parents[2] / "experiments" / "convert_digits.py"
del sys.argv[1:]


class Digits(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.here = pathlib.Path(holder.name)
        for digit in range(10):
            self.write(digit, [round((digit + place) % 256 / 255, 3) for place in range(784 * (digit % 3 + 1))])

    def write(self, digit, data):
        (self.here / f"{digit}.json").write_text(json.dumps({"data": data}), encoding="utf-8")

    def converted(self):
        return subprocess.run([sys.executable, CONVERT, self.here, self.here], capture_output=True, text=True, check=False)

    def test_every_pixel_comes_back(self):
        self.assertEqual(self.converted().returncode, 0)
        images = (self.here / "train-images-idx3-ubyte").read_bytes()
        labels = (self.here / "train-labels-idx1-ubyte").read_bytes()
        counts = [digit % 3 + 1 for digit in range(10)]
        self.assertEqual(struct.unpack(">4I", images[:16]), (0x803, sum(counts), 28, 28))
        self.assertEqual(struct.unpack(">2I", labels[:8]), (0x801, sum(counts)))
        self.assertEqual(list(labels[8:]), [digit for digit in range(10) for _ in range(counts[digit])])
        wanted = b"".join(bytes((digit + place) % 256 for place in range(784 * counts[digit])) for digit in range(10))
        self.assertEqual(images[16:], wanted)

    def test_what_is_no_image_is_refused(self):
        self.write(3, [0] * 785)
        self.assertIn("3.json: 785 numbers", self.converted().stderr)
        self.write(3, [0] * 783 + [0.0055])
        self.assertIn("3.json: 0.0055 at 783", self.converted().stderr)
        self.assertFalse((self.here / "train-labels-idx1-ubyte").exists())


if __name__ == "__main__":
    unittest.main()
