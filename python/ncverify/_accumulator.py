"""Measuring batch by batch, in one pass over features that are never held whole."""

import json
from typing import Any, Optional

import numpy as np

from . import _ncverify
from ._errors import InputError
from ._inputs import Number, Weights, digits_of, weights_of, whole
from ._measure import decays_of, readable
from ._results import Result

#: Up to this dimension the scatter within classes, d x d doubles, is kept: 128 MiB.
LARGEST_SCATTER = 4096
# Keys of a measurement that take the samples themselves, none of which are kept.
METRICS_OF_MEANS = ("nc2", "nc3", "norm_m_cov", "norm_w_cov", "cos_m", "cos_w", "w_m_dist", "etf_error", "etf_error_w")


class Accumulation(Result):
    """What `Accumulator.result` returns: ``config``, ``metrics``, ``targets``, ``classes``, ``feature_gram``,
    ``classifier_gram``, ``logits``, ``theory``, as `measure` has them, but for what takes the samples themselves."""

    __slots__ = ()


class Accumulator:
    """Class means and scatter, batch by batch; then the metrics for a classifier.

    One pass suffices for d <= 4096; beyond, the d x d scatter is not kept, ``nc1`` and ``sw_inv_sb`` are ``nan``, and
    `again` begins a second pass over the same samples, which finds them. Loss, accuracy, ``ncc_mismatch`` and the gap
    take every sample's logits: `measure` has them.

    Parameters
    ----------
    classes : int
        K.

    Notes
    -----
    Means and scatter are updated about the means so far (Chan, Golub and LeVeque 1983), in double, so that nothing
    cancels where features are nearly collapsed; the tests hold the metrics to `measure`'s within 1e-9 of their size.

    Examples
    --------
    >>> import numpy as np, ncverify as nc
    >>> random = np.random.default_rng(1)
    >>> features, labels, classifier = random.random((60, 5)), np.arange(60) % 3, random.random((3, 5))
    >>> sums = nc.Accumulator(3)
    >>> for batch in np.split(np.arange(60), 4):
    ...     sums.update(features[batch], labels[batch])
    >>> whole = nc.measure(features, labels, classifier, lambda_w="1e-3", lambda_h="1e-3")
    >>> found = sums.result(classifier, lambda_w="1e-3", lambda_h="1e-3")
    >>> bool(np.isclose(found.metrics.nc1, whole.metrics.nc1, rtol=1e-10))
    True
    """

    def __init__(self, classes: int):
        self.classes = whole(classes, "classes", 2, 2**31 - 1)
        self.counts = np.zeros(self.classes, dtype=np.int64)
        self._means: Optional[np.ndarray] = None  # K x d
        self._spread = np.zeros(self.classes)  # sum_i ||h_ki - h_k||^2
        self._scatter: Optional[np.ndarray] = None  # sum_ki (h_ki - h_k)(h_ki - h_k)^T, d x d
        self._seen: Optional[np.ndarray] = None  # second pass: samples of each class
        self._projected = np.zeros(2)

    def update(self, features: Any, labels: Any) -> None:
        """Adds samples.

        Parameters
        ----------
        features : array, shape (n, d)
            As in `measure`; numpy's, torch's, ...
        labels : array of whole numbers, shape (n,)
            0..K-1.

        Raises
        ------
        InputError
            For arrays that are not finite or do not fit; nothing is added then.
        """
        batch, order = self._checked(features, labels)
        if self._means is None:
            dimension = batch.shape[1]
            self._means = np.zeros((self.classes, dimension))
            if dimension <= LARGEST_SCATTER:
                self._scatter = np.zeros((dimension, dimension))
        if self._seen is not None:
            self._project(batch, order)
            return
        counts, means, deviations = _class_means(batch, order, self.classes)
        spread = np.bincount(order, weights=np.einsum("ij,ij->i", deviations, deviations), minlength=self.classes)
        scatter = None if self._scatter is None else deviations.T @ deviations
        self._add(counts, means, spread, scatter)

    def merge(self, other: "Accumulator") -> None:
        """Adds what another one has seen, in another process say (it can be pickled).

        Raises
        ------
        InputError
            Where the two are of different K or d, or in a second pass of other means.
        """
        if not isinstance(other, Accumulator):
            raise InputError("other", f"is a {type(other).__name__}", "an Accumulator")
        if other.classes != self.classes:
            raise InputError("other", f"has {other.classes} classes", f"{self.classes}")
        if other._means is None:
            return
        if self._means is None:
            self._means = np.zeros_like(other._means)
            self._scatter = None if other._scatter is None else np.zeros_like(other._scatter)
        if other._means.shape != self._means.shape:
            raise InputError("other", f"has dimension {other._means.shape[1]}", f"{self._means.shape[1]}")
        if self._seen is not None or other._seen is not None:
            if self._seen is None or other._seen is None or not np.array_equal(self._means, other._means):
                raise InputError("other", "is in another pass", "two in a second pass over the same means")
            self._seen += other._seen
            self._projected += other._projected
            return
        self._add(other.counts, other._means, other._spread, other._scatter)

    def again(self) -> None:
        """Begins a second pass, over the same samples: needed for ``nc1`` and ``sw_inv_sb`` where d > 4096."""
        self._require_classes()
        self._seen = np.zeros_like(self.counts)
        self._projected = np.zeros(2)

    def result(self, classifier: Any, *, bias: Any = None, lambda_w: Optional[Number] = None,
               lambda_h: Optional[Number] = None, weights: Weights = None,
               digits: int = 17) -> Accumulation:
        """The metrics for a classifier, beside the theorem's.

        Parameters
        ----------
        classifier : array, shape (K, d)
        bias, lambda_w, lambda_h, weights, digits
            As in `measure`; decays are not taken from the network.

        Raises
        ------
        InputError
            Where a class has no sample yet, or a second pass has not seen all of them.
        """
        self._require_classes()
        if self._seen is not None and not np.array_equal(self._seen, self.counts):
            raise InputError("features", f"{int(self._seen.sum())} of {int(self.counts.sum())} samples were seen again",
                             "a second pass over the same samples")
        decays = decays_of(lambda_w, lambda_h)
        # The library measures the class means, a sample each, as of the classes' own counts.
        found = json.loads(_ncverify.measure(
            self._means, np.arange(self.classes), readable(classifier, "classifier"),
            None if bias is None else readable(bias, "bias"), *decays, weights_of(weights),
            [int(count) for count in self.counts], None, digits_of(digits), 1, True).json)
        metrics = {name: found["metrics"][name] for name in METRICS_OF_MEANS}
        metrics["nc1"], metrics["sw_inv_sb"] = self._within_by_between()
        metrics["cdnv"] = self._cdnv()
        variances = self._spread / self.counts
        for each, count, variance in zip(found["classes"], self.counts, variances):
            each["count"] = int(count)
            each["within_class_variance"] = _text(variance)
        kept = ("count", "feature_norm_squared", "classifier_norm_squared", "logit_own", "logit_other",
                "within_class_variance")
        document = {"config": found["config"], "metrics": metrics,
                    "targets": found.get("targets") and {name: found["targets"].get(name) for name in metrics},
                    "classes": [{key: each[key] for key in kept if key in each} for each in found["classes"]]}
        for key in ("feature_gram", "classifier_gram", "logits", "theory"):
            if key in found:
                document[key] = found[key]
        return Accumulation(document)

    def _require_classes(self) -> None:
        missing = np.flatnonzero(self.counts == 0)
        if missing.size:
            raise InputError("labels", f"class {missing[0]} has no sample yet", "a sample of each class")

    def _checked(self, features: Any, labels: Any) -> "tuple[np.ndarray, np.ndarray]":
        batch = _in_double(readable(features, "features"), "features")
        order = _plain(readable(labels, "labels"), "labels")
        if batch.ndim != 2 or batch.shape[1] == 0:
            raise InputError("features", f"has shape {batch.shape}", "(n, d)")
        if self._means is not None and batch.shape[1] != self._means.shape[1]:
            raise InputError("features", f"has {batch.shape[1]} columns", f"{self._means.shape[1]}, as before")
        if order.dtype.kind not in "iu" or order.shape != batch.shape[:1]:
            raise InputError("labels", f"has shape {order.shape} of {order.dtype}", f"{len(batch)} whole numbers")
        if order.size and (order.min() < 0 or order.max() >= self.classes):
            raise InputError("labels", f"{order.min()}..{order.max()}", f"0..{self.classes - 1}")
        if not np.isfinite(batch).all():
            raise InputError("features", "holds a number that is not finite", "finite numbers")
        return batch, order.astype(np.intp)

    def _add(self, counts: np.ndarray, means: np.ndarray, spread: np.ndarray, scatter: Optional[np.ndarray]) -> None:
        total = self.counts + counts
        present = np.flatnonzero(counts)
        apart = means[present] - self._means[present]
        share = self.counts[present] * (counts[present] / total[present])
        self._spread += spread
        self._spread[present] += share * np.einsum("ij,ij->i", apart, apart)
        if scatter is not None and self._scatter is not None:
            self._scatter += scatter + (apart * share[:, None]).T @ apart
        self._means[present] += apart * (counts[present] / total[present])[:, None]
        self.counts = total

    def _directions(self, centre: np.ndarray) -> np.ndarray:
        """Rows v_r / s_r with S_B^+ = sum_r v_r v_r^T / s_r^2, S_B about the centre."""
        apart = (self._means - centre) / np.sqrt(self.classes)
        _, size, rows = np.linalg.svd(apart, full_matrices=False)
        kept = size > max(apart.shape) * np.finfo(float).eps * size[0] if size[0] > 0 else np.zeros(len(size), bool)
        return rows[kept] / size[kept, None]

    def _both_directions(self) -> "list[np.ndarray]":
        samples = self.counts.sum()
        return [self._directions((self.counts / samples) @ self._means), self._directions(self._means.mean(axis=0))]

    def _project(self, batch: np.ndarray, order: np.ndarray) -> None:
        deviations = batch - self._means[order]
        for place, rows in enumerate(self._both_directions()):
            self._projected[place] += np.square(deviations @ rows.T).sum()
        self._seen += np.bincount(order, minlength=self.classes)

    def _within_by_between(self) -> "list[Optional[str]]":
        """NC1 (19) and trace(S_W S_B^+) about the mean of the class means."""
        samples = float(self.counts.sum())
        if self._seen is not None:
            sums = self._projected
        elif self._scatter is not None:
            sums = np.array([np.einsum("ri,ij,rj->", rows, self._scatter, rows, optimize=True)
                             for rows in self._both_directions()])
        else:
            return [None, None]
        return [_text(sums[0] / samples / self.classes), _text(sums[1] / samples)]

    def _cdnv(self) -> Optional[str]:
        variances, total = self._spread / self.counts, 0.0
        for k in range(1, self.classes):
            apart = self._means[:k] - self._means[k]
            distances = np.einsum("ij,ij->i", apart, apart)
            if not distances.all():
                return None
            total += float(((variances[:k] + variances[k]) / 2 / distances).sum())
        return _text(total / (self.classes * (self.classes - 1) / 2))


def _text(value: float) -> str:
    return repr(float(value))


def _plain(array: Any, where: str) -> np.ndarray:
    """As numpy has it, without a copy where that is possible."""
    try:
        return np.asarray(array)
    except (TypeError, ValueError, RuntimeError) as error:
        raise InputError(where, f"{type(array).__name__}: {error}", "an array of numbers in this machine's memory") from None


def _in_double(array: Any, where: str) -> np.ndarray:
    if hasattr(array, "double") and hasattr(array, "detach"):  # torch: bfloat16, which numpy has not
        array = array.double()
    plain = _plain(array, where)
    if plain.dtype.kind != "f":
        raise InputError(where, f"is of {plain.dtype}", "floating-point numbers")
    return plain.astype(np.float64, copy=False)


def _class_means(batch: np.ndarray, order: np.ndarray, classes: int) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
    """Counts, means (K x d) and every sample's deviation from its class's mean."""
    counts = np.bincount(order, minlength=classes)
    means = np.zeros((classes, batch.shape[1]))
    deviations = np.empty_like(batch)
    for k in np.flatnonzero(counts):
        rows = batch[order == k]
        means[k] = rows.mean(axis=0)
        deviations[order == k] = rows - means[k]
    return counts, means, deviations
