"""The functions, and what each returns."""

import json
import os
from typing import Optional, Sequence, Union

from . import _ncverify
from ._errors import InputError
from ._inputs import (Number, Weights, choice, configuration, digits_of, entries, exact, is_path, jobs_of, seconds, share,
                      shown, whole)
from ._results import Record, Result

LARGEST_SEED = 2**64 - 1


class Theory(Result):
    """What `theory` returns: ``config``, ``digits``, ``threshold`` (``exact``, ``decimal``), ``minimum_loss``,
    ``classes`` (``count``, ``collapsed``, ``margin``, ``feature_norm_squared``, ``classifier_norm_squared``,
    ``logit_own``, ``logit_other``), ``classifier_gram`` and ``classifier_cosine`` (K x K, ``nan`` where undefined)."""

    __slots__ = ()


class WeightDesign(Result):
    """What `weights` returns: ``config``, ``digits``, ``weights`` (K), and what `Theory` has at these weights."""

    __slots__ = ()


class Solution(Result):
    """What `solve` returns: ``status`` ("certified", "bounded", "stationary" or "failed"), ``objective``, ``lower_bound``,
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
    >>> theory.exact.classes[0].margin[:8], round(float(theory.classes.margin[0]), 5)
    ('7.357140', 7.35714)
    """
    return Theory(json.loads(_ncverify.theory(*configuration(counts, lambda_w, lambda_h, dim, weights),
                                              digits_of(digits), not summary)))


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
    >>> float(design.weights[0] / design.weights[1])     # as the inverse roots of the counts
    2.0
    """
    counts, lambda_w, lambda_h, dim, _ = configuration(counts, lambda_w, lambda_h, dim, None)
    if isinstance(margins, str) or not (hasattr(margins, "__len__") or hasattr(margins, "__iter__")):
        asked = [exact(margins, "margins")]
    else:
        asked = [exact(each, "margins") for each in entries(margins, "margins", "a number for each class, or one")]
        if len(asked) != len(counts):
            raise InputError("margins", f"{len(asked)} for {len(counts)} classes", "one for each class, or a number")
    return WeightDesign(json.loads(_ncverify.weights(counts, lambda_w, lambda_h, dim, asked, digits_of(digits),
                                                     not summary)))


def solve(counts: Sequence[int], lambda_w: Number, lambda_h: Number, *, dim: Optional[int] = None,
          weights: Weights = None, digits: int = 50, seed: int = 1, formulation: str = "class-means",
          search: Optional[str] = None, starts: Optional[int] = None, summary: bool = False,
          point: bool = False, gap: Optional[Number] = None, time: Optional[float] = None) -> Solution:
    """Minimises problem (4) without the theorem, and certifies the minimum.

    Runs in one thread, without Python's lock; Ctrl-C raises KeyboardInterrupt. With fewer coordinates than classes that
    can use one, branch and bound proves how low the loss can be: by itself where (K-2) d is at most 2, and wherever
    ``gap`` or ``time`` ask for it.

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
    gap : number, optional
        The proven relative gap that suffices, above 0 and below 1; ``status`` is then "bounded", where it is above
        10^(2-digits).
    time : float, optional
        Seconds of the clock, above 0 and at most 3.6e6, after which branch and bound ends, "bounded" by what is proven.

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
    >>> nc.solve([1, 1, 1, 1], "1/30", "1/30", dim=1, gap=1e-3).status
    'bounded'
    """
    given = configuration(counts, lambda_w, lambda_h, dim, weights)
    enough = 0.0 if gap is None else share(gap, "gap")
    limit = 0.0 if time is None else seconds(time, "time")
    samples = choice(formulation, "formulation", ("class-means", "samples")) == "samples"
    method = "" if search is None else choice(search, "search", ("structured", "descent"))
    number = 0 if starts is None else whole(starts, "starts", 1, 10**6)
    document, certificate, found = _ncverify.solve(*given, digits_of(digits), whole(seed, "seed", 0, LARGEST_SEED), samples,
                                                   method, number, not summary, bool(point), enough, limit)
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
    least = 0 if digits is None else digits_of(digits)
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

    Evidence is "certified" at most: that Coq checked a claim's proof is what the program ``ncverify verify`` reads, or
    has checked (``--check-proofs``).

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
        *given, digits_of(digits), whole(seed, "seed", 0, LARGEST_SEED), claims, method, jobs_of(jobs)))})
