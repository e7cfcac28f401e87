(** The misreadings as statements about all problems, refuted by one; and the
    identity and the dual bound at the global minimisers. *)

From NeuralCollapse Require Import Setting Identity Duality Margins LowerBound Theorem1 Attainment
  Structure Proposition1 Examples Misreadings Consequences.

Section Wrong.
Notation P := example_standing.
Let one : unweighted P. Proof. by []. Qed.
Let k : 'I_(classes P) := @nth_class P 0 isT.
Let stands : 0 < M k.
Proof. by apply/M_gt0; rewrite unweighted_count //; have := T_standing; rewrite /=; lra. Qed.

Theorem eq11_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall k : 'I_(classes P), dot (W k) (mean H k) = classes P / (classes P - 1) * M k.
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists P.
exact: (misread_eq11 room least stands) (claim _ _ W H one (leqnn _) least k).
Qed.

Theorem prop1_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      let K := INR (classes P) in let a k := sqrt (count k) * M k in forall k : 'I_(classes P),
      norm2 (W k) = sqrt (lambdaH P / lambdaW P) / (K * sqrt (K * (K - 1))) *
        ((K - 1) ^ 2 * a k + \sum_m a m).
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists P.
exact: (misread_prop1 room least stands) (claim _ _ W H one (leqnn _) least k).
Qed.

Theorem mse_wrong :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall k j : 'I_(classes P), k != j -> dot (W k) (W j) = 0.
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists P.
apply: (misread_orthogonal room least (k := k)) => [|j jk]; first by apply: weights_gt0; exists k.
by apply: (claim _ _ W H one (leqnn _) least); rewrite eq_sym.
Qed.
End Wrong.

Theorem identity_at_minimisers (P : problem) d (beta : 'I_(classes P) -> R) (W : classifiers P d)
  (H : features P d) :
  feasible H -> (forall k, 0 <= beta k < 1 /\ (omega k * beta k) ^ 2 * count k <= c P ^ 2) ->
  let zero b := [/\ logits_term b W H = 0, classifier_term b W H = 0, orthogonality_term b H = 0,
                    within_class_term b H = 0 & collapsed_term b H = 0] in
  [/\ L0 W H - D beta = logits_term beta W H + classifier_term beta W H + orthogonality_term beta H
        + within_class_term beta H + collapsed_term beta H,
      [/\ 0 <= logits_term beta W H, 0 <= classifier_term beta W H, 0 <= orthogonality_term beta H,
          0 <= within_class_term beta H & 0 <= collapsed_term beta H],
      zero beta -> global_minimiser W H
    & (active P <= d)%N -> (zero (@best P) <-> global_minimiser W H)].
Proof.
move=> H0 slopes zero; have [sum signs none] := identity W H0 slopes; split=> //.
  move=> /none e; split=> // W' H' H'0; rewrite e; exact: weak_duality.
move=> room; have [_ _ none'] := identity W H0 (@best_feasible P).
rewrite minimum_is_Lstar // Lstar_D; split=> [/none' e|[_ /none']] //.
Qed.

Theorem no_gap_attained (P : problem) d : (classes P <= d)%N ->
  let beta (k : 'I_(classes P)) :=
    Rmin (c P / (omega k * sqrt (count k))) ((classes P - 1) / classes P) in
  (forall k, 0 <= beta k < 1 /\ (omega k * beta k) ^ 2 * count k <= c P ^ 2) /\
  (exists (W : classifiers P d) (H : features P d), feasible H /\ L0 W H = D beta) /\
  (forall (W : classifiers P d) (H : features P d),
     global_minimiser W H <-> feasible H /\ L0 W H = D beta) /\
  (forall (W : classifiers P d) (H : features P d), feasible H -> D beta <= L0 W H).
Proof.
move=> /room_enough room beta; have e : D beta = Lstar P by rewrite Lstar_D.
rewrite e; split; first exact: best_feasible.
split; first exact/attained_iff.
by split=> W H; [exact: minimum_is_Lstar | exact: lower_bound].
Qed.
