"""The metrics of the paper's Section 5.1 and the gap's five terms in plain NumPy, written from the formulas alone.

Features H (N x d), labels y (N), classifier W (K x d), all in double precision.
"""

import numpy as np


def class_means(H, y, K):
    """h_k, K x d."""
    return np.array([H[y == k].mean(axis=0) for k in range(K)])


def covariances(H, y, K):
    """S_W and S_B, d x d, with h_k = (1/n_k) sum_i h_ki and h_G = (1/N) sum_ki h_ki."""
    means = class_means(H, y, K)
    off = H - means[y]
    away = means - H.mean(axis=0)
    return off.T @ off / len(H), away.T @ away / K


def nc1(H, y, K):
    """(19), and the condition number of S_B on its range."""
    within, between = covariances(H, y, K)
    values, vectors = np.linalg.eigh(between)
    rank = min(K - 1, H.shape[1])
    values, vectors = values[-rank:], vectors[:, -rank:]
    inverse = vectors @ np.diag(1 / values) @ vectors.T
    return np.trace(within @ inverse) / K, values.max() / values.min()


def normalised_distance(A, B):
    return np.linalg.norm(A / np.linalg.norm(A) - B / np.linalg.norm(B))


def nc2(H, y, W):
    """(20)"""
    K = len(W)
    scaled = np.sqrt(np.bincount(y))[:, None] * class_means(H, y, K)
    return normalised_distance(W, K * scaled - scaled.sum(axis=0))


def constant_c(counts, lw, lh):
    K = len(counts)
    return counts.sum() * np.sqrt((K - 1) / K * lw * lh)


def margins(counts, lw, lh):
    """M_k, (6)"""
    root = np.sqrt(counts) / constant_c(counts, lw, lh)
    return np.array([max(0.0, np.log((len(counts) - 1) * (r - 1))) if r > 1 else 0.0 for r in root])


def nc3(H, y, W, lw, lh):
    """(21)"""
    K = len(W)
    predicted = (np.eye(K) - 1 / K) * margins(np.bincount(y), lw, lh)[None, :]
    return normalised_distance(W @ class_means(H, y, K).T, predicted)


def cross_entropies(H, y, W):
    Z = H @ W.T
    top = Z.max(axis=1, keepdims=True)
    return np.log(np.exp(Z - top).sum(axis=1)) + top[:, 0] - Z[np.arange(len(y)), y]


def loss(H, y, W, lw, lh):
    return cross_entropies(H, y, W).mean() + lw / 2 * (W**2).sum() + lh / 2 * (H**2).sum()


def best_slopes(counts, lw, lh):
    K = len(counts)
    return np.minimum(constant_c(counts, lw, lh) / np.sqrt(counts), (K - 1) / K)


def brackets(beta, K):
    return -(1 - beta) * np.log1p(-beta) - beta * np.log(beta / (K - 1))


def lower_bound(counts, lw, lh):
    return (counts * brackets(best_slopes(counts, lw, lh), len(counts))).sum() / counts.sum()


def gap_terms(H, y, W, lw, lh):
    """The five terms, by the names that the JSON has for them."""
    counts, N, K = np.bincount(y), len(y), len(W)
    beta, c = best_slopes(counts, lw, lh), constant_c(counts, lw, lh)
    Z = H @ W.T
    own = Z[np.arange(N), y]
    a = own - (Z.sum(axis=1) - own) / (K - 1)
    sums = np.array([H[y == k].sum(axis=0) for k in range(K)])
    squares = np.array([(H[y == k] ** 2).sum() for k in range(K)])
    Y = beta[:, None] * sums
    V = (K * Y - Y.sum(axis=0)) / ((K - 1) * N * lw)
    common = K / (2 * lw * (K - 1) * N**2)
    return {
        "logits": (cross_entropies(H, y, W) + beta[y] * a - brackets(beta, K)[y]).mean(),
        "classifier": lw / 2 * ((W - V) ** 2).sum(),
        "orthogonality": common / (K - 1) * ((Y.sum(axis=0) ** 2).sum() - (Y**2).sum()),
        "within_class": common * (beta**2 * (counts * squares - (sums**2).sum(axis=1))).sum(),
        "collapsed": common * ((c**2 - beta**2 * counts) * squares).sum(),
    }
