#!/usr/bin/env python3
"""What a terminal gets: tables in its width, colours unless told otherwise, and progress; and what a pipe gets instead.

Usage: terminal_test.py NCVERIFY
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unittest

from program import NCVERIFY, SMALL, InFolder, run

COLOUR = re.compile(r"\x1b\[\d+m")
PAPER = ["--counts", "100x2,200x2,300x2,400x2,500x2", "--lambda-w", "1e-4", "--lambda-h", "1e-5"]


class Terminal:
    """A command in a terminal of so many columns, its standard error too."""

    def __init__(self, *arguments, columns=80, cwd=None, **variables):
        self.parent, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
        self.process = subprocess.Popen([NCVERIFY, *map(str, arguments)], stdin=child, stdout=child, stderr=child, cwd=cwd,
                                        env={**environment, "TERM": "xterm", **variables}, start_new_session=True)
        os.close(child)
        self.seen = b""

    def read(self, until=None, seconds=120):
        """What it shows until it ends, or until that matches `until`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if until and re.search(until, self.text()):
                break
            if not select.select([self.parent], [], [], 0.2)[0]:
                continue
            try:
                data = os.read(self.parent, 65536)
            except OSError:  # its end is closed
                break
            if not data:
                break
            self.seen += data
        return self.text()

    def text(self):
        return self.seen.decode(errors="replace").replace("\r\n", "\n")

    def stop(self):
        for number in (signal.SIGINT, signal.SIGTERM):  # the second leaves at once
            if self.process.poll() is None:
                self.process.send_signal(number)
                time.sleep(0.3)
        text = self.read(seconds=20)
        self.process.wait(timeout=20)
        os.close(self.parent)
        return text


def shown(*arguments, **options):
    terminal = Terminal(*arguments, **options)
    text = terminal.read()
    terminal.stop()
    return text


class Tables(InFolder):
    def test_tables_keep_to_the_terminals_width(self):
        net, certificate = self.folder / "net.npz", self.folder / "c.json"
        run("solve", *SMALL, "--formulation", "samples", "--save", net)
        run("solve", *PAPER, "--certificate", certificate)
        report = self.folder / "report"
        run("verify", *SMALL, "--claims", "thm1.*,misread.eq9", "--no-pictures", "--out", report)
        measured = [word for option, key in (("features", "H"), ("labels", "Y"), ("classifier", "W")) for word in (f"--{option}", f"net.npz:{key}")]
        commands = {
            "claims": ["claims"], "mutants": ["mutants", "--random", "0", "--claims", "thm1.*,prop1.*"], "prove": ["prove"],
            "verify": ["verify", *SMALL, "--claims", "thm1.*,cor4.*,misread.*", "--no-pictures", "--out", "out"],
            "certify": ["certify", certificate], "solve": ["solve", *PAPER, "--digits", "20"], "report": ["report", report / "report.json", report / "report.json"],
            "theory": ["theory", *PAPER, "--digits", "20"], "screen": ["screen", "--random", "2000"],
            "measure": ["measure", *measured, "--lambda-w", "1e-3", "--lambda-h", "1e-3"],
        }
        for name, arguments in commands.items():
            for columns in (80, 60):
                with self.subTest(command=name, columns=columns):
                    text = COLOUR.sub("", shown(*arguments, columns=columns, cwd=self.folder))
                    self.assertGreater(len(text.splitlines()), 1)
                    wide = [line for line in re.sub(r"\r[^\n]*?\x1b\[K", "", text).splitlines()
                            if len(line) > columns and len(line.split()) > 1 and len(max(line.split(), key=len)) < columns // 2]
                    # Numbers side by side cannot be wrapped: a table of them may need all of 80 columns.
                    if columns == 80 or name in ("claims", "mutants", "prove", "report", "certify"):
                        self.assertEqual(wide, [])

    def test_columns_are_as_told_where_there_is_no_terminal(self):
        told = subprocess.run([NCVERIFY, "claims", "--format", "table"], capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "50"}).stdout
        usual = subprocess.run([NCVERIFY, "claims", "--format", "table"], capture_output=True, text=True, check=True,
                               env={name: value for name, value in os.environ.items() if name != "COLUMNS"}).stdout
        self.assertEqual(told.split(), usual.split())
        for text, columns in ((told, 50), (usual, 80)):
            self.assertLessEqual(max(len(line) for line in text.splitlines() if len(line.split()) > 1), columns)
            self.assertGreater(max(map(len, text.splitlines())), columns - 10)

    def test_colours_are_for_terminals_that_want_them(self):
        arguments = ["prove", "--claims", "cor2.*,text41.*"]
        self.assertRegex(shown(*arguments), "\x1b\\[32mproved\x1b\\[0m")
        self.assertRegex(shown(*arguments), "\x1b\\[31mrefuted\x1b\\[0m")
        for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            self.assertNotRegex(shown(*arguments, **variables), COLOUR)
        self.assertRegex(shown(*arguments, NO_COLOR=""), COLOUR)
        self.assertNotRegex(run(*arguments, "--format", "table").stdout, COLOUR)


class Progress(InFolder):
    def long(self):
        """Commands that take long, and what each shows."""
        rows = 40_000_000
        header = b"{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
        for name, kind, shape, size in (("H", b"<f4", b"(%d, 16)" % rows, 64 * rows), ("y", b"|u1", b"(%d,)" % rows, rows), ("W", b"<f4", b"(2, 16)", 128)):
            text = (header % (kind, shape)).ljust(117) + b"\n"
            with open(self.folder / f"{name}.npy", "wb") as file:  # mostly a hole, which reads as zeros
                file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text)
                start = file.tell()
                if name == "y":
                    file.write(b"\x01")
                if name == "H":
                    file.write(struct.pack("<f", 1))
                file.truncate(start + size)
        many = ["--counts", "100x350,300x350", "--lambda-w", "1e-5", "--lambda-h", "1e-6"]
        shares = r": \d+ %, \d+ s, about \d+ (s|min)[^\r]* left"
        return {
            "screen": (["screen", "--random", "1000000000"], r"configurations: \d+ of 1000000000, \d+ s, about \d+ (min|h)[^\r]* left"),
            "verify": (["verify", "--random", "100000", "--claims", "thm1.*", "--no-pictures", "--out", "out"], r"cases: \d+ of \d+, \d+ s, about \d+ (s|min|h)[^\r]* left"),
            "mutants": (["mutants", "--random", "100000", "--digits", "300"], r"cases, at most: \d+ of \d+, \d+ s|working, \d+ s|start \d+, \d+ s"),
            "solve": (["solve", *many, "--digits", "200", "--summary"], r"start 1, \d+ s"),
            "theory": (["theory", "--counts", ",".join(map(str, range(1, 2500))), "--lambda-w", "1e-9", "--lambda-h", "1e-3"], "pairs of classes" + shares),
            "measure": (["measure", "--features", "H.npy", "--labels", "y.npy", "--classifier", "W.npy"], "(first|second) reading" + shares),
        }

    def test_a_terminal_gets_a_bar_with_elapsed_and_remaining_time(self):
        for name, (arguments, expected) in self.long().items():
            with self.subTest(name):
                terminal = Terminal(*arguments, columns=70, cwd=self.folder)
                text = terminal.read(until=expected, seconds=60)
                after = terminal.stop()
                self.assertRegex(text, expected)
                for bar in re.findall(r"\r([^\r\n\x1b]*)\x1b\[K", after):
                    self.assertLess(len(bar), 70)
                self.assertIn("\r\x1b[K", after)  # taken away before anything else is said

    def test_short_work_shows_none(self):
        self.assertNotIn("\r\x1b", shown("prove", "--claims", "cor2.*"))

    def test_elsewhere_a_plain_line_is_said_now_and_then(self):
        process = subprocess.Popen([NCVERIFY, "screen", "--random", "1000000000"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        begin = time.monotonic()
        line = process.stderr.readline()
        self.assertGreater(time.monotonic() - begin, 9)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        self.assertRegex(line, r"^ncverify: configurations: \d+ of 1000000000, 1\d s, about \d+ (min|h).* left\n$")


if __name__ == "__main__":
    unittest.main(verbosity=2)
