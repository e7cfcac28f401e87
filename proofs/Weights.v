(** Class weights, beyond the paper: what Theorem 1 says with them, and what
    that means for three choices of weights: proportional to 1/sqrt n_k,
    proportional to 1/n_k, and those of given margins. *)

From NeuralCollapse Require Import Setting Gibbs Identity Duality Margins LowerBound Theorem1
  Attainment Structure Proposition1.

Section Weights.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Notation N := (N P).
Notation c := (c P).
Arguments H : clear implicits.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.
Let c0 : 0 < c. Proof. exact: c_gt0. Qed.

(** The minimum of the weighted problem is D at the best slopes; D is a bound at
    all feasible slopes, in every dimension. *)
Theorem weights_minimum :
  [/\ forall beta, (forall k, 0 <= beta k < 1 /\ (omega k * beta k) ^ 2 * n k <= c ^ 2) ->
        feasible H -> D beta <= L0 W H,
      feasible H -> D (@best P) <= L0 W H
    & (active P <= d)%N ->
        (exists (W' : classifiers P d) (H' : features P d),
           feasible H' /\ L0 W' H' = D (@best P)) /\
        (global_minimiser W H <-> feasible H /\ L0 W H = D (@best P))].
Proof.
rewrite -Lstar_D; split=> [beta slopes H0|H0|room]; [exact: weak_duality | exact: lower_bound |].
by split; [exact/attained_iff | exact: minimum_is_Lstar].
Qed.

(** The five-term identity, at every point and for all feasible slopes. *)
Theorem weights_identity (beta : 'I_K -> R) :
  let h2 m := \sum_i norm2 (H m i) in
  let s m : vec d := fun j => \sum_i H m i j in
  let y m : vec d := fun j => omega m * beta m * s m j in
  let Y : vec d := fun j => \sum_m y m j in
  let v m : vec d := fun j => (K * y m j - Y j) / ((K - 1) * N * lW) in
  let logits := (\sum_k (omega k * \sum_i (CE (logits W (H k i)) k
                  + beta k * margin (logits W (H k i)) k - bracket K (beta k)))) / N in
  let classifier := lW / 2 * (\sum_m norm2 (fun j => W m j - v m j)) in
  let orthogonality := K / (2 * lW * ((K - 1) * N) ^ 2) * (norm2 Y - (\sum_m norm2 (y m))) in
  let within := K / (2 * lW * (K - 1) * N ^ 2) *
    (\sum_m ((omega m * beta m) ^ 2 * (n m * h2 m - norm2 (s m)))) in
  let collapsed := K / (2 * lW * (K - 1) * N ^ 2) *
    (\sum_m ((c ^ 2 - (omega m * beta m) ^ 2 * n m) * h2 m)) in
  L0 W H - D beta = logits + classifier + orthogonality + within + collapsed /\
  (feasible H -> feasible_slopes beta ->
     [/\ 0 <= logits, 0 <= classifier, 0 <= orthogonality, 0 <= within & 0 <= collapsed] /\
     (L0 W H = D beta <->
        [/\ logits = 0, classifier = 0, orthogonality = 0, within = 0 & collapsed = 0])).
Proof.
cbv zeta; split=> [|H0 slopes]; first exact: five_terms.
by have [_ signs zero] := identity W H0 slopes.
Qed.

(** The weighted margin, of which (a)-(e) speak. *)
Definition weighted_margin (k : 'I_K) : R := Rmax 0 (ln ((K - 1) * (omega k * sqrt (n k) / c - 1))).

Section AtMinimum.
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Let h := mean H.
Notation m := weighted_margin.

(** (a)-(e) of Theorem 1, with this margin. *)
Theorem weights_structure :
  [/\ forall k i j, H k i j = h k j,
      forall k l : 'I_K, k != l -> dot (h k) (h l) = 0,
      forall k, norm2 (h k) = sqrt ((K - 1) / K * (lW / lH) / n k) * m k,
      forall k j, W k j = sqrt (1 / (K * (K - 1))) * sqrt (lH / lW) *
        (K * sqrt (n k) * h k j - \sum_l (sqrt (n l) * h l j))
    & (forall j, \sum_k W k j = 0) /\
      forall (k l : 'I_K) i, logits W (H k i) l = if l == k then (K - 1) / K * m k else - m k / K].
Proof.
split; last split.
- exact: (thm1_a room least).
- exact: (thm1_b room least).
- exact: (thm1_c room least).
- exact: (thm1_d room least).
- exact: (thm1_d_sum room least).
exact: (thm1_e room least).
Qed.

(** A class collapses exactly where omega_k^2 n_k <= T. *)
Theorem weights_collapse (k : 'I_K) : (forall i j, H k i j = 0) <-> omega k ^ 2 * n k <= T P.
Proof.
have <- := collapse (((theorem1 W H room).1 least).2) k.
split=> [z j|z i j]; last by rewrite (thm1_a room least).
by rewrite -(thm1_a room least (sample0 k)) z.
Qed.

(** Proposition 1 with this margin. *)
Theorem weights_classifiers :
  let p := sqrt (lH / lW) / (K * sqrt (K * (K - 1))) in
  let a k := sqrt (n k) * m k in
  (forall k, norm2 (W k) = p * ((K - 1) ^ 2 * a k + \sum_(l | l != k) a l)) /\
  (forall k j : 'I_K, k != j -> dot (W k) (W j) =
     p * (- (K - 1) * a k - (K - 1) * a j + \sum_(l | (l != k) && (l != j)) a l)) /\
  (0 < \sum_k a k -> forall k j : 'I_K, k != j ->
     dot (W k) (W j) / (sqrt (norm2 (W k)) * sqrt (norm2 (W j))) =
       (- (K - 1) * a k - (K - 1) * a j + \sum_(l | (l != k) && (l != j)) a l) /
       sqrt (((K - 1) ^ 2 * a k + \sum_(l | l != k) a l) *
             ((K - 1) ^ 2 * a j + \sum_(l | l != j) a l))).
Proof.
split; last split=> [k j|a0 k j kj].
- exact: (prop1_norm room least).
- exact: (prop1_inner room least).
exact: (prop1_cosine room least kj a0).
Qed.

Lemma sample_margin (k l : 'I_K) i : l != k -> logits W (H k i) k - logits W (H k i) l = M k.
Proof. exact: (eq13_margin room least). Qed.
End AtMinimum.

(** Weights proportional to 1/sqrt n_k: one margin for all classes, which all
    collapse or none. *)
Section InverseRoot.
Variable s : R.
Hypothesis inverse_root : forall k, omega k = s / sqrt (n k).

Lemma root_constant (k : 'I_K) : omega k * sqrt (n k) = s.
Proof. by rewrite inverse_root; field; have := sqrt_n_gt0 k; lra. Qed.

Theorem weights_inverse_sqrt :
  (forall k : 'I_K, M k = Rmax 0 (ln ((K - 1) * (s / c - 1)))) /\
  ((active P <= d)%N -> global_minimiser W H ->
     forall k : 'I_K, (forall i j, H k i j = 0) <-> s ^ 2 <= T P).
Proof.
split=> [k|room least k]; first by rewrite /M root_constant.
by rewrite weights_collapse // -root_sqr root_constant.
Qed.
End InverseRoot.

(** Weights proportional to 1/n_k: the order of the margins is reversed. *)
Section Inverse.
Variable s : R.
Hypothesis inverse : forall k, omega k = s / n k.

Lemma root_reversed (k i : 'I_K) : (n k < n i)%N -> omega i * sqrt (n i) < omega k * sqrt (n k).
Proof.
move=> /ltP/lt_INR lt; have nk := n_gt0 k; have ni := n_gt0 i.
have sk := sqrt_n_gt0 k; have si := sqrt_n_gt0 i.
have s0 : 0 < s.
  have -> : s = omega k * n k by rewrite inverse; field; lra.
  by apply: Rmult_lt_0_compat => //; exact: omega_gt0.
have e l : omega l * sqrt (n l) = s * / sqrt (n l).
  by rewrite inverse -{1}(sqrt_n_sqr l); field; have := sqrt_n_gt0 l; lra.
rewrite !e; apply: Rmult_lt_compat_l => //; apply: Rinv_lt_contravar.
  exact: Rmult_lt_0_compat.
by apply: sqrt_lt_1_alt; lra.
Qed.

Theorem weights_inverse (i k : 'I_K) : (n k < n i)%N ->
  [/\ M i <= M k, 0 < M k -> M i < M k
    & (active P <= d)%N -> global_minimiser W H ->
        (forall l j, H k l j = 0) -> forall l j, H i l j = 0].
Proof.
move/root_reversed => lt.
have strict : 0 < M k -> M i < M k by exact: margins_order.
have le : M i <= M k.
  case: (Rle_lt_dec (M k) 0) => [m0|/strict]; last lra.
  have mk : M k = 0 by have := M_ge0 k; lra.
  rewrite mk (M_eq0 i).2; first by right.
  move/M_eq0/le_T: mk => mk; apply/le_T; lra.
split=> // room least; rewrite !weights_collapse // -!M_eq0 => mk.
by have := M_ge0 i; lra.
Qed.
End Inverse.

(** The weight of a given margin m > 0, and no other, has it at the optimum, class by class. *)
Definition designed (k : 'I_K) (m : R) : R := c / sqrt (n k) * (1 + exp m / (K - 1)).

Theorem weights_design (k : 'I_K) (m : R) : 0 < m ->
  (omega k = designed k m <-> M k = m) /\
  (omega k = designed k m -> (active P <= d)%N -> global_minimiser W H ->
     forall (l : 'I_K) i, l != k -> logits W (H k i) k - logits W (H k i) l = m).
Proof.
move=> m0; have sk := sqrt_n_gt0 k; have em := exp_pos m.
have iff : omega k = designed k m <-> M k = m.
  split=> e.
    have x : (K - 1) * (omega k * sqrt (n k) / c - 1) = exp m.
      by rewrite e /designed; field; lra.
    by rewrite /M x ln_exp Rmax_right //; left.
  have gt : 0 < M k by rewrite e.
  have [eM _] := M_above ((M_gt0 k).1 gt).
  have pos : 0 < (K - 1) * (omega k * sqrt (n k) / c - 1).
    by apply: Rnot_le_lt => neg; move: gt; rewrite eM ln_undefined //; lra.
  by rewrite /designed -e eM exp_ln //; field; lra.
by split=> // /iff e room least l i lk; rewrite sample_margin.
Qed.
End Weights.
