#!/usr/bin/env python3
"""scripts/install asks for what the release calls it, and for no more than is missing; with stand-ins for apt and dpkg.

Usage: install_test.py
"""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
STANDS_IN = {
    "dpkg-query": 'grep -qx "${@: -1}" "$ROOM/installed" && printf installed; true',
    "apt-get": 'echo "apt-get $*" >> "$ROOM/log"; case "$1" in'
               ' install) [ ! -e "$ROOM/broken" ] ;;'
               ' download) [ -e "$ROOM/lists" ] && touch "$PWD/$3_1_amd64.deb" ;;'
               ' update) touch "$ROOM/lists" ;; esac',
    "dpkg-deb": 'mkdir -p "$3/usr/include/boost"',
    "id": "echo 0",
}


class Install(unittest.TestCase):
    def setUp(self):
        self.room = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.room)
        (self.room / "bin").mkdir()
        for name, text in STANDS_IN.items():
            path = self.room / "bin" / name
            path.write_text(f"#!/bin/bash\n{text}\n", encoding="utf-8")
            path.chmod(0o755)
        shutil.copytree(TOP / "scripts", self.room / "top" / "scripts")
        (self.room / "installed").write_text("", encoding="utf-8")

    def install(self, codename, *arguments, installed=(), status=0):
        """What it asked apt for, and what it said."""
        (self.room / "os-release").write_text(f"VERSION_CODENAME={codename}\n", encoding="utf-8")
        (self.room / "installed").write_text("".join(name + "\n" for name in installed), encoding="utf-8")
        (self.room / "log").write_text("", encoding="utf-8")
        result = subprocess.run(["bash", self.room / "top/scripts/install", *arguments], capture_output=True, text=True,
                                check=False, env={"PATH": f"{self.room / 'bin'}:{os.environ['PATH']}",
                                                  "ROOM": str(self.room), "OS_RELEASE": str(self.room / "os-release")})
        self.assertEqual(result.returncode, status, result.stderr)
        return (self.room / "log").read_text(encoding="utf-8"), result.stderr

    def packages(self, *arguments, **more):
        """The packages that it would install."""
        log, _ = self.install(*arguments, **more)
        lines = [line.split() for line in log.splitlines() if line.startswith("apt-get install")]
        return {word for line in lines for word in line[2:] if not word.startswith("-")}

    def test_each_release_by_its_names(self):
        bookworm, trixie = self.packages("bookworm"), self.packages("trixie")
        self.assertEqual(bookworm - trixie, {"libboost1.81-dev", "libflint-arb-dev"})
        self.assertEqual(trixie - bookworm, {"libboost-dev"})
        self.assertEqual(self.packages("noble"), trixie)

    def test_the_program_needs_less(self):
        everything, program = self.packages("trixie"), self.packages("trixie", "--program")
        self.assertLess(program, everything)
        for spared in ("chromium", "catch2", "libbenchmark-dev", "python3-numpy", "python3-selenium"):
            self.assertIn(spared, everything - program)

    def test_the_experiments_need_libtorch_and_nothing_else_does(self):
        for release in ("bookworm", "trixie"):
            needed = self.packages(release, "--experiments") - self.packages(release, "--program")
            npm = set() if shutil.which("npm") else {"npm"}
            self.assertEqual(needed, {"libtorch-dev", "libopenblas0-openmp", "catch2", "python3-jsonschema", "python3-numpy"} | npm)
            self.assertNotIn("libtorch-dev", self.packages(release, "--nightly"))

    def test_the_python_module_needs_little_beside_the_program(self):
        beside = self.packages("trixie", "--python") - self.packages("trixie", "--program")
        self.assertEqual(beside, {"pybind11-dev", "python3-dev", "python3-numpy"})
        self.assertLess(beside, self.packages("trixie"))

    def test_only_what_is_missing(self):
        program = self.packages("trixie", "--program")
        self.assertEqual(self.packages("trixie", "--program", installed=program - {"cmake"}), {"cmake"})
        log, said = self.install("trixie", "--program", installed=program)
        self.assertEqual((log, said), ("", ""))

    def test_beside_boost_1_74(self):
        program = self.packages("bookworm", "--program", installed=["libboost1.74-dev"])
        self.assertFalse([name for name in program if "boost" in name], program)
        self.assertTrue((self.room / "top/build/boost-1.81/usr/include/boost").is_dir())
        self.assertFalse(list((self.room / "top/build/boost-1.81").glob("*.deb")))
        log, _ = self.install("bookworm", "--program", installed=[*program, "libboost1.74-dev"])
        self.assertEqual(log, "", "it is unpacked once")

    def test_without_lists_of_packages(self):
        program = self.packages("bookworm", "--program", installed=["libboost1.74-dev"])
        shutil.rmtree(self.room / "top/build")
        (self.room / "lists").unlink()
        log, _ = self.install("bookworm", "--program", installed=[*program, "libboost1.74-dev"])
        self.assertEqual([line.split()[1] for line in log.splitlines()], ["download", "update", "download"])

    def test_failures_are_said(self):
        _, said = self.install("trixie", "--prgoram", status=2)
        self.assertRegex(said, "'--prgoram' is not offered; expected --program")
        (self.room / "broken").touch()
        _, said = self.install("trixie", status=1)
        self.assertRegex(said, "could not be installed")


if __name__ == "__main__":
    unittest.main()
