"""Arguments as users write them, made the exact texts and whole numbers that the library takes."""

import decimal
import fractions
import math
import numbers
import operator
import os
from collections.abc import Mapping, Sequence
from typing import Any, Optional, Union

from ._errors import InputError

#: A number that is taken exactly: ``"1e-4"``, ``"1/3000"``, ``Fraction(1, 3000)``, ``Decimal("1e-4")``, ``1``. A float
#: stands for its shortest decimal text, as ``repr`` prints it: ``1e-4`` is the number 1/10000, not the double nearby.
Number = Union[str, int, float, fractions.Fraction, decimal.Decimal]

#: Class weights: none, a rule by name, or a number for each class.
Weights = Union[None, str, Sequence[Number]]

LARGEST = 2**63 - 1
LARGEST_DIMENSION = 10**9
LARGEST_DIGITS = 100_000
LARGEST_JOBS = 4096
EXACT = "a decimal such as '1e-4', a fraction such as '1/3000', a Fraction, a Decimal or a number"


def shown(value: Any) -> str:
    """The value in a message: one line, not long."""
    try:
        text = repr(value)
    except Exception:  # somebody else's __repr__
        text = f"<{type(value).__name__}>"
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."


def _is_bool(value: Any) -> bool:
    """Python's or numpy's."""
    return isinstance(value, bool) or type(value).__name__ in ("bool", "bool_")


def whole(value: Any, where: str, smallest: int, largest: int) -> int:
    """A whole number in a range; a bool is none."""
    expected = f"a whole number from {smallest} to {largest}"
    if isinstance(value, (str, bytes)) or _is_bool(value):
        raise InputError(where, f"{shown(value)} is not a whole number", expected)
    try:
        number = operator.index(value)
    except TypeError:
        raise InputError(where, f"{shown(value)} is not a whole number", expected) from None
    if not smallest <= number <= largest:
        raise InputError(where, f"{shown(number)} is out of range", expected)
    return number


def entries(values: Any, where: str, expected: str) -> list:
    """The elements of a list, tuple or array with one axis."""
    if hasattr(values, "tolist") and not isinstance(values, (str, bytes)):
        kind = getattr(getattr(values, "dtype", None), "kind", None)
        if kind == "f":  # shortest texts of their own type: 0.1 as float32 is 0.1
            values = [str(value) if getattr(value, "ndim", 0) == 0 else value for value in values]
        else:
            values = values.tolist()
    elif isinstance(values, range):
        values = list(values)
    if not isinstance(values, Sequence) or isinstance(values, (str, bytes)) or isinstance(values, Mapping):
        raise InputError(where, f"{shown(values)} is no list", expected)
    return list(values)


def counts_of(values: Any, where: str = "counts") -> "list[int]":
    """Counts as whole numbers that fit in 64 bits; the library checks the rest."""
    expected = "a list or an array with a whole number for each class"
    kind = getattr(getattr(values, "dtype", None), "kind", "i")
    if kind not in "iu":
        raise InputError(where, f"{shown(values)} is an array of another type", expected)
    counts = [whole(value, where, 1, 10**18) for value in entries(values, where, expected)]
    if not counts:
        raise InputError(where, "is empty", expected)
    return counts


def _digits(value: int) -> str:
    """The decimal digits. Python's own conversion ends at sys.get_int_max_str_digits, 4300 by default."""
    try:
        return str(value)
    except ValueError:
        return str(decimal.Decimal(value))


def exact(value: Any, where: str) -> str:
    """The text of a number."""
    if isinstance(value, str):
        return value
    if _is_bool(value):
        raise InputError(where, f"{shown(value)} is no number", EXACT)
    if isinstance(value, fractions.Fraction):
        return f"{_digits(value.numerator)}/{_digits(value.denominator)}"
    if isinstance(value, decimal.Decimal):
        if not value.is_finite():
            raise InputError(where, f"{shown(value)} is no finite number", EXACT)
        return str(value).lower().replace("e+", "e")
    if isinstance(value, numbers.Integral):
        return _digits(int(value))
    if isinstance(value, numbers.Real) and not isinstance(value, numbers.Rational):
        if not math.isfinite(value):
            raise InputError(where, f"{shown(value)} is no finite number", EXACT)
        text = float.__repr__(value) if isinstance(value, float) else str(value)
        return text.replace("e+", "e")
    raise InputError(where, f"{shown(value)} is no number", EXACT)


def share(value: Any, where: str) -> float:
    """A number above 0 and below 1."""
    expected = "a number above 0 and below 1, such as 1e-3"
    text = exact(value, where)
    try:
        number = float(fractions.Fraction(text)) if "/" in text else float(text)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise InputError(where, f"{shown(value)} is no number", expected) from None
    if not 0 < number < 1:
        raise InputError(where, f"{shown(value)} is out of range", expected)
    return number


def seconds(value: Any, where: str) -> float:
    """A time in seconds, up to a thousand hours."""
    expected = "seconds, above 0 and at most 3.6e6"
    if isinstance(value, (str, bytes)) or _is_bool(value) or not isinstance(value, numbers.Real):
        raise InputError(where, f"{shown(value)} is no time", expected)
    if not 0 < float(value) <= 3.6e6:
        raise InputError(where, f"{shown(value)} is out of range", expected)
    return float(value)


def weights_of(values: Any, where: str = "weights") -> "list[str]":
    """Class weights: none, a rule by name, or a number for each class."""
    if values is None:
        return []
    if isinstance(values, str):
        return [values]
    expected = "a list with a number for each class ('1/2', 'sqrt1/7', 0.25), or 'balanced', 'inverse', 'inverse-sqrt'"
    texts = [exact(value, where) for value in entries(values, where, expected)]
    if not texts:
        raise InputError(where, "is an empty list", expected)
    return texts


def dimension_of(value: Optional[int]) -> int:
    """The dimension, or 0 where it is left to the number of classes."""
    return 0 if value is None else whole(value, "dim", 1, LARGEST_DIMENSION)


def digits_of(value: Any) -> int:
    """Significant decimal digits."""
    return whole(value, "digits", 1, LARGEST_DIGITS)


def jobs_of(value: Optional[int]) -> int:
    """Threads; 0 for all cores."""
    return 0 if value is None else whole(value, "jobs", 1, LARGEST_JOBS)


def choice(value: Any, where: str, choices: "tuple[str, ...]") -> str:
    """One of some words."""
    if value not in choices:
        raise InputError(where, f"{shown(value)} is not offered", " or ".join(repr(each) for each in choices))
    return value


def configuration(counts: Any, lambda_w: Any, lambda_h: Any, dim: Any, weights: Any) -> tuple:
    """The five arguments of the library that say which problem is meant."""
    return (counts_of(counts), exact(lambda_w, "lambda_w"), exact(lambda_h, "lambda_h"), dimension_of(dim),
            weights_of(weights))


def is_path(value: Any) -> bool:
    """Whether it names a file."""
    return isinstance(value, (str, os.PathLike))
