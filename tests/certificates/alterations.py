"""Ways to alter a certificate, for agreement_test.py: of the document (changed in place, or another one returned), of the
text, of the bytes. Each has a name, what is known about the outcome (None: only that both checkers agree), and the change.
"""

import decimal
import json

PROVEN, NOT_PROVEN, NONE = 0, 1, 2


def change(keys, value):
    """Sets, or computes from what was there, the entry of a document that `keys` lead to."""
    def apply(document, source):
        place = document
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value(place[keys[-1]]) if callable(value) else value
    return apply


def anywhere(key, value):
    """The same for a random entry of a table, or for one that is not zero where there is one."""
    def apply(document, source):
        cells = [(i, j) for i, row in enumerate(document[key]) for j in range(len(row))]
        living = [(i, j) for i, j in cells if document[key][i][j] != "0"]
        i, j = source.choice(living or cells)
        document[key][i][j] = value(document[key][i][j]) if callable(value) else value
    return apply


def remove(*keys):
    def apply(document, source):
        place = document
        for key in keys[:-1]:
            place = place[key]
        del place[keys[-1]]
    return apply


def swap_bounds(document, source):
    document["upper_bound"], document["lower_bound"] = document["lower_bound"], document["upper_bound"]


def swap_rows(key):
    def apply(document, source):
        rows = document[key]
        i, j = source.randrange(len(rows)), source.randrange(len(rows))
        rows[i], rows[j] = rows[j], rows[i]
    return apply


def later_digit(text):
    """Another digit somewhere in a decimal's mantissa."""
    mantissa, mark, power = text.partition("e")
    place = len(mantissa) * 2 // 3
    digit = mantissa[place]
    return mantissa[:place] + (str((int(digit) + 1) % 10) if digit.isdigit() else digit) + mantissa[place + 1:] + mark + power


def all_zero(document, source):
    for key in ("classifier", "features"):
        document[key] = [["0"] * len(row) for row in document[key]]


def easier(document, source):
    """What is true of nearly anything: no slope, the zero point, one digit."""
    all_zero(document, source)
    document.update(digits=1, upper_bound="100", lower_bound="0")


def renumber(factor, add="0"):
    """A decimal changed in value, to as many digits as it has."""
    def apply(text):
        with decimal.localcontext() as context:
            context.prec = len(text) + 10
            return str(decimal.Decimal(text) * decimal.Decimal(factor) + decimal.Decimal(add)).replace("E", "e")
    return apply


def slope_times(factor):
    def apply(text):
        numerator, _, denominator = text.partition("/")
        top, bottom = factor
        return f"{int(numerator) * top}/{int(denominator or 1) * bottom}"
    return apply


BY_DOCUMENT = [
    ("nothing", None, lambda document, source: None),
    ("more digits than proven, but where all collapses", None, change(["digits"], lambda digits: 10 * digits + 400)),
    ("fewer digits", None, change(["digits"], 1)),
    ("an upper bound too small", NOT_PROVEN, change(["upper_bound"], renumber("0.999"))),
    ("an upper bound a little smaller", None, change(["upper_bound"], renumber("0.9999999999999999999"))),
    ("an upper bound too large, which is harmless", None, change(["upper_bound"], renumber("1.5"))),
    ("a lower bound too large", NOT_PROVEN, change(["lower_bound"], renumber("1.001"))),
    ("a lower bound that is none", None, change(["lower_bound"], "-1e-7")),
    ("an upper bound below zero", NOT_PROVEN, change(["upper_bound"], lambda text: "-" + text)),
    ("a power of ten of thousands of digits", NONE, change(["upper_bound"], "1e" + 5000 * "9")),
    ("a power of ten of thousands of zeros", None, change(["upper_bound"], "1e" + 5000 * "0" + "1")),
    ("bounds swapped", None, swap_bounds),
    ("zero point", None, all_zero),
    ("zero point and little claimed", None, easier),
    ("a slope a little above its limit", None, change(["slopes", 0], slope_times((10**40 + 1, 10**40)))),
    ("a slope above its limit", None, change(["slopes", 0], slope_times((11, 10)))),
    ("a slope below its limit", None, change(["slopes", 0], slope_times((9, 10)))),
    ("a slope of one", NOT_PROVEN, change(["slopes", 1], "1")),
    ("a slope of more", NOT_PROVEN, change(["slopes", 1], "7/2")),
    ("a slope of zero", None, change(["slopes", 0], "0")),
    ("a negative slope", NOT_PROVEN, change(["slopes", 0], "-1e-30")),
    ("a negative slope, as a fraction", NOT_PROVEN, change(["slopes", 0], "-1/1000")),
    ("a tiny slope", None, change(["slopes", 0], "1e-20005")),
    ("no slopes", NOT_PROVEN, change(["slopes"], lambda slopes: ["0"] * len(slopes))),
    ("a negative feature", NOT_PROVEN, anywhere("features", "-1e-300")),
    ("a feature's sign", None, anywhere("features", lambda text: "-" + text)),
    ("minus zero is zero", None, anywhere("features", lambda text: "-0.0e5" if text == "0" else text)),
    ("another feature", None, anywhere("features", "0.0625")),
    ("another digit of a feature", None, anywhere("features", later_digit)),
    ("a huge feature", NOT_PROVEN, anywhere("features", "3e20009")),
    ("a tiny feature", None, anywhere("features", "3e-20009")),
    ("another weight", None, anywhere("classifier", renumber("1.01", "1e-3"))),
    ("another digit of a weight", None, anywhere("classifier", later_digit)),
    ("a huge weight", NOT_PROVEN, anywhere("classifier", "-7e20009")),
    ("rows of W swapped", None, swap_rows("classifier")),
    ("rows of H swapped", None, swap_rows("features")),
    ("another count", None, change(["config", "counts", 0], lambda count: count + 1 if count < 10**18 else count - 1)),
    ("another decay", None, change(["config", "lambda_w"], "11/1000")),
    ("the other formulation", None, change(["formulation"], "samples")),
    ("class means by name", None, change(["formulation"], "class-means")),
    ("an unknown formulation", NONE, change(["formulation"], "both")),
    ("formulation null", NONE, change(["formulation"], None)),
    ("a missing row of W", NONE, remove("classifier", 0)),
    ("a missing row of H", NONE, remove("features", 0)),
    ("a missing entry of W", NONE, remove("classifier", 0, 0)),
    ("a missing entry of H", NONE, remove("features", -1, 0)),
    ("a missing slope", NONE, remove("slopes", 0)),
    ("a missing count", NONE, remove("config", "counts", 0)),
    *((f"without {key}", NONE, remove(key)) for key in
      ("format", "config", "digits", "upper_bound", "lower_bound", "slopes", "classifier", "features")),
    *((f"config without {key}", NONE, remove("config", key)) for key in ("counts", "lambda_w", "lambda_h", "dim")),
    ("an unknown key", NONE, lambda document, source: document.update(comment="")),
    ("an unknown key of config", NONE, lambda document, source: document["config"].update(weight="1")),
    ("another format", NONE, change(["format"], "ncverify-certificate-2")),
    ("not an object", NONE, lambda document, source: [document]),
    *((f"digits {value!r}", NONE, change(["digits"], value)) for value in
      (0, -3, 100_001, 10**18, 10**19, 10**20, -10**19, 10**400, 7.0, 1e2, "20", True, None, [20])),
    *((f"dim {value!r}", NONE, change(["config", "dim"], value)) for value in
      (0, -1, "2", 2.0, 10**9 + 1, 10**19, 10**30, None, True)),
    *((f"a count {value!r}", NONE, change(["config", "counts", 0], value)) for value in
      (0, -2, "3", "00001", 3.0, 10**18 + 1, 10**19, 2**64, True, None, [3])),
    *((f"lambda_w {value!r}", NONE, change(["config", "lambda_w"], value)) for value in
      (1, 0.01, "0", "-1", "0.0", "1e-10001", "1e10001", "1/0", "-1/3", "1.5/3", "01", "00001", ".5", "5.", "1E3", "+1", " 1",
       "1 ", "", "nan", "inf", "0x1", "1_0", "1e", "1e+", "e5", "1/3/5", "1/03", "\u0661", "1" + "0" * 100_000, None)),
    *((f"lambda_h {value!r}", None, change(["config", "lambda_h"], value)) for value in
      ("1", "10/1000", "1e-2", "0.010", "1e-10000", "1e10000", "9e9999", "10e9999", "1e-0", "2e+00")),
    *((f"{key} {value!r}", NONE, change([key], value)) for key in ("upper_bound", "lower_bound") for value in
      (1, 0.5, "1/2", ".5", "5.", "1E3", "+1", "00001", "", "-", "1e1000000", "1e-1000000", "1e99999999999999999999", None)),
    *((f"a slope {value!r}", NONE, change(["slopes", 0], value)) for value in
      (0, 0.5, ".5", "5.", "1E-3", "+0.5", "0.5/1", "1/0", "1/ 3", "--1/3", "+1/3", "1/-3", "01/3", "1e-1000000", "1e1000000", "half", None)),
    *((f"an entry {value!r}", NONE, anywhere(key, value)) for key in ("features", "classifier") for value in
      (1, 0.5, "1/2", ".5", "5.", "1E3", "+1", "00001", "0e", "1e1000000", "1e-1000000", "\uff11", None)),
    *((f"an entry {value!r} of another form", None, anywhere("classifier", value)) for value in
      ("-0", "0.000", "0e0", "0e20000", "1e-5", "1e+05", "1e-0005", "-12.50e1")),
    ("rows that are texts", NONE, change(["classifier"], lambda rows: ["".join(row) for row in rows])),
]


def minified(text, source):
    return json.dumps(json.loads(text), separators=(",", ":"))


BY_TEXT = [
    ("written otherwise", None, minified),
    ("keys in another order", None, lambda text, source: json.dumps(dict(reversed(json.loads(text).items())))),
    ("an escape", None, lambda text, source: text.replace('"digits"', '"d\\u0069gits"', 1)),
    ("a repeated key", NONE, lambda text, source: text.replace('"digits"', '"digits": 3, "digits"', 1)),
    ("a repeated key of config", NONE, lambda text, source: text.replace('"dim"', '"dim": 2, "dim"', 1)),
    ("a byte order mark", NONE, lambda text, source: "\ufeff" + text),
    ("something behind", NONE, lambda text, source: text + "x"),
    ("a NUL behind", NONE, lambda text, source: text + "\0"),
    ("a NUL and more behind", NONE, lambda text, source: text + "\0 x"),
    ("a comma too many", NONE, lambda text, source: text.replace("]", ",]", 1)),
    ("a comment", NONE, lambda text, source: "/* */" + text),
    ("another space", NONE, lambda text, source: text.replace(" ", "\u00a0", 1)),
    ("digits 020", NONE, lambda text, source: text.replace('"digits": ', '"digits": 0', 1)),
    ("digits NaN", NONE, lambda text, source: text.replace('"digits": ', '"digits": NaN, "x":', 1)),
    ("digits 1e1", NONE, lambda text, source: text.replace('"digits": ', '"digits": 1e1, "x":', 1)),
    ("nested", NONE, lambda text, source: "[" * 5000 + text + "]" * 5000),
    ("cut", NONE, lambda text, source: text[: source.randrange(len(text) - 2)]),
]
BY_BYTES = [
    *((f"one byte flipped ({i})", None, lambda data, source: flipped(data, source)) for i in range(12)),
    ("not UTF-8", NONE, lambda data, source: data.replace(b"format", b"form\xff", 1)),
    ("UTF-16", NONE, lambda data, source: data.decode().encode("utf-16")),
]


def flipped(data, source):
    place = source.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << source.randrange(8)]) + data[place + 1:]


def altered(data, alteration, source):
    name, _, apply = alteration
    if alteration in BY_BYTES:
        return apply(data, source)
    if alteration in BY_TEXT:
        return apply(data.decode(), source).encode()
    document = json.loads(data)
    if "formulation" in name and "formulation" not in document:
        document["formulation"] = "class-means"
    document = apply(document, source) or document
    return (document if isinstance(document, str) else json.dumps(document)).encode()


ALTERATIONS = BY_DOCUMENT + BY_TEXT + BY_BYTES
