#!/usr/bin/env python3
"""examples/consumer, a program outside the tree, takes ncverify in both ways that there are.

Usage: consumer_test.py SOURCES BUILD PROGRAM CMAKE_ARGUMENT..   (the arguments that BUILD was configured with)

Installed from BUILD, whose objects are there already: the consumer is configured, built, run, and its bounds are those
that PROGRAM prints. As a subdirectory: configured, and its object compiled; the whole library is not built again.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCES, BUILD, PROGRAM, *ARGUMENTS = sys.argv[1:]
CONSUMER = pathlib.Path(SOURCES) / "examples" / "consumer"
FOREIGN = ("boost", "Eigen", "nlohmann", "arb", "mpfr", "fmt")


class Consumer(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_program(self, *arguments, status=0):
        result = subprocess.run([*map(str, arguments)], capture_output=True, text=True, timeout=600, check=False)
        self.assertEqual(result.returncode, status, f"{arguments}\n{result.stdout}\n{result.stderr}")
        return result.stdout

    def configure(self, *arguments, status=0):
        return self.run_program("cmake", "-G", "Ninja", "-S", CONSUMER, "-B", self.folder / "build", *ARGUMENTS,
                                *arguments, status=status)

    def test_installed(self):
        prefix = self.folder / "prefix"
        self.run_program("cmake", "--install", BUILD, "--prefix", prefix)
        headers = [path for path in (prefix / "include").rglob("*") if path.is_file()]
        self.assertTrue(headers and all(path.parent.name == "ncverify" for path in headers), headers)
        version = self.run_program(prefix / "bin" / "ncverify", "--version").strip()
        self.configure(f"-DCMAKE_PREFIX_PATH={prefix}")
        self.run_program("cmake", "--build", self.folder / "build")
        # Nothing of what the library was built on shows in its headers.
        included = self.run_program("ninja", "-C", self.folder / "build", "-t", "deps")
        self.assertIn("ncverify/solve.hpp", included)
        self.assertFalse([name for name in FOREIGN if f"/{name}/" in included or f"/{name}.h" in included], included)
        said = self.run_program(self.folder / "build" / "consumer")
        solved = json.loads(self.run_program(PROGRAM, "solve", "--counts", "100x2,200", "--lambda-w", "1e-4",
                                             "--lambda-h", "1e-5", "--summary", "--format", "json"))
        self.assertEqual(said, f"certified: the minimum lies between {solved['lower_bound']} and "
                               f"{solved['objective']}\n")
        package = next(prefix.rglob("ncverifyConfigVersion.cmake"))
        self.assertIn(f'set(PACKAGE_VERSION "{version}")', package.read_text(encoding="utf-8"))
        self.by_pkg_config(prefix, version, said)
        self.beside_the_program(prefix)

    def by_pkg_config(self, prefix, version, said):
        """The same program without CMake."""
        if not shutil.which("pkg-config"):
            return
        found = next(prefix.rglob("ncverify.pc")).parent
        ask = ["env", f"PKG_CONFIG_PATH={found}", "pkg-config", "ncverify"]
        self.assertEqual(self.run_program(*ask, "--modversion").strip(), version)
        flags = self.run_program(*ask, "--cflags", "--libs").split()
        compiler = next((argument.split("=", 1)[1] for argument in ARGUMENTS if argument.startswith("-DCMAKE_CXX_COMPILER=")), "c++")
        self.run_program(compiler, "-std=c++20", CONSUMER / "main.cpp", *flags, "-o", self.folder / "by_pkg_config")
        self.assertEqual(self.run_program(self.folder / "by_pkg_config"), said)

    def beside_the_program(self, prefix):
        """Pages, completions and schemas are where their readers look for them; the stamp of proofs/ is found."""
        commands = re.findall(r"(?m)^  ([a-z]+) ", self.run_program(prefix / "bin/ncverify", "--help").lower().split("subcommands:")[1])
        self.assertGreaterEqual(len(commands), 11)
        for command in ["", *("-" + name for name in commands)]:
            self.assertTrue((prefix / f"share/man/man1/ncverify{command}.1").is_file(), command)
        share = prefix / "share"
        for name in ("bash-completion/completions/ncverify", "zsh/vendor-completions/_ncverify",
                     "fish/vendor_completions.d/ncverify.fish"):
            self.assertIn("ncverify", (share / name).read_text(encoding="utf-8"), name)
        for name in ("report", "measure", "trajectory"):
            json.loads((share / f"ncverify/schemas/{name}.schema.json").read_text(encoding="utf-8"))
        proofs = share / "ncverify/proofs"
        proofs.mkdir(exist_ok=True)
        (proofs / "stamp.json").write_text("{}", encoding="utf-8")
        trial = subprocess.run([prefix / "bin/ncverify", "verify", "--counts", "3,4", "--lambda-w", "1", "--lambda-h", "1", "--claims", "thm1.a", "--no-pictures",
                                "--out", self.folder / "out"], capture_output=True, text=True, timeout=600, check=False)
        self.assertEqual(trial.returncode, 2, trial.stderr)
        self.assertIn(f"{proofs / 'stamp.json'}: not a stamp of proofs", trial.stderr)

    def test_subdirectory(self):
        self.configure(f"-DNCVERIFY_SOURCES={SOURCES}")
        self.run_program("cmake", "--build", self.folder / "build", "--target", "CMakeFiles/consumer.dir/main.cpp.o")
        # Only the library: no program, no tests, and nothing installed on the consumer's behalf.
        targets = self.run_program("ninja", "-C", self.folder / "build", "-t", "targets", "all")
        self.assertIn("libncverify.a", targets)
        for absent in ("bin/ncverify:", "witness_tests", "trial_tests", "libncverify_reports.a"):
            self.assertNotIn(absent, targets)

    def test_absent(self):
        self.configure(f"-DCMAKE_PREFIX_PATH={self.folder}", "-DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF", status=1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
