(** Misreadings of Corollaries 3 and 4, of (37) and of class weights, as statements about all
    problems, each refuted by one. *)

From Coq Require Import ZArith.
From NeuralCollapse Require Import Setting Margins Theorem1 Attainment Structure Proposition1
  Corollary3 Corollary4 Consequences Lists Given Examples ProofSteps Remark71 MisreadTheorem1.

(** ** At counts 2, 2, 1: two groups *)
Definition example_groups : problem := given (counts := [:: 2; 2; 1]%Z) isT pos_100 pos_100.

Theorem eq15_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d)
      (major : pred 'I_(classes P)) (nA nB : nat),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      (exists m : 'I_(classes P), 0 < M m) ->
      (forall k, major k -> count k = nA) -> (forall k, ~~ major k -> count k = nB) ->
      let K := INR (classes P) in let KA := INR #|[pred k | major k]| in
      let a n := sqrt n * Rmax 0 (ln ((K - 1) * (sqrt n / c P - 1))) in
      forall k j : 'I_(classes P), k != j -> major k -> major j ->
      cosine (W k) (W j) = 1 - K ^ 2 * a nA / (K ^ 2 * a nA - K * a nA - KA * a nA + KA * a nB).
Proof.
set P := example_groups; move=> claim; have [room [W [H least]]] := minimiser_exists P.
have one : unweighted P by [].
have T0 : T P < 1 by rewrite (given_T _ _ _ (K := 3) (N := 5)) //; lra.
have stands (i : 'I_(classes P)) : 0 < M i.
  by apply/M_gt0; rewrite unweighted_count //; have := n_ge1 i; lra.
pose major := [pred k : 'I_(classes P) | (k < 2)%N].
have cA (k : 'I_(classes P)) : major k -> count k = 2%N by case: k => [[|[|[|]]]].
have cB (k : 'I_(classes P)) : ~~ major k -> count k = 1%N by case: k => [[|[|[|]]]].
pose k : 'I_(classes P) := @nth_class P 0 isT; pose j : 'I_(classes P) := @nth_class P 1 isT.
pose l : 'I_(classes P) := @nth_class P 2 isT.
have w0 : 0 < weights P by apply: weights_gt0; exists k.
have := claim P _ W H major 2%N 1%N one (leqnn _) least (ex_intro _ k (stands k)) cA cB.
move=> /(_ k j isT isT isT).
have -> := cor3_major room least w0 one cA cB (k := k) (j := j) isT isT isT.
have cardA : #|[pred i : 'I_(classes P) | major i]| = 2%N.
  by rewrite -sum1_card big_mkcond /= !big_ord_recl big_ord0.
have cardB : #|[pred i : 'I_(classes P) | ~~ major i]| = 1%N.
  by rewrite -sum1_card big_mkcond /= !big_ord_recl big_ord0.
have m1 : margin_of P 1%N = M l by rewrite /M unweighted_root.
have m2 : margin_of P 2%N = M k by rewrite /M unweighted_root.
rewrite cardA cardB -!/(margin_of P _) m1 m2.
have lt : M l < M k.
  apply: margins_order (stands k); rewrite !unweighted_root //; apply: sqrt_lt_1_alt.
  by rewrite /=; lra.
have ml := stands l; have s1 : sqrt 1%N = 1 by rewrite /= sqrt_1.
have s2 : 1 < sqrt 2%N by rewrite -[X in X < _]sqrt_1; apply: sqrt_lt_1_alt; rewrite /=; lra.
have K3 : INR (classes P) = 3 by rewrite /=; ring.
have lt2 : M k < sqrt 2%N * M k by rewrite -[X in X < _]Rmult_1_l; apply: Rmult_lt_compat_r; lra.
have i2 : INR 2 = 2 by rewrite /=; ring.
have i1 : INR 1 = 1 by [].
move: lt2; rewrite s1 K3 i2 i1; set a := _ * M k; set b := M l in ml lt * => lt2 e.
have d1 : 0 < 5 * a + b by lra.
have d2 : 0 < 4 * a + 2 * b by lra.
have e1 : 3 ^ 2 * a / (3 ^ 2 * a - 3 * a - 1 * a + 1 * (1 * b)) = 9 * a / (5 * a + b).
  by congr (_ / _); ring.
have e2 : 3 ^ 2 * a / (3 ^ 2 * a - 3 * a - 2 * a + 2 * (1 * b)) = 9 * a / (4 * a + 2 * b).
  by congr (_ / _); ring.
have {}e : 9 * a / (5 * a + b) = 9 * a / (4 * a + 2 * b) by rewrite -e1 -e2; lra.
have : 9 * a * (4 * a + 2 * b) = 9 * a * (5 * a + b).
  transitivity (9 * a / (5 * a + b) * ((5 * a + b) * (4 * a + 2 * b))); first by field; lra.
  by rewrite e; field; lra.
by move/(Rmult_eq_reg_l (9 * a)) => /(_ ltac:(lra)); lra.
Qed.

(** ** At counts 2, 1 and both decays 1/10 *)
Definition example_two : problem := given (counts := [:: 2; 1]%Z) isT pos_10 pos_10.

Theorem eq17_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d)
      (major : pred 'I_(classes P)) (nA nB : nat),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      (forall k, major k -> count k = nA) -> (forall k, ~~ major k -> count k = nB) ->
      (exists k, major k) -> (exists k, ~~ major k) ->
      let K := INR (classes P) in let KA := INR #|[pred k | major k]| in
      let KB := INR #|[pred k | ~~ major k]| in
      (forall k, ~~ major k -> forall j, mean H k j = 0) <->
      nA / nB >= 1 / KA * ((K - 1) / (N P * K * sqrt (lambdaW P * lambdaH P)) - KB).
Proof.
set P := example_two; move=> claim; have [room [W [H least]]] := minimiser_exists P.
have one : unweighted P by [].
have T0 : T P < 1 by rewrite (given_T _ _ _ (K := 2) (N := 3)) //; lra.
pose major := [pred k : 'I_(classes P) | (k < 1)%N].
pose k : 'I_(classes P) := @nth_class P 0 isT; pose l : 'I_(classes P) := @nth_class P 1 isT.
have cA (i : 'I_(classes P)) : major i -> count i = 2%N by case: i => [[|[|]]].
have cB (i : 'I_(classes P)) : ~~ major i -> count i = 1%N by case: i => [[|[|]]].
have cardA : #|[pred i : 'I_(classes P) | major i]| = 1%N.
  by rewrite -sum1_card big_mkcond /= !big_ord_recl big_ord0.
have cardB : #|[pred i : 'I_(classes P) | ~~ major i]| = 1%N.
  by rewrite -sum1_card big_mkcond /= !big_ord_recl big_ord0.
have := claim P _ W H major 2%N 1%N one (leqnn _) least cA cB.
move=> /(_ (ex_intro _ k isT) (ex_intro _ l isT)) [_ gone].
have N3 : N P = 3 by exact: (@N_with [:: 2; 1]%Z _ _ _ isT pos_10 pos_10 (fun=> Rlt_0_1) 3 erefl).
have K2 : INR (classes P) = 2 by rewrite /=; ring.
have i2 : INR 2 = 2 by rewrite /=; ring.
have i1 : INR 1 = 1 by [].
have r : sqrt (lambdaW P * lambdaH P) = 1 / 10 by rewrite sqrt_square //=; lra.
have /gone /(_ l isT) /(cor4_threshold room least one) :
    2%N / 1%N >= 1 / INR #|[pred k | major k]| *
      ((INR (classes P) - 1) / (N P * INR (classes P) * sqrt (lambdaW P * lambdaH P))
       - INR #|[pred k | ~~ major k]|).
  by rewrite cardA cardB N3 K2 ?i2 i1 r; lra.
by have := n_ge1 l; lra.
Qed.

(** ** At counts 18, 2, 1, 1 *)
Theorem eq18_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall B : 'I_(classes P), (forall k : 'I_(classes P), (count B <= count k)%N) ->
      N P ^ 2 / count B >= (classes P - 1) / (classes P * lambdaW P * lambdaH P) ->
      (forall k j, W k j = 0) /\ (forall k i j, H k i j = 0).
Proof.
set P := example_partly; move=> claim; have [room [W [H least]]] := minimiser_exists P.
have one : unweighted P by [].
pose k : 'I_(classes P) := @nth_class P 0 isT; pose l : 'I_(classes P) := @nth_class P 2 isT.
have smallest (i : 'I_(classes P)) : (count l <= count i)%N by exact: (@count_ge1 P i).
have N22 : N P = 22.
  by exact: (@N_with [:: 18; 2; 1; 1]%Z _ _ _ isT pos_50 pos_10 (fun=> Rlt_0_1) 22 erefl).
have K4 : INR (classes P) = 4 by rewrite /=; ring.
have nl : INR (count l) = 1 by [].
have [|_ z] := claim P _ W H one (leqnn _) least l smallest.
  by rewrite N22 K4 nl -[lambdaW P]/(1 / 50) -[lambdaH P]/(1 / 10); lra.
have : count k <= T P.
  apply/(cor4_threshold room least one) => j; rewrite -(thm1_a room least (sample0 k)); exact: z.
have -> : INR (count k) = 18 by rewrite INR_IZR_INZ.
by have [_] := T_partly; rewrite -/P; lra.
Qed.

Theorem eq37_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      (exists k : 'I_(classes P), 0 < M k) ->
      let K := INR (classes P) in let h := mean H in
      let hat (m : 'I_(classes P)) : vec d :=
        fun j => \sum_k (sqrt (count k) * h k j) - K * (sqrt (count m) * h m j) in
      (\sum_m norm2 (hat m)) / (\sum_m norm2 (W m)) = lambdaH P / lambdaW P * K * (K - 1).
Proof.
set P := example_partly; move=> claim; have [room [W [H least]]] := minimiser_exists P.
have one : unweighted P by [].
pose k : 'I_(classes P) := @nth_class P 0 isT.
have nk : INR (count k) = 18 by rewrite INR_IZR_INZ.
have some : exists k : 'I_(classes P), 0 < M k.
  by exists k; apply/M_gt0; rewrite unweighted_count // nk; have [_] := T_partly; rewrite -/P; lra.
have [_ _ e _] := eq37 room least some Rlt_0_1.
have := claim P _ W H one (leqnn _) least some; cbv zeta; rewrite -/(h_hat (mean H)) e.
have -> : INR (classes P) = 4 by rewrite /=; ring.
by rewrite -[lambdaW P]/(1 / 50) -[lambdaH P]/(1 / 10); lra.
Qed.

(** ** With class weights: counts 1, 1, both weights 4 *)
Lemma pos_4 : 0 < 4. Proof. lra. Qed.
Definition example_weighted : problem :=
  given_with (counts := [:: 1; 1]%Z) isT pos_100 pos_100 (o := fun=> 4) (fun=> pos_4).

Section Weighted.
Notation P := example_weighted.
Let k : 'I_(classes P) := @nth_class P 0 isT.
Let l : 'I_(classes P) := @nth_class P 1 isT.
Let nk : INR (count k) = 1. Proof. by []. Qed.
Let above : 0 < sqrt 1 / c P.
Proof. by apply: Rdiv_lt_0_compat (c_gt0 P); rewrite sqrt_1; lra. Qed.
Let stands : 0 < M k.
Proof.
apply/M_gt0; rewrite (T_with _ _ _ _ (K := 2) (N := 2)) // nk /threshold_value -[omega k]/4.
by lra.
Qed.

Theorem inside_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      (classes P <= d)%N -> global_minimiser W H ->
      forall (k m : 'I_(classes P)) (i : 'I_(count k)), m != k ->
      dot (W k) (H k i) - dot (W m) (H k i) =
        Rmax 0 (ln ((classes P - 1) * (sqrt (omega k * count k) / c P - 1))).
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists P.
have := claim _ _ W H (leqnn _) least k l (sample0 k) isT.
rewrite [LHS](eq13_margin room least) // => /(quotient_of_margin stands).
rewrite nk -[omega k]/4 Rmult_1_r (_ : 4 = 2 * 2) ?sqrt_square; try lra.
by move: above; rewrite sqrt_1 /Rdiv; lra.
Qed.

Theorem counts_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      (classes P <= d)%N -> global_minimiser W H ->
      let c' := (\sum_(k < classes P) (omega k * count k)) *
                sqrt ((classes P - 1) / classes P * lambdaW P * lambdaH P) in
      forall (k m : 'I_(classes P)) (i : 'I_(count k)), m != k ->
      dot (W k) (H k i) - dot (W m) (H k i) =
        Rmax 0 (ln ((classes P - 1) * (sqrt (omega k * count k) / c' - 1))).
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists P.
have := claim _ _ W H (leqnn _) least k l (sample0 k) isT.
rewrite [LHS](eq13_margin room least) // => /(quotient_of_margin stands).
have -> : (\sum_(k < classes P) (omega k * count k)) * sqrt ((classes P - 1) / classes P
  * lambdaW P * lambdaH P) = 4 * c P by rewrite /c /N -Rmult_assoc -sumZ.
rewrite nk -[omega k]/4 Rmult_1_r (_ : 4 = 2 * 2) ?sqrt_square; try lra.
have c0 := c_gt0 P; have -> : 2 / (2 * 2 * c P) = / 2 * (1 / c P) by field; lra.
by move: above; rewrite sqrt_1 /Rdiv; lra.
Qed.

End Weighted.
