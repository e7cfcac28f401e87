"""Networks made up, and written in every way that `ncverify measure` reads."""

import json
import pathlib
import struct
import subprocess
import sys
import zipfile

import numpy as np

NCVERIFY = str(pathlib.Path(sys.argv[1]).resolve())


def made_up(counts, d, seed, spread=0.1):
    """H, y, W with class means apart, non-negative features, samples in random order; half-precision numbers."""
    source = np.random.default_rng(seed)
    y = np.repeat(np.arange(len(counts)), counts)
    source.shuffle(y)
    means = 2 * np.abs(source.normal(size=(len(counts), d)))
    H = np.maximum(0, means[y] + spread * source.normal(size=(len(y), d)))
    W = means - means.mean(axis=0) + 0.3 * source.normal(size=means.shape)
    return H.astype(np.float16).astype(float), y, W.astype(np.float16).astype(float)


def npy_bytes(header, data=b"", version=(1, 0), length=None):
    """An .npy file of any header text, right or wrong."""
    text = header.encode("latin-1") + b"\n"
    size = struct.pack("<H" if version[0] == 1 else "<I", len(text) if length is None else length)
    return b"\x93NUMPY" + bytes(version) + size + text + data


def write_npy(path, array, version=(1, 0)):
    with open(path, "wb") as file:
        np.lib.format.write_array(file, array, version=version)


SAFE_TYPES = {"float16": "F16", "float32": "F32", "float64": "F64", "bool": "BOOL"}


def safe_type(dtype):
    return SAFE_TYPES.get(dtype.name) or ("I" if dtype.kind == "i" else "U") + str(8 * dtype.itemsize)


def safetensors_bytes(header, data, length=None):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def brain_bytes(array):
    """bfloat16, of numbers that it holds exactly."""
    bits = array.astype("<f4").view("<u4")
    assert not np.any(bits & 0xFFFF)
    return (bits >> 16).astype("<u2").tobytes()


def write_safetensors(path, arrays, brain=()):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, array in arrays.items():
        raw = brain_bytes(array) if name in brain else np.ascontiguousarray(array).tobytes()
        header[name] = {
            "dtype": "BF16" if name in brain else safe_type(array.dtype),
            "shape": list(array.shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    pathlib.Path(path).write_bytes(safetensors_bytes(header, data))


def write_zip(path, members, compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def run(features, labels, classifier, *options, jobs=2, **arguments):
    """The finished process of `ncverify measure`."""
    command = [NCVERIFY, "measure", "--features", str(features), "--labels", str(labels)]
    command += ["--classifier", str(classifier), "--jobs", str(jobs), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, **arguments)


def measured(*files, **arguments):
    """The JSON of a run that must succeed."""
    result = run(*files, **arguments)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def numbers_of(answer):
    """What does not depend on how the arrays were stored or how long it took."""
    return {key: value for key, value in answer.items() if key not in ("inputs", "timing")}


def saved(folder, H, y, W):
    """The three as .npy files."""
    paths = [folder / name for name in ("H.npy", "y.npy", "W.npy")]
    for path, array in zip(paths, (H, y, W)):
        np.save(path, array)
    return paths
