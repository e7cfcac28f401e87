"""Certificates of trees of cones, for check.py: written from README.md (Trees) and docs/model.md alone. Shares nothing with
the program; of check.py it uses the intervals and the readers of numbers, which come as `c`.
"""

import functools
import itertools
import math
import types
from decimal import Decimal
from fractions import Fraction

KEYS = {"format", "config", "digits", "gap", "upper_bound", "lower_bound", "classifier", "features", "trees"}
LARGEST_CLASSES, LARGEST_TUPLES, LARGEST_BITS, LARGEST_HALVINGS = 6, 100_000, 62, 1000
LEAF_DIGITS, ROUNDS = 34, 20


class Interval:
    """A number between two decimals, at LEAF_DIGITS digits."""
    number = None  # check.py's Arithmetic

    def __init__(self, low, high=None):
        self.ends = (low, low if high is None else high)

    @staticmethod
    def of(value):
        if isinstance(value, Interval):
            return value
        if isinstance(value, Fraction):
            return Interval.of(Decimal(value.numerator)) / Interval.of(Decimal(value.denominator))
        return Interval(Decimal(value))

    def __add__(self, other):
        return Interval(*self.number.add(self.ends, Interval.of(other).ends))

    def __sub__(self, other):
        return Interval(*self.number.subtract(self.ends, Interval.of(other).ends))

    def __mul__(self, other):
        return Interval(*self.number.multiply(self.ends, Interval.of(other).ends))

    def __truediv__(self, other):
        return Interval(*self.number.divide(self.ends, Interval.of(other).ends))

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return Interval(self.ends[1].copy_negate(), self.ends[0].copy_negate())

    def log(self):
        return Interval(*self.number.log(self.ends))

    def exp(self):
        return Interval(*self.number.exp(self.ends))

    def root(self):
        return Interval(*self.number.square_root((max(Decimal(0), self.ends[0]), max(Decimal(0), self.ends[1]))))

    def positive(self):
        return Interval(max(Decimal(0), self.ends[0]), max(Decimal(0), self.ends[1]))

    def size(self):
        return Interval(max(abs(self.ends[0]), abs(self.ends[1])))

    def around(self):
        """[-x, x] for the largest |x|."""
        largest = self.size().ends[0]
        return Interval(largest.copy_negate(), largest)


def hull(*intervals):
    return Interval(min(x.ends[0] for x in intervals), max(x.ends[1] for x in intervals))


def total(terms):
    return functools.reduce(lambda a, b: a + b, terms, Interval.of(0))


# ---- The file.

class Tree:
    """What the file claims. Raises c.NoCertificate for what is none."""

    def __init__(self, document, c):
        require = c.require
        require(document.keys() == KEYS, "not the keys of README.md")
        config = document["config"]
        require(isinstance(config, dict) and config.keys() | {"weights"} == c.CONFIG_KEYS, "config: not its keys")
        require(isinstance(config["counts"], list) and 2 <= len(config["counts"]) <= LARGEST_CLASSES, "counts: no K")
        self.counts = [c.whole(count, c.LARGEST_COUNT, "a count") for count in config["counts"]]
        classes = len(self.counts)
        decays = [c.read_decay(config, name) for name in ("lambda_w", "lambda_h")]
        self.decay_w, self.decay_h = (Fraction(Fraction(over), Fraction(under)) for over, under in decays)
        weights = config.get("weights", ["1"] * classes)
        require(isinstance(weights, list) and len(weights) == classes, "weights: not K of them")
        raw_weights = [c.read_weight(weight) for weight in weights]
        self.weights_squared = [Fraction(Fraction(over), Fraction(under)) ** (1 if root else 2)
                                for root, over, under in raw_weights]
        self.samples = sum(self.counts)
        self.constants = {}  # of check_convex.py
        # Both sides' constants of a leaf's inequalities, times their common denominator.
        pulls = [w * n for w, n in zip(self.weights_squared, self.counts)]
        allowed = self.decay_w * self.decay_h * self.samples**2
        common = math.lcm(allowed.denominator, *(x.denominator for x in pulls))
        *self.pulls, self.allowed = (x.numerator * (common // x.denominator) for x in (*pulls, allowed))
        self.dimension = c.whole(config["dim"], c.LARGEST_DIMENSION, "dim")
        require(math.log(math.factorial(classes)) * self.dimension <= math.log(LARGEST_TUPLES), "too many chambers")
        self.digits = c.whole(document["digits"], c.LARGEST_DIGITS, "digits")
        largest = 20_000 + 10 * self.digits
        self.upper, self.lower, self.gap = (c.read_decimal(document[key], largest, key)
                                            for key in ("upper_bound", "lower_bound", "gap"))
        self.classifier = c.read_table(document["classifier"], classes, self.dimension, largest, "classifier")
        self.features = c.read_table(document["features"], classes, self.dimension, largest, "features")
        self.for_loss = types.SimpleNamespace(  # what check.py's `loss` asks of a certificate
            columns=list(enumerate(self.counts)), features=self.features, classifier=self.classifier,
            weights=raw_weights, samples=self.samples, decay_w=decays[0], decay_h=decays[1])
        require(isinstance(document["trees"], list), "trees: no list")
        self.trees = [self.read_tree(tree, c) for tree in document["trees"]]

    def read_tree(self, tree, c):
        c.require(isinstance(tree, dict) and tree.keys() == {"chambers", "nodes"}, "a tree without its keys")
        chambers = tree["chambers"]
        c.require(isinstance(chambers, list) and len(chambers) == self.dimension, "not an order for each coordinate")
        for order in chambers:
            read_permutation(order, len(self.counts), c)
        c.require(isinstance(tree["nodes"], list), "nodes: no list")
        halvings = [0]  # above each node to come, the next one last
        for node in tree["nodes"]:
            c.require(halvings, "nodes after the end of the tree")
            self.check_node(node, c)
            above = halvings.pop()
            if isinstance(node, list):
                c.require(above < LARGEST_HALVINGS, f"more than {LARGEST_HALVINGS} halvings, one within the other")
                halvings += [above + 1] * 2
        c.require(not halvings, "a tree that ends before its leaves do")
        return chambers, tree["nodes"]

    def check_node(self, node, c):
        classes = len(self.counts)
        if isinstance(node, list):
            c.require(len(node) == 3 and all(type(x) is int for x in node) and 0 <= node[0] < self.dimension and
                      0 <= node[1] < node[2] < classes - 1, "a split that is no edge")
            return
        c.require(isinstance(node, dict) and node.keys() | {"image"} == {"bits", "off_diagonal", "image"}, "no leaf")
        bits, rows = node["bits"], node["off_diagonal"]
        c.require(type(bits) is int and 0 <= bits <= LARGEST_BITS, "bits out of range")
        c.require(isinstance(rows, list) and len(rows) == classes and
                  all(isinstance(row, list) and len(row) == classes - 1 for row in rows), "not K rows of K-1")
        c.require(all(type(p) is int and 0 <= p <= 1 << bits for row in rows for p in row), "no probability")
        if "image" in node:
            image = node["image"]
            c.require(isinstance(image, dict) and image.keys() == {"classes", "coordinates"}, "no image")
            read_permutation(image["classes"], classes, c)
            read_permutation(image["coordinates"], self.dimension, c)


def read_permutation(entries, size, c):
    c.require(isinstance(entries, list) and all(type(x) is int for x in entries) and
              sorted(entries) == list(range(size)), "no permutation")


# ---- Cones.

def symmetric(tree, classes):
    return all(tree.counts[k] == tree.counts[m] and tree.weights_squared[k] == tree.weights_squared[m]
               for k, m in enumerate(classes))


def require_chambers(tree, c):
    """Every tuple of orders has an image, under symmetries of classes and coordinates, that has a tree."""
    orders = list(itertools.permutations(range(len(tree.counts))))
    symmetries = [p for p in orders if symmetric(tree, p)]
    reached = set()
    for chambers, _ in tree.trees:
        for p in symmetries:
            reached.add(tuple(sorted(tuple(p[k] for k in order) for order in chambers)))
    for chambers in itertools.combinations_with_replacement(orders, tree.dimension):
        if chambers not in reached:
            raise c.NotProven("a chamber without a tree")


def generators(order):
    """The vectors K 1_S - |S| of the first 1, 2, .., K-1 classes."""
    classes = len(order)
    return [[Fraction(classes * (k in order[:size]) - size) for k in range(classes)] for size in range(1, classes)]


def leaves(chambers, nodes):
    """(cones, leaf) in the order of the file."""
    pending = [[generators(order) for order in chambers]]
    for node in nodes:
        cones = pending.pop()
        if isinstance(node, dict):
            yield cones, node
            continue
        coordinate, first, second = node
        cone = cones[coordinate]
        middle = [(a + b) / 2 for a, b in zip(cone[first], cone[second])]
        for replaced in (first, second):  # the half with the first generator comes off the stack first
            half = [list(other) for other in cones]
            half[coordinate][replaced] = middle
            pending.append(half)


def probabilities(leaf, c):
    unit, rows = 1 << leaf["bits"], []
    for k, entries in enumerate(leaf["off_diagonal"]):
        own = unit - sum(entries)
        if own < 0:
            raise c.NotProven("probabilities that add up to more than one")
        rows.append([Fraction(p, unit) for p in entries[:k] + [own] + entries[k:]])
    return rows


def require_support(tree, cone, rows, c):
    gains = [[max(Fraction(0), u[k] - sum(p * x for p, x in zip(rows[k], u))) for k in range(len(u))] for u in cone]
    for (u, s), (v, t) in itertools.combinations_with_replacement(list(zip(cone, gains)), 2):
        used = sum(pull * (x * y) for pull, x, y in zip(tree.pulls, s, t))
        if used > tree.allowed * sum(x * y for x, y in zip(u, v)):
            raise c.NotProven("a leaf's inequalities fail")


# ---- Leaves around the minimiser.

class UnitCone:
    def __init__(self, cone, c):
        self.units = []
        for u in cone:
            norm = Interval.of(sum(x * x for x in u)).root()
            self.units.append([Interval.of(x) / norm for x in u])
        products = [total(x * y for x, y in zip(u, v)).ends[0] for u, v in itertools.combinations(self.units, 2)]
        smallest = min(products, default=Decimal(1))
        if smallest <= 0:
            raise c.NotProven("a leaf around the point that is too wide")
        self.stretch = hull(Interval.of(1), Interval.of(1) / Interval(min(smallest, Decimal(1))).root())

    def range(self, coefficients):
        return hull(*(total(Interval.of(a) * x for a, x in zip(coefficients, u)) for u in self.units)) * self.stretch


def inverse(matrix):
    """About a left inverse of a matrix of floats, by the normal equations and Gauss-Jordan elimination; zeros where there
    is none, with which the intervals stay what they are."""
    try:
        result = eliminated(matrix)
    except (ZeroDivisionError, OverflowError):
        result = []
    if result and all(map(math.isfinite, itertools.chain(*result))):
        return result
    return [[0.0] * len(matrix) for _ in matrix[0]]


def eliminated(matrix):
    size = len(matrix[0])
    system = [[sum(row[i] * row[j] for row in matrix) for j in range(size)] + [row[i] for row in matrix]
              for i in range(size)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(system[r][i]))
        system[i], system[pivot] = system[pivot], system[i]
        system[i] = [x / system[i][i] for x in system[i]]
        for r in range(size):
            if r != i:
                system[r] = [x - system[r][i] * y for x, y in zip(system[r], system[i])]
    return [row[size:] for row in system]


def softmax_range(p, divergence):
    """Entries of a softmax of at most this Kullback-Leibler divergence from p: by Pinsker, and by Hellinger."""
    near = p + (divergence / Interval.of(2)).root().around()
    step = divergence.root()
    low, high = (p.root() - step).positive(), p.root() + step
    return Interval(max(near.ends[0], (low * low).ends[0]), min(near.ends[1], (high * high).ends[1]))


def box_of(tree, cones, rows, gap, loss, c):
    """(W, H): intervals that hold every point of the cones whose loss is at most `loss`, or None: there is none."""
    classes, dimension = len(tree.counts), tree.dimension
    units = [UnitCone(cone, c) for cone in cones]
    longest_squared = Interval.of(2) * loss / Interval.of(tree.decay_w)
    pull, slack, system, right = [[None] * classes for _ in range(dimension)], [], [], []
    for k in range(classes):
        omega = Interval.of(tree.weights_squared[k]).root()
        ridge = Interval.of(tree.decay_h * tree.counts[k])
        slack.append((Interval.of(2) * gap / ridge).root())
        for i in range(dimension):
            contrast = [(1 if m == k else 0) - p for m, p in enumerate(rows[k])]
            pull[i][k] = units[i].range(contrast).positive() * omega / Interval.of(tree.samples * tree.decay_h)
        divergence = gap / (omega * Interval.of(Fraction(tree.counts[k], tree.samples)))
        softmax = [softmax_range(Interval.of(p), divergence) for p in rows[k]]
        if min(p.ends[0] for p in softmax) <= 0:
            raise c.NotProven("a leaf around the point whose gap is too large")
        for m in range(classes):
            if m != k:
                rest = (Interval.of(2) * longest_squared).root() * slack[k]
                right.append(softmax[m].log() - softmax[k].log() + rest.around())
                step = [(j == m) - (j == k) for j in range(classes)]
                system.append([units[i].range(step) * pull[i][k] for i in range(dimension)])
    # In units of the longest that there may be, so that floats hold the system whatever the decays.
    unit = Interval(longest_squared.ends[1])
    system = [[x * unit for x in row] for row in system]
    left = inverse([[float((x.ends[0] + x.ends[1]) / 2) for x in row] for row in system])
    left = [[Interval.of(Decimal(x)) for x in row] for row in left]
    constant = [total(a * b for a, b in zip(row, right)) for row in left]
    rest = [[Interval.of(int(i == j)) - total(a * row[j] for a, row in zip(left[i], system)) for j in range(dimension)]
            for i in range(dimension)]
    squares = [hull(Interval.of(0), longest_squared / unit)] * dimension
    for _ in range(ROUNDS):
        for i in range(dimension):
            new = constant[i] + total(a * x for a, x in zip(rest[i], squares))
            low, high = max(new.ends[0], squares[i].ends[0]), min(new.ends[1], squares[i].ends[1])
            if low > high:
                return None
            squares[i] = Interval(low, high)
    lengths = [(square * unit).root() for square in squares]
    entry = [[int(m == k) for m in range(classes)] for k in range(classes)]
    weights = [[lengths[i] * units[i].range(entry[k]) for i in range(dimension)] for k in range(classes)]
    features = [[(lengths[i] * pull[i][k] + slack[k].around()).positive() for i in range(dimension)]
                for k in range(classes)]
    return weights, features
