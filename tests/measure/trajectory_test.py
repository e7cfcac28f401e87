#!/usr/bin/python3
"""Trajectories: many snapshots in one call are what each is by itself, in order, and known ones are not read again.

Usage: trajectory_test.py NCVERIFY
"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import jsonschema
import numpy as np

import network_files as files

DECAYS = ["--lambda-w", "1e-3", "--lambda-h", "2e-4"]
SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "measure" / "trajectory.schema.json"
NUMBERS = [2, 10, 9]  # in the names; by text 10 comes first


class Trajectory(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for seed, number in enumerate(NUMBERS):
            H, y, W = files.made_up([20, 12, 7], 6, seed)
            np.savez(self.folder / f"epoch-{number}.npz", H=H, y=y, W=W)

    def arrays(self, file):
        return [word for option, key in (("features", "H"), ("labels", "y"), ("classifier", "W"))
                for word in (f"--{option}", f"{self.folder}/{file}:{key}")]

    def run_measure(self, *options):
        return subprocess.run([files.NCVERIFY, "measure", *options, *DECAYS], capture_output=True, text=True, timeout=100)

    def document(self, *options):
        result = self.run_measure(*options, "--format", "json")
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def refused(self, *options):
        result = self.run_measure(*options)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertEqual(len(result.stderr.strip().splitlines()), 1, result.stderr)
        return result.stderr

    def test_a_pattern_is_in_the_order_of_the_numbers_and_each_snapshot_is_what_it_is_alone(self):
        entries = self.document(*self.arrays("epoch-*.npz"))["trajectory"]
        self.assertEqual([entry["number"] for entry in entries], sorted(NUMBERS))
        for entry in entries:
            alone = self.document(*self.arrays(entry["name"]))
            for key in set(entry) - {"name", "number", "read_from", "class_number"}:
                self.assertEqual(entry[key], alone[key], key)
            self.assertEqual(entry["gap"]["gap"], alone["gap"]["gap"])
            self.assertIn("feature_gram", entry)

    def test_names_keep_their_order_and_one_file_is_of_all(self):
        names = [f"epoch-{number}.npz" for number in NUMBERS]
        options = [word for name in names for word in ("--features", f"{self.folder}/{name}:H")]
        options += ["--labels", f"{self.folder}/{names[0]}:y", "--classifier", f"{self.folder}/{names[0]}:W", "--summary"]
        document = self.document(*options)
        self.assertEqual([entry["name"] for entry in document["trajectory"]], names)
        self.assertNotIn("feature_gram", document["trajectory"][0])

    def test_a_known_snapshot_is_not_read_again_and_a_changed_one_is(self):
        out = self.folder / "out"
        pattern = [*self.arrays("epoch-*.npz"), "--out", str(out)]
        before = self.document(*pattern)
        self.assertEqual(json.loads((out / "trajectory.json").read_text()), before)
        # The same size and time, other numbers: whoever read them would see.
        path = self.folder / "epoch-9.npz"
        status = path.stat()
        H, y, W = files.made_up([20, 12, 7], 6, 77)
        np.savez(path, H=H, y=y, W=W)
        self.assertEqual(path.stat().st_size, status.st_size)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        H, y, W = files.made_up([20, 12, 7], 6, 5)
        np.savez(self.folder / "epoch-11.npz", H=H, y=y, W=W)
        after = self.document(*pattern)
        self.assertEqual(after["trajectory"][:3], before["trajectory"])
        self.assertEqual([entry["number"] for entry in after["trajectory"]], [2, 9, 10, 11])
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
        changed = self.document(*pattern)["trajectory"]
        self.assertNotEqual(changed[1]["metrics"], before["trajectory"][1]["metrics"])
        self.assertEqual(changed[0], before["trajectory"][0])
        # Other decays are another measurement.
        other = self.document(*pattern, "--weights", "1,1/2,3")["trajectory"]
        self.assertNotEqual(other[0]["gap"], before["trajectory"][0]["gap"])

    def test_the_table_of_values_has_every_number(self):
        out = self.folder / "out"
        document = self.document(*self.arrays("epoch-*.npz"), "--out", str(out))
        with open(out / "trajectory.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["name"] for row in rows], [entry["name"] for entry in document["trajectory"]])
        for row, entry in zip(rows, document["trajectory"]):
            self.assertEqual(row["gap.terms.logits"], entry["gap"]["terms"]["logits"])
            self.assertEqual(row["metrics.nc1"], entry["metrics"]["nc1"])
            self.assertEqual(row["samples"], str(entry["samples"]))

    def test_another_training_stands_beside(self):
        out, other = self.folder / "out", self.folder / "other"
        self.document(*self.arrays("epoch-*.npz"), "--out", str(other))
        self.document(*self.arrays("epoch-*.npz"), "--out", str(out), "--beside", str(other / "trajectory.json"))
        self.assertIn('"name":"other"', (out / "index.html").read_text())
        self.assertIn("single", self.refused(*self.arrays("epoch-2.npz"), "--beside", str(other / "trajectory.json")))
        (other / "trajectory.json").write_text('{"trajectory": 3}')
        self.assertIn("no trajectory", self.refused(*self.arrays("epoch-*.npz"), "--out", str(out), "--beside", str(other / "trajectory.json")))

    def test_a_damaged_trajectory_is_neither_drawn_nor_gone_on_with(self):
        out, other = self.folder / "out", self.folder / "other"
        self.document(*self.arrays("epoch-*.npz"), "--out", str(other))
        file = other / "trajectory.json"
        whole = file.read_text()
        changes = {"samples": "many", "correct": -1, "cross_entropy": "low", "metrics": [], "targets": "none", "gap": {}, "dead_classes": 0, "loss": "1e9999",
                   "logits": [["1", "x"]], "margins": "1", "angles": {"features": {"smallest": "0x1"}}}
        for key, value in (*changes.items(), *((key, None) for key in ("samples", "correct", "loss", "gap"))):
            document = json.loads(whole)
            if value is None:
                del document["trajectory"][1][key]
            else:
                document["trajectory"][1][key] = value
            file.write_text(json.dumps(document))
            for options in (["--out", str(out), "--beside", str(file)], ["--out", str(other)]):
                with self.subTest(key=key, value=value, options=options):
                    said = self.refused(*self.arrays("epoch-*.npz"), *options)
                    self.assertIn(f"'{key}' of '", said)
                    self.assertEqual(said.strip().count("\n"), 0, said)
        self.assertFalse(out.exists())
        file.write_text(whole)
        self.assertIn("no effect without --out", self.refused(*self.arrays("epoch-*.npz"), "--beside", str(file)))

    def test_what_was_measured_is_kept_where_a_later_snapshot_is_unusable(self):
        H, y, W = files.made_up([20, 12, 7], 6, 3)
        H[3, 2] = np.nan
        np.savez(self.folder / "epoch-11.npz", H=H, y=y, W=W)
        out = self.folder / "out"
        pattern = [*self.arrays("epoch-*.npz"), "--out", str(out)]
        self.assertIn("the 3 measured before are kept", self.refused(*pattern))
        kept = json.loads((out / "trajectory.json").read_text())["trajectory"]
        self.assertEqual([entry["number"] for entry in kept], sorted(NUMBERS))
        # Measured anew they would differ: the same size and time, other numbers.
        path = self.folder / "epoch-9.npz"
        status = path.stat()
        other, y, W = files.made_up([20, 12, 7], 6, 77)
        np.savez(path, H=other, y=y, W=W)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        H[3, 2] = 0
        np.savez(self.folder / "epoch-11.npz", H=H, y=y, W=W)
        self.assertEqual(self.document(*pattern)["trajectory"][:3], kept)

    def test_files_that_cannot_be_opened_are_known_before_any_is_read(self):
        (self.folder / "epoch-99.npz").write_bytes(b"no archive")
        out = self.folder / "out"
        self.assertIn("epoch-99.npz", self.refused(*self.arrays("epoch-*.npz"), "--out", str(out)))
        self.assertFalse((out / "trajectory.json").exists())

    def test_json_follows_its_schema(self):
        schema = json.loads(SCHEMA.read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        valid = jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver(SCHEMA.as_uri(), schema))
        for options in ([], ["--summary"], ["--weights", "1,1/2,3"], ["--counts", "50,60,70"]):
            document = self.document(*self.arrays("epoch-*.npz"), *options)
            self.assertEqual([error.message for error in valid.iter_errors(document)], [])
        document = self.document(*self.arrays("epoch-*.npz"))
        for path, value in ((["surprise"], 1), (["config"], 3), (["trajectory"], []), (["training", "float8"], "e5m2"), (["trajectory", 0, "number"], "2"),
                            (["trajectory", 1, "read_from", "features", "bytes"], -1), (["trajectory", 1, "metrics", "nc1"], 0.5), (["trajectory", 2, "logits"], None)):
            spoilt = json.loads(json.dumps(document))
            place = spoilt
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = value
            self.assertFalse(valid.is_valid(spoilt), path)

    def test_what_cannot_be_is_said_before_any_work(self):
        self.assertIn("no file fits", self.refused(*self.arrays("absent-*.npz")))
        options = [word for number in NUMBERS[:2] for word in ("--classifier", f"{self.folder}/epoch-{number}.npz:W")]
        self.assertIn("--classifier: has 2 files", self.refused("--features", f"{self.folder}/epoch-*.npz:H", "--labels", f"{self.folder}/epoch-2.npz:y", *options))
        H, y, W = files.made_up([20, 12], 6, 3)
        np.savez(self.folder / "epoch-12.npz", H=H, y=y, W=W)
        self.assertIn("has 2 classes", self.refused(*self.arrays("epoch-*.npz")))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
