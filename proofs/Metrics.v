(** The metrics (19)-(21): zero at every global minimiser. *)

From NeuralCollapse Require Import Setting Margins Factors Attainment Structure.

Section Metrics.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Arguments H : clear implicits.
Let h := mean H.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** Frobenius norms of a matrix of K rows in R^d, and of one of K rows and K columns. *)
Definition frobenius (V : classifiers P d) : R := sqrt (\sum_k norm2 (V k)).
Definition frobenius_square (Z : 'I_K -> 'I_K -> R) : R := sqrt (\sum_m \sum_k (Z m k) ^ 2).

(** (19), with whatever matrix in the place of the Moore-Penrose inverse of the covariance between
    classes. *)
Definition within_covariance (a b : 'I_d) : R :=
  (\sum_k \sum_i ((H k i a - h k a) * (H k i b - h k b))) / N P.
Definition NC1 (B : 'I_d -> 'I_d -> R) : R :=
  1 / K * \sum_a \sum_b (within_covariance a b * B b a).

(** (20). *)
Definition W_UFM : classifiers P d :=
  fun k j => K * sqrt (n k) * h k j - \sum_m (sqrt (n m) * h m j).
Definition NC2 : R := frobenius (fun k j => W k j / frobenius W - W_UFM k j / frobenius W_UFM).

(** (21): row m, column k. *)
Definition WH (m k : 'I_K) : R := dot (W m) (h k).
Definition WH_UFM (m k : 'I_K) : R := if m == k then (K - 1) / K * M k else -1 / K * M k.
Definition NC3 : R :=
  frobenius_square (fun m k => WH m k / frobenius_square WH - WH_UFM m k / frobenius_square WH_UFM).

Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.

(** Whatever stands for the pseudoinverse: the covariance within classes is zero. *)
Theorem NC1_zero B : (forall a b, within_covariance a b = 0) /\ NC1 B = 0.
Proof.
have z a b : within_covariance a b = 0.
  rewrite /within_covariance big1 => [|k _]; first by rewrite /Rdiv; ring.
  by apply: big1 => i _; rewrite (thm1_a room least) -/h; ring.
split=> //; rewrite /NC1 big1 ?Rmult_0_r // => a _; apply: big1 => b _; rewrite z; ring.
Qed.

Section Standing.
(** In complete collapse the other two are 0/0. *)
Hypothesis standing : exists k : 'I_K, 0 < M k.

Lemma W_scaled k j : W k j = dual_factor P * W_UFM k j.
Proof. exact: thm1_d room least _ _. Qed.

Lemma frobenius_gt0 : 0 < frobenius W.
Proof.
have [k m0] := standing; apply: sqrt_lt_R0; apply: (sum_gt0 (j := k)) => [m|];
  first exact: norm2_ge0.
have [//|z] := Rle_lt_or_eq_dec _ _ (norm2_ge0 (W k)).
have := thm1_e_own room least k; rewrite (_ : dot (W k) (mean H k) = 0); last first.
  by apply: big1 => j _; rewrite (norm2_eq0 (esym z)); ring.
by move=> e; have := Rmult_lt_0_compat _ _ (share_gt0 P) m0; lra.
Qed.

Lemma frobenius_scaled : frobenius W = dual_factor P * frobenius W_UFM.
Proof.
have q0 := dual_factor_gt0 P.
have e : \sum_k norm2 (W k) = dual_factor P ^ 2 * (\sum_k norm2 (W_UFM k)).
  rewrite -sumZ; apply: sum_ext => k; rewrite -norm2Z.
  by apply: dot_ext => j; exact: W_scaled.
rewrite /frobenius e sqrt_mult; last by apply: sum_ge0 => k; exact: norm2_ge0.
  by rewrite sqrt_pow2 //; lra.
exact: pow2_ge_0.
Qed.

Theorem NC2_zero : [/\ 0 < frobenius W, 0 < frobenius W_UFM & NC2 = 0].
Proof.
have f0 := frobenius_gt0; have q0 := dual_factor_gt0 P; have e := frobenius_scaled.
have u0 : 0 < frobenius W_UFM by apply: (Rmult_lt_reg_l (dual_factor P)); lra.
split=> //; rewrite /NC2 {1}/frobenius big1 ?sqrt_0 // => k _; apply: norm2_zero => j.
by rewrite W_scaled e; field; lra.
Qed.

Lemma WH_equal m k : WH m k = WH_UFM m k.
Proof.
rewrite /WH /WH_UFM; case: eqP => [->|/eqP mk]; first exact: thm1_e_own.
by rewrite (thm1_e_other room least mk); field; lra.
Qed.

Theorem NC3_zero : [/\ 0 < frobenius_square WH, 0 < frobenius_square WH_UFM & NC3 = 0].
Proof.
have e : \sum_m \sum_k (WH m k) ^ 2 = \sum_m \sum_k (WH_UFM m k) ^ 2.
  by apply: sum_ext => m; apply: sum_ext => k; rewrite WH_equal.
have f0 : 0 < frobenius_square WH.
  have [k m0] := standing; apply: sqrt_lt_R0.
  have g m : 0 <= \sum_l (WH m l) ^ 2 by apply: sum_ge0 => l; exact: pow2_ge_0.
  apply: (sum_gt0 (j := k)) => //; apply: (sum_gt0 (j := k)) => [l|]; first exact: pow2_ge_0.
  rewrite WH_equal /WH_UFM eqxx; apply: pow_lt; apply: Rmult_lt_0_compat m0; exact: share_gt0.
have f1 : frobenius_square WH = frobenius_square WH_UFM by rewrite /frobenius_square e.
split=> //; first by rewrite -f1.
rewrite /NC3 {1}/frobenius_square big1 ?sqrt_0 // => m _; apply: big1 => k _.
by rewrite WH_equal f1; ring.
Qed.
End Standing.
End Metrics.
