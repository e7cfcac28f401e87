"""Ways to alter a certificate of trees, for agreement_test.py; see alterations.py."""

import decimal
import json

from alterations import NONE, NOT_PROVEN, PROVEN, change, remove


def nodes(document):
    return [node for tree in document["trees"] for node in tree["nodes"]]


def leaf(around_the_point):
    def find(document, source):
        found = [node for node in nodes(document) if isinstance(node, dict) and ("image" in node) == around_the_point]
        return source.choice(found) if found else None
    return find


def of_leaf(around_the_point, alter):
    def apply(document, source):
        node = leaf(around_the_point)(document, source)
        if node is not None:
            alter(node)
    return apply


def of_split(alter):
    def apply(document, source):
        found = [node for node in nodes(document) if isinstance(node, list)]
        if found:
            alter(source.choice(found))
    return apply


def set_to(key, value):
    return lambda node: node.__setitem__(key, value)


def more_doubt(node):
    unit = 1 << node["bits"]
    node["off_diagonal"] = [[min(p + unit // 4, unit) for p in row] for row in node["off_diagonal"]]


def no_doubt(node):
    node["off_diagonal"] = [[0] * len(row) for row in node["off_diagonal"]]


def drop_tree(document, source):
    document["trees"].pop(source.randrange(len(document["trees"])))


def twice(document, source):
    document["trees"].append(document["trees"][0])


def other_chamber(document, source):
    order = document["trees"][0]["chambers"][0]
    order[0], order[-1] = order[-1], order[0]


def drop_node(document, source):
    source.choice(document["trees"])["nodes"].pop()


def halvings(number):
    """Halvings of one edge, each within the other."""
    def apply(document, source):
        leaf = {"bits": 0, "off_diagonal": [[0] * (len(document["config"]["counts"]) - 1)] * len(document["config"]["counts"])}
        document["trees"][0]["nodes"] = [[0, 0, 1]] * number + [leaf] * (number + 1)
    return apply


def point_beyond(entry):
    def apply(document, source):
        document["classifier"][0][0] = document["features"][0][0] = entry
    return apply


def beside(document, source):
    """A point that is off by a millionth, with nothing claimed of it but what the minimum's certificate proved."""
    text = document["classifier"][0][0]
    document["classifier"][0][0] = str(decimal.Decimal(text) * decimal.Decimal("1.000001")).replace("E", "e")
    document.update(upper_bound="9", gap="9")


def image_for(share):
    """An image of the point for some leaves that have none."""
    def apply(document, source):
        for node in nodes(document):
            if isinstance(node, dict) and "image" not in node and source.random() < share:
                node["image"] = {"classes": list(range(len(document["config"]["counts"]))),
                                 "coordinates": list(range(document["config"]["dim"]))}
    return apply


def minus_zero(document, source):
    """As the first whole number of the first leaf, where json would not write it."""
    text = json.dumps(document)
    start = text.index('"off_diagonal": [[') + len('"off_diagonal": [[')
    return text[:start] + "-0" + text[min(text.index(mark, start) for mark in ",]"):]


TREE_ALTERATIONS = [
    ("a whole number with a sign", NONE, minus_zero),
    ("more halvings than a tree may have", NONE, halvings(1001)),
    ("a point beside the minimum", None, beside),
    ("an image for every leaf", None, image_for(1)),
    ("an image for some leaves", None, image_for(0.1)),
    ("a point of large numbers", NOT_PROVEN, point_beyond("1e3")),
    ("a point of larger numbers", NOT_PROVEN, point_beyond("1e9000")),
    ("a power of ten of thousands of digits", NONE, change(["gap"], "1e" + 5000 * "9")),
    ("a power of ten of thousands of zeros", PROVEN, change(["gap"], "1e" + 5000 * "0" + "1")),
    ("a tree is gone", NOT_PROVEN, drop_tree),
    ("a tree stands there twice", PROVEN, twice),
    ("another chamber", None, other_chamber),
    ("a node is gone", NONE, drop_node),
    ("probabilities with more doubt", None, of_leaf(False, more_doubt)),
    ("probabilities without doubt", None, of_leaf(False, no_doubt)),
    ("no image", None, of_leaf(True, lambda node: node.pop("image"))),
    ("negative bits", None, of_leaf(False, set_to("bits", -1))),
    ("too many bits", None, of_leaf(False, set_to("bits", 63))),
    ("another number of bits", None, of_leaf(False, set_to("bits", 50))),
    ("a leaf with another key", None, of_leaf(True, set_to("note", 1))),
    ("an image that is no permutation", None, of_leaf(True, lambda node: node["image"]["classes"].append(0))),
    ("a split of no edge", None, of_split(lambda node: node.__setitem__(1, node[2]))),
    ("a split of another coordinate", None, of_split(lambda node: node.__setitem__(0, node[0] + 1))),
    ("a split of a text", None, of_split(lambda node: node.__setitem__(0, "0"))),
    ("a larger lower bound", NOT_PROVEN, lambda d, source: change(["lower_bound"], "9")(d, source)),
    ("a smaller upper bound", NOT_PROVEN, lambda d, source: change(["upper_bound"], "1e-30")(d, source)),
    ("no gap at all", NOT_PROVEN, change(["gap"], "1e-400")),
    ("a negative gap", NOT_PROVEN, change(["gap"], "-1")),
    ("a wider gap", PROVEN, change(["gap"], "1")),
    ("a smaller lower bound", PROVEN, change(["lower_bound"], "1e-9")),
    ("more counts", NOT_PROVEN, change(["config", "counts", 0], lambda n: 7 * n)),
    ("a smaller decay of W", NOT_PROVEN, change(["config", "lambda_w"], "1e-9")),
    ("a larger decay of H", NOT_PROVEN, change(["config", "lambda_h"], "7")),
    ("another format", NONE, change(["format"], "ncverify-tree-2")),
    ("no gap", NONE, remove("gap")),
    ("no trees", NONE, remove("trees")),
    ("trees that are no list", NONE, change(["trees"], "none")),
    ("a negative feature", NOT_PROVEN, change(["features", 0, 0], "-1e-9")),
    ("a classifier of numbers", NONE, change(["classifier", 0, 0], 1)),
]
