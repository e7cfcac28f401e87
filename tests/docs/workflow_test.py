#!/usr/bin/env python3
"""The workflows for GitHub: their shell is sound, and the example does with stand-ins for its programs what it promises.

Usage: workflow_test.py
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

WORKFLOWS = sorted((pathlib.Path(__file__).resolve().parents[2] / ".github" / "workflows").glob("*.yml"))
EXAMPLE = next(path for path in WORKFLOWS if path.name == "verify.yml").read_text(encoding="utf-8")


def steps(text):
    """Name, condition and script of each step that runs one."""
    found = []
    for block in re.split(r"(?m)^      - ", text)[1:]:
        name = re.match(r"name: (.*)", block)
        condition = re.search(r"(?m)^        if: (.*)", block)
        one_line = re.search(r"(?m)^        run: (?!\|)(.*)", block)
        lines = re.search(r"(?m)^        run: \|\n((?:          .*\n|\n)+)", block)
        script = one_line[1] + "\n" if one_line else re.sub(r"(?m)^          ", "", lines[1]) if lines else None
        if script:
            found.append((name[1] if name else "", condition[1] if condition else "", script))
    return found


def script_of(name):
    return next(script for title, _, script in steps(EXAMPLE) if title.startswith(name))


class Workflows(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def program(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("#!/bin/bash\n" + text)
        file.chmod(0o755)

    def run_step(self, name, **environment):
        """As GitHub runs a step whose shell is bash."""
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script_of(name)]
        return subprocess.run(shell, cwd=self.folder, capture_output=True, text=True,
                              env={"PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}", "HOME": str(self.folder), "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"), **environment})

    def test_every_script_is_sound_shell(self):
        self.assertGreaterEqual(sum(len(steps(path.read_text(encoding="utf-8"))) for path in WORKFLOWS), 6)
        for path in WORKFLOWS:
            for name, _, script in steps(path.read_text(encoding="utf-8")):
                with self.subTest(f"{path.name}: {name}"):
                    subprocess.run(["bash", "-n", "-c", script], check=True)
                    if shutil.which("shellcheck"):
                        subprocess.run(["shellcheck", "--shell=bash", "--severity=warning", "-"], input=script, text=True, check=True)
                    # What may come from outside reaches a script by its environment only.
                    self.assertNotIn("${{", script)

    def test_a_pipe_hides_no_status(self):
        for path in WORKFLOWS:
            text = path.read_text(encoding="utf-8")
            if any(re.search(r"[^|]\|[^|]", re.sub(r"'[^']*'", "", script)) for _, _, script in steps(text)):
                self.assertRegex(text, r"(?m)^defaults:\n  run:\n    shell: bash$", path.name)

    def test_it_runs_the_tests(self):
        self.assertTrue(any("scripts/test" in script for _, _, script in steps(EXAMPLE)))

    def test_a_regression_fails_the_comparison_and_is_shown(self):
        self.program("bin/git", "true\n")
        self.program("bin/gh", "[ \"$1 $2\" = 'run list' ] && echo 17 || mkdir -p before\n")
        self.program("build/release/bin/ncverify", "echo regressed; exit 1\n")
        self.assertEqual(self.run_step("Compare").returncode, 1)
        self.assertEqual((self.folder / "differences.txt").read_text(), "regressed\n")
        self.program("build/release/bin/ncverify", "echo all the same\n")
        self.assertEqual(self.run_step("Compare").returncode, 0)
        # Nothing to compare with, or no longer: no failure.
        for gh in ("exit 0\n", "[ \"$1 $2\" = 'run list' ] && echo 17\n"):
            self.program("bin/gh", gh)
            self.assertIn("nothing to compare with", self.run_step("Compare").stdout)

    def test_a_fork_which_may_not_comment_gets_a_summary(self):
        self.program("bin/gh", "echo \"$@\" >> asked; exit 1\n")
        (self.folder / "reports" / "out").mkdir(parents=True)
        (self.folder / "reports" / "out" / "report.md").write_text("# Report\n")
        self.assertEqual(self.run_step("Comment", MAY_WRITE="false", NUMBER="3").returncode, 0)
        self.assertFalse((self.folder / "asked").exists())
        self.assertIn("# Report", (self.folder / "summary.md").read_text())
        self.assertNotEqual(self.run_step("Comment", MAY_WRITE="true", NUMBER="3").returncode, 0)
        self.assertEqual((self.folder / "asked").read_text().count("pr comment 3"), 2)

    def test_without_a_report_the_comment_says_so(self):
        self.assertEqual(self.run_step("Comment", MAY_WRITE="false", NUMBER="3").returncode, 0)
        self.assertIn("No report", (self.folder / "summary.md").read_text())


if __name__ == "__main__":
    unittest.main(verbosity=2)
