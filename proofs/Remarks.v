(** The remark in 7.1: neither the multipliers of H >= 0 nor the gradient vanish
    at the optimum. Where class k's features move towards those of class j, the
    loss rises to first order. *)

From NeuralCollapse Require Import Setting Gibbs Margins Factors Theorem1 Attainment Structure
  Derivatives Examples.

Section AtMinimum.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Arguments H : clear implicits.
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Let h := mean H.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

Lemma logits_at (k m : 'I_K) i :
  logits W (H k i) m = if m == k then (K - 1) / K * M k else - M k / K.
Proof. exact: thm1_e. Qed.

Lemma dot_at (k m : 'I_K) : dot (W m) (h k) = (if m == k then M k else 0) - M k / K.
Proof.
case: eqP => [->|/eqP mk]; first by rewrite (thm1_e_own room least); field; lra.
by rewrite (thm1_e_other room least mk); field; lra.
Qed.

Lemma sum_exp (k : 'I_K) i :
  \sum_m exp (logits W (H k i) m) = exp (- M k / K) * (exp (M k) + (K - 1)).
Proof.
rewrite (sum_ext (g := fun m => if m == k then exp ((K - 1) / K * M k) else exp (- M k / K))).
  rewrite sum_but_one card_ord Rmult_plus_distr_l -exp_plus; congr (exp _ + _); last ring.
  by field; lra.
by move=> m; rewrite logits_at; case: eqP.
Qed.

Lemma softmax_at (k m : 'I_K) i :
  softmax (logits W (H k i)) m = (if m == k then exp (M k) else 1) / (exp (M k) + (K - 1)).
Proof.
rewrite /softmax sum_exp logits_at; have e0 := exp_pos (M k); have e1 := exp_pos (- M k / K).
case: eqP => _; last by field; lra.
have -> : exp ((K - 1) / K * M k) = exp (- M k / K) * exp (M k).
  by rewrite -exp_plus; congr exp; field; lra.
by field; lra.
Qed.

(** The slope of the loss at sample i of class k, towards the features of class j. *)
Lemma slope_at (k j : 'I_K) i : dot (gradient W H k i) (h j) =
  (if k == j then - (K - 1) * M j / (exp (M k) + (K - 1)) * omega k / N P + lambdaH P * norm2 (h k)
   else M j / (exp (M k) + (K - 1)) * omega k / N P).
Proof.
have N0 := N_gt0 P; have e0 := exp_pos (M k); have hk : forall m, H k i m = h k m by move=> m;
  exact: (thm1_a room least).
rewrite -slope_gradient /slope (dot_ext (u := H k i) (v := h j) hk (fun=> erefl)).
rewrite (sum_ext (g := fun m => (if m == j then softmax (logits W (H k i)) j * M j else 0)
                           - softmax (logits W (H k i)) m * (M j / K))); last first.
  by move=> m; rewrite dot_at; case: eqP => [->|_]; ring.
rewrite sumB sumZr (sum_only (j := j)) ?eqxx; last by move=> m /negbTE ->.
have -> : \sum_m softmax (logits W (H k i)) m = 1 by apply: sum_softmax.
rewrite dot_at softmax_at (eq_sym j); case: eqP => [<-|/eqP kj]; first by rewrite -/(norm2 _);
  field; lra.
by rewrite (thm1_b room least kj); field; lra.
Qed.

Theorem multipliers_own (k : 'I_K) i : dot (gradient W H k i) (h k) = 0.
Proof.
have N0 := N_gt0 P; have e0 := exp_pos (M k);
  rewrite slope_at eqxx (thm1_c room least) -/(norm_factor k).
case: (Rle_lt_dec (omega k ^ 2 * n k) (T P)) => tk; first by rewrite M_below //; field;
  have := exp_pos 0; lra.
have [eM m0] := M_above tk; have h0 := lH_gt0 P; have s0 := sqrt_n_gt0 k; have c0 := c_gt0 P.
have o0 := omega_gt0 k; rewrite norm_factor_slope.
have pos : 0 < (K - 1) * (omega k * sqrt (n k) / c P - 1).
  by apply: Rnot_le_lt => neg; move: m0; rewrite eM ln_undefined //; lra.
have -> : exp (M k) + (K - 1) = (K - 1) * (omega k * sqrt (n k) / c P)
  by rewrite eM exp_ln //; ring.
by field; lra.
Qed.

(** The multiplier of H >= 0 along class j's features: positive unless class j collapses. *)
Theorem multipliers_other (k j : 'I_K) i : k != j ->
  dot (gradient W H k i) (h j) = M j / (exp (M k) + (K - 1)) * omega k / N P.
Proof. by move=> /negbTE kj; rewrite slope_at kj. Qed.

Theorem multiplier_gt0 (k j : 'I_K) i : k != j -> 0 < M j -> 0 < dot (gradient W H k i) (h j).
Proof.
move=> kj m0; rewrite multipliers_other //; have e0 := exp_pos (M k).
apply: Rdiv_lt_0_compat; last exact: N_gt0.
apply: Rmult_lt_0_compat; last exact: omega_gt0.
by apply: Rdiv_lt_0_compat => //; have := K2; lra.
Qed.
(** For the feature of class k, in the class-means form: all its samples together. *)
Theorem duals_with_weights (k j : 'I_K) :
  (\sum_i dot (gradient W H k i) (h k) = 0) /\
  (k != j -> \sum_i dot (gradient W H k i) (h j) = omega k * n k / N P
    * (M j / (exp (M k) + (K - 1)))).
Proof.
split=> [|kj]; first by apply: big1 => i _; exact: multipliers_own.
rewrite (sum_ext (fun i => multipliers_other i kj)) sum_constn; field.
by have := N_gt0 P; have := exp_pos (M k); lra.
Qed.
(** Coordinate by coordinate: on one that class j uses, j <> k. *)
Theorem coordinate_with_weights (k j : 'I_K) q : k != j -> 0 < h j q ->
  \sum_i gradient W H k i q =
    omega k * n k / N P * (exp (- M k) / (1 + (K - 1) * exp (- M k))) * K
    * (sqrt (lambdaH P / lambdaW P) / sqrt (K * (K - 1))) * sqrt (n j) * h j q.
Proof.
move=> kj hj; have N0 := N_gt0 P; have e0 := exp_pos (M k).
have zero l : l != j -> h l q = 0.
  move=> lj; have [_] := text4_gof room least q lj.
  by case/Rmult_integral => //; rewrite -/(h j q); lra.
have w m : W m q = dual_factor P * sqrt (n j) * h j q * ((if m == j then INR K else 0) - 1).
  rewrite (thm1_d room least) -/(dual_factor P) (sum_only (j := j)) => [|l lj]; last first.
    by rewrite -/(h l q) zero //; ring.
  by rewrite -/(h m q) -/(h j q); case: eqP => [->|/eqP /zero ->]; ring.
have each i : gradient W H k i q =
    dual_factor P * sqrt (n j) * h j q * K / (exp (M k) + (K - 1)) * omega k / N P.
  rewrite /gradient (thm1_a room least) -/(h k q) (zero k kj).
  rewrite (sum_ext (g := fun m =>
    (if m == j then softmax (logits W (H k i)) j * (dual_factor P * sqrt (n j) * h j q * K) else 0)
     - softmax (logits W (H k i)) m * (dual_factor P * sqrt (n j) * h j q))); last first.
    by move=> m; rewrite w; case: eqP => [->|_]; ring.
  rewrite sumB sumZr (sum_only (j := j)) ?eqxx; last by move=> m /negbTE ->.
  have -> : \sum_m softmax (logits W (H k i)) m = 1 by apply: sum_softmax.
  rewrite w softmax_at (eq_sym j) (negbTE kj); field; lra.
rewrite (sum_ext each) sum_constn exp_Ropp.
have -> : sqrt (lambdaH P / lambdaW P) / sqrt (K * (K - 1)) = dual_factor P.
  have kk : 0 < K * (K - 1) by apply: Rmult_lt_0_compat; lra.
  have s0 := sqrt_lt_R0 _ kk.
  by rewrite /dual_factor (sqrt_div 1 (K * (K - 1))) ?sqrt_1; [field; lra | lra | lra].
have p : 0 < (K - 1) * / exp (M k) by apply: Rmult_lt_0_compat; [lra | exact: Rinv_0_lt_compat].
by field; repeat split; lra.
Qed.

(** ** Without weights: the paper's statements *)
Section Unweighted.
Hypothesis one : unweighted P.

Theorem duals_corrected (k j : 'I_K) :
  (\sum_i dot (gradient W H k i) (h k) = 0) /\
  (k != j -> \sum_i dot (gradient W H k i) (h j) = n k / N P * (M j / (exp (M k) + (K - 1)))).
Proof. by have := duals_with_weights k j; rewrite one Rmult_1_l. Qed.

Theorem multipliers_coordinate (k j : 'I_K) q : k != j -> 0 < h j q ->
  \sum_i gradient W H k i q =
    n k / N P * (exp (- M k) / (1 + (K - 1) * exp (- M k))) * K
    * (sqrt (lambdaH P / lambdaW P) / sqrt (K * (K - 1))) * sqrt (n j) * h j q.
Proof. by have := @coordinate_with_weights k j q; rewrite one Rmult_1_l. Qed.
End Unweighted.
End AtMinimum.

(** "The multipliers are zero", that is, the gradient that they balance. *)
Theorem duals_refuted :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall (k : 'I_(classes P)) (i : 'I_(count k)) (e : vec d),
      derivable_pt_lim (fun t => L0 W (moved H i e t)) 0 0.
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists example_standing.
pose j : 'I_(classes example_standing) := @nth_class example_standing 0 isT.
pose k : 'I_(classes example_standing) := @nth_class example_standing 1 isT.
have one : unweighted example_standing by [].
have m0 : 0 < M j by apply/M_gt0; rewrite unweighted_count //; have := T_standing; rewrite /=; lra.
have kj : k != j by [].
have pos := multiplier_gt0 room least (sample0 k) kj m0.
have lim := gradient_of_loss W H (sample0 k) (mean H j).
by have :=
  uniqueness_limite _ _ _ _ lim (claim _ _ W H one (leqnn _) least k (sample0 k) (mean H j)); lra.
Qed.
