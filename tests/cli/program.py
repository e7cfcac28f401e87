"""What the tests of the commands share: the program, small inputs, and how it is run."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

NCVERIFY = str(pathlib.Path(sys.argv.pop(1)).resolve())
SCHEMA_TEST = pathlib.Path(__file__).resolve().parents[1] / "reports" / "schema_test.py"
PAPER = ["--counts", "100,100,200x2,300,300,400,400,500,500", "--lambda-w", "1e-4", "--lambda-h", "1e-5"]
SMALL = ["--counts", "3,5,9", "--lambda-w", "1e-3", "--lambda-h", "1e-3"]


def run(*arguments, status=0, **options):
    result = subprocess.run([NCVERIFY, *map(str, arguments)], capture_output=True, text=True, timeout=300, **options)
    assert result.returncode == status, (arguments, result.returncode, result.stderr)
    return result


def without_timing(value):
    if isinstance(value, dict):
        return {k: without_timing(v) for k, v in value.items() if k != "timing"}
    if isinstance(value, list):
        return [without_timing(v) for v in value]
    return value


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
