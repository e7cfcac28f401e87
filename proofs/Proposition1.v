(** Proposition 1: norms, inner products and cosines of the classifiers. *)

From NeuralCollapse Require Import Setting Margins Factors Attainment.

Section Proposition1.
Variable P : problem.
Notation K := (classes P).
Notation n := (count (p := P)).
Notation r k := (sqrt (n k)).

(** a_k = sqrt(n_k) M_k, their sum S, and the prefactor p. *)
Definition weight (k : 'I_K) : R := sqrt (n k) * M k.
Definition weights : R := \sum_k weight k.
Definition prefactor : R := sqrt (lambdaH P / lambdaW P) / (K * sqrt (K * (K - 1))).

(** Inner products in one formula: the squared norm where k = j. *)
Definition gram (k j : 'I_K) : R :=
  prefactor * ((if k == j then K ^ 2 * weight k else 0) - K * (weight k + weight j) + weights).

Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

Lemma weight_ge0 k : 0 <= weight k.
Proof. by apply: Rmult_le_pos; [exact: sqrt_pos | exact: M_ge0]. Qed.

Lemma weight_gt0 k : 0 < M k -> 0 < weight k.
Proof. by move=> m0; apply: Rmult_lt_0_compat => //; exact: sqrt_n_gt0. Qed.

Lemma weights_ge0 : 0 <= weights.
Proof. by apply: sum_ge0 => k; exact: weight_ge0. Qed.

Lemma prefactor_dual : prefactor = dual_factor P / K.
Proof.
rewrite /prefactor /dual_factor.
have k1 : 0 < K * (K - 1) by apply: Rmult_lt_0_compat; lra.
have s0 := sqrt_lt_R0 _ k1.
by rewrite (sqrt_div 1 (K * (K - 1))) ?sqrt_1; [field; lra | lra | lra].
Qed.

Lemma prefactor_gt0 : 0 < prefactor.
Proof. by rewrite prefactor_dual; apply: Rdiv_lt_0_compat; [exact: dual_factor_gt0 | lra]. Qed.

Lemma root_root k x : r k * (r k * x) = n k * x.
Proof. by rewrite -Rmult_assoc sqrt_sqrt //; left; exact: n_gt0. Qed.

(** n_k ||h_k||^2 in terms of the weight. *)
Lemma scaled_norm2 k : dual_factor P * (n k * feature_norm2 k) = weight k / K.
Proof.
rewrite -(sqrt_n_sqr k) /feature_norm2 -/(norm_factor k) /weight.
have -> : dual_factor P * (r k ^ 2 * (norm_factor k * M k)) =
  K * dual_factor P * r k * norm_factor k * (r k * M k / K) by field; lra.
by rewrite factors; ring.
Qed.

Section AtMinimum.
Variables (d : nat) (W : classifiers P d) (H : features P d).
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Let h := mean H.
Let s : structure W H h. Proof. by have [] := (theorem1 W H room).1 least. Qed.

Lemma inner_products k j : dot (W k) (W j) = gram k j.
Proof.
have b := orthogonal s; have c' := norms s.
pose S : vec d := fun i => \sum_m (r m * h m i).
have hS m : dot (h m) S = r m * norm2 (h m).
  rewrite /S dot_sumr (sum_only (j := m)) ?dotZr // => l lm.
  by rewrite dotZr b ?(eq_sym m) //; ring.
have SS : dual_factor P * norm2 S = weights / K.
  rewrite /norm2 {1}/S dot_suml -sumZ /weights /Rdiv -sumZr; apply: sum_ext => m.
  by rewrite dotZl hS c' root_root -[RHS]scaled_norm2.
have hh : dot (h k) (h j) = if k == j then norm2 (h k) else 0.
  by case: eqP => [-> //|/eqP]; exact: b.
have e m : forall i, W m i = dual_factor P * (K * r m * h m i - S i) by exact: (self_dual s).
rewrite (dot_ext (e k) (e j)) dotZl dotZr dotBl !dotBr !dotZl !dotZr.
rewrite (dotC S) !hS -/(norm2 S) hh /gram prefactor_dual.
have f m : dual_factor P * (r m * (r m * norm2 (h m))) = weight m / K.
  by rewrite root_root -scaled_norm2 c'.
transitivity
  (dual_factor P * ((if k == j then K ^ 2 * (dual_factor P * (r k * (r k * norm2 (h k)))) else 0)
   - K * (dual_factor P * (r k * (r k * norm2 (h k))))
   - K * (dual_factor P * (r j * (r j * norm2 (h j))))
   + dual_factor P * norm2 S)).
  by case: eqP => [->|_]; ring.
by rewrite !f SS; case: eqP => _; field; lra.
Qed.

Theorem prop1_norm k :
  norm2 (W k) = prefactor * ((K - 1) ^ 2 * weight k + \sum_(m | m != k) weight m).
Proof.
by rewrite [LHS]inner_products /gram eqxx /weights (sum_split k); ring.
Qed.

Theorem prop1_inner k j : k != j ->
  dot (W k) (W j) = prefactor *
    (- (K - 1) * weight k - (K - 1) * weight j + \sum_(m | (m != k) && (m != j)) weight m).
Proof.
move=> kj; rewrite inner_products /gram (negbTE kj) /weights (sum_split k).
by rewrite (bigD1 j) /=; [ring | rewrite eq_sym].
Qed.

(** Where some class does not collapse, no classifier is zero. *)
Lemma norm2_gt0 k : 0 < weights -> 0 < norm2 (W k).
Proof.
move=> w0; rewrite prop1_norm; apply: Rmult_lt_0_compat; first exact: prefactor_gt0.
have a0 := weight_ge0 k.
have : weights = weight k + \sum_(m | m != k) weight m by rewrite -sum_split.
have : 1 * weight k <= (K - 1) ^ 2 * weight k.
  by apply: Rmult_le_compat_r => //; rewrite -(pow1 2); apply: pow_incr; lra.
lra.
Qed.

Definition cosine (u v : vec d) : R := dot u v / (sqrt (norm2 u) * sqrt (norm2 v)).

Theorem prop1_cosine k j : k != j -> 0 < weights ->
  cosine (W k) (W j) =
    (- (K - 1) * weight k - (K - 1) * weight j + \sum_(m | (m != k) && (m != j)) weight m) /
    sqrt (((K - 1) ^ 2 * weight k + \sum_(m | m != k) weight m) *
          ((K - 1) ^ 2 * weight j + \sum_(m | m != j) weight m)).
Proof.
move=> kj w0; have p0 := prefactor_gt0.
have a := norm2_gt0 k w0; have b := norm2_gt0 j w0.
rewrite /cosine -sqrt_mult; [| lra | lra].
move: a b; rewrite !prop1_norm prop1_inner //.
set x := _ + _; set y := _ + _; set z := _ + _ => a b.
have x0 : 0 < x by apply: (Rmult_lt_reg_l prefactor) => //; lra.
have y0 : 0 < y by apply: (Rmult_lt_reg_l prefactor) => //; lra.
have -> : prefactor * x * (prefactor * y) = prefactor ^ 2 * (x * y) by ring.
rewrite sqrt_mult; [|by apply: pow2_ge_0 | by apply: Rmult_le_pos; lra].
rewrite sqrt_pow2; last lra.
have q0 : 0 < sqrt (x * y) by apply: sqrt_lt_R0; exact: Rmult_lt_0_compat.
by field; lra.
Qed.

End AtMinimum.
End Proposition1.
