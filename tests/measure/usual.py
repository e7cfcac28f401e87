"""The usual metrics of neural collapse, the decays that a point implies, and what a dead class costs, in plain NumPy.

Written from the formulas of docs/metrics.md alone. Features H (N x d), labels y (N), classifier W (K x d).
"""

import numpy as np

import reference

STANDARD = ["sw_inv_sb", "norm_m_cov", "norm_w_cov", "cos_m", "cos_w", "w_m_dist", "ncc_mismatch", "cdnv", "etf_error", "etf_error_w"]


def spread_of(norms):
    """Standard deviation over mean, with 1/(K-1)."""
    return norms.std(ddof=1) / norms.mean()


def from_simplex(rows):
    """Mean over pairs of |cos + 1/(K-1)|."""
    K = len(rows)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return np.abs((unit @ unit.T)[~np.eye(K, dtype=bool)] + 1 / (K - 1)).mean()


def etf_error(rows):
    K = len(rows)
    gram = rows @ rows.T
    return np.linalg.norm(gram / np.linalg.norm(gram) - (np.eye(K) - 1 / K) / np.sqrt(K - 1))


def of_geometry(means, W, centre):
    """The metrics that need no samples. @param centre  what the means are taken from"""
    A = means - centre
    return {
        "norm_m_cov": spread_of(np.linalg.norm(A, axis=1)), "norm_w_cov": spread_of(np.linalg.norm(W, axis=1)),
        "cos_m": from_simplex(A), "cos_w": from_simplex(W),
        "w_m_dist": np.linalg.norm(W / np.linalg.norm(W) - A / np.linalg.norm(A)) ** 2,
        "etf_error": etf_error(A), "etf_error_w": etf_error(W),
    }


def metrics(H, y, W, b=0.0, sample_mean=False):
    """All of them. @param sample_mean  take the means from h_G, not from the mean of the class means"""
    K = len(W)
    means = reference.class_means(H, y, K)
    centre = H.mean(axis=0) if sample_mean else means.mean(axis=0)
    off, A = H - means[y], means - centre
    # trace(S_W S_B^+) by the singular values of A, K - 1 of them at most.
    _, values, directions = np.linalg.svd(A / np.sqrt(K), full_matrices=False)
    rank = min(K - 1, H.shape[1])
    seen = off @ directions[:rank].T / values[:rank]
    variance = np.array([(off[y == k] ** 2).sum(axis=1).mean() for k in range(K)])
    distance = ((means[:, None] - means[None]) ** 2).sum(axis=2)
    pairs = ~np.eye(K, dtype=bool)
    nearest = np.array([((means - h) ** 2).sum(axis=1).argmin() for h in H])
    return {
        "sw_inv_sb": (seen**2).sum() / len(H),
        "ncc_mismatch": ((H @ W.T + b).argmax(axis=1) != nearest).mean(),
        "cdnv": ((variance[:, None] + variance[None])[pairs] / 2 / distance[pairs]).mean(),
        **of_geometry(means, W, centre),
    }


def optimum(counts, lw, lh):
    """Class means and classifier of the theorem, K x K each."""
    K = len(counts)
    counts = np.asarray(counts, dtype=float)
    M = reference.margins(counts, lw, lh)
    H = np.diag(np.sqrt(np.sqrt((K - 1) / K * lw / lh / counts) * M))
    scaled = np.sqrt(counts)[:, None] * H
    return H, np.sqrt(1 / (K * (K - 1))) * np.sqrt(lh / lw) * (K * scaled - scaled.sum(axis=0))


def targets(counts, lw, lh, sample_mean=False):
    """The metrics that need no samples, at the optimum."""
    H, W = optimum(counts, lw, lh)
    share = np.asarray(counts) / np.sum(counts) if sample_mean else np.full(len(counts), 1 / len(counts))
    return of_geometry(H, W, share @ H)


def implied(H, y, W, b=0.0):
    """lambda_W and lambda_H under which this would be a stationary point, and the residual of dL/dW, relatively."""
    Z = H @ W.T
    P = np.exp(Z + b - (Z + b).max(axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    own = Z[np.arange(len(y)), y]
    g = (P * (own[:, None] - Z)).sum() / len(y)
    away = -P
    away[np.arange(len(y)), y] = 0
    away[np.arange(len(y)), y] = -away.sum(axis=1)  # 1 - p_y, which may be too small for the difference
    pull = away.T @ H / len(y)
    lw = g / (W**2).sum()
    return lw, g / (H**2).sum(), np.linalg.norm(pull - lw * W) / np.linalg.norm(pull)


def dead_cost(counts, lw, lh, dead):
    """L(D) - L*."""
    counts = np.asarray(counts, dtype=float)
    N, K = counts.sum(), len(counts)
    M = reference.margins(counts, lw, lh)
    norms = np.sqrt((K - 1) / K * lw / lh / counts) * M
    return sum(counts[k] / N * (np.log(K) - np.log1p((K - 1) * np.exp(-M[k]))) - lh * counts[k] * norms[k] for k in dead)
