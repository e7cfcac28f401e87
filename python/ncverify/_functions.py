"""The functions, and what each returns."""

import json
import os
import tempfile
from typing import Any, Optional, Sequence, Union

from . import _ncverify
from ._errors import InputError
from ._inputs import (LARGEST, Number, choice, configuration, counts_of, entries, exact, is_path, shown, weights_of,
                      whole)
from ._results import Record, Result, Rows

Weights = Union[None, str, Sequence[Number]]
LARGEST_DIGITS = 100_000
LARGEST_SEED = 2**64 - 1
LARGEST_JOBS = 4096


class Theory(Result):
    """What `theory` returns: ``config``, ``digits``, ``threshold`` (``exact``, ``decimal``), ``minimum_loss``,
    ``classes`` (``count``, ``collapsed``, ``margin``, ``feature_norm_squared``, ``classifier_norm_squared``,
    ``logit_own``, ``logit_other``), ``classifier_gram`` and ``classifier_cosine`` (K x K, ``nan`` where undefined)."""

    __slots__ = ()


class WeightDesign(Result):
    """What `weights` returns: ``config``, ``digits``, ``weights`` (K), and what `Theory` has at these weights."""

    __slots__ = ()


class Solution(Result):
    """What `solve` returns: ``status`` ("certified", "stationary" or "failed"), ``objective``, ``lower_bound``,
    ``relative_gap``, ``kkt_residual``, ``feature_gram``, ``classifier_gram`` and ``logits`` (K x K), ``starts``, ..."""

    __slots__ = ("_certificate", "_point")

    def __init__(self, document: dict, doubles: bool = True, certificate: str = "", point: Optional[dict] = None):
        super().__init__(document, doubles)
        object.__setattr__(self, "_certificate", certificate)
        object.__setattr__(self, "_point", point)

    def __reduce__(self):
        return type(self), (self._document, self._doubles, self._certificate, self._point)

    @property
    def certificate(self) -> str:
        """The certificate, the text of the file that ``--certificate`` writes; "" where there is none."""
        return self._certificate

    @property
    def point(self) -> Optional[Result]:
        """The point, where it was asked for: ``W`` (K x d) and ``H``; ``.exact`` has every digit."""
        return None if self._point is None else Result(self._point)


class Certification(Result):
    """What `certify` returns: ``proven``, ``upper_bound``, ``lower_bound``, ``relative_gap``, ``gap``, ``reason``, ..."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return self.proven


class Verification(Result):
    """What `verify` returns: ``claims``, an entry for each as ``report.json`` has it (``id``, ``source``,
    ``statement``, ``kind``, ``verdict``, ``evidence``, ``cases``, ``counterexample``, ``replay``)."""

    __slots__ = ()

    def __getitem__(self, identifier: str) -> Record:
        """The claim of this identifier."""
        for claim in self.claims:
            if claim.id == identifier:
                return claim
        raise KeyError(identifier)


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


def write_whole(path: Union[str, "os.PathLike[str]"], text: str) -> None:
    """The file has the text, or is as it was."""
    path = os.fspath(path)
    folder = os.path.dirname(path) or "."
    handle, beside = tempfile.mkstemp(dir=folder, prefix="." + os.path.basename(path) + ".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(beside, 0o666 & ~mask)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def _digits(value: Any, least: int = 1) -> int:
    return whole(value, "digits", least, LARGEST_DIGITS)


def _jobs(value: Any) -> int:
    return 0 if value is None else whole(value, "jobs", 1, LARGEST_JOBS)


def theory(counts: Sequence[int], lambda_w: Number, lambda_h: Number, *, dim: Optional[int] = None,
           weights: Weights = None, digits: int = 50, summary: bool = False) -> Theory:
    """The closed forms of Theorem 1 and Proposition 1, every printed digit right.

    Parameters
    ----------
    counts : sequence or array of int, shape (K,)
        Samples of each class, K >= 2 of them, 1..10^18 each.
    lambda_w, lambda_h : str, int, Fraction, Decimal or float
        Decays of W and H, read exactly. A float stands for its shortest decimal text: ``1e-4`` is 1/10000, not the
        double nearby. 1e-10000..1e10000.
    dim : int, optional
        d, the dimension of the features; K where it is not given.
    weights : str or sequence, optional
        Class weights omega_k: "balanced", "inverse" or "inverse-sqrt", or K numbers, each a positive rational or the
        square root of one, "sqrt1/7". All 1 where not given.
    digits : int
        Significant decimal digits, 1..100000; ``.exact`` has them all.
    summary : bool
        Leaves the K x K matrices out.

    Returns
    -------
    Theory

    Raises
    ------
    InputError
        For what is no problem (4), and where the answer would not fit in memory.
    UndecidedError
        Where the rounding of a number could not be decided; another number of digits will.

    Examples
    --------
    >>> import ncverify as nc
    >>> theory = nc.theory([100, 100, 200, 200, 300], "1e-4", "1/100000", digits=30)
    >>> theory.classes[0].collapsed
    False
    >>> theory.exact.classes[0].margin[:8], round(theory.classes.margin[0], 5)
    ('6.907755', 6.90776)
    """
    return Theory(json.loads(_ncverify.theory(*configuration(counts, lambda_w, lambda_h, dim, weights),
                                              _digits(digits), not summary)))


def weights(counts: Sequence[int], lambda_w: Number, lambda_h: Number,
            margins: Union[Number, Sequence[Number]], *, dim: Optional[int] = None, digits: int = 50,
            summary: bool = False) -> WeightDesign:
    """The class weights at which these margins are the optimum's, and what the theorem says there.

    Parameters
    ----------
    counts, lambda_w, lambda_h, dim, digits, summary
        As in `theory`.
    margins : number or sequence of K numbers
        M_k > 0, read exactly; one for all classes.

    Returns
    -------
    WeightDesign

    Raises
    ------
    InputError

    Examples
    --------
    >>> import ncverify as nc
    >>> design = nc.weights([100, 400], "1e-4", "1e-5", 5)
    >>> design.weights[0] / design.weights[1]       # as the inverse roots of the counts
    2.0
    """
    counts, lambda_w, lambda_h, dim, _ = configuration(counts, lambda_w, lambda_h, dim, None)
    if isinstance(margins, str) or not (hasattr(margins, "__len__") or hasattr(margins, "__iter__")):
        asked = [exact(margins, "margins")]
    else:
        asked = [exact(each, "margins") for each in entries(margins, "margins", "a number for each class, or one")]
        if len(asked) != len(counts):
            raise InputError("margins", f"{len(asked)} for {len(counts)} classes", "one for each class, or a number")
    return WeightDesign(json.loads(_ncverify.weights(counts, lambda_w, lambda_h, dim, asked, _digits(digits),
                                                     not summary)))


def solve(counts: Sequence[int], lambda_w: Number, lambda_h: Number, *, dim: Optional[int] = None,
          weights: Weights = None, digits: int = 50, seed: int = 1, formulation: str = "class-means",
          search: Optional[str] = None, starts: Optional[int] = None, summary: bool = False,
          point: bool = False) -> Solution:
    """Minimises problem (4) without the theorem, and certifies the minimum.

    Runs in one thread, without Python's lock; Ctrl-C raises KeyboardInterrupt.

    Parameters
    ----------
    counts, lambda_w, lambda_h, dim, weights, digits, summary
        As in `theory`.
    seed : int
        0..2^64 - 1; the same seed gives the same answer, ``timing`` aside.
    formulation : {"class-means", "samples"}
        One feature vector for each class, weighted by its count, or one for each sample.
    search : {"structured", "descent"}, optional
        How minimisers are looked for; "structured", where it applies, if not given.
    starts : int, optional
        Exactly so many random starts, 1..10^6; until the certificate closes, at most 64, if not given.
    point : bool
        Keeps W and H too, as ``solution.point``.

    Returns
    -------
    Solution

    Raises
    ------
    InputError
        Numerical failure is a ``status``.

    Examples
    --------
    >>> import ncverify as nc
    >>> solution = nc.solve([100, 200], "1e-4", "1e-5", digits=40, point=True)
    >>> solution.status, solution.relative_gap < 1e-38
    ('certified', True)
    >>> solution.logits.shape
    (2, 2)
    >>> nc.certify(solution).proven
    True
    """
    given = configuration(counts, lambda_w, lambda_h, dim, weights)
    samples = choice(formulation, "formulation", ("class-means", "samples")) == "samples"
    method = "" if search is None else choice(search, "search", ("structured", "descent"))
    number = 0 if starts is None else whole(starts, "starts", 1, 10**6)
    document, certificate, found = _ncverify.solve(*given, _digits(digits), whole(seed, "seed", 0, LARGEST_SEED), samples,
                                                   method, number, not summary, bool(point))
    return Solution(json.loads(document), True, certificate, json.loads(found) if found else None)


def certify(certificate: Union[Solution, str, "os.PathLike[str]"], *, counts: Optional[Sequence[int]] = None,
            lambda_w: Optional[Number] = None, lambda_h: Optional[Number] = None, dim: Optional[int] = None,
            weights: Weights = None, digits: Optional[int] = None, summary: bool = False) -> Certification:
    """Checks a certificate, sharing no code with the solver or the theorem.

    Parameters
    ----------
    certificate : Solution, str or path
        A solution that has one, the text of a certificate (it begins with a brace), or the name of a file.
    counts, lambda_w, lambda_h, dim, weights : optional
        The problem that it must be a certificate of.
    digits : int, optional
        The fewest digits that will do.
    summary : bool
        Leaves out the bounds with one entry a class.

    Returns
    -------
    Certification
        True where proven; ``reason`` says why not.

    Raises
    ------
    InputError
        For what is no certificate.
    OSError
        For a file that cannot be read.

    Examples
    --------
    >>> import ncverify as nc
    >>> solution = nc.solve([100, 200], "1e-4", "1e-5", digits=30)
    >>> bool(nc.certify(solution.certificate, counts=[100, 200], lambda_w="1e-4", lambda_h="1e-5"))
    True
    >>> bool(nc.certify(solution.certificate, counts=[100, 300], lambda_w="1e-4", lambda_h="1e-5"))
    False
    """
    named = [each is not None for each in (counts, lambda_w, lambda_h)]
    if any(named) or dim is not None or weights is not None:
        if not all(named):
            missing = ("counts", "lambda_w", "lambda_h")[named.index(False)]
            raise InputError(missing, "is missing", "counts, lambda_w and lambda_h, or none of them")
        given = configuration(counts, lambda_w, lambda_h, dim, weights)
    else:
        given = ([], "", "", 0, [])
    least = 0 if digits is None else _digits(digits)
    where = "certificate"
    if isinstance(certificate, Solution):
        text = certificate.certificate
        if not text:
            raise InputError("certificate", f"this solution, which {certificate.status}, has none", "one that has")
    elif isinstance(certificate, str) and certificate.lstrip()[:1] == "{":
        text = certificate
    elif is_path(certificate):
        where = f"certificate {os.fspath(certificate)}"
        with open(certificate, "rb") as file:
            data = file.read()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise InputError(where, "is not text", "a file that solve wrote") from None
    else:
        raise InputError("certificate", f"{shown(certificate)} is none", "a Solution, a text or the name of a file")
    return Certification(json.loads(_ncverify.certify(text, where, *given, least, not summary)))


def verify(counts: Sequence[int], lambda_w: Number, lambda_h: Number, *, dim: Optional[int] = None,
           weights: Weights = None, digits: int = 50, seed: int = 1, claims: str = "", search: str = "descent",
           jobs: Optional[int] = None) -> Verification:
    """Puts the paper's claims on trial at one problem.

    Parameters
    ----------
    counts, lambda_w, lambda_h, dim, weights, digits
        As in `theory`.
    seed : int
        Of everything random in the trial.
    claims : str
        Which claims, by their identifiers: "thm1.*,cor4.threshold"; all where empty.
    search : {"descent", "structured"}
        How minimisers are looked for.
    jobs : int, optional
        Threads, 1..4096; all cores where not given. The answer does not depend on it.

    Returns
    -------
    Verification

    Raises
    ------
    InputError

    Examples
    --------
    >>> import ncverify as nc
    >>> trial = nc.verify([100, 200], "1e-4", "1e-5", claims="thm1.b")
    >>> trial["thm1.b"].verdict
    'verified'
    """
    given = configuration(counts, lambda_w, lambda_h, dim, weights)
    method = choice(search, "search", ("descent", "structured"))
    if not isinstance(claims, str):
        raise InputError("claims", f"{shown(claims)} is no text", "identifiers such as 'thm1.*,cor4.threshold'")
    return Verification({"claims": json.loads(_ncverify.verify(
        *given, _digits(digits), whole(seed, "seed", 0, LARGEST_SEED), claims, method, _jobs(jobs)))})


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
    if isinstance(array, (str, bytes, bytearray, type(None))):
        raise InputError(where, f"{shown(array)} is no array", "an array of numbers")
    return array


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
    decays = ["" if each is None else exact(each, where) for each, where in
              ((lambda_w, "lambda_w"), (lambda_h, "lambda_h"))]
    for each, where in zip(decays, ("lambda_w", "lambda_h")):
        if each == "" and (lambda_w if where == "lambda_w" else lambda_h) is not None:
            raise InputError(where, "is empty", "a decay, or None")
    ignored = None if ignored_label is None else whole(ignored_label, "ignored_label", -LARGEST, LARGEST)
    given = _ncverify.measure(
        readable(features, "features"), readable(labels, "labels"), readable(classifier, "classifier"),
        None if bias is None else readable(bias, "bias"), *decays, weights_of(weights),
        [] if counts is None else counts_of(counts), ignored, _digits(digits), _jobs(jobs), not summary)
    return Measurement(json.loads(given.json), True, given)
