"""Results: frozen objects whose attributes are named as in the JSON that the command line prints."""

import html
import json
import re
from typing import Any, Iterator

import numpy as np

DECIMAL = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?\Z")
# What is exact, or words, even where it looks like a decimal.
TEXTS = {"config", "exact", "name", "replay", "message", "id", "certificate", "version", "kind"}


def _number(value: Any) -> bool:
    return (value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))
            or (isinstance(value, str) and DECIMAL.match(value) is not None))


def _depth(value: Any) -> int:
    """Of an array of numbers: 0 for a number, -1 for what is none."""
    if not isinstance(value, list):
        return 0 if _number(value) else -1
    depths = {_depth(each) for each in value}
    lengths = {len(each) for each in value if isinstance(each, list)}
    return depths.pop() + 1 if len(depths) == 1 and -1 not in depths and len(lengths) <= 1 else -1


def _as_double(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_double(each) for each in value]
    return float("nan") if value is None else float(value)


def _array(value: list) -> np.ndarray:
    flat = np.asarray(value, dtype=object).ravel()
    whole = all(type(each) is int for each in flat)
    array = np.array(value, dtype=np.int64) if whole else np.array(_as_double(value), dtype=np.float64)
    array.setflags(write=False)
    return array


def _value(value: Any, key: str, doubles: bool) -> Any:
    """What an attribute holds, for what the document has."""
    if isinstance(value, dict):
        return Record(value, doubles and key not in TEXTS)
    if isinstance(value, list):
        if value and all(isinstance(each, dict) for each in value):
            return Rows(Record(each, doubles) for each in value)
        if value and _depth(value) > 0 and (doubles or all(type(each) is int for each in value)):
            return _array(value)
        return tuple(_value(each, key, doubles) for each in value)
    if doubles and key not in TEXTS and isinstance(value, str) and DECIMAL.match(value):
        return float(value)
    return value


class Rows(tuple):
    """Records of one kind; an attribute of theirs is an array of all of theirs.

    Examples
    --------
    >>> import ncverify as nc
    >>> theory = nc.theory([100, 400], "1e-4", "1e-5")
    >>> theory.classes[1].count
    400
    >>> theory.classes.count
    array([100, 400])
    """

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("__") or not self or name not in self[0]:
            return super().__getattribute__(name)
        values = [getattr(each, name) for each in self]
        if all(isinstance(value, (int, float, bool, np.generic)) for value in values):
            seeds = all(type(value) is int for value in values) and max(values) >= 2**63
            array = np.array(values, dtype=np.uint64 if seeds else None)
            array.setflags(write=False)
            return array
        return tuple(values)


class Record:
    """A frozen object with the keys of a JSON object for attributes.

    Decimal strings are the doubles nearest to them, lists of numbers arrays (``null`` is ``nan`` there); ``config`` and
    what is exact stays text.
    """

    __slots__ = ("_document", "_doubles", "_attributes")

    def __init__(self, document: dict, doubles: bool = True):
        object.__setattr__(self, "_document", document)
        object.__setattr__(self, "_doubles", doubles)
        object.__setattr__(self, "_attributes", {})

    def __getattr__(self, name: str) -> Any:
        # Reached only where there is no such attribute otherwise.
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._attributes:
            if name not in self._document:
                raise AttributeError(f"{type(self).__name__} has no attribute '{name}'; it has "
                                     + ", ".join(self._document))
            self._attributes[name] = _value(self._document[name], name, self._doubles)
        return self._attributes[name]

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __dir__(self) -> "list[str]":
        return sorted({*super().__dir__(), *self._document})

    def __contains__(self, name: str) -> bool:
        return name in self._document

    def __iter__(self) -> Iterator[str]:
        return iter(self._document)

    def __eq__(self, other: Any) -> bool:
        return type(other) is type(self) and other._document == self._document

    def __hash__(self) -> int:
        return hash(json.dumps(self._document))

    def __reduce__(self):
        return type(self), (self._document, self._doubles)

    def as_dict(self) -> dict:
        """The JSON object as the command line prints it, real numbers as decimal strings; a copy."""
        return json.loads(json.dumps(self._document))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{key}={_brief(self, key)}' for key in self._document)})"


def _brief(record: Record, key: str) -> str:
    value = getattr(record, key)
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, np.ndarray):
        if value.ndim > 1 or value.size > 8:
            return f"<array {'x'.join(map(str, value.shape))}>"
        return "[" + ", ".join(f"{each:.6g}" if value.dtype.kind == "f" else str(each) for each in value) + "]"
    if isinstance(value, Rows):
        return f"<{len(value)} records>"
    if isinstance(value, Record):
        return "{...}" if len(value._document) > 6 else "{" + ", ".join(
            f"{each}: {_brief(value, each)}" for each in value) + "}"
    text = repr(value)
    return text if len(text) <= 72 else text[:69] + "..."


class Result(Record):
    """A whole document."""

    __slots__ = ()

    @property
    def exact(self) -> Record:
        """The same attributes with every digit: decimal strings in place of doubles."""
        return Record(self._document, doubles=False)

    def __repr__(self) -> str:
        lines = [type(self).__name__]
        for key in self._document:
            lines.append(f"  {key:<18} {_brief(self, key)}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """A table of the numbers and another of the classes, for notebooks."""
        rows = "".join(f"<tr><th style='text-align:left'>{html.escape(key)}</th>"
                       f"<td style='text-align:left'>{html.escape(_brief(self, key))}</td></tr>"
                       for key in self._document)
        return (f"<div><b>ncverify {html.escape(type(self).__name__)}</b><table>{rows}</table>"
                + "".join(_html_rows(key, getattr(self, key)) for key in self._document) + "</div>")


def _html_rows(title: str, rows: Any, most: int = 20) -> str:
    if not isinstance(rows, Rows):
        return ""
    keys = list(rows[0])
    head = "".join(f"<th>{html.escape(key)}</th>" for key in keys)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(_brief(row, key)) if key in row else ''}</td>" for key in keys)
                   + "</tr>" for row in rows[:most])
    more = f"<p>{len(rows) - most} more</p>" if len(rows) > most else ""
    return f"<p>{html.escape(title)}</p><table><tr>{head}</tr>{body}</table>{more}"
