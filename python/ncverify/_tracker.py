"""The history of a training: measurements by epoch, kept on disk as it goes."""

import contextlib
import csv
import inspect
import io
import json
import math
import os
from typing import Any, Iterator, Optional, Union

from . import _ncverify
from ._errors import InputError
from ._files import write_whole
from ._functions import theory
from ._inputs import counts_of, digits_of, jobs_of, shown, weights_of, whole
from ._measure import Measurement, decays_of, measure
from ._results import Record

MOST_CLASSES_DRAWN = 40  # measure/trajectory.hpp

Path = Union[str, "os.PathLike[str]"]

LINE_BEGINS = b'{"epoch": '  # as `record` writes every line


class Tracker:
    """Measures a network every few epochs and keeps the numbers.

    Parameters
    ----------
    path : str or path, optional
        A file of JSON lines, one for each record, written through to the disk before `record` returns: a training that
        is killed keeps its history. An existing one is read and continued; a last line that was cut off is dropped by
        the next record. Without one the history is in memory alone.
    **options
        For every `measure`: ``lambda_w``, ``lambda_h``, ``weights``, ``counts``, ...

    Raises
    ------
    InputError
        For a file that no Tracker wrote, which stays as it is, and for values that `measure` would not take.
    TypeError
        For options that `measure` does not have.
    OSError
        Where a new file cannot be written; `record` raises it too, on a full disk, and the file keeps what was
        recorded before.

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
        self._cut: Optional[int] = None  # where the whole lines of a file end, whose last one was cut off
        _check_options(options)
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
            _append(self.path, (json.dumps(line) + "\n").encode(), self._cut)
            self._cut = None
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
            with open(self.path, "xb"):  # that it cannot be is better known now than after the first epochs
                os.unlink(self.path)
            return
        whole_lines = data.rfind(b"\n") + 1
        tail = data[whole_lines:]
        if not (tail.startswith(LINE_BEGINS) or LINE_BEGINS.startswith(tail)):  # somebody else's, and not ours to cut
            raise InputError(self.path, "its last line is no record", "a file that a Tracker wrote")
        for number, line in enumerate(data[:whole_lines].splitlines(), 1):
            try:
                entry = json.loads(line)
                self._lines[whole(entry["epoch"], "epoch", 0, 2**63 - 1)] = entry
                document = entry["measurement"]
                _flat(document)
                len(document["classes"]), document["config"].keys(), document["implied"]
            except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError):
                raise InputError(self.path, f"line {number} is no record", "a file that a Tracker wrote") from None
        self._cut = whole_lines if tail else None  # it was being written when its writer was killed, or still is

    def _rows(self) -> "list[dict]":
        return [_flat(self._lines[epoch]["measurement"]) for epoch in self.epochs]

    @staticmethod
    def _columns(rows: "list[dict]") -> "list[str]":
        return list(dict.fromkeys(name for row in rows for name in row))


def _check_options(options: "dict[str, Any]") -> None:
    """Raises for what `measure` would not take, before a training begins."""
    known = [name for name, each in inspect.signature(measure).parameters.items() if each.kind.name == "KEYWORD_ONLY"]
    for name in options:
        if name not in known:
            raise TypeError(f"measure has no option {shown(name)}; it has {', '.join(known)}")
    decays = decays_of(options.get("lambda_w"), options.get("lambda_h"))
    theory([1, 1], *(text or "1" for text in decays), digits=1)
    for name, check in (("weights", weights_of), ("counts", counts_of), ("digits", digits_of), ("jobs", jobs_of)):
        if options.get(name) is not None:
            check(options[name])


def _append(path: str, line: bytes, cut: Optional[int]) -> None:
    """The line at the end of the file, or at `cut`, on the disk; where that fails, the lines before it are left."""
    with open(path, "ab", buffering=0) as file:
        if cut is not None:
            file.truncate(cut)
        before = os.fstat(file.fileno()).st_size
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[file.write(rest):]
            os.fsync(file.fileno())
        except BaseException:
            with contextlib.suppress(OSError):  # of a device
                file.truncate(before)
            raise


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
