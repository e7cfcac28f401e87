#!/usr/bin/env python3
"""Two checkers that share no code agree: `ncverify certify` and certificates/check.py, on hundreds of certificates of many
configurations, forms and digits, and on altered ones, about what is proven, what is not, and what is no certificate.

    agreement_test.py NCVERIFY

Where an alteration's outcome is known it is demanded of both. In the end one defect after another is seeded in check.py:
each must show as a disagreement, or the certificates above could not tell a wrong checker from a right one.
"""

import concurrent.futures
import decimal
import importlib.util
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
import unittest.mock

from alterations import ALTERATIONS, NONE, NOT_PROVEN, PROVEN, altered
from tree_alterations import TREE_ALTERATIONS

NCVERIFY = pathlib.Path(sys.argv[1]).resolve()
CHECKER = pathlib.Path(__file__).resolve().parents[2] / "certificates" / "check.py"
ALTERED_EACH = 5  # alterations drawn for each certificate; the first certificates get all of them


def load_checker():
    spec = importlib.util.spec_from_file_location("check", CHECKER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def verdict_of_program(path):
    try:
        done = subprocess.run([NCVERIFY, "certify", path, "--summary", "--format", "json"], capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return None, "no answer in a minute"
    return done.returncode, (done.stdout + done.stderr)[:600].decode(errors="replace")


def verdict_of_checker(checker, data):
    try:
        checker.check(data)
        return PROVEN, ""
    except checker.NotProven as error:
        return NOT_PROVEN, str(error)
    except checker.NoCertificate as error:
        return NONE, str(error)
    except Exception as error:  # a checker that falls over says nothing
        return None, repr(error)


# ---- Certificates: command lines of `solve`.

def configurations(source):
    """Many kinds: tiny, tied, imbalanced, collapsed wholly or partly, d above, at and below K, decays near and far."""
    fixed = [
        ("3,5,9", "1e-2", "1e-2", [], 20), ("1,3", "1/4", "1/4", [], 20), ("3,5", "1", "1", [], 12),
        ("1,3", "1/9", "3/7", ["--dim", "4"], 40), ("2,4,6", "1e-2", "3e-3", ["--formulation", "samples"], 20),
        ("1,1", "1e-3", "1e-3", [], 1), ("3,5,9", "1e-2", "1e-2", ["--dim", "2", "--starts", "2"], 20),
        ("1,100", "1e-3000", "1e-3000", [], 15), ("5,7,1", "1e-9000", "1e8000", [], 10),
        ("1000000000000000000,1,7", "1e-20", "1e-21", [], 25), ("3,5", "1e-2", "1e-3", [], 400),
        ("1,1,1", "1e-202", "1e200", ["--dim", "2"], 20), ("2,1,1", "1e200", "1e-202", ["--dim", "1"], 20),
    ]
    yield from fixed
    for _ in range(190):
        classes = source.randrange(2, 6)
        counts = [source.choice([1, 2, 3, 5, 10, 100]) for _ in range(classes)]
        samples = source.random() < 0.25
        if samples:
            counts = [min(count, 5) for count in counts]
        decays = [source.choice([f"1e-{source.randrange(1, 6)}", f"1/{source.randrange(1, 5000)}",
                                 f"{source.randrange(1, 99)}e-4"]) for _ in range(2)]
        more = ["--dim", str(max(1, classes + source.choice([-1, 0, 0, 1])))] if source.random() < 0.4 else []
        more += ["--formulation", "samples"] if samples else []
        if source.random() < 0.3:
            weights = [source.choice(["1", "1/2", "0.25", "3", "sqrt2", "sqrt1/7", "17/5"]) for _ in range(classes)]
            more += ["--weights", source.choice([",".join(weights), "balanced", "inverse-sqrt"])]
        yield ",".join(map(str, counts)), *decays, [*more, "--starts", "2"], source.choice([1, 3, 8, 20, 30])


def solve(folder, number, configuration):
    counts, decay_w, decay_h, more, digits = configuration
    path = folder / f"{number}.json"
    subprocess.run([NCVERIFY, "solve", "--counts", counts, "--lambda-w", decay_w, "--lambda-h", decay_h, "--digits",
                    str(digits), *more, "--summary", "--certificate", path], capture_output=True, check=False, timeout=120)
    return path.read_bytes()


# ---- Defects seeded in check.py: each a change of the module.

def seeded(name):
    checker = load_checker()
    number = checker.Arithmetic
    if name == "slopes are not checked":
        checker.product = lambda *factors: decimal.Decimal(0)
        checker.read_decay = lambda config, key: checker.read_ratio(config[key], 10**9, key)
        checker.dual = load_checker().dual
        checker.loss = load_checker().loss
    elif name == "features may be negative":
        inner = checker.require_feasible
        def lenient(certificate):
            kept = certificate.features
            certificate.features = []
            inner(certificate)
            certificate.features = kept
        checker.require_feasible = lenient
    elif name == "the decay of W is forgotten":
        inner_loss = checker.loss
        def lighter(arithmetic, certificate):
            kept = certificate.decay_w
            certificate.decay_w = decimal.Decimal(0), kept[1]
            result = inner_loss(arithmetic, certificate)
            certificate.decay_w = kept
            return result
        checker.loss = lighter
    elif name == "exp is not one":
        inner_exp = number.exp
        number.exp = lambda self, a: self.multiply(inner_exp(self, a), checker.exact(decimal.Decimal("0.99")))
    elif name == "the dual value is a little larger":
        inner_dual = checker.dual
        checker.dual = lambda arithmetic, certificate: arithmetic.multiply(
            inner_dual(arithmetic, certificate), checker.exact(decimal.Decimal("1.0001")))
    elif name == "digits are not looked at":
        inner_init = checker.Certificate.__init__
        def one_digit(self, data):
            inner_init(self, data)
            self.digits = 1
        checker.Certificate.__init__ = one_digit
    elif name == "the claimed upper bound is not looked at":
        inner_read = checker.Certificate.__init__
        def generous(self, data):
            inner_read(self, data)
            self.upper = decimal.Decimal("1e30000")
        checker.Certificate.__init__ = generous
    elif name == "the claimed lower bound is not looked at":
        inner_take = checker.Certificate.__init__
        def modest(self, data):
            inner_take(self, data)
            self.lower = decimal.Decimal(-1)
        checker.Certificate.__init__ = modest
    elif name == "a wider grammar":
        checker.DECIMAL = re.compile(r"[+-]?[0-9]*\.?[0-9]*([eE][+-]?[0-9]+)?")
    elif name == "repeated keys":
        checker.no_repeats = dict
    elif name == "powers of ten without end":
        checker.exponent = lambda text: 0
    elif name == "samples are class means":
        checker.enumerate = lambda things, *start: [(k, 1) if isinstance(v, int) else (k, v)
                                                    for k, v in enumerate(things, *start)]
    else:
        raise AssertionError(name)
    return checker


DEFECTS = ["slopes are not checked", "features may be negative", "the decay of W is forgotten", "exp is not one",
           "the dual value is a little larger", "digits are not looked at", "the claimed upper bound is not looked at",
           "the claimed lower bound is not looked at", "a wider grammar", "repeated keys", "powers of ten without end",
           "samples are class means"]


# Of the checker's modules for trees: what to replace in which, and by what.
TREE_DEFECTS = {
    "chambers are not looked for": ("check_trees", "require_chambers", lambda *given: None),
    "classes of different counts are alike": ("check_trees", "symmetric", lambda *given: True),
    "inequalities of leaves are not looked at": ("check_trees", "require_support", lambda *given: None),
    "there is nothing around the point": ("check_trees", "box_of", lambda *given: None),
    "nothing is lower around the point": ("check_convex", "depth", lambda *given: decimal.Decimal(0)),
}


def first_disagreement(checker, tried):
    for data, of_program in tried:
        if verdict_of_checker(checker, data)[0] != of_program:
            return True
    return False


def main():
    source, began, failures = random.Random(1), time.monotonic(), []
    checker = load_checker()
    with tempfile.TemporaryDirectory() as temporary, concurrent.futures.ThreadPoolExecutor(4) as pool:
        folder = pathlib.Path(temporary)
        goods = list(pool.map(lambda pair: solve(folder, *pair), enumerate(configurations(source))))
        cases = []
        for number, good in enumerate(goods):
            cases.append((number, "as solved", None, good))
            # All alterations of a small one, of a collapsed one, of the samples form and of trees; some of every other.
            every = TREE_ALTERATIONS if b"ncverify-tree-1" in good else ALTERATIONS
            drawn = every if number in (0, 2, 4, 6, 11) else source.sample(every, ALTERED_EACH)
            for alteration in drawn:
                cases.append((number, alteration[0], alteration[1], altered(good, alteration, source)))
        def written(case):
            path = folder / f"case-{case[0]}.json"
            path.write_bytes(case[1])
            answer = verdict_of_program(path)
            path.unlink()
            return answer
        answers = pool.map(written, enumerate(case[3] for case in cases))
        tried, outcomes = [], {PROVEN: 0, NOT_PROVEN: 0, NONE: 0, None: 0}
        for (number, name, expected, data), (verdict, words) in zip(cases, answers):
            own, reason = verdict_of_checker(checker, data)
            outcomes[own] += 1
            tried.append((data, verdict))
            if own != verdict or (expected is not None and own != expected):
                failures.append(f"certificate {number}, {name}: expected {expected}, program {verdict} {words!r}, "
                                f"check.py {own} {reason!r}")
        checked = time.monotonic() - began
        for kind, least in ((PROVEN, 200), (NOT_PROVEN, 200), (NONE, 300)):
            if outcomes[kind] < least:
                failures.append(f"only {outcomes[kind]} cases with outcome {kind}")
        # Where nothing is wrong they agree; a defect must show, on the certificates that got every alteration.
        few = [pair for pair, case in zip(tried, cases) if case[0] < 6 and len(pair[0]) < 20_000]
        trees = [pair for pair, case in zip(tried, cases) if case[0] in (6, 11)]
        for defect in DEFECTS:
            if not first_disagreement(seeded(defect), few):
                failures.append(f"nothing shows that {defect}")
        for defect, (module, name, replacement) in TREE_DEFECTS.items():
            with unittest.mock.patch.object(sys.modules[module], name, replacement):
                if not first_disagreement(checker, trees):
                    failures.append(f"nothing shows that {defect}")
    for failure in failures[:40]:
        print(failure)
    print(f"{len(goods)} certificates, {len(cases)} with altered ones: {outcomes[PROVEN]} proven, {outcomes[NOT_PROVEN]} not, "
          f"{outcomes[NONE]} refused; {len(DEFECTS) + len(TREE_DEFECTS)} defects seeded; {len(failures)} failures; "
          f"{checked:.0f} + {time.monotonic() - began - checked:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
