#!/usr/bin/env python3
"""CITATION.cff and the changelog are about the version that the program says it is.

Usage: version_test.py NCVERIFY
"""

import pathlib
import re
import subprocess
import sys
import unittest

NCVERIFY = sys.argv.pop(1)
TOP = pathlib.Path(__file__).resolve().parents[2]


def faults(version, citation, changelog):
    """What does not fit `version`, as lines."""
    found = []
    cited = re.search(r"(?m)^version: (.*)$", citation)
    released = re.search(r'(?m)^date-released: "(.*)"$', citation)
    headings = re.findall(r"(?m)^## (.*)$", changelog)
    if not cited or cited[1] != version:
        found.append(f"CITATION.cff is not about {version}")
    date = released[1] if released else "unreleased"
    if headings[:1] != [f"{version} ({date})"]:
        found.append(f"the changelog does not begin with {version} ({date})")
    found += [f"no release: {heading}" for heading in headings[1:] if not re.fullmatch(r"\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)", heading)]
    return found


class Version(unittest.TestCase):
    def test_the_check_can_fail(self):
        citation = 'version: 1.2.0\ndate-released: "2026-01-02"\n'
        self.assertEqual(faults("1.2.0", citation, "# Changelog\n\n## 1.2.0 (2026-01-02)\n\n## 1.1.0 (2025-01-02)\n"), [])
        self.assertEqual(faults("1.2.0", "version: 1.2.0\n", "## 1.2.0 (unreleased)\n"), [])
        self.assertEqual(len(faults("1.3.0", citation, "## 1.2.0 (2026-01-02)\n")), 2)
        self.assertEqual(len(faults("1.2.0", citation, "## 1.2.0 (unreleased)\n## 1.1.0 (unreleased)\n")), 2)

    def test_one_version(self):
        version = subprocess.run([NCVERIFY, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        self.assertEqual(faults(version, *((TOP / name).read_text(encoding="utf-8") for name in ("CITATION.cff", "CHANGELOG.md"))), [])


if __name__ == "__main__":
    unittest.main()
