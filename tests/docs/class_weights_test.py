#!/usr/bin/env python3
"""The guide to class weights says what the commands in it print, and how training code's weights are to be read.

Usage: class_weights_test.py NCVERIFY
"""

import contextlib
import io
import json
import pathlib
import re
import shlex
import subprocess
import sys
import unittest
from decimal import Decimal

GUIDE = (pathlib.Path(__file__).parents[2] / "docs" / "class-weights.md").read_text(encoding="utf-8")
NCVERIFY = sys.argv.pop(1) if len(sys.argv) > 1 else None


def section(title):
    return re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)[1]


def results(text, command):
    """What the command lines of this command in a section print."""
    lines = re.findall(rf"^    ncverify ({command} .*)$", text, re.MULTILINE)
    assert lines, command
    return [json.loads(subprocess.run([NCVERIFY, *shlex.split(line), "--format", "json"], check=True, capture_output=True, text=True).stdout) for line in lines]


def plain(text):
    """3.388e+1 as 33.88, no digit gained or lost."""
    return format(Decimal(text), "f")


def margins(result):
    return [plain(each["margin"]) for each in result["classes"]]


class Guide(unittest.TestCase):
    def test_the_usual_choices(self):
        text = section("The usual choices")
        rows = re.findall(r"^\|[^|]+((?:\| [\d.]+ ){4})\| [a-z]", text, re.MULTILINE)
        for row, result in zip(rows[1:], results(text, "theory"), strict=True):
            self.assertEqual([cell.strip() for cell in row.strip("| ").split("|")], margins(result))
        # The lines of Python print the weights that the last command has; another w gives PyTorch's inverse square roots.
        code = re.search(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[1]
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(code, {})
            exec(re.sub(r"^w = .*$", "w = [n**-0.5 for n in counts]", code, flags=re.MULTILINE), {})
        effective, roots = said.getvalue().split()
        self.assertIn(f"--weights {effective}\n", text)
        self.assertIn(f"# {effective}\n", text)
        self.assertIn(", ".join(roots.split(",")), section("How training code's weights map to omega_k"))

    def test_which_classes_collapse(self):
        text = section("Which classes collapse")
        none, balanced, root = results(text, "theory")
        living = lambda result: sorted((margin for margin in margins(result) if float(margin) > 0), key=float)
        self.assertEqual([each["count"] for each in none["classes"] if each["collapsed"]], [387, 232, 139, 83, 50])
        self.assertIn(f"| none | the five classes of 387 samples and less | {living(none)[0]} to {living(none)[-1]} |", text)
        self.assertEqual([each["count"] for each in balanced["classes"] if each["collapsed"]], [5000])
        self.assertIn(f"| {living(balanced)[0]} (2997 samples) to {living(balanced)[-1]} (50 samples) |", text)
        self.assertEqual(set(margins(root)), {re.search(r"\| none \| ([\d.]+), all of them", text)[1]})
        for result in (none, balanced, root):
            self.assertIn(f"T is {plain(result['threshold']['decimal'])} for all three", text)

    def test_the_scale_matters(self):
        (result,) = results(section("The scale matters"), "theory")
        self.assertTrue(all(each["collapsed"] for each in result["classes"]))

    def test_weights_for_margins(self):
        text = section("Weights for margins of your choice")
        for result in results(text, "weights"):
            self.assertIn(f"gives {', '.join(map(plain, result['weights']))}.", text)
        (solved,) = results(text, "solve")
        self.assertEqual(solved["status"], "certified")


if __name__ == "__main__":
    unittest.main()
