(** Corollary 1: balanced classes, without weights. All proportions have an explicit factor. *)

From NeuralCollapse Require Import Setting Margins Factors Attainment Structure Proposition1.

Section Balanced.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Let h := mean H.

Hypothesis one : unweighted P.
Variable n0 : nat.
Hypothesis balanced : forall k, n k = n0.

Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** The margin, weight and norm that all classes share. *)
Definition common_margin : R := Rmax 0 (ln ((K - 1) * (sqrt n0 / c P - 1))).
Definition common_norm2 : R :=
  sqrt ((K - 1) / K * (lambdaW P / lambdaH P) / n0) * common_margin.

Lemma M_common (k : 'I_K) : M k = common_margin.
Proof. by rewrite /M unweighted_root // balanced. Qed.

(** 1 on the diagonal, 0 off it. *)
Definition delta (k l : 'I_K) : R := if k == l then 1 else 0.

Theorem cor1_of (k l : 'I_K) : dot (h k) (h l) = common_norm2 * delta k l.
Proof.
rewrite /delta; case: eqP => [->|/eqP kl]; last by rewrite (thm1_b room least kl); ring.
by rewrite -/(norm2 _) (thm1_c room least) M_common balanced Rmult_1_r.
Qed.

(** W is a positive multiple of the centred class means. *)
Theorem cor1_duality k j :
  W k j = dual_factor P * K * sqrt n0 * (h k j - (\sum_m h m j) / K).
Proof.
rewrite (thm1_d room least) -/(dual_factor P) -/h.
rewrite (sum_ext (g := fun m => sqrt n0 * h m j)) => [|m]; last by rewrite balanced.
by rewrite sumZ balanced; field; lra.
Qed.

Theorem cor1_etf_z (k m : 'I_K) : dot (W m) (h k) = common_margin * (delta m k - 1 / K).
Proof.
rewrite /delta; case: eqP => [->|/eqP mk].
  by rewrite (thm1_e_own room least) M_common; field; lra.
by rewrite (thm1_e_other room least mk) M_common; field; lra.
Qed.

Theorem cor1_etf_w (k j : 'I_K) :
  dot (W k) (W j) = prefactor P * K ^ 2 * (sqrt n0 * common_margin) * (delta k j - 1 / K).
Proof.
have w i : weight (P := P) i = sqrt n0 * common_margin by rewrite /weight balanced M_common.
rewrite (inner_products room least) /gram /weights (sum_ext w) sum_constn !w /delta.
by case: eqP => _; field; lra.
Qed.

Theorem text41_balanced (k j : 'I_K) : k != j -> 0 < common_margin ->
  cosine (W k) (W j) = - 1 / (K - 1).
Proof.
move=> kj m0; have p0 := prefactor_gt0 P.
have n1 : 0 < sqrt n0 by rewrite -(balanced k); exact: sqrt_n_gt0.
rewrite /cosine /norm2 !cor1_etf_w /delta !eqxx (negbTE kj) sqrt_sqrt; first field; first lra.
apply: Rmult_le_pos; first by apply: Rmult_le_pos;
  [apply: Rmult_le_pos; [lra | exact: pow2_ge_0] | left; exact: Rmult_lt_0_compat].
have : 1 / K <= 1 by apply: (Rmult_le_reg_r K); [lra | rewrite /Rdiv Rmult_assoc Rinv_l; lra].
lra.
Qed.

End Balanced.
