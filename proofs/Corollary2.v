(** Corollary 2 and the paragraph after it: norm ratios and how norms grow.
    The ratios hold with class weights; that norms grow with counts does not. *)

From NeuralCollapse Require Import Setting Margins Factors Attainment Structure Proposition1.

Section Ratios.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Let h := mean H.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** Classifier norms; that of class j is not zero unless all classes collapse. *)
Theorem cor2_classifiers (i j : 'I_K) : 0 < weights P ->
  norm2 (W i) / norm2 (W j) =
    ((K - 1) ^ 2 * weight i + \sum_(m | m != i) weight m) /
    ((K - 1) ^ 2 * weight j + \sum_(m | m != j) weight m).
Proof.
move=> w0; have p0 := prefactor_gt0 P; have := norm2_gt0 room least j w0.
rewrite !(prop1_norm room least).
set x := _ + _; set y := _ + _ => y0.
have {}y0 : 0 < x by apply: (Rmult_lt_reg_l (prefactor P)) => //; lra.
by field; lra.
Qed.

Theorem cor2_features (i j : 'I_K) : 0 < M j ->
  norm2 (h i) / norm2 (h j) = sqrt (n j / n i) * (M i / M j).
Proof.
move=> m0; rewrite !(thm1_c room least).
have fi := norm_factor_gt0 i; have fj := norm_factor_gt0 j.
have ni := n_gt0 i; have nj := n_gt0 j.
have -> : sqrt (n j / n i) = norm_factor i / norm_factor j.
  apply: sqr_inj; first exact: sqrt_pos.
    by left; exact: Rdiv_lt_0_compat.
  rewrite sqr_sqrt; last by left; exact: Rdiv_lt_0_compat.
  have -> : (norm_factor i / norm_factor j) ^ 2 = norm_factor i ^ 2 / norm_factor j ^ 2
    by field; lra.
  rewrite !norm_factor_sqr; field.
  by have := lW_gt0 P; have := lH_gt0 P; lra.
by rewrite -/(norm_factor i) -/(norm_factor j); field; lra.
Qed.

(** The difference of two squared norms grows with that of the weights. *)
Lemma norm2_difference (i j : 'I_K) :
  norm2 (W i) - norm2 (W j) = prefactor P * (K * (K - 2) * (weight i - weight j)).
Proof. by rewrite /norm2 !(inner_products room least) /gram !eqxx; ring. Qed.

Theorem norm_order (i j : 'I_K) : weight j <= weight i -> norm2 (W j) <= norm2 (W i).
Proof.
move=> w; have : 0 <= prefactor P * (K * (K - 2) * (weight i - weight j)).
  apply: Rmult_le_pos; first by left; exact: prefactor_gt0.
  by apply: Rmult_le_pos; [apply: Rmult_le_pos|]; lra.
by rewrite -norm2_difference; lra.
Qed.

Theorem norm_strict_order (i j : 'I_K) : weight j < weight i -> 2 < K -> norm2 (W j) < norm2 (W i).
Proof.
move=> w k3; have : 0 < prefactor P * (K * (K - 2) * (weight i - weight j)).
  apply: Rmult_lt_0_compat; first exact: prefactor_gt0.
  by apply: Rmult_lt_0_compat; [apply: Rmult_lt_0_compat|]; lra.
by rewrite -norm2_difference; lra.
Qed.

Theorem norm_equal (i j : 'I_K) : classes P = 2%N -> norm2 (W i) = norm2 (W j).
Proof.
move=> k2; have := norm2_difference i j.
have -> : K - 2 = 0 by rewrite k2 /=; ring.
lra.
Qed.

(** ** Without weights: larger classes have larger norms *)
Section Unweighted.
Hypothesis one : unweighted P.

Lemma weight_le (i j : 'I_K) : (n j <= n i)%N -> weight j <= weight i.
Proof.
rewrite leq_eqVlt => /orP [/eqP e|lt]; first by rewrite /weight /M !unweighted_root // e; right.
case: (Rle_lt_dec (M i) 0) => [m0|m0].
  have e0 : M i = 0 by have := M_ge0 i; lra.
  have ti := (M_eq0 i).1 e0; rewrite unweighted_count // in ti.
  have tj : omega j ^ 2 * n j <= T P by rewrite unweighted_count //; move/ltP/lt_INR: lt; lra.
  by rewrite /weight e0 M_below //; lra.
have := margins_increase one lt m0 => mm.
apply: Rmult_le_compat; [exact: sqrt_pos | exact: M_ge0 | | lra].
by apply: sqrt_le_1_alt; move/ltP/lt_INR: lt; lra.
Qed.

Lemma weight_lt (i j : 'I_K) : (n j < n i)%N -> 0 < M i -> weight j < weight i.
Proof.
move=> lt m0; have mm := margins_increase one lt m0; have mj := M_ge0 j.
have rr : sqrt (n j) <= sqrt (n i) by apply: sqrt_le_1_alt; move/ltP/lt_INR: lt; lra.
apply: Rle_lt_trans (_ : sqrt (n i) * M j < _).
  by apply: Rmult_le_compat_r.
by apply: Rmult_lt_compat_l => //; exact: sqrt_n_gt0.
Qed.

Theorem cor2_monotone (i j : 'I_K) : (n j <= n i)%N -> norm2 (W j) <= norm2 (W i).
Proof. by move/weight_le/norm_order. Qed.

(** Strictly, but for two classes or a collapsed class i. *)
Theorem norm_strict (i j : 'I_K) : (n j < n i)%N -> 2 < K -> 0 < M i -> norm2 (W j) < norm2 (W i).
Proof. by move=> lt k3 m0; apply: norm_strict_order => //; exact: weight_lt. Qed.
End Unweighted.

End Ratios.
