#!/usr/bin/env python3
"""MNIST digits at CIFAR-10's size and in its binary format: pad_digits.py DIGITS OUT.

For whoever has no CIFAR-10 and wants the paper's input size with real images: each digit in the middle of 32 x 32 pixels,
the same in all three colours. DIGITS is what fetch-digits made; OUT gets data_batch_1.bin to data_batch_5.bin, digits of all
classes in each, the last of them written last: where it is, all are whole.
"""

import pathlib
import struct
import sys

SIDE, PADDED, FILES = 28, 32, 5


def padded(pixels):
    """One digit's 784 bytes as the 3072 of an image of CIFAR-10."""
    before = (PADDED - SIDE) // 2
    blank, margin = bytes(PADDED), bytes(before)
    rows = [blank] * before
    rows += [margin + pixels[SIDE * row : SIDE * (row + 1)] + margin for row in range(SIDE)]
    return b"".join(rows + [blank] * before) * 3


def main(folder, out):
    images = (folder / "train-images-idx3-ubyte").read_bytes()
    labels = (folder / "train-labels-idx1-ubyte").read_bytes()
    magic, count, height, width = struct.unpack_from(">4I", images)
    if (magic, height, width) != (0x803, SIDE, SIDE) or len(labels) != 8 + count:
        raise SystemExit(f"{folder}: expected {SIDE} x {SIDE} digits in MNIST's own format, as fetch-digits makes them")
    records = [bytes([labels[8 + place]]) + padded(images[16 + place * SIDE**2 :][: SIDE**2]) for place in range(count)]
    out.mkdir(parents=True, exist_ok=True)
    for number in range(1, FILES + 1):
        path = out / f"data_batch_{number}.bin"
        part = path.with_suffix(".part")
        part.write_bytes(b"".join(records[number - 1 :: FILES]))
        part.rename(path)
    print(f"{count} digits of {PADDED} x {PADDED} x 3 in {out}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
