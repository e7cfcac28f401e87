#!/usr/bin/env python3
"""Manual pages and completions name what the help names, and the shells complete what they should.

Usage: manual_test.py NCVERIFY
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

NCVERIFY = str(pathlib.Path(sys.argv.pop(1)).resolve())


def run(*arguments, **more):
    return subprocess.run([*map(str, arguments)], capture_output=True, text=True, timeout=60, check=False,
                          stdin=subprocess.DEVNULL, **more)


def printed(*arguments):
    result = run(NCVERIFY, *arguments)
    assert (result.returncode, result.stderr) == (0, ""), (arguments, result)
    return result.stdout


def commands():
    return re.findall(r"(?m)^  ([a-z]+) ", printed("--help").split("ubcommands:", 1)[-1].split("SUBCOMMANDS:")[-1])


def options(command):
    return re.findall(r"(?m)^  (?:-\w, *)?(--[a-z0-9-]+)\b", printed(command, "--help"))


def plain(page):
    """A page without roff's marks."""
    return re.sub(r"\\f[BIR]", "", page).replace("\\-", "-").replace("\\(aq", "'")


class Manual(unittest.TestCase):
    def test_a_page_for_each_command_with_all_its_options(self):
        self.assertGreaterEqual(len(commands()), 11)
        for command in commands():
            page = plain(printed("manual", command))
            self.assertIn(f"\nncverify-{command} - ", page)
            for option in set(options(command)) - {"--help"}:
                with self.subTest(f"{command} {option}"):
                    self.assertRegex(page, rf"(?m)^{option}( NUMBER| TEXT)?$")
        self.assertRegex(plain(printed("manual", "theory")), r"--digits NUMBER\nSignificant decimal digits; 1 to 100000.\nDefault: 50.\n")

    def test_the_first_page_names_every_command_and_the_version(self):
        page = plain(printed("manual"))
        for command in commands():
            self.assertIn(f"ncverify-{command}(1)", page)
        self.assertIn("ncverify " + printed("--version").strip(), page)

    def test_pages_are_sound_roff(self):
        if not shutil.which("groff"):
            self.skipTest("groff is not installed")
        for page in [printed("manual"), *(printed("manual", command) for command in commands())]:
            result = subprocess.run(["groff", "-man", "-Tutf8", "-ww"], input=page, capture_output=True, text=True, check=False)
            self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_unusable_arguments(self):
        for arguments, said in ((["solv"], r"'solv' is no command \(did you mean solve\?\)"),
                                (["--as", "csh"], "'csh' is no form; expected man, bash, zsh or fish"),
                                (["solve", "--as", "zsh"], "COMMAND: given together with --as zsh")):
            result = run(NCVERIFY, "manual", *arguments)
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertRegex(result.stderr, said)
            self.assertEqual(result.stderr.count("\n"), 1)


class Completions(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, shell):
        path = self.folder / f"completion.{shell}"
        path.write_text(printed("manual", "--as", shell), encoding="utf-8")
        return path

    def completed_by_bash(self, *words):
        quoted = " ".join(f"'{word}'" for word in words)
        result = run("bash", "--norc", "-c",
                     f"compopt() {{ :; }}; . {self.file('bash')}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; "
                     'set -u; _ncverify; printf "%s\\n" "${COMPREPLY[@]}"')
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout.split()

    def test_bash(self):
        self.assertEqual(self.completed_by_bash("ncverify", "so"), ["solve"])
        self.assertEqual(set(self.completed_by_bash("ncverify", "")), {*commands(), "--help", "--version"})
        self.assertEqual(self.completed_by_bash("ncverify", "theory", "--format", ""), ["table", "json"])
        self.assertEqual(self.completed_by_bash("ncverify", "manual", "--as", "z"), ["zsh"])
        self.assertEqual(self.completed_by_bash("ncverify", "solve", "--digits", ""), [])
        self.assertEqual(self.completed_by_bash("ncverify", "certify", ""), [], "files, by bash itself")
        for command in commands():
            self.assertEqual(set(self.completed_by_bash("ncverify", command, "--")), set(options(command)))

    def test_other_shells_can_read_theirs(self):
        for shell in ("zsh", "fish"):
            if shutil.which(shell):
                result = run(shell, "--no-execute", self.file(shell))
                self.assertEqual((result.returncode, result.stderr), (0, ""))
            text = self.file(shell).read_text(encoding="utf-8")
            for command in commands():
                self.assertIn(command, text)
            for option in options("verify"):
                self.assertRegex(text, rf"(--|-l ){option[2:]}\b")

    def test_fish(self):
        if not shutil.which("fish"):
            self.skipTest("fish is not installed")
        def completed(line):
            result = run("fish", "--no-config", "-c", f"source {self.file('fish')}; complete -C '{line}'", env={"HOME": str(self.folder), "PATH": "/usr/bin:/bin"})
            return {word.split("\t")[0] for word in result.stdout.splitlines()}
        self.assertIn("solve", completed("ncverify so"))
        self.assertEqual(completed("ncverify theory --format "), {"table", "json"})
        self.assertIn("--lambda-w", completed("ncverify solve --l"))


if __name__ == "__main__":
    unittest.main()
