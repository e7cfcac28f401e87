"""Measuring a trained network's last layer in memory."""

import json
import os
from typing import Any, Optional, Sequence, Union

from . import _ncverify
from ._errors import InputError
from ._files import write_whole
from ._inputs import LARGEST, Number, Weights, counts_of, digits_of, exact, jobs_of, shown, weights_of, whole
from ._results import Result


class Measurement(Result):
    """What `measure` returns: ``metrics`` and ``targets``, ``classes``, ``gap``, ``notes``, ... as ``measure.json`` has
    them (docs/commands.md)."""

    __slots__ = ("_measured",)

    def __init__(self, document: dict, doubles: bool = True, measured: Any = None):
        super().__init__(document, doubles)
        object.__setattr__(self, "_measured", measured)

    def to_html(self) -> str:
        """The page that ``ncverify measure --out`` writes.

        Raises
        ------
        RuntimeError
            After unpickling: the page is drawn from more than the document has.
        """
        if self._measured is None:
            raise RuntimeError("a measurement that was unpickled or read has no page; draw it where it was measured")
        return self._measured.page()

    def save_html(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Writes `to_html` to a file, which appears whole or not at all."""
        write_whole(path, self.to_html())


def readable(array: Any, where: str) -> Any:
    """An array that can be read where it stands: torch's tensors without their history, lists as arrays."""
    if hasattr(array, "detach"):
        array = array.detach()
        for unresolved in ("resolve_conj", "resolve_neg"):
            array = getattr(array, unresolved, lambda same=array: same)()
    if isinstance(array, (list, tuple)):
        import numpy
        try:
            array = numpy.asarray(array)
        except ValueError as error:
            raise InputError(where, f"{shown(array)}: {error}", "an array of numbers") from None
    if type(array).__name__ == "MaskedArray" and array.mask.any():  # what is behind a mask would count as any other
        raise InputError(where, "is an array with masked elements", "one without, such as array.filled(..)")
    if isinstance(array, (str, bytes, bytearray, type(None))):
        raise InputError(where, f"{shown(array)} is no array", "an array of numbers")
    return array


def decays_of(lambda_w: Optional[Number], lambda_h: Optional[Number]) -> "list[str]":
    """The texts of both decays, "" for one that is not given."""
    texts = []
    for value, where in ((lambda_w, "lambda_w"), (lambda_h, "lambda_h")):
        texts.append("" if value is None else exact(value, where))
        if value is not None and not texts[-1]:
            raise InputError(where, "is empty", "a decay, or None")
    return texts


def measure(features: Any, labels: Any, classifier: Any, *, bias: Any = None, lambda_w: Optional[Number] = None,
            lambda_h: Optional[Number] = None, weights: Weights = None, counts: Optional[Sequence[int]] = None,
            ignored_label: Optional[int] = None, digits: int = 17, jobs: Optional[int] = None,
            summary: bool = False) -> Measurement:
    """A trained network's last layer beside the theorem.

    Arrays are numpy's, or anything in this machine's memory that has the buffer protocol or DLPack: torch's tensors
    (`requires_grad` or not), of float16, bfloat16, float32 or float64, in any layout. They are read where they stand,
    without a copy, and must not change meanwhile: the work is done without Python's lock. Ctrl-C raises
    KeyboardInterrupt.

    Parameters
    ----------
    features : array, shape (N, d)
        H, one row for each sample.
    labels : array of whole numbers, shape (N,), or one-hot, shape (N, K)
        0..K-1.
    classifier : array, shape (K, d)
        W, one row for each class, as torch.nn.Linear has it.
    bias : array, shape (K,), optional
        b. With one there is no gap: the bound does not hold then.
    lambda_w, lambda_h : str, int, Fraction, Decimal or float, optional
        Decays, as in `theory`; taken from the network where it has settled, if not given.
    weights : str or sequence, optional
        Class weights of the loss, as in `theory`.
    counts : sequence of int, optional
        Of the training set, where the samples are others.
    ignored_label : int, optional
        Samples with this label are left out.
    digits : int
        Of the theorem's numbers.
    jobs : int, optional
        Threads; all cores where not given. No number depends on it.
    summary : bool
        Leaves the K x K matrices out.

    Returns
    -------
    Measurement
        ``save_html(path)`` writes its page.

    Raises
    ------
    InputError
        For arrays that are not finite or do not fit each other.
    RuntimeError
        In a process that was forked after its parent used threads of this module.

    Examples
    --------
    >>> import numpy as np, ncverify as nc
    >>> features = np.repeat(np.eye(3), 4, axis=0)
    >>> measured = nc.measure(features, np.repeat([0, 1, 2], 4), 2 * np.eye(3) - 2 / 3)
    >>> measured.config.counts
    array([4, 4, 4])
    >>> measured.metrics.nc1
    0.0
    """
    decays = decays_of(lambda_w, lambda_h)
    ignored = None if ignored_label is None else whole(ignored_label, "ignored_label", -LARGEST, LARGEST)
    given = _ncverify.measure(
        readable(features, "features"), readable(labels, "labels"), readable(classifier, "classifier"),
        None if bias is None else readable(bias, "bias"), *decays, weights_of(weights),
        [] if counts is None else counts_of(counts), ignored, digits_of(digits), jobs_of(jobs), not summary)
    return Measurement(json.loads(given.json), True, given)
