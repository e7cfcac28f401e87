(** Each of the five terms is non-negative at a feasible point with feasible
    slopes; hence the dual bound, of which Theorem 1 is no part. *)

From NeuralCollapse Require Import Setting Gibbs Identity.

(** Cauchy-Schwarz for the sum of n numbers, as a sum of squares. *)
Lemma spread (n : nat) (x : 'I_n -> R) :
  n * (n * (\sum_i (x i * x i)) - (\sum_i x i) * (\sum_i x i)) =
  \sum_i (n * x i - (\sum_l x l)) ^ 2.
Proof.
set s := \sum_i x i.
rewrite (sum_ext (f := fun i => (n * x i - s) ^ 2)
                 (g := fun i => n ^ 2 * (x i * x i) - 2 * n * s * x i + s ^ 2));
                 last by move=> i; ring.
by rewrite sumD sum_constn sumB !sumZ -/s; ring.
Qed.

Section Spread.
Variables (n d : nat) (x : 'I_n -> vec d).
Hypothesis n1 : (1 <= n)%N.
Let s : vec d := fun j => \sum_i x i j.

Let n_gt0 : 0 < n. Proof. by apply: (lt_INR 0); apply/ltP. Qed.

Lemma vector_spread :
  n * (\sum_i norm2 (x i)) - norm2 s = \sum_j (/ n * (\sum_i (n * x i j - s j) ^ 2)).
Proof.
rewrite /norm2 /dot sum_exchange -sumZ -sumB; apply: sum_ext => j.
by rewrite -spread -/(s j); field; lra.
Qed.

Lemma vector_spread_ge0 : 0 <= n * (\sum_i norm2 (x i)) - norm2 s.
Proof.
rewrite vector_spread; apply: sum_ge0 => j; apply: Rmult_le_pos.
  by left; apply: Rinv_0_lt_compat.
by apply: sum_ge0 => i; apply: pow2_ge_0.
Qed.

Lemma vector_spread_eq0 :
  n * (\sum_i norm2 (x i)) - norm2 s = 0 -> forall i j, x i j = s j / n.
Proof.
have i0 : 0 < / n by apply: Rinv_0_lt_compat.
have inner j : 0 <= \sum_i (n * x i j - s j) ^ 2 by apply: sum_ge0 => i; apply: pow2_ge_0.
rewrite vector_spread => e i j.
have := sum_eq0 (fun j => Rmult_le_pos _ _ (Rlt_le _ _ i0) (inner j)) e j.
case/Rmult_integral => [|e']; first lra.
have e2 := sum_eq0 (fun i => pow2_ge_0 _) e' i.
have e3 : n * x i j - s j = 0 by case: (Req_dec (n * x i j - s j) 0) => // /(pow_nonzero _ 2).
have -> : s j = n * x i j by lra.
by field; lra.
Qed.

End Spread.

(** Non-negative vectors: the square of the sum against the sum of squares. *)
Section Crossed.
Variables (K d : nat) (x : 'I_K -> vec d).
Hypothesis x0 : forall k j, 0 <= x k j.
Let s : vec d := fun j => \sum_k x k j.

Lemma crossed : norm2 s - (\sum_k norm2 (x k)) = \sum_k dot (x k) (fun j => s j - x k j).
Proof.
rewrite {1}/norm2 {1}/s dot_suml -sumB; apply: sum_ext => k.
by rewrite dotBr.
Qed.

Lemma others_ge k l j : k != l -> x l j <= s j - x k j.
Proof.
move=> kl; rewrite /s (sum_split k) (bigD1 l) /=; last by rewrite eq_sym.
suff: 0 <= \sum_(i | (i != k) && (i != l)) x i j by rewrite /=; lra.
by apply: (big_ind (fun r => 0 <= r)) => //; [lra | move=> a b; lra].
Qed.

Lemma others_ge0 k j : 0 <= s j - x k j.
Proof. by have := sum_le1 k (fun i => x0 i j); rewrite -/(s j); lra. Qed.

Lemma crossed_ge0 : 0 <= norm2 s - \sum_k norm2 (x k).
Proof. by rewrite crossed; apply: sum_ge0 => k; apply: dot_ge0 => // j; exact: others_ge0. Qed.

Lemma crossed_eq0 :
  norm2 s - (\sum_k norm2 (x k)) = 0 <-> forall k l, k != l -> forall j, x k j * x l j = 0.
Proof.
rewrite crossed; split => [e k l kl j|e]; last first.
  apply: big1 => k _; apply: big1 => j _.
  have -> : s j - x k j = \sum_(l | l != k) x l j by rewrite /s (sum_split k); ring.
  rewrite big_distrr; apply: big1 => l lk /=; apply: e; by rewrite eq_sym.
have g0 k' : 0 <= dot (x k') (fun j => s j - x k' j) by apply: dot_ge0 => // i; exact: others_ge0.
have e2 := sum_eq0 g0 e k.
have h0 i : 0 <= x k i * (s i - x k i) by apply: Rmult_le_pos => //; exact: others_ge0.
have e3 := sum_eq0 h0 e2 j.
have := Rmult_le_compat_l _ _ _ (x0 k j) (others_ge j kl).
by have := Rmult_le_pos _ _ (x0 k j) (x0 l j); lra.
Qed.

End Crossed.

Section Signs.
Variables (P : problem) (d : nat).
Notation K := (classes P).
Variables (beta : 'I_K -> R) (W : classifiers P d) (H : features P d).
Arguments H : clear implicits.
Hypothesis H0 : feasible H.
Hypothesis slopes : feasible_slopes (P := P) beta.

Lemma logits_term_ge0 : 0 <= logits_term beta W H.
Proof.
apply: Rmult_le_pos; last by left; apply: Rinv_0_lt_compat; exact: N_gt0.
apply: sum_ge0 => k; apply: Rmult_le_pos; first by left; exact: omega_gt0.
apply: sum_ge0 => i; apply: logit_gap_ge0; first exact: K_ge2.
by case: (slopes k).
Qed.

Lemma classifier_term_ge0 : 0 <= classifier_term beta W H.
Proof.
apply: Rmult_le_pos; first by have := lW_gt0 P; lra.
by apply: sum_ge0 => m; apply: norm2_ge0.
Qed.

Lemma y_ge0 k j : 0 <= y beta H k j.
Proof.
apply: Rmult_le_pos; last by apply: sum_ge0 => i.
by apply: Rmult_le_pos; [left; exact: omega_gt0 | case: (slopes k) => -[]].
Qed.

Lemma kappa1_gt0 : 0 < K / (2 * lambdaW P * ((K - 1) * N P) ^ 2).
Proof.
have k2 := K_ge2 P; apply: Rdiv_lt_0_compat; first lra.
apply: Rmult_lt_0_compat; first by have := lW_gt0 P; lra.
by apply: pow_lt; apply: Rmult_lt_0_compat; [lra | exact: N_gt0].
Qed.

Lemma kappa2_gt0 : 0 < K / (2 * lambdaW P * (K - 1) * N P ^ 2).
Proof.
have k2 := K_ge2 P; apply: Rdiv_lt_0_compat; first lra.
apply: Rmult_lt_0_compat; last by apply: pow_lt; exact: N_gt0.
by apply: Rmult_lt_0_compat; [have := lW_gt0 P | ]; lra.
Qed.

Lemma orthogonality_term_ge0 : 0 <= orthogonality_term beta H.
Proof.
apply: Rmult_le_pos; first by left; exact: kappa1_gt0.
by apply: crossed_ge0 => k j; exact: y_ge0.
Qed.

Lemma within_class_part_ge0 (m : 'I_K) :
  0 <= (omega m * beta m) ^ 2 * (count m * features_norm2 H m - norm2 (feature_sum H m)).
Proof.
apply: Rmult_le_pos; first exact: pow2_ge_0.
by apply: vector_spread_ge0; apply: count_ge1.
Qed.

Lemma within_class_term_ge0 : 0 <= within_class_term beta H.
Proof.
apply: Rmult_le_pos; first by left; exact: kappa2_gt0.
by apply: sum_ge0 => m; exact: within_class_part_ge0.
Qed.

Lemma features_norm2_ge0 (m : 'I_K) : 0 <= features_norm2 H m.
Proof. by apply: sum_ge0 => i; exact: norm2_ge0. Qed.

Lemma collapsed_part_ge0 (m : 'I_K) :
  0 <= (c P ^ 2 - (omega m * beta m) ^ 2 * count m) * features_norm2 H m.
Proof. by apply: Rmult_le_pos; [case: (slopes m); lra | exact: features_norm2_ge0]. Qed.

Lemma collapsed_term_ge0 : 0 <= collapsed_term beta H.
Proof.
apply: Rmult_le_pos; first by left; exact: kappa2_gt0.
by apply: sum_ge0 => m; exact: collapsed_part_ge0.
Qed.

(** The bound, for every dimension and every feasible point. *)
Theorem weak_duality : D beta <= L0 W H.
Proof.
have := five_terms beta W H; have := logits_term_ge0; have := classifier_term_ge0.
have := orthogonality_term_ge0; have := within_class_term_ge0; have := collapsed_term_ge0.
lra.
Qed.

(** No gap exactly where all five vanish. *)
Theorem no_gap_iff :
  L0 W H = D beta <->
  [/\ logits_term beta W H = 0, classifier_term beta W H = 0, orthogonality_term beta H = 0,
      within_class_term beta H = 0 & collapsed_term beta H = 0].
Proof.
have := five_terms beta W H; have := logits_term_ge0; have := classifier_term_ge0.
have := orthogonality_term_ge0; have := within_class_term_ge0; have := collapsed_term_ge0.
move=> a b e f g h; split => [?|[? ? ? ? ?]]; [split|]; lra.
Qed.

(** The identity, the signs of its terms, and when all vanish, in one statement. *)
Theorem identity :
  [/\ L0 W H - D beta = logits_term beta W H + classifier_term beta W H
        + orthogonality_term beta H + within_class_term beta H + collapsed_term beta H,
      [/\ 0 <= logits_term beta W H, 0 <= classifier_term beta W H, 0 <= orthogonality_term beta H,
          0 <= within_class_term beta H & 0 <= collapsed_term beta H]
    & L0 W H = D beta <->
      [/\ logits_term beta W H = 0, classifier_term beta W H = 0, orthogonality_term beta H = 0,
          within_class_term beta H = 0 & collapsed_term beta H = 0]].
Proof.
split; [exact: five_terms | split | exact: no_gap_iff].
- exact: logits_term_ge0.
- exact: classifier_term_ge0.
- exact: orthogonality_term_ge0.
- exact: within_class_term_ge0.
- exact: collapsed_term_ge0.
Qed.

End Signs.
