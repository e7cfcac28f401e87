#!/usr/bin/python3
"""Files that are damaged, cut short, too large to be true, or not what they should be: one line and status 2.

Usage: hostile_test.py NCVERIFY
"""

import io
import os
import pathlib
import pickle
import random
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile

import numpy as np

import network_files as files

HEADER = "{'descr': '<f8', 'fortran_order': False, 'shape': (40, 6), }"
SANITIZED = b"__asan_init" in pathlib.Path(files.NCVERIFY).read_bytes()
# Runs a command and prints its status and the most memory that it had, in KiB. Of its own, and small, because a
# child's figure starts with its parent's size.
MEMORY_OF = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def memory_of(folder, *paths, options=()):
    """Status and MiB of `ncverify measure` with one thread."""
    command = [files.NCVERIFY, "measure", "--features", paths[0], "--labels", paths[1], "--classifier", paths[2], "--jobs", "1", *options]
    environment = {**os.environ, "ASAN_OPTIONS": "quarantine_size_mb=8"}  # else what a sanitizer keeps back grows, too
    result = subprocess.run([sys.executable, "-S", "-c", MEMORY_OF, *command], capture_output=True, text=True, timeout=300, cwd=folder, env=environment)
    status, kib = result.stdout.split()
    return int(status), int(kib) / 1024


class Hostile(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.H, self.y, self.W = files.made_up([20, 15, 5], 6, 1)
        for name, array in (("H", self.H), ("y", self.y), ("W", self.W)):
            np.save(self.folder / f"{name}.npy", array)
        self.data = self.H.tobytes()
        self.assertEqual(self.try_it().returncode, 0)  # what the tests then spoil is good

    def try_it(self, features="H.npy", labels="y.npy", classifier="W.npy", options=()):
        return files.run(features, labels, classifier, *options, cwd=self.folder)

    def refused(self, reason, **arguments):
        """One line that says `reason` and what would be right, nothing else, and no file left behind."""
        before = sorted(self.folder.iterdir())
        result = self.try_it(**arguments)
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        self.assertRegex(result.stderr, r"\Ancverify: [ -~]{1,500}; expected [ -~]{1,300}\n\Z")
        self.assertRegex(result.stderr, reason)
        self.assertEqual(sorted(self.folder.iterdir()), before)

    def refused_bytes(self, reason, data, name="bad", role="features", key=""):
        (self.folder / name).write_bytes(data)
        self.refused(reason, **{role: name + key})

    def refused_array(self, reason, array, role="features"):
        np.save(self.folder / "bad.npy", array)
        self.refused(reason, **{role: "bad.npy"})

    def test_not_a_file(self):
        os.mkfifo(self.folder / "pipe")
        for name, reason in (("missing.npy", "cannot be opened"), (".", "not a regular file"), ("pipe", "not a regular file"), ("/dev/zero", "not a regular file")):
            for role in ("features", "labels", "classifier"):
                self.refused(f"--{role}.*{reason}", **{role: name})

    def test_none_of_the_formats(self):
        for data in (b"", b"\x93", b"1,2,3\n4,5,6\n", b"\x89HDF\r\n\x1a\n" + bytes(100), bytes(4096), pickle.dumps([1, 2])):
            self.refused_bytes("is empty" if not data else "none of the formats", data)

    def test_npy_headers(self):
        def npy(header, data=self.data, **more):
            return files.npy_bytes(header, data, **more)

        (self.folder / "ok.npy").write_bytes(npy(HEADER))
        self.assertEqual(self.try_it(features="ok.npy").returncode, 0)
        for old, new, reason in (
            ("<f8", "|O", "Python objects"), ("<f8", "<c16", "'<c16'"), ("<f8", "<U8", "'<U8'"), ("<f8", "<M8[ns]", "elements of type"),
            ("<f8", "<f16", "'<f16', a long double"), ("<f8", "<f1", "1920 bytes of data for 40 x 6 elements of float8_e5m2"), ("<f8", "<V1", "--float8 e4m3fn"), ("<f8", "|V1", "--float8 e4m3fn"), ("<f8", "float8_e4m3", "'float8_e4m3'"), ("<f8", "<V4", "'<V4'"), ("<f8", ">V2", "'>V2'"), ("<f8", "<f3", "'<f3'"), ("<f8", "<f", "'<f'"), ("<f8", "", "elements of type ''"), ("'<f8'", "[('a', '<f8')]", "records"),
            ("<f8", "<i8", "elements of type int64"), ("False", "0", "neither True nor False"), ("(40, 6)", "(40, -6)", "no usable shape"),
            ("(40, 6)", "(40, 6", "no usable shape"), ("(40, 6)", "(1e3, 6)", "stops making sense"), ("(40, 6)", "(40.0, 6)", "stops making sense"),
            ("(40, 6)", "(41, 6)", "1920 bytes of data for 41 x 6"), ("(40, 6)", "(39, 6)", "1920 bytes of data for 39 x 6"),
            ("(40, 6)", "(999999999999999999, 999999999999999999)", "a shape that can exist"), ("(40, 6)", "(9999999999999999999, 6)", "no usable shape"),
            ("(40, 6)", "(4294967296, 4294967296, 4294967296)", "a shape that can exist"), ("(40, 6)", "(" + "1, " * 70 + ")", "no usable shape"),
            ("(40, 6)", "(240,)", "has shape 240"), ("(40, 6)", "(40, 2, 3)", "has shape 40 x 2 x 3; .*average over positions"), ("(40, 6)", "(2, 120)", "--labels.*has shape 40; expected 2 labels"), ("(40, 6)", "(40, 6, 0)", "a shape that can exist|0 bytes|1920 bytes"),
            ("'shape'", "'form'", "unknown key 'form'"), ("'shape'", "'descr'", "says 'descr' twice"), ("'fortran_order': False, ", "", "lacks descr"),
            ("}", "} + {}", "goes on after"), ("}", "", "stops making sense"), ("{", "__import__('os').system('true') or {", "stops making sense"),
        ):
            with self.subTest(new=new):
                self.assertIn(old, HEADER)
                self.refused_bytes(reason, npy(HEADER.replace(old, new)), "bad.npy")
        self.refused_bytes("0 bytes of data for 0 x 6|has shape 0 x 6", npy(HEADER.replace("40", "0"), b""), "bad.npy")
        self.refused_bytes("version 4.0", npy(HEADER, version=(4, 0)), "bad.npy")
        self.refused_bytes("version 1.7", npy(HEADER, version=(1, 7)), "bad.npy")
        self.refused_bytes("header of 4294967295 bytes", npy(HEADER, version=(2, 0), length=0xFFFFFFFF), "bad.npy")
        self.refused_bytes("inside the header", npy(HEADER, b"", length=5000), "bad.npy")
        self.refused_bytes("inside the header", npy(HEADER)[:11], "bad.npy")
        for cut in (100, 1000, len(npy(HEADER)) - 1):
            self.refused_bytes("inside the header|bytes of data", npy(HEADER)[:cut], "bad.npy")
        self.refused_bytes("1921 bytes of data", npy(HEADER) + b"x", "bad.npy")
        self.refused_bytes(r"holds elements of type '\?\?", npy(HEADER.replace("<f8", "\n\x1b[31m" + "x" * 500)), "bad.npy")
        self.refused("has no keys", features="H.npy:H")

    def test_numbers(self):
        for value in (np.nan, np.inf, -np.inf, 1.1e100, -1e300):
            for role, array, place in (("features", self.H, (7, 3)), ("classifier", self.W, (2, 4))):
                spoilt = array.copy()
                spoilt[place] = value
                self.refused_array(f"--{role}.*row {place[0]}, column {place[1]} .*(nan|inf|e\\+)", spoilt, role)
        many = np.full((50000, 6), 0.5, dtype="f4")
        many[[31000, 49999], 2] = np.nan
        np.save(self.folder / "manyy.npy", np.arange(50000) % 3)
        np.save(self.folder / "many.npy", many)
        self.refused("row 31000, column 2", features="many.npy", labels="manyy.npy")  # the first, whatever the threads
        self.refused_array("no entry exceeds", self.H * 1e-200)

    def test_labels(self):
        for value, text in ((-1, "is -1"), (3, "is 3"), (10**12, "is 1000000000000"), (-(2**63), "is -9223372036854775808")):
            self.refused_array(f"label 9 .*{text}", np.where(np.arange(40) == 9, value, self.y), "labels")
        spoilt = self.y.astype("u8")
        spoilt[9] = 2**64 - 1
        self.refused_array("label 9", spoilt, "labels")
        for value in (0.5, np.nan, np.inf, 1e300, -0.5):
            self.refused_array("label 9", np.where(np.arange(40) == 9, value, self.y), "labels")
        self.refused_array("look counted from 1", self.y + 1, "labels")
        self.refused_array("class 2 has no sample", np.minimum(self.y, 1), "labels")
        self.refused_array("class 0 .and 1 more. has no sample", np.full_like(self.y, 1), "labels")
        self.refused_array("has shape 39", self.y[:-1], "labels")
        one_hot = np.eye(3)[self.y]
        for value, reason in ((0.9, "row 9 .*holds 0.9"), (0, "row 9 .*holds no 1"), (2, "row 9 .*holds 2"), (np.nan, "row 9 .*holds nan")):
            spoilt = np.where((np.arange(40) == 9)[:, None] & (one_hot == 1), value, one_hot)
            for labels in (spoilt, spoilt.T.copy()):
                self.refused_array(reason, labels, "labels")
        self.refused_array("row 0 .*more than one 1", np.ones((40, 3)), "labels")
        self.refused_array("has shape 40 x 2; expected 40 labels, one per row of the features, or 40 x 3, one-hot$", np.zeros((40, 2)), "labels")
        self.refused_array("label 0 .*is -100; .*--ignore-label -100 leaves such samples out", np.where(np.arange(40) < 5, -100, self.y), "labels")
        self.refused_array("has shape a single number", np.int64(3), "labels")
        self.refused_array("'<U21'", self.y.astype(str), "labels")

    def test_classifiers(self):
        self.refused_array("has shape 3 x 5", self.W[:, :5].copy(), "classifier")
        self.refused_array("has 1 rows", self.W[:1], "classifier")
        self.refused_array("has shape 0 x 6", self.W[:0], "classifier")
        self.refused_array("class 3 has no sample", np.vstack([self.W, self.W[0]]), "classifier")
        self.refused_array("label .* is 2", self.W[:2], "classifier")
        self.refused_array("int64", self.W.astype(int), "classifier")

    def test_archives(self):
        def npy(array):
            file = io.BytesIO()
            np.save(file, array)
            return file.getvalue()

        good = npy(self.H)
        np.savez(self.folder / "two.npz", H1=self.H, H2=self.H)
        self.refused("2 arrays.*FILE:KEY with KEY one of H1, H2", features="two.npz")
        self.refused("no array 'H3'.*one of H1, H2", features="two.npz:H3")
        self.assertEqual(self.try_it(features="two.npz:H1").returncode, 0)
        files.write_zip(self.folder / "none.npz", {"readme.txt": b"hello"})
        self.refused("holds no array", features="none.npz")
        files.write_zip(self.folder / "model.pt", {"archive/data.pkl": b"cos\nsystem\n", "archive/data/0": self.data})
        self.refused("PyTorch file", features="model.pt")
        for method, number in ((zipfile.ZIP_BZIP2, 12), (zipfile.ZIP_LZMA, 14)):
            files.write_zip(self.folder / "other.npz", {"H.npy": good}, method)
            self.refused(f"packed by method {number}", features="other.npz")
        for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            files.write_zip(self.folder / "good.npz", {"H.npy": good}, method)
            self.assertEqual(self.try_it(features="good.npz").returncode, 0)
            data = bytearray((self.folder / "good.npz").read_bytes())
            for cut in (3, 40, len(data) // 2, len(data) - 1):
                self.refused_bytes("zip archive cannot be read|none of the formats|damaged|member", bytes(data[:cut]), "cut.npz")
            middle = 30 + len("H.npy") + (len(good) // 2 if method == zipfile.ZIP_STORED else 200)
            data[middle] ^= 0x10
            self.refused_bytes("checksum|damaged|longer than declared", bytes(data), "flipped.npz")
        with self.assertWarns(UserWarning), zipfile.ZipFile(self.folder / "twice.npz", "w") as archive:
            archive.writestr("H.npy", good)
            archive.writestr("H.npy", good)
        self.refused("2 arrays|zip archive", features="twice.npz:H")
        files.write_zip(self.folder / "short.npz", {"H.npy": good[:500]})
        self.refused("bytes of data", features="short.npz")

    def spoilt_directory(self, change):
        """An archive whose central directory `change` has altered; 46 bytes into it comes the name."""
        files.write_zip(self.folder / "good.npz", {"H.npy": (self.folder / "H.npy").read_bytes()}, zipfile.ZIP_DEFLATED)
        data = bytearray((self.folder / "good.npz").read_bytes())
        place = data.rindex(b"PK\x01\x02")
        change(data, place)
        return bytes(data)

    def test_archives_that_lie(self):
        def says_size(size):
            return lambda data, place: data.__setitem__(slice(place + 24, place + 28), struct.pack("<I", size))

        self.refused_bytes("which cannot be|bytes of data|zip archive", self.spoilt_directory(says_size(0xFFFFFFF0)), "bad.npz")
        self.refused_bytes("bytes of data|damaged|zip archive|member", self.spoilt_directory(says_size(1000)), "bad.npz")
        self.refused_bytes("bytes of data|damaged|zip archive|member", self.spoilt_directory(says_size(3000)), "bad.npz")
        self.refused_bytes("encrypted|zip archive", self.spoilt_directory(lambda data, place: data.__setitem__(place + 8, 1)), "bad.npz")

    def test_bombs_need_no_memory(self):
        """Small files that unpack, or claim to, into gigabytes."""
        limit = 600 if SANITIZED else 100
        usual = memory_of(self.folder, "H.npy", "y.npy", "W.npy")
        self.assertEqual(usual[0], 0)
        self.assertLess(usual[1], limit)
        header = files.npy_bytes("{'descr': '<f8', 'fortran_order': False, 'shape': (40000000, 6), }")
        with zipfile.ZipFile(self.folder / "bomb.npz", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            with archive.open("H.npy", "w", force_zip64=True) as member:
                member.write(header)
                for _ in range(30):  # of the 240 that the header says
                    member.write(bytes(8 * 1000 * 1000))
        self.assertLess((self.folder / "bomb.npz").stat().st_size, 4 << 20)
        (self.folder / "huge.npy").write_bytes(files.npy_bytes("{'descr': '<f8', 'fortran_order': True, 'shape': (100000000000, 2000), }"))
        nested = b'{"H":' * 100000
        (self.folder / "nested.safetensors").write_bytes(files.safetensors_bytes(nested, b""))
        wide = b"{" + b",".join(b'"%d":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}' % i for i in range(100000)) + b"}"
        (self.folder / "wide.safetensors").write_bytes(files.safetensors_bytes(wide, b""))
        for name in ("bomb.npz", "huge.npy", "nested.safetensors", "wide.safetensors"):
            for role in range(3):
                paths = ["H.npy", "y.npy", "W.npy"]
                paths[role] = name
                status, mib = memory_of(self.folder, *paths)
                self.assertEqual(status, 2, name)
                self.assertLess(mib, limit, name)
        self.refused("bytes of data for 40000000 x 6", features="bomb.npz")

    def test_what_unpacks_into_much_is_streamed(self):
        np.savez_compressed(self.folder / "zeros.npz", H=np.zeros((200000, 200), dtype="f8"))
        np.save(self.folder / "zy.npy", np.arange(200000) % 3)
        np.save(self.folder / "zw.npy", np.ones((3, 200)))
        status, mib = memory_of(self.folder, "zeros.npz", "zy.npy", "zw.npy")
        self.assertEqual(status, 0)
        self.assertLess(mib, 600 if SANITIZED else 100)  # of the 305 MiB that the array has

    def test_memory_does_not_grow_with_the_samples(self):
        """150,000 x 64 (73 MiB) in each layout takes about what 10,000 x 64 takes, and gives the same numbers."""
        layouts = ("c.npy", "packed.npz", "fortran.npy")
        sizes = {}
        for samples in (10000, 150000):
            source = np.random.default_rng(1)
            np.save(self.folder / "by.npy", np.arange(samples) % 10)
            np.save(self.folder / "bw.npy", source.normal(size=(10, 64)))
            features = np.abs(source.normal(size=(samples, 64)))
            np.save(self.folder / "c.npy", features)
            np.save(self.folder / "fortran.npy", np.asfortranarray(features))
            with zipfile.ZipFile(self.folder / "packed.npz", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.write(self.folder / "c.npy", "H.npy")
            for name in layouts:
                status, mib = memory_of(self.folder, name, "by.npy", "bw.npy")
                self.assertEqual(status, 0)
                sizes[name, samples] = mib
        for name, allowed in zip(layouts, (20, 20, 100)):  # columns are read 64 MiB at a time
            growth = sizes[name, 150000] - sizes[name, 10000]
            self.assertLess(growth, allowed * (8 if SANITIZED else 1), (name, sizes))
        answers = [files.numbers_of(files.measured(self.folder / name, self.folder / "by.npy", self.folder / "bw.npy")) for name in layouts]
        self.assertEqual(answers[1:], answers[:1] * 2)

    def test_columns_in_an_archive_need_a_temporary_file(self):
        np.savez(self.folder / "f.npz", H=np.asfortranarray(self.H))
        room = self.folder / "room"
        room.mkdir()
        for folder, status in ((room, 0), (self.folder / "none", 2)):
            result = files.run("f.npz", "y.npy", "W.npy", cwd=self.folder, env={**os.environ, "TMPDIR": str(folder)})
            self.assertEqual(result.returncode, status, result.stderr)
        self.assertRegex(result.stderr, r"\Ancverify: --features f.npz:H: needs 1920 bytes for temporary files.*; expected .*\n\Z")
        self.assertEqual(list(room.iterdir()), [])

    def test_safetensors(self):
        tensor = {"dtype": "F64", "shape": [40, 6], "data_offsets": [0, 1920]}

        def safe(header, data=self.data, **more):
            return files.safetensors_bytes(header, data, **more)

        (self.folder / "ok").write_bytes(safe({"H": tensor}))
        self.assertEqual(self.try_it(features="ok").returncode, 0)
        (self.folder / "ok").write_bytes(safe({"__metadata__": None, "H": tensor}))  # as the format's own library takes it
        self.assertEqual(self.try_it(features="ok").returncode, 0)
        for change, reason in (
            ({"dtype": "F8_E4M3"}, "has data_offsets"), ({"dtype": "F8_E8M0"}, "type 'F8_E8M0'"), ({"dtype": "I64"}, "elements of type int64"), ({"dtype": 3}, 'tensor "H" is not described'),
            ({"shape": [40, 7]}, "has data_offsets"), ({"shape": [40, -6]}, "is not described"), ({"shape": [240]}, "has shape 240"), ({"shape": "40"}, "is not described"),
            ({"shape": [2**62, 2**62]}, "a shape that can exist"), ({"shape": [2**64, 6]}, "is not described"), ({"shape": [40.0, 6]}, "is not described"),
            ({"data_offsets": [0, 1919]}, "has data_offsets"), ({"data_offsets": [8, 1928]}, "after a hole"), ({"data_offsets": [1920, 0]}, "has data_offsets"),
            ({"data_offsets": [0]}, "is not described"), ({"data_offsets": [0, 1920, 1]}, "is not described"), ({"more": 1}, "repeated or unknown key"),
            ({"shape": [80, 6], "data_offsets": [0, 3840]}, "holds 1920 bytes of data"),
        ):
            with self.subTest(change=change):
                self.refused_bytes(reason, safe({"H": {**tensor, **change}}))
        self.refused_bytes("inside another", safe({"H": tensor, "G": tensor}))
        self.refused_bytes("lacks dtype", safe({"H": {"dtype": "F64", "shape": [40, 6]}}))
        self.refused_bytes("stands twice", safe(b'{"H":%s,"H":%s}' % ((files.json.dumps(tensor).encode(),) * 2)))
        for text in (b"{", b'{"H":1}', b'{"H":[]}', b'{"H":null}', b'{"H":{}} x', b'{"__metadata__":{"a":{}}}', b'{"__metadata__":{"a":null}}', b'{"__metadata__":3}', b"{}", b'{"H":' + b"[" * 9999, b"{\xff\xfe}"):
            self.refused_bytes("not valid JSON|tensor|holds no array|bytes of data", safe(text))
        for length in (2**64 - 1, 2**63, 2**40, 5000):
            self.refused_bytes("has a header of|none of the formats", safe({"H": tensor}, length=length))
        self.refused_bytes("holds 1919 bytes", safe({"H": tensor}, self.data[:-1]))
        self.refused_bytes("holds 1921 bytes", safe({"H": tensor}, self.data + b"x"))

    def test_options(self):
        for options, reason in (
            (("--float8", "e4m3"), "--float8"), (("--ignore-label", "none"), "--ignore-label"), (("--ignore-label", "1.0"), "--ignore-label"),
            (("--counts", "3,4"), "--counts.*has 2 counts.*3, one for each row"), (("--counts", "3,0,4"), "--counts"), (("--weights", "1,2"), "--weights"),
            (("--lambda-w", "0", "--lambda-h", "1"), "--lambda-w"), (("--lambda-w", "1", "--lambda-h", "nan"), "--lambda-h"),
            (("--digits", "0"), "--digits"), (("--jobs", "-1"), "--jobs"), (("--format", "xml"), "--format"), (("--seed", "x"), "--seed"),
            (("--out", "H.npy"), "--out"), (("--out", "H.npy/deeper"), "--out"),
        ):
            self.refused(reason, options=options)
        result = subprocess.run([files.NCVERIFY, "measure", "--features", "H.npy"], capture_output=True, text=True, cwd=self.folder)
        self.assertEqual((result.returncode, result.stdout), (2, ""))

    def test_flipped_bytes(self):
        """Any byte may be wrong: read, or refused in a line; never a crash, NaN or a hang."""
        np.savez_compressed(self.folder / "packed.npz", H=self.H)
        np.savez(self.folder / "stored.npz", H=self.H)
        files.write_safetensors(self.folder / "s.safetensors", {"H": self.H})
        source = random.Random(7)
        statuses = []
        for name in ("H.npy", "packed.npz", "stored.npz", "s.safetensors"):
            data = (self.folder / name).read_bytes()
            for _ in range(60):
                spoilt = bytearray(data)
                ends = source.randrange(200) if source.random() < 0.6 else len(data) - 1 - source.randrange(100)
                for place in (ends, source.randrange(len(data))):
                    spoilt[place] ^= 1 << source.randrange(8)
                (self.folder / "flipped").write_bytes(spoilt)
                result = self.try_it(features="flipped")
                statuses.append(result.returncode)
                self.assertIn(result.returncode, (0, 2), result.stderr)
                self.assertNotRegex(result.stdout, re.compile(r'"-?(nan|inf)"'))
                if result.returncode == 2:
                    self.assertRegex(result.stderr, r"\Ancverify: [ -~]+; expected [ -~]+\n\Z")
        self.assertGreater(statuses.count(2), len(statuses) // 3)
        self.assertGreater(statuses.count(0), 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
