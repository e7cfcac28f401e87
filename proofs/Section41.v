(** Section 4.1's text: how norms and cosines of classifiers go with the counts.
    The paper says first that both fall as n_k grows; neither does always. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect.
From NeuralCollapse Require Import Sums Problem Vectors Constants Margins Factors Attainment Structure
  Proposition1 Corollary2 Corollary3 Examples.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope R_scope.

(** "Its norm is negatively correlated with n_k". *)
Theorem norm_decreasing_refuted :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      (active P <= d)%N -> global_minimiser W H ->
      forall i k : 'I_(classes P), (count k < count i)%N -> norm2 (W i) <= norm2 (W k).
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists example_standing.
pose i : 'I_(classes example_standing) := @nth_class example_standing 0 isT.
pose k : 'I_(classes example_standing) := @nth_class example_standing 1 isT.
have lt : (count k < count i)%N by [].
have k3 : 2 < classes example_standing by rewrite /=; lra.
have m0 : 0 < M i by apply/M_gt0; have := T_standing; rewrite /=; lra.
by have := claim _ _ W H room least i k lt; have := norm_strict room least lt k3 m0; lra.
Qed.

(** Instead: it grows, strictly unless K = 2 or class i collapses. *)
Theorem norm_increasing (P : problem) d (W : classifiers P d) (H : features P d) :
  (active P <= d)%N -> global_minimiser W H ->
  forall i k : 'I_(classes P), (count k < count i)%N ->
  norm2 (W k) <= norm2 (W i) /\
  (norm2 (W k) = norm2 (W i) <-> classes P = 2%N \/ M i = 0).
Proof.
move=> room least i k lt; split; first by apply: (cor2_monotone room least); exact: ltnW.
split=> [e|[k2|m0]].
- have := classes_ge2 P; rewrite leq_eqVlt => /orP [/eqP <-|k3]; first by left.
  right; case: (Rle_lt_dec (M i) 0) => m; first by have := M_ge0 i; lra.
  have := norm_strict room least lt _ m; rewrite e => /(_ _)/Rlt_irrefl; case.
  by apply: (lt_INR 2); apply/ltP.
- exact: (norm_equal room least).
have ti := (M_eq0 i).1 m0.
have tk : count k <= T P by move/ltP/lt_INR: lt; lra.
have := norm2_difference room least k i.
by rewrite /weight m0 (M_below tk) !Rmult_0_r; lra.
Qed.

Section Cosines.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Notation a := (weight (P := P)).
Notation S := (weights P).

(** Where class j dominates, the cosine with it rises with the count. *)
Theorem cosine_rises (i k j : 'I_K) : j != i -> j != k -> (count k < count i)%N -> 0 < M i ->
  (K - 2) * (a j - a i) >= S -> cosine (W k) (W j) < cosine (W i) (W j).
Proof.
move=> ji jk lt m0 dominates.
have K2 := K_ge2 P; have aik := weight_lt lt m0; have ak0 := weight_ge0 k.
have ai0 : 0 < a i by lra.
have S0 : 0 < S by apply: (sum_gt0 (j := i)) => // m; exact: weight_ge0.
have p0 := prefactor_gt0 P.
have Di := denominator_gt0 room least S0 i; have Dk := denominator_gt0 room least S0 k.
have Dj := denominator_gt0 room least S0 j.
have Sj : a j + a i <= S.
  rewrite /weights (sum_split j) (bigD1 i) /=; last by rewrite eq_sym.
  set r := \big[_/_]_(_ | _) _; suff: 0 <= r by lra.
  by apply: (big_ind (fun x => 0 <= x)) => [|x y|m _]; [lra | lra | exact: weight_ge0].
move: (weight_ge0 j) Di Dk Dj dominates aik ak0 ai0 Sj S0.
rewrite /cosine /norm2 !(inner_products room least) /gram !eqxx.
rewrite (eq_sym i) (eq_sym k) (negbTE ji) (negbTE jk).
move: (a i) (a k) (a j) S (prefactor P) p0 => x y z s p p0 z0.
set Di := K ^ 2 * x - _ + s; set Dk := K ^ 2 * y - _ + s; set Dj := K ^ 2 * z - _ + s.
move=> Di0 Dk0 Dj0 dom xy y0 x0 zs s0.
have k2 : 2 < K.
  case: (Rle_lt_dec K 2) => // k2; have e : INR K = 2 by lra.
  by rewrite e in dom; lra.
have -> : p * (K ^ 2 * x - K * (x + x) + s) = p * Di by rewrite /Di; ring.
have -> : p * (K ^ 2 * y - K * (y + y) + s) = p * Dk by rewrite /Dk; ring.
have -> : p * (K ^ 2 * z - K * (z + z) + s) = p * Dj by rewrite /Dj; ring.
pose X := K * x + K * z - s; pose Y := K * y + K * z - s.
have -> : p * (0 - K * (x + z) + s) = - (p * X) by rewrite /X; ring.
have -> : p * (0 - K * (y + z) + s) = - (p * Y) by rewrite /Y; ring.
have ri : 0 < sqrt (p * Di) by apply: sqrt_lt_R0; exact: Rmult_lt_0_compat.
have rk : 0 < sqrt (p * Dk) by apply: sqrt_lt_R0; exact: Rmult_lt_0_compat.
have rj : 0 < sqrt (p * Dj) by apply: sqrt_lt_R0; exact: Rmult_lt_0_compat.
(* (K-2) z exceeds s, so that K z does *)
have Kz : s <= (K - 2) * z.
  have : 0 <= (K - 2) * x by apply: Rmult_le_pos; lra.
  by rewrite Rmult_minus_distr_l in dom; lra.
have Y0 : 0 < Y.
  have : 0 <= K * y by apply: Rmult_le_pos; lra.
  have : 0 < z by apply: (Rmult_lt_reg_l (K - 2)); lra.
  by rewrite /Y; lra.
have XY : Y < X.
  by have := Rmult_lt_compat_l K _ _ (ltac:(lra)) xy; rewrite /X /Y; lra.
pose B := K * (K - 2) * z - (K - 1) * s.
have BX : (K - 2) * X <= 2 * B.
  have := Rmult_le_compat_l K _ _ (ltac:(lra)) (Rge_le _ _ dom).
  by rewrite /B /X; lra.
have key : X ^ 2 * Dk < Y ^ 2 * Di.
  have BY : (K - 2) * Y < 2 * B.
    by have := Rmult_lt_compat_l (K - 2) _ _ (ltac:(lra)) XY; lra.
  have e : Y ^ 2 * Di - X ^ 2 * Dk = (X - Y) * (B * (X + Y) - (K - 2) * (X * Y)).
    by rewrite /B /X /Y /Di /Dk; ring.
  have : 0 < (X - Y) * (B * (X + Y) - (K - 2) * (X * Y)).
    apply: Rmult_lt_0_compat; first lra.
    have := Rmult_le_compat_r Y _ _ (ltac:(lra)) BX.
    have := Rmult_lt_compat_r X _ _ (ltac:(lra)) BY.
    lra.
  lra.
have less : X / sqrt (p * Di) < Y / sqrt (p * Dk).
  have sq u D : 0 < u -> 0 < D -> u / sqrt (p * D) = sqrt (u ^ 2 / (p * D)).
    move=> u0 D0; have pD : 0 < p * D by exact: Rmult_lt_0_compat.
    rewrite sqrt_div_alt // sqrt_pow2 //; lra.
  rewrite !sq //; last lra.
  apply: sqrt_lt_1_alt; split; first by apply: Rmult_le_pos; [exact: pow2_ge_0 | left; apply: Rinv_0_lt_compat; exact: Rmult_lt_0_compat].
  apply: (Rmult_lt_reg_r (p * (Di * Dk))); first by do 2 apply: Rmult_lt_0_compat => //.
  have -> : X ^ 2 / (p * Di) * (p * (Di * Dk)) = X ^ 2 * Dk by field; lra.
  by have -> : Y ^ 2 / (p * Dk) * (p * (Di * Dk)) = Y ^ 2 * Di by field; lra.
have -> : - (p * Y) / (sqrt (p * Dk) * sqrt (p * Dj)) = - (p / sqrt (p * Dj)) * (Y / sqrt (p * Dk)) by field; lra.
have -> : - (p * X) / (sqrt (p * Di) * sqrt (p * Dj)) = - (p / sqrt (p * Dj)) * (X / sqrt (p * Di)) by field; lra.
have q0 : 0 < p / sqrt (p * Dj) by exact: Rdiv_lt_0_compat.
by have := Rmult_lt_compat_l _ _ _ q0 less; lra.
Qed.
End Cosines.

(** "The cosine of the angle formed with other classifiers is negatively correlated with n_k". *)
Theorem cosine_decreasing_refuted :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      (active P <= d)%N -> global_minimiser W H -> 0 < weights P ->
      forall i k j : 'I_(classes P), j != i -> j != k -> (count k < count i)%N ->
      cosine (W i) (W j) <= cosine (W k) (W j).
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists example_partly.
have [T1 T2] := T_partly.
pose j : 'I_(classes example_partly) := @nth_class example_partly 0 isT.
pose i : 'I_(classes example_partly) := @nth_class example_partly 1 isT.
pose k : 'I_(classes example_partly) := @nth_class example_partly 2 isT.
pose l : 'I_(classes example_partly) := @nth_class example_partly 3 isT.
have ni : INR (count i) = 2 by rewrite /=; ring.
have nj : INR (count j) = 18 by rewrite /=; ring.
have nk : INR (count k) = 1 by [].
have nl : INR (count l) = 1 by [].
have mi : 0 < M i by apply/M_gt0; rewrite ni; lra.
have ak : weight k = 0 by rewrite /weight M_below ?nk; [ring | lra].
have al : weight l = 0 by rewrite /weight M_below ?nl; [ring | lra].
have all : weights example_partly = weight j + (weight i + (weight k + weight l)).
  rewrite /weights !big_ord_recl big_ord0 Rplus_0_r.
  by congr (weight _ + (weight _ + (weight _ + weight _))); apply: val_inj.
have mij : M i < M j.
  by apply: margins_increase => //; apply/M_gt0; rewrite nj; lra.
have aj : 3 * weight i < weight j.
  have r18 : sqrt 18 = 3 * sqrt 2.
    have -> : 18 = 3 ^ 2 * 2 by ring.
    by rewrite sqrt_mult ?sqrt_pow2; lra.
  rewrite /weight ni nj r18.
  have s2 : 0 < 3 * sqrt 2 by apply: Rmult_lt_0_compat; [lra | apply: sqrt_lt_R0; lra].
  by have := Rmult_lt_compat_l _ _ _ s2 mij; lra.
have ai := weight_gt0 mi.
have w0 : 0 < weights example_partly by rewrite all ak al; lra.
have lt : (count k < count i)%N by [].
have := @cosine_rises _ _ W H room least i k j isT isT lt mi.
have := claim _ _ W H room least w0 i k j isT isT lt.
rewrite all ak al (_ : classes example_partly - 2 = 2); last by rewrite /=; ring.
by move=> le /(_ ltac:(lra)); lra.
Qed.
