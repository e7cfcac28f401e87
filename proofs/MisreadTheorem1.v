(** Misreadings of Theorem 1, (14) and the step before (40), as statements about all problems,
    refuted at counts 2, 1, 1: formulas close to the right ones, as the paper's scanned text has
    some of them, or as one might remember them. *)

From NeuralCollapse Require Import Setting Margins Factors Theorem1 Attainment Structure
  Corollary2 Lists Given Examples Step4 ProofSteps OneVariable.

Lemma ln_gt0 y : 0 < ln y -> 1 < y.
Proof.
move=> l0; apply: Rnot_le_lt => y1; case: (Rle_lt_dec y 0) => y0.
  by have := ln_undefined y0; lra.
case: y1 => [lt|e]; first by have := ln_increasing y 1 y0 lt; rewrite ln_1; lra.
by move: l0; rewrite e ln_1; lra.
Qed.

Lemma ln_injective x y : 0 < ln x -> ln x = ln y -> x = y.
Proof. by move=> l0 e; apply: ln_inv => //; [have := ln_gt0 l0 | have := @ln_gt0 y]; lra. Qed.

(** A margin tells how far above c a class stands. *)
Lemma quotient_of_margin (P : problem) (k : 'I_(classes P)) q : 0 < M k ->
  M k = Rmax 0 (ln ((classes P - 1) * (q - 1))) -> q = omega k * sqrt (count k) / c P.
Proof.
move=> m0 e; have K2 := K_ge2 P; have [eM _] := M_above ((M_gt0 k).1 m0).
have {}e : M k = ln ((classes P - 1) * (q - 1)) by move: e; rewrite /Rmax; case: Rle_dec; lra.
rewrite eM in m0 e; have := ln_injective m0 e.
by move/(Rmult_eq_reg_l (classes P - 1)) => /(_ ltac:(lra)); lra.
Qed.

Lemma sqrt_fixed x : 0 < x -> sqrt x = x -> x = 1.
Proof.
move=> x0 e; have := sqrt_sqrt x (Rlt_le _ _ x0); rewrite e => e2.
by apply: (Rmult_eq_reg_l x); lra.
Qed.

(** What (10) gives along a class's own mean, with whatever in the place of the roots. *)
Lemma along_own_mean (P : problem) d (h : 'I_(classes P) -> vec d) (a : 'I_(classes P) -> R) p k :
  (forall k l : 'I_(classes P), k != l -> dot (h k) (h l) = 0) ->
  dot (fun j => p * (classes P * a k * h k j - \sum_m (a m * h m j))) (h k) =
    p * ((classes P - 1) * a k * norm2 (h k)).
Proof.
move=> o; rewrite dotZl dotBl dotZl dot_suml (sum_only (j := k)) => [|m mk].
  by rewrite dotZl -/(norm2 (h k)); ring.
by rewrite dotZl o //; ring.
Qed.

(** ** At counts 2, 1, 1 *)
Section Standing.
Notation P := example_standing.
Notation K := (classes P).
Let one : unweighted P. Proof. by []. Qed.
Let k : 'I_K := @nth_class P 0 isT.
Let j : 'I_K := @nth_class P 1 isT.
Let nk : INR (count k) = 2. Proof. by rewrite /=; ring. Qed.
Let nj : INR (count j) = 1. Proof. by []. Qed.
Let K3 : INR K = 3. Proof. by rewrite /=; ring. Qed.

Let stands (i : 'I_K) : 0 < M i.
Proof. by apply/M_gt0; rewrite unweighted_count //; have := T_standing; have := n_ge1 i; lra. Qed.

Let less : M j < M k.
Proof.
apply: margins_order (stands k); rewrite !unweighted_root // nk nj.
by apply: sqrt_lt_1_alt; lra.
Qed.

Theorem eq6_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      let scanned := N P * (sqrt ((classes P - 1) / classes P) * lambdaW P * lambdaH P) in
      forall (k m : 'I_(classes P)) (i : 'I_(count k)), m != k ->
      dot (W k) (H k i) - dot (W m) (H k i) =
        Rmax 0 (ln ((classes P - 1) * (sqrt (count k) / scanned - 1))).
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists P.
have := claim _ _ W H one (leqnn _) least k j (sample0 k) isT.
have -> : dot (W k) (H k (sample0 k)) - dot (W j) (H k (sample0 k)) = M k.
  exact: (eq13_margin room least).
move/(quotient_of_margin (stands k)); rewrite unweighted_root // => e.
have N0 := N_gt0 P; have s0 := sqrt_n_gt0 k.
have r0 : 0 < sqrt ((K - 1) / K) by apply: sqrt_lt_R0; exact: share_gt0.
have ec : c P = N P * (sqrt ((K - 1) / K) * (1 / 100)).
  rewrite /c -[lambdaW P]/(1 / 100) -[lambdaH P]/(1 / 100) Rmult_assoc sqrt_mult.
  - by rewrite sqrt_square //; lra.
  - by left; exact: share_gt0.
  by lra.
move: e; rewrite ec -[lambdaW P]/(1 / 100) -[lambdaH P]/(1 / 100).
set r := sqrt _ in r0 *; set s := sqrt _ in s0 * => e.
have q0 : 0 < s / (N P * (r * (1 / 100))).
  by apply: Rdiv_lt_0_compat => //; do 2 (apply: Rmult_lt_0_compat => //); lra.
have : s / (N P * (r * (1 / 100) * (1 / 100))) = 100 * (s / (N P * (r * (1 / 100)))) by field; lra.
by rewrite e; lra.
Qed.

Theorem eq9_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H -> forall k : 'I_(classes P),
      norm2 (mean H k) =
        sqrt ((classes P - 1) / classes P * (lambdaW P / lambdaH P) / count k * M k).
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists P.
suff one_margin (i : 'I_K) : M i = 1 by have := less; rewrite !one_margin; lra.
have f0 := norm_factor_gt0 i; have m0 := stands i.
have := claim _ _ W H one (leqnn _) least i; rewrite (thm1_c room least) sqrt_mult; last lra.
  move/(Rmult_eq_reg_l (norm_factor i)) => /(_ ltac:(lra)) e.
  by apply: sqrt_fixed.
have w0 := lW_gt0 P; have h0 := lH_gt0 P; have n0 := n_gt0 i; have z0 := share_gt0 P.
by left; apply: Rdiv_lt_0_compat => //; apply: Rmult_lt_0_compat => //; exact: Rdiv_lt_0_compat.
Qed.

Theorem eq10_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall (k : 'I_(classes P)) (j : 'I_d),
      W k j = sqrt (1 / (classes P * (classes P - 1))) * sqrt (lambdaH P / lambdaW P) *
        (classes P * mean H k j - \sum_m mean H m j).
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists P; set h := mean H.
have o := thm1_b room least; have q0 := dual_factor_gt0 P; have K2 := K_ge2 P.
have own := along_own_mean (fun m => sqrt (count m)) (dual_factor P) k o.
have bare := along_own_mean (fun=> 1) (dual_factor P) k o.
have e : dot (W k) (h k) = dual_factor P * ((K - 1) * sqrt (count k) * norm2 (h k)).
  by rewrite -own; apply: dot_ext => // i; exact: (thm1_d room least).
have : dot (W k) (h k) = dual_factor P * ((K - 1) * 1 * norm2 (h k)).
  rewrite -bare; apply: dot_ext => // i; rewrite (claim _ _ W H one (leqnn _) least).
  by congr (_ * (_ - _)); [rewrite Rmult_1_r | apply: sum_ext => m; rewrite Rmult_1_l].
have h0 : 0 < norm2 (h k).
  by rewrite (thm1_c room least); apply: Rmult_lt_0_compat (norm_factor_gt0 k) (stands k).
rewrite e => /(Rmult_eq_reg_l (dual_factor P)) /(_ ltac:(lra)).
move/(Rmult_eq_reg_r (norm2 (h k))) => /(_ ltac:(lra)).
move/(Rmult_eq_reg_l (K - 1)) => /(_ ltac:(lra)) r.
by have := sqrt_sqrt (count k) (pos_INR _); rewrite r nk; lra.
Qed.

Theorem eq14_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall i j : 'I_(classes P), 0 < M i -> 0 < M j ->
      norm2 (mean H i) / norm2 (mean H j) = sqrt (count j / count i * (M i / M j)).
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists P.
have mk := stands k; have mj := stands j.
have q0 : 0 < M k / M j by exact: Rdiv_lt_0_compat.
have n0 : 0 < count j / count k by apply: Rdiv_lt_0_compat; exact: n_gt0.
have := claim _ _ W H one (leqnn _) least k j mk mj.
rewrite (cor2_features room least) // sqrt_mult; [|lra|lra].
have r0 := sqrt_lt_R0 _ n0; move/(Rmult_eq_reg_l (sqrt (count j / count k))) => /(_ ltac:(lra)) e.
have e1 := sqrt_fixed q0 (esym e).
have : M k = M k / M j * M j by field; lra.
by rewrite e1; have := less; lra.
Qed.

Theorem step4_wrong :
  ~ forall (P : problem) (k : 'I_(classes P)) (x : R),
      let K := INR (classes P) in
      let t :=
        1 / (K - 1) *
        exp (sqrt (K / (K - 1)) * sqrt (lambdaH P / lambdaW P) * sqrt (count k) * x) in
      1 / (1 + t) * ln ((1 + t) * (K - 1)) + t / (1 + t) * ln ((1 + t) / t) =
        sqrt (lambdaH P / lambdaW P * (K / (K - 1))) * count k * x / (1 + t) + ln ((1 + t) / t).
Proof.
move=> claim; have := claim P k 1; have [_ _ e _] := step4_identity k 1; rewrite /c2 /t39 in e.
rewrite -/(growth k) -/(t39 k 1) in e *; cbv zeta; rewrite e nk.
have t0 := t39_gt0 k 1; have K2 := K_ge2 P; have w0 := lW_gt0 P; have h0 := lH_gt0 P.
have rate0 : 0 < sqrt (lambdaH P / lambdaW P * (K / (K - 1))).
  by apply: sqrt_lt_R0; apply: Rmult_lt_0_compat; apply: Rdiv_lt_0_compat; lra.
set rate := sqrt _ in rate0 *; move/Rplus_eq_reg_r => r.
have r2 : sqrt 2 = 2.
  apply: (Rmult_eq_reg_l (rate / (1 + t39 k 1))); last first.
    by apply: Rgt_not_eq; apply: Rdiv_lt_0_compat; lra.
  have a x : rate / (1 + t39 k 1) * x = rate * x * 1 / (1 + t39 k 1) by rewrite /Rdiv; ring.
  by rewrite !a.
by have := sqrt_sqrt 2 ltac:(lra); rewrite r2; lra.
Qed.

End Standing.
