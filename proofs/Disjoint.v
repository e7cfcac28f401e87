(** Local minima in which a coordinate serves one class at most: the value L(D). *)

From Coq Require Import FunctionalExtensionality.
From NeuralCollapse Require Import Setting Gibbs Margins Factors LowerBound Derivatives
  Landscape Valleys Blocks Alone.

Lemma entropy_zero K (z : 'I_K -> R) (k : 'I_K) : (forall m, z m = 0) -> entropy z k = ln K.
Proof.
move=> z0; rewrite /entropy /CE (z0 k).
rewrite (sum_ext (f := fun m => exp (z m)) (g := fun _ => 1)) => [|m]; last by rewrite z0 exp_0.
rewrite [X in _ - (X - 0)]big1 => [|m _]; last by rewrite z0; ring.
by rewrite sum_constn Rmult_1_r; ring.
Qed.

(** A class's part of the loss, at the margin of Theorem 1. *)
Lemma living_part (P : problem) (k : 'I_(classes P)) : T P < omega k ^ 2 * count k ->
  omega k * count k / N P * bracket (classes P) (c P / (omega k * sqrt (count k))) =
  omega k * count k / N P * ln (1 + (classes P - 1) * exp (- M k)) +
    lambdaH P * count k * feature_norm2 k.
Proof.
move=> above; have N0 := N_gt0 P; have h0 := lH_gt0 P; have k2 := K_ge2 P; have o0 := omega_gt0 k.
have r0 := sqrt_n_gt0 k; have c0 := c_gt0 P; have b0 := best_gt0 k; have b1 := best_lt1 k.
rewrite -(best_above above); set b := best k in b0 b1 *.
have touch : ln ((classes P - 1) * ((1 - b) / b)) = M k by exact: best_touches.
have odds0 : 0 < (classes P - 1) * ((1 - b) / b).
  by apply: Rmult_lt_0_compat; [lra | apply: Rdiv_lt_0_compat; lra].
have -> : 1 + (classes P - 1) * exp (- M k) = / (1 - b).
  by rewrite -touch exp_Ropp exp_ln //; field; lra.
rewrite ln_Rinv; last lra.
have -> : lambdaH P * count k * feature_norm2 k = omega k * count k / N P * (b * M k).
  rewrite /feature_norm2 -/(norm_factor k) norm_factor_slope /b (best_above above).
  have := sqrt_n_sqr k; move: r0; set r := sqrt (count k) => r0 <-.
  by field; lra.
rewrite -touch ln_mult ?ln_div; try lra; last by apply: Rdiv_lt_0_compat; lra.
by rewrite /bracket ln_div; [ring | lra | lra].
Qed.

Section Disjoint.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Arguments H : clear implicits.
Hypothesis least : local_minimiser W H.
Hypothesis disjoint : forall k l i s j, H k i j <> 0 -> H l s j <> 0 -> k = l.

Definition uses (k : 'I_K) (j : 'I_d) : bool :=
  [exists i : 'I_(n k), ~~ is_left (Req_EM_T (H k i j) 0)].

Lemma usesP k j : reflect (exists i, H k i j <> 0) (uses k j).
Proof.
by apply: (iffP existsP) => -[i h]; exists i; move: h; case: Req_EM_T.
Qed.

Lemma unused k j : ~~ uses k j -> forall i, H k i j = 0.
Proof. by move/usesP => no i; case: (Req_dec (H k i j) 0) => // h; case: no; exists i. Qed.

Lemma dead_or_lives k : (forall i j, H k i j = 0) \/ exists j, uses k j.
Proof.
case: (pickP (uses k)) => [j kj|no]; [by right; exists j | left=> i j].
by apply: unused; rewrite no.
Qed.

(** Each sample of a class that lives. *)
Lemma living_sample k j (i : 'I_(n k)) : uses k j ->
  [/\ T P < omega k ^ 2 * n k, norm2 (H k i) = feature_norm2 k
    & entropy (logits W (H k i)) k = bracket K (c P / (omega k * sqrt (n k)))].
Proof.
case/usesP => i' h; have {}h : H k i j <> 0 by rewrite (within_class_local least i i').
have alone l s q : H k i q <> 0 -> H l s q <> 0 -> l = k by move=> a b; rewrite (disjoint a b).
split; [exact: (alone_above least h alone) | exact: (alone_norm least h alone)
  | exact: (alone_entropy least h alone)].
Qed.

Lemma dead_sample k i : (forall i j, H k i j = 0) -> entropy (logits W (H k i)) k = ln K.
Proof.
by move=> zero; apply: entropy_zero => m; apply: big1 => j _; rewrite zero; ring.
Qed.

Lemma first_sample (k : 'I_K) : 'I_(n k).
Proof. exact: Ordinal (count_ge1 k). Qed.

(** L(D), D the classes at zero that need not be: as where each other class had the problem for
    itself. *)
Theorem disjoint_value (D : pred 'I_K) :
  (forall k, D k <-> (forall i j, H k i j = 0) /\ 0 < M k) ->
  L0 W H =
    \sum_(k | ~~ D k) (omega k * n k / N P * ln (1 + (K - 1) * exp (- M k)) +
      lambdaH P * n k * feature_norm2 k) +
    \sum_(k | D k) (omega k * n k / N P * ln K).
Proof.
move=> deadP; have N0 := N_gt0 P; have k2 := K_ge2 P.
rewrite (loss_entropies least) /Rdiv -sumZr (bigID D) /= RplusC; congr (_ + _).
  apply: eq_bigr => k notD; case: (dead_or_lives k) => [zero|[j kj]]; last first.
    have [above _ _] := living_sample (first_sample k) kj; rewrite -living_part //.
    rewrite (sum_ext (g := fun _ => bracket K (c P / (omega k * sqrt (n k))))) => [|i].
      by rewrite sum_constn; field; lra.
    by have [_ _] := living_sample i kj.
  have M0 : M k = 0.
    apply: Rle_antisym; last exact: M_ge0.
    by apply: Rnot_lt_le => m0; move/negP: notD; apply; apply/deadP.
  rewrite (sum_ext (g := fun _ => ln K)) => [|i]; last exact: dead_sample.
  rewrite sum_constn /feature_norm2 M0 Ropp_0 exp_0.
  by have -> : 1 + (K - 1) * 1 = K by [ring]; field; lra.
apply: eq_bigr => k /deadP [zero _].
rewrite (sum_ext (g := fun _ => ln K)) => [|i]; last exact: dead_sample.
by rewrite sum_constn; field; lra.
Qed.

(** A class at zero that must be has norm zero in Theorem 1 too. *)
Theorem disjoint_norm (D : pred 'I_K) :
  (forall k, D k <-> (forall i j, H k i j = 0) /\ 0 < M k) ->
  forall k, ~~ D k -> forall i, norm2 (H k i) = feature_norm2 k.
Proof.
move=> deadP k notD i; case: (dead_or_lives k) => [zero|[j /(living_sample i) []//]].
have M0 : M k = 0.
  apply: Rle_antisym; last exact: M_ge0.
  by apply: Rnot_lt_le => m0; move/negP: notD; apply; apply/deadP.
by rewrite /feature_norm2 M0 Rmult_0_r; exact: norm2_zero.
Qed.

(** Where no class is at zero that need not be, the minimum is global. *)
Theorem all_live_global : (forall k, 0 < M k -> exists i j, H k i j <> 0) -> global_minimiser W H.
Proof.
move=> all; have [feas _] := least; split=> // W' H' feas'.
suff -> : L0 W H = Lstar P by exact: lower_bound.
rewrite (loss_entropies least) /Lstar; congr (_ / _); apply: sum_ext => k.
rewrite Rmult_assoc; congr (_ * _); rewrite -sum_constn; apply: sum_ext => i.
case: Rle_dec => [/M_eq0 m0|/Rnot_le_lt /M_gt0 /all [i' [j h]]] /=; last first.
  have kj : uses k j by apply/usesP; exists i'.
  by have [_ _] := living_sample i kj.
apply: dead_sample; case: (dead_or_lives k) => // -[j /(living_sample i) [/M_gt0 above _ _]]; lra.
Qed.

End Disjoint.
