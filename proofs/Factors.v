(** The square-root factors of Theorem 1, and how they hang together. *)

From NeuralCollapse Require Import Setting.

Lemma sqr_inj x y : 0 <= x -> 0 <= y -> x ^ 2 = y ^ 2 -> x = y.
Proof. by move=> x0 y0 e; apply: Rsqr_inj => //; rewrite !Rsqr_pow2. Qed.

Lemma sqr_eq0 x : x ^ 2 = 0 -> x = 0.
Proof. by move=> e; apply: Rsqr_0_uniq; rewrite Rsqr_pow2. Qed.

Lemma sqr_sqrt x : 0 <= x -> sqrt x ^ 2 = x.
Proof. by move=> x0; rewrite -[RHS](sqrt_sqrt x x0); ring. Qed.

Section Factors.
Variable P : problem.
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).

Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.
Let w0 : 0 < lW. Proof. exact: lW_gt0. Qed.
Let h0 : 0 < lH. Proof. exact: lH_gt0. Qed.

(** The factor of (10) between classifiers and centred, scaled means. *)
Definition dual_factor : R := sqrt (1 / (K * (K - 1))) * sqrt (lH / lW).
(** The factor of (9) between squared norms and margins. *)
Definition norm_factor (k : 'I_K) : R := sqrt ((K - 1) / K * (lW / lH) / n k).

Lemma KK_gt0 : 0 < 1 / (K * (K - 1)).
Proof. by apply: Rdiv_lt_0_compat; [lra | apply: Rmult_lt_0_compat; lra]. Qed.

Lemma dual_factor_gt0 : 0 < dual_factor.
Proof.
apply: Rmult_lt_0_compat; apply: sqrt_lt_R0; [exact: KK_gt0 | exact: Rdiv_lt_0_compat].
Qed.

Lemma dual_factor_sqr : dual_factor ^ 2 = lH / lW / (K * (K - 1)).
Proof.
rewrite /dual_factor Rpow_mult_distr !sqr_sqrt; first by field; lra.
  by left; apply: Rdiv_lt_0_compat.
by left; exact: KK_gt0.
Qed.

Lemma dual_factor_c : dual_factor = c P / ((K - 1) * N P * lW).
Proof.
have N0 := N_gt0 P; have c0 := c_gt0 P.
apply: sqr_inj.
- by left; exact: dual_factor_gt0.
- by left; apply: Rdiv_lt_0_compat => //; do 2 (apply: Rmult_lt_0_compat => //); lra.
have -> : (c P / ((K - 1) * N P * lW)) ^ 2 = c P ^ 2 / ((K - 1) * N P * lW) ^ 2 by field; lra.
by rewrite dual_factor_sqr c_sqr; field; lra.
Qed.

Lemma under_norm_root_gt0 k : 0 < (K - 1) / K * (lW / lH) / n k.
Proof.
apply: Rdiv_lt_0_compat; last exact: n_gt0.
by apply: Rmult_lt_0_compat; apply: Rdiv_lt_0_compat; lra.
Qed.

Lemma norm_factor_gt0 k : 0 < norm_factor k.
Proof. by apply: sqrt_lt_R0; exact: under_norm_root_gt0. Qed.

Lemma norm_factor_sqr k : norm_factor k ^ 2 = (K - 1) / K * (lW / lH) / n k.
Proof. by rewrite sqr_sqrt //; left; exact: under_norm_root_gt0. Qed.

Lemma factors k : K * dual_factor * sqrt (n k) * norm_factor k = 1.
Proof.
have f0 := norm_factor_gt0 k; have q0 := dual_factor_gt0; have s0 := sqrt_n_gt0 k.
have n0 := n_gt0 k.
apply: sqr_inj; [left | lra |].
  by do 3 (apply: Rmult_lt_0_compat => //); lra.
have -> : (K * dual_factor * sqrt (n k) * norm_factor k) ^ 2
  = K ^ 2 * dual_factor ^ 2 * sqrt (n k) ^ 2 * norm_factor k ^ 2 by ring.
by rewrite dual_factor_sqr sqrt_n_sqr norm_factor_sqr; field; lra.
Qed.

(** The norm factor by the slope c/sqrt n_k. *)
Lemma norm_factor_slope k : norm_factor k = c P / sqrt (n k) / (N P * lH).
Proof.
have f0 := norm_factor_gt0 k; have N0 := N_gt0 P; have n0 := n_gt0 k.
have s0 := sqrt_n_gt0 k; have c0 := c_gt0 P.
apply: sqr_inj; [by left | |].
  by left; apply: Rdiv_lt_0_compat; [exact: Rdiv_lt_0_compat | exact: Rmult_lt_0_compat].
have -> : (c P / sqrt (n k) / (N P * lH)) ^ 2 = c P ^ 2 / sqrt (n k) ^ 2 / (N P * lH) ^ 2
  by field; lra.
by rewrite norm_factor_sqr c_sqr sqrt_n_sqr; field; lra.
Qed.

End Factors.
