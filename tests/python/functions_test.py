#!/usr/bin/env python3
"""The Python module beside the command line: the same documents byte for byte, the same refusals; threads, signals, forks.

Usage: functions_test.py NCVERIFY, with the module's folder on PYTHONPATH.
"""

import concurrent.futures
import copy
import fractions
import decimal
import json
import os
import pathlib
import pickle
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

try:
    import numpy as np
except ImportError:
    print("skipped: no numpy")
    sys.exit(77)

import ncverify as nc

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "ncverify"
CONFIG = dict(counts=[100, 100, 200, 300], lambda_w="1e-4", lambda_h="1/100000")
FLAGS = ["--counts", "100,100,200,300", "--lambda-w", "1e-4", "--lambda-h", "1/100000"]


def command(*arguments):
    """What the program prints as JSON, its timing aside, and its status."""
    done = subprocess.run([PROGRAM, *map(str, arguments), "--format", "json"], capture_output=True, text=True)
    return done.stdout, done.returncode


def without_timing(document):
    return {key: value for key, value in document.items() if key != "timing"}


def dumped(document):
    """As the command line prints it."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def shortest(printed):
    """The printed document with its binary64 numbers as Python prints them.

    The program's Grisu2 finds the shortest digits of all but some 0.1 % of numbers (0.00499235 may be printed as
    0.0049923500000000004): the same number, and in `timing` one that no two runs share.
    """
    number = r"(?<=[ \n])-?\d+(?:\.\d+(?:e[-+]?\d+)?|e[-+]?\d+)(?=,?\n)"
    return re.sub(number, lambda found: repr(float(found[0])), printed)


class SameDocuments(unittest.TestCase):
    def same(self, result, *arguments):
        printed, status = command(*arguments)
        self.assertEqual(status, 0)
        if "timing" in result:
            self.assertEqual(dumped(without_timing(result.as_dict())), dumped(without_timing(json.loads(printed))))
            self.assertEqual(dumped(json.loads(printed)), shortest(printed))  # so that nothing hides in how it is dumped
        else:
            self.assertEqual(dumped(result.as_dict()), shortest(printed))

    def test_only_the_spelling_of_numbers_is_forgiven(self):
        printed = '{\n  "total_s": 0.0049923500000000004,\n  "small": [\n    1e-05,\n    2\n  ],\n  "text": "0.50"\n}\n'
        self.assertEqual(dumped(json.loads(printed)), shortest(printed))
        for other in (printed.replace("0.00499235", "0.00499236"), printed.replace('"0.50"', "0.50"),
                      printed.replace("    2", "    2.0"), printed.replace("  ],", " ],")):
            self.assertNotEqual(dumped(json.loads(printed)), shortest(other))

    def test_theory(self):
        for digits in (1, 17, 50, 120):
            self.same(nc.theory(**CONFIG, digits=digits), "theory", *FLAGS, "--digits", digits)
        self.same(nc.theory(**CONFIG, summary=True), "theory", *FLAGS, "--summary")
        self.same(nc.theory(**CONFIG, dim=7, weights=["1", "1/2", "sqrt1/7", 0.25]), "theory", *FLAGS, "--dim", 7,
                  "--weights", "1,1/2,sqrt1/7,0.25")
        self.same(nc.theory(**CONFIG, weights="balanced"), "theory", *FLAGS, "--weights", "balanced")

    def test_theory_of_complete_collapse_has_undefined_cosines(self):
        found = nc.theory([2, 3], 1, 1)
        self.same(found, "theory", "--counts", "2,3", "--lambda-w", 1, "--lambda-h", 1)
        self.assertTrue(np.isnan(found.classifier_cosine).all())

    def test_solve_and_certify(self):
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "a.certificate")
            printed, status = command("solve", *FLAGS, "--certificate", file, "--save", os.path.join(folder, "p.json"))
            found = nc.solve(**CONFIG, point=True)
            self.assertEqual(status, 0)
            self.assertEqual(dumped(without_timing(found.as_dict())), dumped(without_timing(json.loads(printed))))
            self.assertEqual(found.certificate, pathlib.Path(file).read_text())
            self.assertEqual(found.point.as_dict(), json.loads(pathlib.Path(folder, "p.json").read_text()))
            self.same(nc.certify(file), "certify", file)
            self.assertEqual(nc.certify(found), nc.certify(pathlib.Path(file)))
            self.assertEqual(nc.certify(found.certificate), nc.certify(file))
            self.same(nc.certify(file, **CONFIG, digits=40), "certify", file, *FLAGS, "--digits", 40)
        self.same(nc.solve(**CONFIG, formulation="class-means", search="descent", starts=3, seed=7, digits=30,
                           summary=True), "solve", *FLAGS, "--search", "descent", "--starts", 3, "--seed", 7,
                  "--digits", 30, "--summary")
        self.same(nc.solve([2, 3], "1e-2", "1e-3", formulation="samples"), "solve", "--counts", "2,3", "--lambda-w",
                  "1e-2", "--lambda-h", "1e-3", "--formulation", "samples")

    def test_solve_with_fewer_coordinates_than_classes(self):
        few = dict(counts=[2, 1, 1, 1], lambda_w="1/30", lambda_h="1/30", dim=1)
        flags = ["--counts", "2,1,1,1", "--lambda-w", "1/30", "--lambda-h", "1/30", "--dim", 1]
        for gap in (1e-3, "1/1000", fractions.Fraction(1, 1000)):
            found = nc.solve(**few, gap=gap)
            self.same(found, "solve", *flags, "--gap", "1e-3")
            self.assertEqual(found.status, "bounded")
            self.assertLessEqual(found.relative_gap, 1e-3)
            self.assertTrue(nc.certify(found))
        self.assertEqual(nc.solve(**few).status, "certified")
        soon = nc.solve([1, 1, 1, 1], "1/100", "1/100", dim=2, time=0.5, summary=True)
        self.assertEqual(soon.branch_and_bound.ended, "stopped")
        self.assertIn(soon.status, ("bounded", "stationary"))  # stationary: no bound above zero yet
        self.assertLess(soon.lower_bound, soon.objective)

    def test_a_certificate_of_another_problem_is_none(self):
        found = nc.solve(**CONFIG)
        other = nc.certify(found, **{**CONFIG, "counts": [100, 100, 200, 301]})
        self.assertFalse(other)
        self.assertIn("counts", other.reason)
        self.assertFalse(nc.certify(found, digits=60).proven)
        self.assertTrue(nc.certify(found).proven)

    def test_weights(self):
        self.same(nc.weights(**CONFIG, margins=5), "weights", *FLAGS, "--equal-margins", 5)
        self.same(nc.weights(**CONFIG, margins=["4", fractions.Fraction(9, 2), 5, decimal.Decimal("5.5")], digits=20),
                  "weights", *FLAGS, "--margins", "4,9/2,5,5.5", "--digits", 20)

    def test_verify(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([PROGRAM, "verify", *FLAGS, "--claims", "thm1.*,misread.*", "--out", folder, "--no-pictures"],
                           capture_output=True, check=False)
            report = json.loads(pathlib.Path(folder, "report.json").read_text())
        found = nc.verify(**CONFIG, claims="thm1.*,misread.*")
        self.assertGreater(len(found.claims), 3)
        for ours, theirs in zip(found.as_dict()["claims"], report["claims"], strict=True):
            for key in ("id", "source", "statement", "kind", "verdict", "worst_error", "replay"):
                self.assertEqual(ours[key], theirs[key], (ours["id"], key))
            # A stamp of Coq's, where the build has one, is the program's to read.
            self.assertIn(theirs["evidence"], (ours["evidence"], "proved"), ours["id"])
            self.assertNotEqual(ours["evidence"], "proved")
        self.assertEqual(found["thm1.b"].verdict, "verified")
        self.assertRaises(KeyError, lambda: found["nothing"])


class Results(unittest.TestCase):
    def test_attributes_are_the_nearest_doubles_and_exact_has_every_digit(self):
        found = nc.theory(**CONFIG, digits=80)
        document = found.as_dict()
        self.assertEqual(found.minimum_loss, float(document["minimum_loss"]))
        self.assertEqual(found.exact.minimum_loss, document["minimum_loss"])
        self.assertEqual(found.exact.classes[2].margin, document["classes"][2]["margin"])
        self.assertEqual(found.exact.classifier_gram[1][2], document["classifier_gram"][1][2])
        self.assertEqual(found.classifier_gram.dtype, np.float64)
        self.assertEqual(found.classifier_gram.shape, (4, 4))
        self.assertEqual(found.classifier_gram[1, 2], float(document["classifier_gram"][1][2]))
        self.assertEqual(found.config.counts.tolist(), CONFIG["counts"])
        self.assertEqual(found.config.lambda_h, "1/100000")
        self.assertEqual(found.classes.margin.tolist(), [float(each["margin"]) for each in document["classes"]])
        self.assertEqual(found.threshold.exact, document["threshold"]["exact"])

    def test_are_frozen(self):
        found = nc.theory(**CONFIG)
        for change in (lambda: setattr(found, "digits", 3), lambda: delattr(found, "digits"),
                       lambda: setattr(found.classes[0], "margin", 0), lambda: setattr(found, "new", 0)):
            self.assertRaises(AttributeError, change)
        with self.assertRaises(ValueError):
            found.classifier_gram[0, 0] = 1
        found.as_dict()["digits"] = 3
        self.assertEqual(found.digits, 50)

    def test_are_copied_pickled_compared_and_shown(self):
        found = nc.solve(**CONFIG)
        for again in (copy.deepcopy(found), pickle.loads(pickle.dumps(found))):
            self.assertEqual(again, found)
            self.assertEqual(again.certificate, found.certificate)
        self.assertNotEqual(found, nc.theory(**CONFIG))
        self.assertIn("certified", repr(found))
        self.assertLess(len(repr(found)), 2500)
        self.assertIn("<table>", found._repr_html_())
        self.assertIn("objective", dir(found))
        with self.assertRaisesRegex(AttributeError, "objective"):
            found.objectiv
        self.assertEqual(hash(found), hash(copy.copy(found)))

    def test_a_seed_beyond_63_bits_stays_whole(self):
        found = nc.solve(**CONFIG, search="descent", starts=4)
        self.assertEqual(found.starts.seed.tolist(), [start["seed"] for start in found.as_dict()["starts"]])

    def test_the_same_problem_written_differently(self):
        expected = nc.theory([1, 2, 3], "1/10000", "1e-5").as_dict()
        for counts in ((1, 2, 3), np.array([1, 2, 3]), np.array([1, 2, 3], dtype=np.uint8), range(1, 4)):
            for w, h in ((1e-4, 1e-5), (fractions.Fraction(1, 10**4), decimal.Decimal("0.00001")),
                         (np.float64(1e-4), np.float32(1e-5)), (decimal.Decimal("1E-4"), "0.1e-4")):
                found = nc.theory(counts, w, h).as_dict()
                self.assertEqual(without_decays(found), without_decays(expected), (counts, w, h))


def without_decays(document):
    """As written, decays differ."""
    config = {key: value for key, value in document["config"].items() if not key.startswith("lambda")}
    return {**document, "config": config}


# Many short steps, far more of them than anybody would wait for.
ENDLESS = dict(counts=[100 + k for k in range(40)], lambda_w="1e-5", lambda_h="1e-6", search="descent", starts=10**6)
# About a second's work.
LONG = {**ENDLESS, "counts": [100 + k for k in range(20)], "starts": 60}


class Running(unittest.TestCase):
    def test_control_c_raises_and_leaves_the_handler(self):
        program = f"""
import signal, sys, threading, time, os
import ncverify as nc
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs inherit that it is ignored
before = signal.getsignal(signal.SIGINT)
tasks = len(os.listdir("/proc/self/task"))  # NumPy's BLAS may have threads of its own
print("ready", flush=True)
start = time.monotonic()
try:
    nc.solve(**{ENDLESS})
except KeyboardInterrupt:
    print("interrupted", signal.getsignal(signal.SIGINT) is before, threading.active_count(), len(os.listdir("/proc/self/task")) == tasks)
print(nc.solve([1, 2], "1e-3", "1e-3").status)
"""
        child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(child.stdout.readline(), "ready\n")
        time.sleep(1)
        self.assertIsNone(child.poll())
        asked = time.monotonic()
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=120)
        self.assertEqual(out, "interrupted True 1 True\ncertified\n", err)
        self.assertEqual(err, "")
        print(f"Ctrl-C was answered after {time.monotonic() - asked:.2f} s")

    def test_a_handler_that_does_not_raise_does_not_stop_the_work(self):
        heard = []
        before = signal.signal(signal.SIGALRM, lambda *_: heard.append(1))
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
            self.assertEqual(nc.solve(**LONG).status, "certified")
            self.assertTrue(heard)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def test_a_handler_s_own_exception_comes_through(self):
        class Enough(Exception):
            pass

        def stop(*_):
            raise Enough

        before = signal.signal(signal.SIGALRM, stop)
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            with self.assertRaises(Enough):
                nc.solve(**ENDLESS)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def test_other_threads_go_on_meanwhile(self):
        ticks, done = [0], threading.Event()

        def tick():
            while not done.wait(0.001):
                ticks[0] += 1

        thread = threading.Thread(target=tick)
        thread.start()
        start = time.monotonic()
        nc.solve(**LONG)
        took = time.monotonic() - start
        done.set()
        thread.join()
        self.assertGreater(ticks[0], 5 * took)

    def test_threads_get_the_same_answers(self):
        problems = [([10 + k, 20, 30 + k], "1e-3", "1e-4") for k in range(8)]
        alone = [nc.solve(*problem).exact.objective for problem in problems]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda problem: nc.solve(*problem).exact.objective, problems * 4))
        self.assertEqual(together, alone * 4)

    def test_forked_children_compute_and_say_where_they_cannot(self):
        eye = np.eye(3)
        nc.measure(eye, np.arange(3), eye)  # from here on this process has a pool of threads
        ends = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                said = nc.solve([1, 2], "1e-3", "1e-3").status
                try:
                    nc.measure(eye, np.arange(3), eye)
                    said += " and measured"
                except RuntimeError as error:
                    said += " spawn" if "spawn" in str(error) else " ?"
                os.write(ends[1], said.encode())
            finally:
                os._exit(0)
        os.close(ends[1])
        with os.fdopen(ends[0], "rb") as reader:
            self.assertEqual(reader.read(), b"certified spawn")
        os.waitpid(child, 0)

    def test_nothing_is_printed(self):
        done = subprocess.run([sys.executable, "-c", """
import ncverify as nc
nc.theory([1, 2], 1, 1); nc.solve([5, 9, 9], "1e-3", "1e-3", dim=1); nc.verify([1, 2], "1e-3", "1e-3", claims="thm1.b")
try: nc.theory([1], 1, 1)
except nc.InputError: pass
"""], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))


if __name__ == "__main__":
    unittest.main(verbosity=1)
