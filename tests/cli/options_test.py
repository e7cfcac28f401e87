#!/usr/bin/env python3
"""The help of each command, beside what its options accept: both are made of the same rows.

Usage: options_test.py NCVERIFY
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

NCVERIFY = str(pathlib.Path(sys.argv.pop(1)).resolve())
SMALL = ["--counts", "3,4", "--lambda-w", "1/10", "--lambda-h", "1/10"]
RANGED = {"theory": SMALL, "solve": SMALL}
IDLE = {"theory": {"--seed", "--jobs"}, "solve": set(), "measure": {"--seed"}, "verify": set(), "screen": set()}


def run(*arguments):
    return subprocess.run([NCVERIFY, *arguments], capture_output=True, text=True, timeout=300, check=False,
                          stdin=subprocess.DEVNULL)


def options(command):
    """Each option's help on one line."""
    text = run(command, "--help").stdout
    found, name = {}, None
    for line in text.splitlines():
        start = re.match(r"  (?:-\w,)?(--[a-z0-9-]+)\b(.*)", line)
        if start:
            name = start.group(1)
            found[name] = start.group(2)
        elif name and line.startswith("   "):
            found[name] += " " + line.strip()
    return found


class Options(unittest.TestCase):
    def test_ranges_in_the_help_are_those_that_are_checked(self):
        for command, arguments in RANGED.items():
            ranged = {name: re.search(r"; (\d+) to (\d+)", help_) for name, help_ in options(command).items()}
            ranged = {name: match for name, match in ranged.items() if match}
            self.assertIn("--digits", ranged)
            for name, match in ranged.items():
                smallest, largest = match.groups()
                for beyond in (str(int(largest) + 1), "x"):
                    refused = run(command, *arguments, name, beyond)
                    self.assertEqual(refused.returncode, 2, (command, name, beyond))
                    self.assertIn(f"{name}: '{beyond}'", refused.stderr)
                    self.assertTrue(refused.stderr.endswith(f"a whole number from {smallest} to {largest}\n"),
                                    refused.stderr)

    def test_a_number_that_begins_with_zero_is_decimal(self):
        for name, text, value in (("--seed", "08", 8), ("--seed", "010", 10), ("--digits", "010", 10)):
            done = run("solve", *SMALL, name, text, "--format", "json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(json.loads(done.stdout)[name[2:]], value)

    def test_what_is_given_twice_or_without_a_value(self):
        for arguments, said in ((["--seed", "1", "--seed", "2"], "--seed: given 2 times; expected it once"), (["--digits"], "--digits: given without a value; expected a value"),
                                (["--digits", ""], "--digits: given without a value; expected a value")):
            refused = run("solve", *SMALL, *arguments)
            self.assertEqual((refused.returncode, refused.stdout, refused.stderr.count("\n")), (2, "", 1))
            self.assertIn(said, refused.stderr)
        self.assertIn("--inject: 'unheard'", run("screen", "--random", "9", "--inject", "unheard").stderr)
        self.assertRegex(run("screen", "--random", "9", "--engine", "steam").stderr, "expected ('[a-z0-9, ]+'(, )?)+\n")

    def test_two_results_are_not_written_to_one_file(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for first, second in (("one", "one"), ("one", "./one"), ("one", str(folder / "one"))):
                for command in (["solve", *SMALL, "--save", first, "--certificate", second], ["verify", *SMALL, "--keep", first, "--cases", second]):
                    refused = subprocess.run([NCVERIFY, *command], cwd=folder, capture_output=True, text=True, timeout=300, check=False)
                    self.assertEqual((refused.returncode, refused.stderr.count("\n")), (2, 1), refused.stderr)
                    self.assertIn("expected a file for each", refused.stderr)
            self.assertEqual(list(folder.iterdir()), [])
            subprocess.run([NCVERIFY, "solve", *SMALL, "--digits", "10", "--certificate", "c.json"], cwd=folder, capture_output=True, check=True)
            before = (folder / "c.json").read_bytes()
            refused = subprocess.run([NCVERIFY, "certify", "c.json", "--coq", "c.json"], cwd=folder, capture_output=True, text=True, timeout=300, check=False)
            self.assertEqual(refused.returncode, 2)
            self.assertEqual((folder / "c.json").read_bytes(), before)
            done = subprocess.run([NCVERIFY, "solve", *SMALL, "--digits", "10", "--save", "/dev/null", "--certificate", "/dev/null"], capture_output=True, text=True, timeout=300, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_options_without_effect_say_so(self):
        for command, idle in IDLE.items():
            said = {name for name, help_ in options(command).items() if "without effect here" in help_}
            self.assertEqual(said, idle, command)

    def test_words_are_checked_by_the_list_in_the_help(self):
        for command, name in (("theory", "--format"), ("solve", "--search"), ("screen", "--precision")):
            refused = run(command, *(SMALL if command in RANGED else []), name, "luck")
            self.assertEqual(refused.returncode, 2, (command, name))
            self.assertRegex(refused.stderr, rf"^ncverify: {name}: 'luck' is no \w+; expected \w+ or \w+\n$")


if __name__ == "__main__":
    unittest.main()
