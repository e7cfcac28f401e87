(** The text after Corollary 2: the norm of a class's mean does not always fall with its count. It
    rises up to a turning point, and falls from there on. *)

From NeuralCollapse Require Import Setting Gibbs Margins Factors Attainment Structure Lists Given
  Examples.

Section TurningPoint.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Hypothesis one : unweighted P.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** sqrt(n_k)/c, by which ||h_k||^2 is M_k/s_k up to a factor that all classes share. *)
Definition s_of (k : 'I_K) : R := sqrt (n k) / c P.

Lemma s_gt1 k : 0 < M k -> 1 < s_of k.
Proof.
move=> m0; have [eM _] := M_above ((M_gt0 k).1 m0); rewrite (unweighted_root k one) in eM.
apply: Rnot_le_lt => le; move: m0; rewrite eM ln_undefined; first lra.
by have := Rmult_le_compat_l (K - 1) (s_of k - 1) 0 ltac:(lra) ltac:(lra); rewrite /s_of; lra.
Qed.

Lemma norm_by_s k :
  norm2 (mean H k) = sqrt ((K - 1) / K * (lambdaW P / lambdaH P)) / c P * (M k / s_of k).
Proof.
have c0 := c_gt0 P; have s0 := sqrt_n_gt0 k.
rewrite (thm1_c room least) sqrt_div_alt; last exact: n_gt0.
by rewrite /s_of; field; lra.
Qed.

Lemma factor_gt0 : 0 < sqrt ((K - 1) / K * (lambdaW P / lambdaH P)) / c P.
Proof.
apply: Rdiv_lt_0_compat; last exact: c_gt0.
apply: sqrt_lt_R0; apply: Rmult_lt_0_compat; apply: Rdiv_lt_0_compat; try lra;
  [exact: lW_gt0 | exact: lH_gt0].
Qed.

(** M by s, and how far two of them are apart. *)
Lemma M_by_s k : 0 < M k -> M k = ln ((K - 1) * (s_of k - 1)).
Proof. by move=> m0; have [-> _] := M_above ((M_gt0 k).1 m0); rewrite (unweighted_root k one). Qed.

Lemma M_difference j i : 0 < M j -> 0 < M i -> M i - M j = ln ((s_of i - 1) / (s_of j - 1)).
Proof.
move=> mj mi; have sj := s_gt1 mj; have si := s_gt1 mi; rewrite (M_by_s mj) (M_by_s mi).
rewrite (ln_div (x := s_of i - 1)); [| lra | lra].
rewrite (ln_mult (K - 1) (s_of i - 1)); [| lra | lra].
by rewrite (ln_mult (K - 1) (s_of j - 1)); [ring | lra | lra].
Qed.

Lemma s_less (j i : 'I_K) : (n j < n i)%N -> s_of j < s_of i.
Proof.
move=> /ltP/lt_INR lt; apply: Rmult_lt_compat_r; first by apply: Rinv_0_lt_compat; exact: c_gt0.
by apply: sqrt_lt_1_alt; have := n_ge1 j; lra.
Qed.

(** The turning point lies where M = s/(s-1): up to there the larger class has the longer mean, *)
Theorem norm_rises (j i : 'I_K) : (n j < n i)%N -> 0 < M j -> M i <= s_of i / (s_of i - 1) ->
  norm2 (mean H j) < norm2 (mean H i).
Proof.
move=> lt mj turn; have mji : 0 < M i.
  by apply/M_gt0; have := (M_gt0 j).1 mj; rewrite !unweighted_count //; move/ltP/lt_INR: lt; lra.
have sj := s_gt1 mj; have sji := s_less lt; rewrite !norm_by_s;
  apply: Rmult_lt_compat_l factor_gt0 _.
have e := M_difference mj mji.
have r0 : 0 < (s_of j - 1) / (s_of i - 1) by apply: Rdiv_lt_0_compat; lra.
have r1 : (s_of j - 1) / (s_of i - 1) <> 1.
  move=> r; have : s_of j - 1 = (s_of j - 1) / (s_of i - 1) * (s_of i - 1) by field; lra.
  by rewrite r; lra.
have := ln_lt_sub1 r0 r1.
have -> : (s_of j - 1) / (s_of i - 1) = / ((s_of i - 1) / (s_of j - 1)) by field; lra.
rewrite ln_Rinv -?e; last by apply: Rdiv_lt_0_compat; lra.
have -> : / ((s_of i - 1) / (s_of j - 1)) - 1 = - ((s_of i - s_of j) / (s_of i - 1)) by field; lra.
move=> up; have {}up := Rmult_lt_compat_l (s_of i) _ _ ltac:(lra) up.
have turn2 := Rmult_le_compat_l (s_of i - s_of j) _ _ ltac:(lra) turn.
have e2 : s_of i * - ((s_of i - s_of j) / (s_of i - 1)) =
  - ((s_of i - s_of j) * (s_of i / (s_of i - 1))) by field; lra.
apply: (Rmult_lt_reg_r (s_of j * s_of i)); first by apply: Rmult_lt_0_compat; lra.
have -> : M j / s_of j * (s_of j * s_of i) = M j * s_of i by field; lra.
by have -> : M i / s_of i * (s_of j * s_of i) = M i * s_of j by [field; lra]; lra.
Qed.

(** and from there on the shorter. *)
Theorem norm_falls (j i : 'I_K) : (n j < n i)%N -> 0 < M j -> s_of j / (s_of j - 1) <= M j ->
  norm2 (mean H i) < norm2 (mean H j).
Proof.
move=> lt mj turn; have mji : 0 < M i.
  by apply/M_gt0; have := (M_gt0 j).1 mj; rewrite !unweighted_count //; move/ltP/lt_INR: lt; lra.
have sj := s_gt1 mj; have sji := s_less lt; rewrite !norm_by_s;
  apply: Rmult_lt_compat_l factor_gt0 _.
have e := M_difference mj mji.
have r0 : 0 < (s_of i - 1) / (s_of j - 1) by apply: Rdiv_lt_0_compat; lra.
have r1 : (s_of i - 1) / (s_of j - 1) <> 1.
  move=> r; have : s_of i - 1 = (s_of i - 1) / (s_of j - 1) * (s_of j - 1) by field; lra.
  by rewrite r; lra.
have := ln_lt_sub1 r0 r1; rewrite -e.
have -> : (s_of i - 1) / (s_of j - 1) - 1 = (s_of i - s_of j) / (s_of j - 1) by field; lra.
move=> up; have {}up := Rmult_lt_compat_l (s_of j) _ _ ltac:(lra) up.
have turn2 := Rmult_le_compat_l (s_of i - s_of j) _ _ ltac:(lra) turn.
have e2 : s_of j * ((s_of i - s_of j) / (s_of j - 1)) = (s_of i - s_of j) * (s_of j / (s_of j - 1))
  by field; lra.
apply: (Rmult_lt_reg_r (s_of j * s_of i)); first by apply: Rmult_lt_0_compat; lra.
have -> : M j / s_of j * (s_of j * s_of i) = M j * s_of i by field; lra.
by have -> : M i / s_of i * (s_of j * s_of i) = M i * s_of j by [field; lra]; lra.
Qed.
End TurningPoint.

(** Counts 4 and 1 of two classes, T = 4/9: M = ln 5 and ln 2, and the larger class has the longer
    mean. *)
Lemma pos_9 : 0 < 1 / 9. Proof. lra. Qed.
Lemma pos_2_25 : 0 < 2 / 25. Proof. lra. Qed.
Definition example_rising : problem := given (counts := [:: 4; 1]%Z) isT pos_9 pos_2_25.

Lemma c_rising : c example_rising = 1 / 3.
Proof.
have T4 : T example_rising = 4 / 9 by rewrite (given_T _ _ _ (K := 2) (N := 5)) //; field.
have c0 := c_gt0 example_rising; apply: sqr_inj; [lra | lra |].
have := T_c example_rising; rewrite T4 (_ : INR (classes example_rising) = 2);
  last by rewrite /=; ring.
have -> : (c example_rising * 2 / (2 - 1)) ^ 2 = 4 * c example_rising ^ 2 by field.
by lra.
Qed.

(** Not always: for some configuration the larger class has the longer mean. *)
Theorem feature_norm_not_monotone :
  exists (P : problem) d (W : classifiers P d) (H : features P d) (i j : 'I_(classes P)),
    [/\ unweighted P, (classes P <= d)%N, global_minimiser W H, (count j < count i)%N &
        0 < norm2 (mean H j) < norm2 (mean H i)].
Proof.
have [room [W [H least]]] := minimiser_exists example_rising.
pose i : 'I_(classes example_rising) := @nth_class example_rising 0 isT.
pose j : 'I_(classes example_rising) := @nth_class example_rising 1 isT.
have one : unweighted example_rising by [].
have ni : INR (count i) = 4 by rewrite /=; ring.
have nj : INR (count j) = 1 by [].
have r4 : sqrt 4 = 2 by rewrite (_ : 4 = 2 ^ 2) ?sqrt_pow2; lra.
have si : s_of i = 6 by rewrite /s_of ni r4 c_rising; field.
have sj : s_of j = 3 by rewrite /s_of nj sqrt_1 c_rising; field.
have K2 : INR (classes example_rising) = 2 by rewrite /=; ring.
have T4 : T example_rising = 4 / 9 by rewrite (given_T _ _ _ (K := 2) (N := 5)) //; field.
have mi : 0 < M i by apply/M_gt0; rewrite unweighted_count // ni T4; lra.
have mj : 0 < M j by apply/M_gt0; rewrite unweighted_count // nj T4; lra.
have lt : (count j < count i)%N by [].
exists example_rising, (classes example_rising), W, H, i, j; split;
  [exact: one | exact: leqnn | exact: least | exact: lt |].
clear -room least one mi mj si sj K2.
have f0 := factor_gt0 example_rising.
have ei : M i = ln 5 by rewrite (M_by_s one mi) si K2; congr ln; ring.
have ej : M j = ln 2 by rewrite (M_by_s one mj) sj K2; congr ln; ring.
rewrite (norm_by_s room least i) (norm_by_s room least j) si sj ei ej.
move: (_ / _) f0 => f f0.
have l2 : 0 < ln 2 by rewrite -ln_1; apply: ln_increasing; lra.
have l5 : 2 * ln 2 < ln 5.
  have -> : 2 * ln 2 = ln 4 by rewrite (_ : 4 = 2 * 2) ?ln_mult; lra.
  by apply: ln_increasing; lra.
split; first by apply: Rmult_lt_0_compat; lra.
by apply: Rmult_lt_compat_l => //; lra.
Qed.
