(** Section 4.1's text: how norms and cosines of classifiers go with the counts.
    The paper says first that both fall as n_k grows; neither does always. With
    class weights, what they go with is a_k = sqrt(n_k) M_k. *)

From NeuralCollapse Require Import Setting Margins Factors Attainment Structure Proposition1
  Corollary2 Corollary3 Examples.

(** "Its norm is negatively correlated with n_k". *)
Theorem norm_decreasing_refuted :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall i k : 'I_(classes P), (count k < count i)%N -> norm2 (W i) <= norm2 (W k).
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists example_standing.
pose i : 'I_(classes example_standing) := @nth_class example_standing 0 isT.
pose k : 'I_(classes example_standing) := @nth_class example_standing 1 isT.
have lt : (count k < count i)%N by [].
have k3 : 2 < classes example_standing by rewrite /=; lra.
have one : unweighted example_standing by [].
have m0 : 0 < M i by apply/M_gt0; rewrite unweighted_count //; have := T_standing; rewrite /=; lra.
by have := claim _ _ W H one (leqnn _) least i k lt;
  have := norm_strict room least one lt k3 m0; lra.
Qed.

(** Instead: it grows, strictly unless K = 2 or class i collapses. *)
Theorem norm_increasing (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (active P <= d)%N -> global_minimiser W H ->
  forall i k : 'I_(classes P), (count k < count i)%N ->
  norm2 (W k) <= norm2 (W i) /\
  (norm2 (W k) = norm2 (W i) <-> classes P = 2%N \/ M i = 0).
Proof.
move=> one room least i k lt; split; first by apply: (cor2_monotone room least one); exact: ltnW.
split=> [e|[k2|m0]].
- have := classes_ge2 P; rewrite leq_eqVlt => /orP [/eqP <-|k3]; first by left.
  right; case: (Rle_lt_dec (M i) 0) => m; first by have := M_ge0 i; lra.
  have := norm_strict room least one lt _ m; rewrite e => /(_ _)/Rlt_irrefl; case.
  by apply: (lt_INR 2); apply/ltP.
- exact: (norm_equal room least).
have ti := (M_eq0 i).1 m0.
rewrite unweighted_count // in ti.
have tk : omega k ^ 2 * count k <= T P by rewrite unweighted_count //; move/ltP/lt_INR: lt; lra.
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
Notation p := (prefactor P).
Hypothesis S0 : 0 < S.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.
Let p0 : 0 < p. Proof. exact: prefactor_gt0. Qed.

(** ||w_i||^2 = p D_i and w_i . w_j = - p X_i, for a fixed j. *)
Let D i := K ^ 2 * a i - 2 * K * a i + S.
Variable j : 'I_K.
Let X i := K * a i + K * a j - S.

Let D0 i : 0 < D i. Proof. exact: (denominator_gt0 room least S0). Qed.
Let root0 i : 0 < sqrt (p * D i).
Proof. by apply: sqrt_lt_R0; apply: Rmult_lt_0_compat. Qed.

Lemma cosine_form i :
  j != i -> cosine (W i) (W j) = - (p / sqrt (p * D j)) * (X i / sqrt (p * D i)).
Proof.
move=> /negbTE ji; rewrite /cosine /norm2 !(inner_products room least) /gram !eqxx (eq_sym i) ji.
have e m : p * (K ^ 2 * a m - K * (a m + a m) + S) = p * D m by rewrite /D; ring.
rewrite !e.
have -> : p * (0 - K * (a i + a j) + S) = - (p * X i) by rewrite /X; ring.
by field; have := root0 i; have := root0 j; lra.
Qed.

Lemma cosine_order i k : j != i -> j != k ->
  X i / sqrt (p * D i) < X k / sqrt (p * D k) -> cosine (W k) (W j) < cosine (W i) (W j).
Proof.
move=> ji jk lt; rewrite !cosine_form //.
have q0 : 0 < p / sqrt (p * D j) by apply: Rdiv_lt_0_compat.
by have := Rmult_lt_compat_l _ _ _ q0 lt; lra.
Qed.

(** Two quotients of positive numerators, by their squares. *)
Lemma quotient_order i k : 0 < X i -> 0 < X k -> X i ^ 2 * D k < X k ^ 2 * D i ->
  X i / sqrt (p * D i) < X k / sqrt (p * D k).
Proof.
move=> i0 k0 key.
have sq u v : 0 < u -> 0 < v -> u / sqrt (p * v) = sqrt (u ^ 2 / (p * v)).
  move=> u0 v0; have pv : 0 < p * v by exact: Rmult_lt_0_compat.
  by rewrite sqrt_div_alt // sqrt_pow2 //; lra.
have Di := D0 i; have Dk := D0 k; rewrite !sq //.
apply: sqrt_lt_1_alt; split.
  by apply: Rmult_le_pos; [exact: pow2_ge_0 | left; apply: Rinv_0_lt_compat;
    exact: Rmult_lt_0_compat].
apply: (Rmult_lt_reg_r (p * (D i * D k))); first by do 2 apply: Rmult_lt_0_compat => //.
have -> : X i ^ 2 / (p * D i) * (p * (D i * D k)) = X i ^ 2 * D k by field; lra.
by have -> : X k ^ 2 / (p * D k) * (p * (D i * D k)) = X k ^ 2 * D i by field; lra.
Qed.

Let B := K * (K - 2) * a j - (K - 1) * S.

Lemma squares i k :
  X k ^ 2 * D i - X i ^ 2 * D k = (X i - X k) * (B * (X i + X k) - (K - 2) * (X i * X k)).
Proof. by rewrite /B /X /D; ring. Qed.

Lemma third_class i k : j != i -> j != k -> i != k -> 2 < K.
Proof.
move=> ji jk ik; apply: (lt_INR 2); apply/ltP.
rewrite -[X in (_ < X)%N](card_ord (classes P)).
have <- : #|[set i; k; j]| = 3%N.
  by rewrite -setUA cardsU1 cards2 !inE (negbTE ik) (eq_sym i) (negbTE ji) (eq_sym k) jk.
exact: max_card.
Qed.

(** Where class j dominates, the cosine with it rises with a_i, *)
Theorem cosine_rises (i k : 'I_K) : j != i -> j != k -> a k < a i ->
  (K - 2) * (a j - a i) >= S -> cosine (W k) (W j) < cosine (W i) (W j).
Proof.
move=> ji jk aik dom; have ak0 := weight_ge0 k.
have ik : i != k by apply/eqP => e; move: aik; rewrite e; lra.
have k2 := third_class ji jk ik.
have Kz : S <= (K - 2) * a j.
  have : 0 <= (K - 2) * a i by apply: Rmult_le_pos; lra.
  by rewrite Rmult_minus_distr_l in dom; lra.
have Xk : 0 < X k.
  have : 0 <= K * a k by apply: Rmult_le_pos; lra.
  have : 0 < a j by apply: (Rmult_lt_reg_l (K - 2)); lra.
  by rewrite /X; lra.
have XX : X k < X i by have := Rmult_lt_compat_l K _ _ (ltac:(lra)) aik; rewrite /X; lra.
have Bi : (K - 2) * X i <= 2 * B.
  by have := Rmult_le_compat_l K _ _ (ltac:(lra)) (Rge_le _ _ dom); rewrite /B /X; lra.
have Bk : (K - 2) * X k < 2 * B by have := Rmult_lt_compat_l (K - 2) _ _ (ltac:(lra)) XX; lra.
apply: cosine_order => //; apply: quotient_order => //; first lra.
have : 0 < (X i - X k) * (B * (X i + X k) - (K - 2) * (X i * X k)).
  apply: Rmult_lt_0_compat; first lra.
  have := Rmult_le_compat_r (X k) _ _ (ltac:(lra)) Bi.
  by have := Rmult_lt_compat_r (X i) _ _ (ltac:(lra)) Bk; lra.
by rewrite -squares; lra.
Qed.

(** and where it does not, it falls. *)
Theorem cosine_falls (i k : 'I_K) : j != i -> j != k -> a k < a i ->
  (K - 2) * (a j - a k) <= S -> cosine (W i) (W j) < cosine (W k) (W j).
Proof.
move=> ji jk aik dom; have ak0 := weight_ge0 k.
have ik : i != k by apply/eqP => e; move: aik; rewrite e; lra.
have k2 := third_class ji jk ik.
have XX : X k < X i by have := Rmult_lt_compat_l K _ _ (ltac:(lra)) aik; rewrite /X; lra.
apply: cosine_order => //; have ri := root0 i; have rk := root0 k.
have DD : D k < D i.
  have : 0 < (K * (K - 2)) * (a i - a k) by apply: Rmult_lt_0_compat;
    [apply: Rmult_lt_0_compat|]; lra.
  by rewrite /D; lra.
have rr : sqrt (p * D k) < sqrt (p * D i).
  apply: sqrt_lt_1_alt; split; first by left; apply: Rmult_lt_0_compat.
  exact: Rmult_lt_compat_l.
case: (Rle_lt_dec (X k) 0) => k0.
  case: (Rlt_le_dec 0 (X i)) => i0.
    apply: Rle_lt_trans (_ : 0 < _); last exact: Rdiv_lt_0_compat.
    by have := Rinv_0_lt_compat _ rk => inv; rewrite /Rdiv -(Rmult_0_l (/ sqrt (p * D k)));
      apply: Rmult_le_compat_r; lra.
  apply: Rlt_le_trans (_ : X i / sqrt (p * D k) <= _).
    by apply: Rmult_lt_compat_r => //; exact: Rinv_0_lt_compat.
  suff : - X i * / sqrt (p * D i) <= - X i * / sqrt (p * D k) by rewrite /Rdiv; lra.
  apply: Rmult_le_compat_l; first lra.
  by apply: Rinv_le_contravar; lra.
have Bk : 2 * B <= (K - 2) * X k.
  by have := Rmult_le_compat_l K _ _ (ltac:(lra)) dom; rewrite /B /X; lra.
have Bi : 2 * B < (K - 2) * X i by have := Rmult_lt_compat_l (K - 2) _ _ (ltac:(lra)) XX; lra.
apply: quotient_order => //; first lra.
have : 0 < (X i - X k) * ((K - 2) * (X i * X k) - B * (X i + X k)).
  apply: Rmult_lt_0_compat; first lra.
  have := Rmult_le_compat_r (X i) _ _ (ltac:(lra)) Bk.
  by have := Rmult_lt_compat_r (X k) _ _ k0 Bi; lra.
by have := squares i k; lra.
Qed.

Theorem cosine_corrected (i k : 'I_K) : unweighted P ->
  j != i -> j != k -> (count k < count i)%N -> 0 < M i ->
  ((K - 2) * (a j - a k) <= S -> cosine (W i) (W j) < cosine (W k) (W j)) /\
  ((K - 2) * (a j - a i) >= S -> cosine (W k) (W j) < cosine (W i) (W j)).
Proof.
move=> one ji jk lt m0; have aik := weight_lt one lt m0.
by split=> *; [exact: cosine_falls | exact: cosine_rises].
Qed.
End Cosines.

(** "The cosine of the angle formed with other classifiers is negatively correlated with n_k". *)
Theorem cosine_decreasing_refuted :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      (exists m : 'I_(classes P), 0 < M m) ->
      forall i k j : 'I_(classes P), j != i -> j != k -> (count k < count i)%N ->
      cosine (W i) (W j) <= cosine (W k) (W j).
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists example_partly.
have [T1 T2] := T_partly.
have one : unweighted example_partly by [].
pose j : 'I_(classes example_partly) := @nth_class example_partly 0 isT.
pose i : 'I_(classes example_partly) := @nth_class example_partly 1 isT.
pose k : 'I_(classes example_partly) := @nth_class example_partly 2 isT.
pose l : 'I_(classes example_partly) := @nth_class example_partly 3 isT.
have ni : INR (count i) = 2 by rewrite /=; ring.
have nj : INR (count j) = 18 by rewrite /=; ring.
have nk : INR (count k) = 1 by [].
have nl : INR (count l) = 1 by [].
have mi : 0 < M i by apply/M_gt0; rewrite unweighted_count // ni; lra.
have ak : weight k = 0 by rewrite /weight M_below ?unweighted_count ?nk //; [ring | lra].
have al : weight l = 0 by rewrite /weight M_below ?unweighted_count ?nl //; [ring | lra].
have all : weights example_partly = weight j + (weight i + (weight k + weight l)).
  rewrite /weights !big_ord_recl big_ord0 Rplus_0_r.
  by congr (weight _ + (weight _ + (weight _ + weight _))); apply: val_inj.
have mij : M i < M j.
  by apply: margins_increase => //; apply/M_gt0; rewrite unweighted_count // nj; lra.
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
have := @cosine_rises _ _ W H room least w0 j i k isT isT (weight_lt one lt mi).
have := claim _ _ W H one (leqnn _) least (ex_intro _ i mi) i k j isT isT lt.
rewrite all ak al (_ : classes example_partly - 2 = 2); last by rewrite /=; ring.
by move=> le /(_ ltac:(lra)); lra.
Qed.
