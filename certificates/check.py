#!/usr/bin/env python3
"""A second checker of certificates of global optimality, which shares nothing with the program.

    check.py FILE..

Written from README.md beside it (the file, the check) and from docs/model.md (the problem, the dual bound) alone, with
Python's standard library alone. Prints a line for each file, "proven", "NOT proven: why" or "no certificate: why". Ends
with status 0 where all are proven, 2 where one is no certificate, else 1.
"""

import decimal
import pathlib
import re
import sys
import types
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import check_convex  # the other format, of trees
from check_document import NoCertificate, read_document

KEYS = {"format", "config", "formulation", "digits", "upper_bound", "lower_bound", "slopes", "classifier", "features"}
CONFIG_KEYS = {"counts", "lambda_w", "lambda_h", "dim", "weights"}
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-]?[0-9]+)?", re.ASCII)
FRACTION = re.compile(r"-?(0|[1-9][0-9]*)/[1-9][0-9]*", re.ASCII)
LARGEST_DIGITS, LARGEST_SLOPE_EXPONENTS = 100_000, 4_000_000
LARGEST_DECAY_EXPONENT, LARGEST_DECAY_TEXT = 10_000, 100_000
LARGEST_COUNT, LARGEST_CLASSES, LARGEST_DIMENSION = 10**18, 100_000, 10**9


class NotProven(ValueError):
    """It is, and does not prove what it claims."""


# ---- Numbers: exact decimals, and intervals of decimals whose ends are rounded outwards.

def context(digits, rounding):
    return decimal.Context(prec=digits, rounding=rounding, Emin=decimal.MIN_EMIN, Emax=decimal.MAX_EMAX,
                           traps=[decimal.InvalidOperation, decimal.DivisionByZero])

# Products and differences of exact numbers; what would have to be rounded is an error.
EXACT = context(decimal.MAX_PREC, decimal.ROUND_HALF_EVEN)
EXACT.traps[decimal.Inexact] = True
ZERO, ONE = Decimal(0), Decimal(1)


class Arithmetic:
    """Intervals as pairs (lower, upper) of decimals of so many digits; each result holds every possible value."""

    def __init__(self, digits):
        self.digits = digits
        self.down, self.up = context(digits, decimal.ROUND_FLOOR), context(digits, decimal.ROUND_CEILING)
        self.near = context(digits, decimal.ROUND_HALF_EVEN)  # exp and ln are correctly rounded, and to nearest only

    def add(self, a, b):
        return self.down.add(a[0], b[0]), self.up.add(a[1], b[1])

    def subtract(self, a, b):
        return self.down.subtract(a[0], b[1]), self.up.subtract(a[1], b[0])

    def multiply(self, a, b):
        return (min(self.down.multiply(x, y) for x in a for y in b), max(self.up.multiply(x, y) for x in a for y in b))

    def divide(self, a, b):
        if not b[0] > 0:
            raise ArithmeticError("a divisor that is not known to be positive")
        return min(self.down.divide(a[0], y) for y in b), max(self.up.divide(a[1], y) for y in b)

    def exp(self, a):
        low, high = self.near.exp(a[0]), self.near.exp(a[1])
        return max(ZERO, self.near.next_minus(low)), self.near.next_plus(high)

    def log(self, a):
        if not a[0] > 0:
            raise ArithmeticError("the logarithm of what is not known to be positive")
        return self.near.next_minus(self.near.ln(a[0])), self.near.next_plus(self.near.ln(a[1]))

    def square_root(self, a):
        return (max(ZERO, self.near.next_minus(self.near.sqrt(a[0]))), self.near.next_plus(self.near.sqrt(a[1])))

    def log1p(self, a):
        """log(1+x): near zero by its series, since 1+x would lose the digits of x."""
        largest = max(end.copy_abs() for end in a)
        if largest > Decimal("1e-6"):
            return self.log(self.add((ONE, ONE), a))
        terms = self.digits // 6 + 2
        total, power = (ZERO, ZERO), (ONE, ONE)
        for j in range(1, terms + 1):
            power = self.multiply(power, a)
            term = self.divide(power, (Decimal(j), Decimal(j)))
            total = self.add(total, term) if j % 2 else self.subtract(total, term)
        # What is left out is at most |x|^(terms+1) / ((terms+1) (1-|x|)).
        rest = self.up.multiply(max(end.copy_abs() for end in power), largest)
        return self.add(total, (rest.copy_negate(), rest))


def exact(value):
    """An integer, or a decimal, as an interval."""
    return Decimal(value), Decimal(value)


def product(*factors):
    result = ONE
    for factor in factors:
        result = EXACT.multiply(result, Decimal(factor))
    return result


# ---- The file.

def no_repeats(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise NoCertificate("a repeated key")
    return dict(pairs)


def require(condition, what):
    if not condition:
        raise NoCertificate(what)


def whole(value, largest, name):
    require(type(value) is int and 1 <= value <= largest, f"{name} is not a whole number from 1 to {largest}")
    return value


def exponent(text):
    """Its size; of a hundred digits, which is beyond every limit, whatever more there are: int() would refuse them."""
    return int(text.partition("e")[2].lstrip("+-").lstrip("0")[:100] or "0")


def read_decimal(text, largest_exponent, name):
    require(isinstance(text, str) and DECIMAL.fullmatch(text), f"{name}: not a decimal in quotes")
    require(exponent(text) <= largest_exponent, f"{name}: a power of ten beyond {largest_exponent}")
    return Decimal(text)


def read_ratio(text, largest_exponent, name):
    """A decimal or fraction as an exact pair (numerator, denominator)."""
    if isinstance(text, str) and FRACTION.fullmatch(text):
        numerator, _, denominator = text.partition("/")
        return Decimal(numerator), Decimal(denominator)
    return read_decimal(text, largest_exponent, name), ONE


def read_decay(config, name):
    text = config[name]
    value = read_ratio(text, LARGEST_DECAY_EXPONENT, name)
    require(len(text) <= LARGEST_DECAY_TEXT, f"{name}: more than {LARGEST_DECAY_TEXT} characters")
    smallest, largest = (product(value[1], f"1e{sign}{LARGEST_DECAY_EXPONENT}") for sign in "-+")
    require(smallest <= value[0] <= largest, f"{name} is out of range")
    return value


def read_weight(text):  # (is a root, numerator, denominator): omega, or omega^2 where the text begins with sqrt
    require(isinstance(text, str) and text, "weights: not a number in quotes")
    root = text.startswith("sqrt")
    return (root, *read_decay({"weights": text[4:] if root else text}, "weights"))


def read_table(rows, number, dimension, largest_exponent, name):
    require(isinstance(rows, list) and len(rows) == number, f"{name}: not {number} rows")
    require(all(isinstance(row, list) and len(row) == dimension for row in rows), f"{name}: not rows of {dimension}")
    return [[read_decimal(entry, largest_exponent, name) for entry in row] for row in rows]


class Certificate:
    """What a file claims, every number exact. Raises NoCertificate for what is none."""

    def __init__(self, document):
        require(document.keys() | {"formulation"} == KEYS, "not the keys of README.md")
        require(document["format"] == "ncverify-certificate-1", "another format")
        config = document["config"]
        require(isinstance(config, dict) and config.keys() | {"weights"} == CONFIG_KEYS, "config: not its keys")
        require(isinstance(config["counts"], list) and 2 <= len(config["counts"]) <= LARGEST_CLASSES, "counts: no K")
        self.counts = [whole(count, LARGEST_COUNT, "a count") for count in config["counts"]]
        self.decay_w, self.decay_h = (read_decay(config, name) for name in ("lambda_w", "lambda_h"))
        weights = config.get("weights", ["1"] * len(self.counts))
        require(isinstance(weights, list) and len(weights) == len(self.counts), "weights: not K of them")
        self.weights = [read_weight(weight) for weight in weights]
        dimension = whole(config["dim"], LARGEST_DIMENSION, "dim")
        formulation = document.get("formulation", "class-means")
        require(formulation in ("class-means", "samples"), "no such formulation")
        self.digits = whole(document["digits"], LARGEST_DIGITS, "digits")
        largest = 20_000 + 10 * self.digits
        self.upper, self.lower = (read_decimal(document[key], largest, key) for key in ("upper_bound", "lower_bound"))
        slopes = document["slopes"]
        require(isinstance(slopes, list) and len(slopes) == len(self.counts), "slopes: not K of them")
        self.slopes = [read_ratio(slope, largest, "slopes") for slope in slopes]
        require(sum(exponent(slope) for slope in slopes) <= LARGEST_SLOPE_EXPONENTS, "slopes: powers of ten too large")
        self.samples = sum(self.counts)
        # What row j of the features belongs to: a class, and how many samples.
        self.columns = list(enumerate(self.counts))
        if formulation == "samples":
            require(isinstance(document["features"], list) and len(document["features"]) == self.samples,
                    "features: not N rows")
            self.columns = [(k, 1) for k, count in self.columns for _ in range(count)]
        self.classifier = read_table(document["classifier"], len(self.counts), dimension, largest, "classifier")
        self.features = read_table(document["features"], len(self.columns), dimension, largest, "features")


# ---- The check.

def require_feasible(certificate):
    """Step 2 of README.md, in exact arithmetic."""
    if any(entry < 0 for row in certificate.features for entry in row):
        raise NotProven("a feature is negative")
    classes, (w, w_over), (h, h_over) = len(certificate.counts), certificate.decay_w, certificate.decay_h
    for count, (slope, over), (root, weight, weight_over) in zip(certificate.counts, certificate.slopes,
                                                                 certificate.weights):
        if not 0 <= slope < over:
            raise NotProven("a slope is not in [0, 1)")
        square, square_over = (x if root else product(x, x) for x in (weight, weight_over))
        # (omega beta)^2 n <= N^2 (K-1)/K lW lH, multiplied by all denominators
        if product(slope, slope, square, count, classes, w_over, h_over) > product(
                over, over, square_over, certificate.samples, certificate.samples, classes - 1, w, h):
            raise NotProven("a slope violates beta^2 n <= c^2")


def cross_entropy(number, logits, label):
    """log(sum_m exp z_m) - z_label, the largest logit taken out."""
    top = max(range(len(logits)), key=lambda m: logits[m][0])
    others = exact(0)
    for m, logit in enumerate(logits):
        if m != top:
            others = number.add(others, number.exp(number.subtract(logit, logits[top])))
    result = number.log1p(others)
    return result if top == label else number.add(result, number.subtract(logits[top], logits[label]))


def weight_of(number, weight):  # an interval that holds omega
    root, value = weight[0], number.divide(exact(weight[1]), exact(weight[2]))
    return number.square_root(value) if root else value


def loss(number, certificate):
    """An interval that holds L0(W,H)."""
    data, classifier_ridge, feature_ridge = exact(0), exact(0), exact(0)
    for (label, weight), feature in zip(certificate.columns, certificate.features):
        used = [i for i, entry in enumerate(feature) if entry != 0]
        logits = []
        for row in certificate.classifier:
            logit = exact(0)
            for i in used:
                logit = number.add(logit, number.multiply(exact(row[i]), exact(feature[i])))
            logits.append(logit)
        try:
            entropy = cross_entropy(number, logits, label)
        except ArithmeticError:  # logits so large, at so few digits, that nothing is known but that it is not negative
            entropy = ZERO, Decimal("Infinity")
        weight_here = number.multiply(weight_of(number, certificate.weights[label]), exact(weight))
        data = number.add(data, number.multiply(weight_here, entropy))
        for i in used:
            square = number.multiply(exact(feature[i]), exact(feature[i]))
            feature_ridge = number.add(feature_ridge, number.multiply(exact(weight), square))
    for entry in (entry for row in certificate.classifier for entry in row if entry != 0):
        classifier_ridge = number.add(classifier_ridge, number.multiply(exact(entry), exact(entry)))
    total = number.divide(data, exact(certificate.samples))
    for (decay, over), ridge in ((certificate.decay_w, classifier_ridge), (certificate.decay_h, feature_ridge)):
        half = number.divide(exact(decay), exact(product(2, over)))
        total = number.add(total, number.multiply(half, ridge))
    return total


def dual(number, certificate):
    """An interval that holds D(beta)."""
    total, others = exact(0), len(certificate.counts) - 1
    for count, (slope, over), weight in zip(certificate.counts, certificate.slopes, certificate.weights):
        if slope == 0:
            continue
        beta = number.divide(exact(slope), exact(over))
        rest = number.divide(number.subtract(exact(over), exact(slope)), exact(over))
        small = beta[1] < Decimal("1e-6")
        log_rest = number.log1p((beta[1].copy_negate(), beta[0].copy_negate())) if small else number.log(rest)
        log_beta = number.log(number.divide(exact(slope), exact(product(over, others))))
        bracket = number.add(number.multiply(rest, log_rest), number.multiply(beta, log_beta))
        total = number.subtract(total, number.multiply(number.multiply(weight_of(number, weight), exact(count)), bracket))
    return number.divide(total, exact(certificate.samples))


def precisions(digits):
    """First a few digits, which suffice to refuse most of what is wrong; then what the claim needs, and more."""
    coarse = 60
    while 2 * coarse <= digits + 30:
        yield coarse
        coarse *= 2
    yield from (digits + 30, 2 * (digits + 30), 4 * (digits + 30))


def require_bounds(number, certificate):
    """Step 3 of README.md: True where it is decided at this precision, and then proven."""
    upper, lower = loss(number, certificate), dual(number, certificate)
    if upper[1] < lower[0]:
        raise NotProven("contradiction: the bounds exclude each other, one of them is unsound: this checker errs")
    if upper[0] > certificate.upper:
        raise NotProven("the loss exceeds the claimed upper bound")
    if lower[1] < certificate.lower:
        raise NotProven("the dual value is below the claimed lower bound")
    if lower[1] <= 0:
        raise NotProven("the dual value is zero: no relative gap")
    gap = number.divide(number.subtract(upper, lower), lower)
    allowed = Decimal(f"1e{2 - certificate.digits}")
    if gap[0] > allowed:
        raise NotProven("the relative gap is larger than claimed")
    return upper[1] <= certificate.upper and lower[0] >= certificate.lower and gap[1] <= allowed


def check(data):
    """Returns where the bytes of a file are a certificate that proves its claim, else raises."""
    document = read_document(data, no_repeats)
    if document.get("format") == "ncverify-tree-1":
        return check_convex.check(document, types.SimpleNamespace(**globals()))
    certificate = Certificate(document)
    require_feasible(certificate)
    for digits in precisions(certificate.digits):
        try:
            if require_bounds(Arithmetic(digits), certificate):
                return
        except ArithmeticError:  # too wide for a logarithm or a quotient
            pass
    raise NotProven("undecided")


def main(files):
    status = 0 if files else 2
    for name in files:
        try:
            with open(name, "rb") as file:
                check(file.read())
            verdict = "proven"
        except NotProven as error:
            verdict, status = f"NOT proven: {error}", max(status, 1)
        except (NoCertificate, OSError) as error:
            verdict, status = f"no certificate: {error}", 2
        print(f"{name}: {verdict}")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
