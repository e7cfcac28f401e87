"""Leaves of tree certificates around the minimiser, and the claim as a whole; see check_trees.py, which this goes on from."""

from decimal import Decimal
from fractions import Fraction

import check_trees
from check_trees import Interval, hull, total


def softmax(weights, h):
    """Intervals of softmax(W h) where W and h lie in theirs."""
    result = []
    for m in range(len(weights)):
        others = Interval.of(1)
        for j in range(len(weights)):
            if j != m:
                others = others + total((a - b) * x for a, b, x in zip(weights[j], weights[m], h)).exp()
        result.append(Interval.of(1) / others)
    return result


def constants(tree, k):
    """omega_k n_k / N and lH n_k; found once at each precision, as weights and decays may have many digits."""
    known = tree.constants.get((k, Interval.number.digits))
    if known is None:
        known = (Interval.of(tree.weights_squared[k]).root() * Interval.of(Fraction(tree.counts[k], tree.samples)),
                 Interval.of(tree.decay_h * tree.counts[k]))
        tree.constants[k, Interval.number.digits] = known
    return known


def gradient(tree, weights, features):
    """dL0/dW (K rows of d) and dL0/dH (K rows of d)."""
    classes, dimension = len(tree.counts), tree.dimension
    of_weights = [[Interval.of(tree.decay_w) * w for w in row] for row in weights]
    of_features = []
    for k in range(classes):
        share, ridge = constants(tree, k)
        p = softmax(weights, features[k])
        residual = [share * (p[m] - Interval.of(int(m == k))) for m in range(classes)]
        for m in range(classes):
            for i in range(dimension):
                of_weights[m][i] = of_weights[m][i] + residual[m] * features[k][i]
        of_features.append([total(residual[m] * weights[m][i] for m in range(classes)) + ridge * features[k][i]
                            for i in range(dimension)])
    return of_weights, of_features


def hessian(tree, weights, features, free):
    """In W, row by row, and the features (k, i) of `free`, where all lie in their intervals."""
    classes, dimension = len(tree.counts), tree.dimension
    number = classes * dimension
    place = {(k, i): number + a for a, (k, i) in enumerate(free)}
    size = number + len(free)
    matrix = [[Interval.of(0) for _ in range(size)] for _ in range(size)]
    for a in range(number):
        matrix[a][a] = Interval.of(tree.decay_w)
    for k in range(classes):
        share, ridge = constants(tree, k)
        h, p = features[k], softmax(weights, features[k])
        mean = [total(p[m] * weights[m][i] for m in range(classes)) for i in range(dimension)]
        for m in range(classes):
            for l in range(classes):
                spread = share * p[m] * (Interval.of(int(m == l)) - p[l])
                for i in range(dimension):
                    for j in range(dimension):
                        a, b = m * dimension + i, l * dimension + j
                        matrix[a][b] = matrix[a][b] + spread * h[i] * h[j]
        for i in range(dimension):
            if (k, i) not in place:
                continue
            row = place[k, i]
            for m in range(classes):
                for j in range(dimension):
                    value = h[j] * p[m] * (weights[m][i] - mean[i])
                    if i == j:
                        value = value + p[m] - Interval.of(int(m == k))
                    matrix[row][m * dimension + j] = matrix[m * dimension + j][row] = share * value
            for j in range(dimension):
                if (k, j) in place:
                    covariance = total(p[m] * (weights[m][i] - mean[i]) * (weights[m][j] - mean[j])
                                       for m in range(classes))
                    matrix[row][place[k, j]] = share * covariance + (ridge if i == j else Interval.of(0))
    return matrix


def positive_definite(matrix):
    """The middle of the scaled matrix, less the row sums of the radii, has an LDL' with a positive D."""
    size = len(matrix)
    middle = [[(x.ends[0] + x.ends[1]) / 2 for x in row] for row in matrix]
    if any(middle[a][a] <= 0 for a in range(size)):
        return False
    scale = [1 / middle[a][a].sqrt() for a in range(size)]
    scaled = [[matrix[a][b] * Interval(scale[a]) * Interval(scale[b]) for b in range(size)] for a in range(size)]
    lower = [[Interval.of(0)] * size for _ in range(size)]
    for a in range(size):
        radii = Interval.of(0)
        for b in range(size):
            entry = scaled[max(a, b)][min(a, b)]  # of the two, which rounding may have made different
            lower[a][b] = Interval((entry.ends[0] + entry.ends[1]) / 2)
            radii = radii + (entry - lower[a][b]).size()
        lower[a][a] = lower[a][a] - radii
    for j in range(size):
        if lower[j][j].ends[0] <= 0:
            return False
        for a in range(j + 1, size):
            factor = lower[a][j] / lower[j][j]
            for b in range(j + 1, a + 1):
                lower[a][b] = lower[a][b] - factor * lower[b][j]
    return True


def depth(tree, image, slopes, box, c):
    """How far below the image of the point a loss can be in the box, the loss being convex on the hull of both."""
    (weights, features), (w, h), (slope_w, slope_h) = box, image, slopes
    classes, dimension = len(tree.counts), tree.dimension
    joined_w = [[hull(a, b) for a, b in zip(*rows)] for rows in zip(weights, w)]
    joined_h = [[hull(a, b) for a, b in zip(*rows)] for rows in zip(features, h)]
    _, derivative = gradient(tree, joined_w, joined_h)
    absent = {(k, i) for k in range(classes) for i in range(dimension)
              if h[k][i].ends == (0, 0) and derivative[k][i].ends[0] > 0}
    free = [(k, i) for k in range(classes) for i in range(dimension) if (k, i) not in absent]
    for k, i in absent:
        joined_h[k][i] = Interval.of(0)
    if not positive_definite(hessian(tree, joined_w, joined_h, free)):
        raise c.NotProven("a leaf around the point where the loss is not proven convex")
    below = total(slope_w[k][i].size() * (weights[k][i] - w[k][i]).size()
                  for k in range(classes) for i in range(dimension))
    for k, i in free:
        slope = (-slope_h[k][i]).positive() if h[k][i].ends == (0, 0) else slope_h[k][i]
        below = below + slope.size() * (features[k][i] - h[k][i]).size()
    return below.ends[1]


class Point:
    """The claimed point: its loss, its gradient, and their images."""

    def __init__(self, tree, digits, c):
        number = c.Arithmetic(digits)
        self.loss = c.loss(number, tree.for_loss)
        Interval.number = number
        self.w, self.h = ([[Interval.of(x) for x in row] for row in rows] for rows in (tree.classifier, tree.features))
        self.slopes = gradient(tree, self.w, self.h)

    def image(self, tree, image, c):
        if not check_trees.symmetric(tree, image["classes"]):
            raise c.NotProven("an image of the point under what is no symmetry")
        moved = [[[rows[k][i] for i in image["coordinates"]] for k in image["classes"]]
                 for rows in (self.w, self.h, *self.slopes)]
        return moved[:2], moved[2:]


def leaf_bound(tree, point, cones, leaf, c):
    """A decimal that no loss in the cones is below."""
    rows = check_trees.probabilities(leaf, c)
    for cone in cones:
        check_trees.require_support(tree, cone, rows, c)
    Interval.number = c.Arithmetic(check_trees.LEAF_DIGITS)
    entropy = Interval.of(0)
    for k, row in enumerate(rows):
        own = total(Interval.of(p) * Interval.of(p).log() for p in row if p)
        entropy = entropy - constants(tree, k)[0] * own
    if "image" not in leaf:
        return entropy.ends[0]
    loss = Interval(*point.loss)
    gap = (loss - entropy).positive().size()
    image, slopes = point.image(tree, leaf["image"], c)
    box = check_trees.box_of(tree, cones, rows, gap, loss.size(), c)
    return point.loss[0] if box is None else c.Arithmetic(tree.digits + 30).down.subtract(
        point.loss[0], depth(tree, image, slopes, box, c))


def check(document, c):
    """Returns where the document proves its claim, else raises c.NoCertificate or c.NotProven."""
    tree = check_trees.Tree(document, c)
    try:
        check_claim(tree, c)
    except ArithmeticError:  # too wide or too large for a quotient, a logarithm or a product
        raise c.NotProven("undecided") from None


def check_claim(tree, c):
    if any(entry < 0 for row in tree.features for entry in row):
        raise c.NotProven("a feature is negative")
    check_trees.require_chambers(tree, c)
    number = c.Arithmetic(tree.digits + 30)
    point = Point(tree, tree.digits + 30, c)
    lower = point.loss[0]
    for chambers, nodes in tree.trees:
        for cones, leaf in check_trees.leaves(chambers, nodes):
            lower = min(lower, leaf_bound(tree, point, cones, leaf, c))
    if point.loss[1] > tree.upper:
        raise c.NotProven("the loss exceeds the claimed upper bound")
    if lower < tree.lower:
        raise c.NotProven("the trees do not prove the claimed lower bound")
    if lower <= 0:
        raise c.NotProven("the lower bound is zero: no relative gap")
    gap = number.divide(number.subtract(point.loss, (lower, lower)), (lower, lower))
    if gap[1] > tree.gap:
        raise c.NotProven("the relative gap is larger than claimed")
