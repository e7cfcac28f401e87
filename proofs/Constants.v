(** The constants N, c, T and K as positive real numbers. *)

From NeuralCollapse Require Import Preamble Sums Problem.

Section Constants.
Variable P : problem.
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).

Lemma K_ge2 : 2 <= K.
Proof. by apply: (le_INR 2); apply/leP; apply: classes_ge2. Qed.

Lemma n_ge1 (k : 'I_K) : 1 <= n k.
Proof. by apply: (le_INR 1); apply/leP; apply: count_ge1. Qed.

Lemma n_gt0 (k : 'I_K) : 0 < n k.
Proof. by have := n_ge1 k; lra. Qed.

Lemma lW_gt0 : 0 < lW. Proof. exact: lambdaW_pos. Qed.
Lemma lH_gt0 : 0 < lH. Proof. exact: lambdaH_pos. Qed.

Definition class0 : 'I_K := Ordinal (ltn_trans (ltnSn 0) (classes_ge2 P)).

Lemma N_gt0 : 0 < N P.
Proof. by apply: (sum_gt0 (j := class0)) => [k|]; [left|]; apply: n_gt0. Qed.

Lemma under_root_gt0 : 0 < (K - 1) / K * lW * lH.
Proof.
have := K_ge2; have := lW_gt0; have := lH_gt0 => a b k.
by do 2 (apply: Rmult_lt_0_compat => //); apply: Rdiv_lt_0_compat; lra.
Qed.

Lemma c_gt0 : 0 < c P.
Proof. by apply: Rmult_lt_0_compat; [exact: N_gt0 | apply: sqrt_lt_R0; exact: under_root_gt0]. Qed.

Lemma c_sqr : c P ^ 2 = N P ^ 2 * ((K - 1) / K * lW * lH).
Proof.
rewrite /c; have := sqrt_sqrt _ (Rlt_le _ _ under_root_gt0) => e.
by rewrite Rpow_mult_distr -[in RHS]e; ring.
Qed.

(** T is where the two candidates for the best slope meet. *)
Lemma T_c : T P = (c P * K / (K - 1)) ^ 2.
Proof.
have := K_ge2 => k.
have -> : (c P * K / (K - 1)) ^ 2 = c P ^ 2 * (K / (K - 1)) ^ 2 by field; lra.
by rewrite c_sqr /T; field; lra.
Qed.

Lemma sqrt_n_gt0 (k : 'I_K) : 0 < sqrt (n k).
Proof. by apply: sqrt_lt_R0; apply: n_gt0. Qed.

Lemma sqrt_n_sqr (k : 'I_K) : sqrt (n k) ^ 2 = n k.
Proof. by rewrite -[RHS]sqrt_sqrt; [ring | left; apply: n_gt0]. Qed.

Lemma omega_gt0 (k : 'I_K) : 0 < omega k.
Proof. exact: omega_pos. Qed.

(** omega_k sqrt n_k, on which class k's margin depends. *)
Lemma root_gt0 (k : 'I_K) : 0 < omega k * sqrt (n k).
Proof. by apply: Rmult_lt_0_compat; [exact: omega_gt0 | exact: sqrt_n_gt0]. Qed.

Lemma root_sqr (k : 'I_K) : (omega k * sqrt (n k)) ^ 2 = omega k ^ 2 * n k.
Proof. by rewrite Rpow_mult_distr sqrt_n_sqr. Qed.

(** Without weights. *)
Lemma unweighted_root (k : 'I_K) : unweighted P -> omega k * sqrt (n k) = sqrt (n k).
Proof. by move=> ->; ring. Qed.

Lemma unweighted_count (k : 'I_K) : unweighted P -> omega k ^ 2 * n k = n k.
Proof. by move=> ->; ring. Qed.

End Constants.
