"""The history of a training: measurements by epoch, kept on disk as it goes."""

import csv
import html
import io
import json
import math
import os
from typing import Any, Iterator, Optional, Union

from ._errors import InputError
from ._functions import Measurement, measure, write_whole
from ._inputs import shown, whole
from ._results import Record

Path = Union[str, "os.PathLike[str]"]


class Tracker:
    """Measures a network every few epochs and keeps the numbers.

    Parameters
    ----------
    path : str or path, optional
        A file of JSON lines, one for each record, written through to the disk before `record` returns: a training that
        is killed keeps its history. An existing one is read and continued; a last line that was cut off is dropped.
        Without one the history is in memory alone.
    **options
        For every `measure`: ``lambda_w``, ``lambda_h``, ``weights``, ``counts``, ...

    Examples
    --------
    >>> import numpy as np, ncverify as nc
    >>> tracker = nc.Tracker(lambda_w="1e-3", lambda_h="1e-3")
    >>> features, labels, classifier = np.repeat(np.eye(3), 4, axis=0), np.repeat([0, 1, 2], 4), np.eye(3)
    >>> for epoch in range(3):
    ...     measured = tracker.record(epoch, features * (1 + epoch), labels, classifier)
    >>> tracker.epochs
    [0, 1, 2]
    >>> tracker.to_csv().splitlines()[0].split(",")[0]
    'epoch'
    """

    def __init__(self, path: Optional[Path] = None, **options: Any):
        self.path = None if path is None else os.fspath(path)
        self.options = options
        self._lines: "dict[int, dict]" = {}
        if self.path is not None:
            self._read()

    @property
    def epochs(self) -> "list[int]":
        """Of the records, ascending."""
        return sorted(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, epoch: int) -> Record:
        """What was recorded of an epoch: a measurement without its K x K matrices."""
        return Measurement(self._lines[epoch]["measurement"])

    def __iter__(self) -> Iterator[Record]:
        return (self[epoch] for epoch in self.epochs)

    def record(self, epoch: int, features: Any, labels: Any = None, classifier: Any = None,
               **options: Any) -> Measurement:
        """Measures, and adds it to the history; an epoch that is there already is replaced.

        Parameters
        ----------
        epoch : int
        features, labels, classifier, **options
            As `measure` takes them, beyond the tracker's own; or a `Measurement` alone.

        Returns
        -------
        Measurement

        Raises
        ------
        InputError
            As `measure` does; nothing is recorded then.
        """
        epoch = whole(epoch, "epoch", 0, 2**63 - 1)
        if isinstance(features, Measurement):
            if labels is not None or classifier is not None or options:
                raise InputError("features", "is a measurement beside other arguments", "a measurement alone")
            measured = features
        else:
            measured = measure(features, labels, classifier, **{**self.options, **options})
        line = {"epoch": epoch, "measurement": _without_matrices(measured.as_dict())}
        if self.path is not None:
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
        self._lines[epoch] = line
        return measured

    def history(self, name: str) -> "tuple[list[int], list[float]]":
        """The epochs and the values of one column, "metrics.nc1" say; ``nan`` where there is none."""
        rows = self._rows()
        if not any(name in row for row in rows):
            raise InputError("name", f"{shown(name)} is no column", ", ".join(self._columns(rows)) or "a record first")
        return self.epochs, [_double(row.get(name)) for row in rows]

    def to_csv(self, path: Optional[Path] = None) -> str:
        """A line for each epoch, a column for each number; also written to a file where one is named."""
        rows, text = self._rows(), io.StringIO()
        columns = self._columns(rows)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["epoch", *columns])
        for epoch, row in zip(self.epochs, rows):
            writer.writerow([epoch, *("" if row.get(name) is None else row[name] for name in columns)])
        if path is not None:
            write_whole(path, text.getvalue())
        return text.getvalue()

    def to_html(self, path: Optional[Path] = None) -> str:
        """A page with a curve for each number beside its target; needs nothing from elsewhere."""
        rows = self._rows()
        charts = []
        for name in self._columns(rows):
            if name.startswith("targets."):
                continue
            values = [_double(row.get(name)) for row in rows]
            target = [_double(row.get("targets." + name[len("metrics."):])) if name.startswith("metrics.") else math.nan
                      for row in rows]
            chart = _chart(name, self.epochs, values, target)
            if chart:
                charts.append(chart)
        text = _PAGE.format(charts="\n".join(charts), count=len(self))
        if path is not None:
            write_whole(path, text)
        return text

    def plot(self, *names: str, ax: Any = None) -> Any:
        """Curves by matplotlib, where it is there; their targets dashed.

        Parameters
        ----------
        *names : str
            Columns; "metrics.nc1", "metrics.nc2" and "metrics.nc3" if none.
        ax : matplotlib.axes.Axes, optional

        Returns
        -------
        matplotlib.axes.Axes

        Raises
        ------
        ImportError
            Without matplotlib.
        """
        import matplotlib.pyplot

        if ax is None:
            ax = matplotlib.pyplot.subplots()[1]
        for name in names or [f"metrics.nc{number}" for number in (1, 2, 3)]:
            epochs, values = self.history(name)
            line, = ax.plot(epochs, values, label=name.split(".")[-1])
            if name.startswith("metrics."):
                target = [_double(row.get("targets." + name[len("metrics."):])) for row in self._rows()]
                ax.plot(epochs, target, linestyle="--", color=line.get_color())
        ax.set_xlabel("epoch")
        ax.legend()
        return ax

    def _read(self) -> None:
        try:
            with open(self.path, "rb") as file:
                data = file.read()
        except FileNotFoundError:
            return
        whole_lines = data.rfind(b"\n") + 1
        for number, line in enumerate(data[:whole_lines].splitlines(), 1):
            try:
                entry = json.loads(line)
                self._lines[whole(entry["epoch"], "epoch", 0, 2**63 - 1)] = entry
                entry["measurement"].keys()
            except (ValueError, KeyError, TypeError, AttributeError):
                raise InputError(self.path, f"line {number} is no record", "a file that a Tracker wrote") from None
        if whole_lines < len(data):  # the last one was being written when its writer was killed
            with open(self.path, "r+b") as file:
                file.truncate(whole_lines)

    def _rows(self) -> "list[dict]":
        return [_flat(self._lines[epoch]["measurement"]) for epoch in self.epochs]

    @staticmethod
    def _columns(rows: "list[dict]") -> "list[str]":
        return list(dict.fromkeys(name for row in rows for name in row))


def _without_matrices(document: dict) -> dict:
    """Without what grows as K^2."""
    return {key: ({inner: part for inner, part in value.items() if not _is_matrix(part)}
                  if isinstance(value, dict) else value)
            for key, value in document.items() if not _is_matrix(value)}


def _is_matrix(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], list)


def _double(value: Any) -> float:
    return math.nan if value is None or isinstance(value, str) and not value else float(value)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    try:
        _double(value)
    except (TypeError, ValueError):
        return False
    return True


def _flat(document: dict) -> dict:
    """The numbers that make curves: loss and accuracy, metrics, targets, the gap and its parts."""
    row = {key: document[key] for key in ("loss", "cross_entropy") if _is_number(document.get(key))}
    if document.get("samples"):
        row["accuracy"] = document["correct"] / document["samples"]
    gap = document.get("gap") or {}
    for group, part in (("metrics", document.get("metrics")), ("targets", document.get("targets")), ("gap", gap),
                        ("gap.terms", gap.get("terms"))):
        row.update({f"{group}.{key}": value for key, value in (part or {}).items() if _is_number(value)})
    return row


WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 460, 190, 64, 24, 10


def _chart(name: str, epochs: "list[int]", values: "list[float]", target: "list[float]") -> str:
    """A curve as SVG, by decades where all values are positive and far apart; "" where there is no number."""
    known = [value for value in values + target if math.isfinite(value)]
    if not any(math.isfinite(value) for value in values):
        return ""
    positive = min(known) > 0
    logarithmic = positive and max(known) > 30 * min(known)

    def scaled(value: float) -> float:
        return math.log10(value) if logarithmic else value

    low, high = scaled(min(known)), scaled(max(known))
    if high - low <= 1e-12 * max(abs(high), 1e-300):
        low, high = low - 0.5 * (abs(low) or 1), high + 0.5 * (abs(high) or 1)
    first, last = epochs[0], epochs[-1]

    def point(epoch: int, value: float) -> str:
        along = (epoch - first) / (last - first) if last > first else 0.5
        up = (scaled(value) - low) / (high - low)
        return f"{LEFT + along * (WIDTH - LEFT - 12):.1f},{TOP + (1 - up) * (HEIGHT - TOP - BOTTOM):.1f}"

    def curve(series: "list[float]", style: str) -> str:
        points = [point(epoch, value) for epoch, value in zip(epochs, series) if math.isfinite(value)]
        dots = "".join(f"<circle cx='{p.split(',')[0]}' cy='{p.split(',')[1]}' r='2'/>" for p in points)
        return f"<g class='{style}'><polyline points='{' '.join(points)}'/>{dots}</g>"

    def label(value: float) -> str:
        return f"{10 ** value if logarithmic else value:.3g}"

    text = [f"<figure><figcaption>{html.escape(name)}: {values[-1]:.4g}"
            + (f" <span class='target'>(optimum {target[-1]:.4g})</span>" if math.isfinite(target[-1]) else "")
            + f"</figcaption><svg viewBox='0 0 {WIDTH} {HEIGHT}' role='img' aria-label='{html.escape(name)}'>",
            f"<path class='axis' d='M{LEFT},{TOP}V{HEIGHT - BOTTOM}H{WIDTH - 12}'/>",
            f"<text x='{LEFT - 6}' y='{TOP + 8}' text-anchor='end'>{label(high)}</text>",
            f"<text x='{LEFT - 6}' y='{HEIGHT - BOTTOM}' text-anchor='end'>{label(low)}</text>",
            f"<text x='{LEFT}' y='{HEIGHT - 6}'>{first}</text>",
            f"<text x='{WIDTH - 12}' y='{HEIGHT - 6}' text-anchor='end'>epoch {last}</text>"]
    if any(math.isfinite(value) for value in target):
        text.append(curve(target, "optimum"))
    text.append(curve(values, "measured"))
    text.append("</svg></figure>")
    return "".join(text)


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Neural collapse by epoch</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 16px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; color: #1b1b1b; }}
main {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1.5rem; }}
figure {{ margin: 0; }} figcaption {{ font-weight: 600; }} .target {{ font-weight: 400; color: #8a4b00; }}
svg {{ width: 100%; height: auto; }} text {{ font-size: 12px; fill: #444; }}
.axis {{ fill: none; stroke: #999; }} polyline {{ fill: none; stroke-width: 1.8; }}
.measured {{ stroke: #1f5fa8; fill: #1f5fa8; }} .optimum {{ stroke: #b06000; fill: none; stroke-dasharray: 5 4; }}
.optimum circle {{ display: none; }}
</style></head><body>
<h1>Neural collapse by epoch</h1>
<p>{count} measurements. Solid: the network; dashed: the optimum for its counts and decays, by the theorem.</p>
<main>
{charts}
</main></body></html>
"""
