"""The history of a training: measurements by epoch, kept on disk as it goes."""

import csv
import io
import json
import math
import os
from typing import Any, Iterator, Optional, Union

from . import _ncverify
from ._errors import InputError
from ._files import write_whole
from ._inputs import shown, whole
from ._measure import Measurement, measure
from ._results import Record

MOST_CLASSES_DRAWN = 40  # measure/trajectory.hpp

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
        """What was recorded of an epoch: a measurement, without its K x K matrices where there are many classes."""
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
        document = measured.as_dict()
        if len(document["classes"]) > MOST_CLASSES_DRAWN:
            document = _without_matrices(document)
        line = {"epoch": epoch, "measurement": document}
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
        """The page of a training that ``ncverify measure`` writes for many snapshots: the gap and what it was made of,
        every metric beside its target, and the matrices by epoch. Needs nothing from elsewhere.

        Raises
        ------
        InputError
            Before the first record, and where records have different numbers of classes.
        """
        name = "training" if self.path is None else os.path.splitext(os.path.basename(self.path))[0]
        text = _ncverify.history_page(name, [(epoch, json.dumps(self._lines[epoch]["measurement"]))
                                             for epoch in self.epochs])
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
