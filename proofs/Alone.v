(** A class alone in its coordinates, at a local minimum: the theorem's margin and norm, whatever
    the other classes do, and all its coordinates are copies of one another. It rests on
    within-class collapse, which holds at every local minimum, whatever d. *)

From Coq Require Import FunctionalExtensionality.
From NeuralCollapse Require Import Setting Gibbs Margins Factors LowerBound Derivatives ClassMeans
  Landscape Valleys Blocks.

(** The softmax is the gradient of a convex function. *)
Lemma softmax_monotone K (z z' : 'I_K -> R) (k : 'I_K) :
  0 <= \sum_m ((softmax z m - softmax z' m) * (z m - z' m)).
Proof.
have p1 : \sum_m softmax z m = 1 by apply: sum_softmax.
have p1' : \sum_m softmax z' m = 1 by apply: sum_softmax.
have log (y : 'I_K -> R) m : y m = ln (softmax y m) + ln (\sum_l exp (y l)).
  by rewrite /softmax ln_div ?ln_exp; [ring | exact: exp_pos | exact: sum_exp_gt0].
rewrite (sum_ext (g := fun m => (softmax z m - softmax z' m) * (ln (softmax z m) - ln (softmax z'
  m)) + (ln (\sum_l exp (z l)) - ln (\sum_l exp (z' l))) * (softmax z m - softmax z' m))) => [|m].
  rewrite sumD sumZ sumB p1 p1'.
  suff : 0 <= \sum_m ((softmax z m - softmax z' m) * (ln (softmax z m) - ln (softmax z' m))) by lra.
  apply: sum_ge0 => m.
  have a0 : 0 < softmax z m by apply: softmax_gt0.
  have b0 : 0 < softmax z' m by apply: softmax_gt0.
  case: (Rtotal_order (softmax z m) (softmax z' m)) => [lt|[->|lt]]; last 2 first.
  - by right; ring.
  - by have := ln_increasing _ _ b0 lt; nra.
  by have := ln_increasing _ _ a0 lt; nra.
by rewrite {1}(log z m) {1}(log z' m); ring.
Qed.

(** ** Within-class collapse *)
Section LocalMinimum.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Arguments H : clear implicits.
Hypothesis least : local_minimiser W H.

Let feas k i j : 0 <= H k i j. Proof. by case: least => f _; exact: f. Qed.

Lemma gradient_ge0 k i q : 0 <= gradient W H k i q.
Proof.
have [_ [e [e0 low]]] := least.
have := gradient_of_loss W H i (axis_vector q); rewrite dot_axis => lim.
apply: (slope_ge0 lim e0) => t [t0 te].
have -> : L0 W (moved H i (axis_vector q) 0) = L0 W H.
  congr L0; do 3 (apply: functional_extensionality_dep => ?).
  by rewrite /moved Rmult_0_l Rplus_0_r.
apply: low => [l m j|].
  rewrite /moved /axis_vector; have := feas m j; case: ifP => _; last lra.
  by case: (j == q); lra.
split => [l j|l m j]; first by rewrite /Rminus Rplus_opp_r Rabs_R0; lra.
rewrite /moved /axis_vector; have -> : forall x y, x + y - x = y by move=> x y; ring.
case: ifP => _; last by rewrite Rmult_0_r Rabs_R0; lra.
by case: (j == q); rewrite Rabs_right; lra.
Qed.

Lemma complementary k i q : gradient W H k i q * H k i q = 0.
Proof.
case: (Req_dec (H k i q) 0) => [->|h]; first ring.
have h0 : 0 < H k i q by have := feas i q; lra.
by rewrite (gradient_at_positive least h0); ring.
Qed.

(** At every local minimum, whatever d: all samples of a class have the same features. *)
Theorem within_class_local k i i' j : H k i j = H k i' j.
Proof.
have N0 := N_gt0 P; have o0 := omega_gt0 k; have h0 := lH_gt0 P.
pose g s q := gradient W H k s q.
have le : \sum_q ((g i q - g i' q) * (H k i q - H k i' q)) <= 0.
  apply: (Rle_trans _ (\sum_(q : 'I_d) 0)); last by rewrite sum0; lra.
  apply: sum_le => q; have a := complementary i q; have b := complementary i' q.
  have c := Rmult_le_pos _ _ (gradient_ge0 i q) (feas i' q).
  have e := Rmult_le_pos _ _ (gradient_ge0 i' q) (feas i q).
  by rewrite /g; nra.
pose z s := logits W (H k s).
have value : \sum_q ((g i q - g i' q) * (H k i q - H k i' q)) =
    omega k / N P * (\sum_m ((softmax (z i) m - softmax (z i') m) * (z i m - z i' m))) +
    lH * \sum_q (H k i q - H k i' q) ^ 2.
  have -> : \sum_m ((softmax (z i) m - softmax (z i') m) * (z i m - z i' m)) =
      \sum_q ((\sum_m ((softmax (z i) m - softmax (z i') m) * W m q)) * (H k i q - H k i' q)).
    rewrite (sum_ext (f := fun q => _ * _) (g := fun q => \sum_m ((softmax (z i) m - softmax (z i')
      m) * W m q * (H k i q - H k i' q)))) => [|q]; last by rewrite sumZr.
    rewrite sum_exchange; apply: sum_ext => m.
    by rewrite /z /logits /dot -sumB -sumZ; apply: sum_ext => q; ring.
  rewrite -!sumZ -sumD; apply: sum_ext => q; rewrite /g /gradient -/(z i) -/(z i').
  rewrite (sum_ext (f := fun m => (softmax (z i) m - softmax (z i') m) * W m q) (g := fun m =>
    softmax (z i) m * W m q - softmax (z i') m * W m q)) => [|m]; last ring.
  by rewrite sumB; field; lra.
have mono := softmax_monotone (z i) (z i') k.
have sq0 q : 0 <= (H k i q - H k i' q) ^ 2 by exact: pow2_ge_0.
have oN : 0 < omega k / N P by apply: Rdiv_lt_0_compat.
have zero : \sum_q (H k i q - H k i' q) ^ 2 = 0.
  apply: Rle_antisym; last exact: sum_ge0.
  apply: (Rmult_le_reg_l lH) => //; rewrite Rmult_0_r.
  have := Rmult_le_pos _ _ (Rlt_le _ _ oN) mono; move: value le.
  by set x := omega k / N P * _; lra.
by have := sqr_eq0 (sum_eq0 sq0 zero j); lra.
Qed.

(** ** A class alone in its coordinates *)
Section Alone.
Variables (k : 'I_K) (i : 'I_(n k)) (j0 : 'I_d).
Hypothesis lives : H k i j0 <> 0.
Hypothesis alone : forall l s j, H k i j <> 0 -> H l s j <> 0 -> l = k.

Let h j := H k i j.
Let z := logits W (H k i).
Let p := softmax z.
Let beta := 1 - p k.
Let a := omega k * n k / (N P * lW).

Let p0 m : 0 < p m. Proof. by apply: softmax_gt0. Qed.
Let p1 : \sum_m p m = 1. Proof. by apply: sum_softmax. Qed.
Let a0 : 0 < a.
Proof.
have N0 := N_gt0 P; have w0 := lW_gt0 P; have o0 := omega_gt0 k; have n0 := n_gt0 k.
by apply: Rdiv_lt_0_compat; apply: Rmult_lt_0_compat.
Qed.

(** W there is a multiple of the features, the same for all coordinates. *)
Lemma column j m : h j <> 0 -> W m j = a * ((if m == k then 1 else 0) - p m) * h j.
Proof.
move=> hj; have N0 := N_gt0 P; have w0 := lW_gt0 P; apply: (Rmult_eq_reg_l lW); last lra.
rewrite (classifier_entry least) (sum_only (j := k)) => [|l /eqP lk]; last first.
  rewrite big1 => [|s _]; first ring.
  by case: (Req_dec (H l s j) 0) => [->|hl]; [ring | case: lk; exact: alone hj hl].
rewrite (sum_ext (g := fun _ => ((if m == k then 1 else 0) - p m) * h j)) => [|s].
  by rewrite sum_constn /a; field; lra.
rewrite /h -(within_class_local s i j); congr ((_ - _) * _); rewrite /p /z; congr softmax.
rewrite /logits; apply: functional_extensionality => l.
by apply: dot_ext => // q; exact: within_class_local.
Qed.

Let s := a * norm2 (H k i).

Let s0 : 0 < s.
Proof.
apply: Rmult_lt_0_compat => //; case: (Rle_lt_or_eq_dec _ _ (norm2_ge0 (H k i))) => // e.
by case: lives; exact: norm2_eq0.
Qed.

Lemma logit_there m : z m = s * ((if m == k then 1 else 0) - p m).
Proof.
rewrite /z /logits /dot.
rewrite (sum_ext (g := fun j => a * ((if m == k then 1 else 0) - p m) * (h j * h j))) => [|j].
  by rewrite sumZ /s /norm2 /dot /h; ring.
case: (Req_dec (h j) 0) => [e|/(column m) ->]; last by rewrite /h; ring.
by rewrite -/(h j) e; ring.
Qed.

(** No other class is more probable than another. *)
Lemma others_equal m m' : m != k -> m' != k -> p m = p m'.
Proof.
move=> /negbTE mk /negbTE mk'.
have e : z m - z m' = - s * (p m - p m') by rewrite !logit_there mk mk'; ring.
have S0 : 0 < \sum_l exp (z l) by exact: sum_exp_gt0 k.
have i0 : 0 < / \sum_l exp (z l) by apply: Rinv_0_lt_compat.
have sign : 0 <= (p m - p m') * (z m - z m').
  rewrite /p /softmax; have -> : forall x y w, x / w - y / w = (x - y) * / w by move=> x y w;
    rewrite /Rdiv; ring.
  case: (Rtotal_order (z m) (z m')) => [lt|[->|lt]]; last 2 first.
  - by right; ring.
  - have := exp_increasing _ _ lt => ex.
    by apply: Rmult_le_pos; [apply: Rmult_le_pos | ]; lra.
  have := exp_increasing _ _ lt => ex.
  have -> : forall x y t u w, (x - y) * w * (t - u) = (y - x) * w * (u - t) by move=> *; ring.
  by apply: Rmult_le_pos; [apply: Rmult_le_pos | ]; lra.
have : s * (p m - p m') ^ 2 <= 0 by rewrite e in sign; nra.
move=> le; have sq := pow2_ge_0 (p m - p m').
have : (p m - p m') ^ 2 = 0 by apply: Rle_antisym => //; apply: (Rmult_le_reg_l s) => //; lra.
by move/sqr_eq0; lra.
Qed.

Lemma other_share m : m != k -> p m = beta / (K - 1).
Proof.
move=> mk; have k2 := K_ge2 P; have : \sum_l (if l == k then p k else p m) = 1.
  by rewrite -p1; apply: sum_ext => l; case: eqVneq => [->//|lk]; exact: others_equal.
rewrite sum_but_one card_ord /beta => e.
apply: (Rmult_eq_reg_r (K - 1)); last lra.
have -> : (1 - p k) / (K - 1) * (K - 1) = 1 - p k by field; lra.
by lra.
Qed.

Lemma beta_gt0 : 0 < beta.
Proof.
have [m mk] := other_exists k; have := p0 m; rewrite other_share // => b0.
have k2 := K_ge2 P; apply: (Rmult_lt_reg_r (/ (K - 1))); first by apply: Rinv_0_lt_compat; lra.
by rewrite Rmult_0_l.
Qed.

(** The stationary slope: that of the dual bound's best. *)
Lemma beta_sqr : (omega k * beta) ^ 2 * n k = c P ^ 2.
Proof.
have N0 := N_gt0 P; have w0 := lW_gt0 P; have h0 := lH_gt0 P; have k2 := K_ge2 P.
have o0 := omega_gt0 k; have n0 := n_gt0 k.
have pos : 0 < H k i j0 by have := feas i j0; lra.
have := gradient_at_positive least pos; rewrite /gradient -/z -/p.
rewrite (sum_ext (g := fun m => a * h j0 * (if m == k then p k * (1 - p k) else - (beta / (K - 1)) ^
  2))) => [|m].
  rewrite sumZ sum_but_one card_ord (column k lives) eqxx => e.
  have {}e : (omega k * (a * h j0 * (p k * (1 - p k) + (K - 1) * - (beta / (K - 1)) ^ 2) -
      a * (1 - p k) * h j0) / N P + lH * h j0) = 0 by rewrite -[RHS]e /h.
  have {}e : h j0 * (lH - omega k * a / N P * (beta ^ 2 * (K / (K - 1)))) = 0.
    by rewrite -[RHS]e /beta; field; lra.
  have {}e : lH = omega k * a / N P * (beta ^ 2 * (K / (K - 1))).
    by case: (Rmult_integral _ _ e) => // ?; lra.
  by rewrite c_sqr {1}e /a; field; lra.
rewrite (column m lives) -/(h j0); case: eqVneq => [->|mk]; first ring.
by rewrite other_share //; ring.
Qed.

Lemma beta_value : beta = c P / (omega k * sqrt (n k)).
Proof.
have o0 := omega_gt0 k; have r0 := sqrt_n_gt0 k; have b0 := beta_gt0; have c0 := c_gt0 P.
have e : omega k * beta * sqrt (n k) = c P.
  apply: sqr_inj; [by left; do 2 (apply: Rmult_lt_0_compat => //) | by left |].
  by rewrite -beta_sqr; have := sqrt_n_sqr k; set r := sqrt (n k) => <-; ring.
by rewrite -e; field; lra.
Qed.

(** Where the class's own logit stands above the others: by its margin of Theorem 1. *)
Lemma above_others m : m != k -> 0 < z k - z m /\ z k - z m = s * (beta * (K / (K - 1))).
Proof.
move=> mk; have k2 := K_ge2 P; have b0 := beta_gt0.
have e : z k - z m = s * (beta * (K / (K - 1))).
  rewrite !logit_there eqxx (negbTE mk) (other_share mk) -/beta /beta; field; lra.
split=> //; rewrite e; do 2 (apply: Rmult_lt_0_compat => //).
by apply: Rdiv_lt_0_compat; lra.
Qed.

Theorem alone_above : T P < omega k ^ 2 * n k.
Proof.
have k2 := K_ge2 P; have [m mk] := other_exists k; have [gt _] := above_others mk.
have S0 : 0 < \sum_l exp (z l) by exact: sum_exp_gt0 k.
have : p m < p k.
  rewrite /p /softmax; apply: Rmult_lt_compat_r; first exact: Rinv_0_lt_compat.
  by apply: exp_increasing; lra.
rewrite other_share // -/beta => lt.
have {}lt : beta < (K - 1) / K.
  have : beta / (K - 1) < 1 - beta by rewrite /beta in lt *; lra.
  move/(Rmult_lt_compat_r (K - 1) _ _ ltac:(lra)).
  have -> : beta / (K - 1) * (K - 1) = beta by field; lra.
  move=> lt'; apply: (Rmult_lt_reg_r K); first lra.
  have -> : (K - 1) / K * K = K - 1 by field; lra.
  by lra.
apply: Rnot_le_lt => /below_slope; rewrite -beta_value; lra.
Qed.

Lemma alone_best : best k = beta.
Proof. by rewrite beta_value; exact: best_above alone_above. Qed.

Lemma alone_margin m : m != k -> z k - z m = M k.
Proof.
move=> mk; have k2 := K_ge2 P; have b0 := beta_gt0; have pk := p0 k.
have S0 : 0 < \sum_l exp (z l) by exact: sum_exp_gt0 k.
rewrite -best_touches alone_best.
have -> : (K - 1) * ((1 - beta) / beta) = p k / p m.
  by rewrite (other_share mk) /beta; rewrite /beta in b0; field; lra.
rewrite ln_div // /p /softmax !ln_div ?ln_exp //; first ring; exact: exp_pos.
Qed.

Theorem alone_norm : norm2 (H k i) = feature_norm2 k.
Proof.
have N0 := N_gt0 P; have w0 := lW_gt0 P; have h0 := lH_gt0 P; have k2 := K_ge2 P.
have o0 := omega_gt0 k; have r0 := sqrt_n_gt0 k; have c0 := c_gt0 P; have b0 := beta_gt0.
have [m mk] := other_exists k; have [_ e] := above_others mk.
rewrite /feature_norm2 -/(norm_factor k) norm_factor_slope -(alone_margin mk) e /s beta_value /a.
have := sqrt_n_sqr k; move: r0; set r := sqrt (n k) => r0 <-.
apply: (Rmult_eq_reg_r (N P ^ 2 * lW * lH * (K - 1))); last first.
  by apply: Rgt_not_eq; do 3 (apply: Rmult_lt_0_compat; try lra); apply: pow_lt.
have -> : norm2 (H k i) * (N P ^ 2 * lW * lH * (K - 1)) =
    norm2 (H k i) * K * (N P ^ 2 * ((K - 1) / K * lW * lH)) by field; lra.
by rewrite -c_sqr; field; lra.
Qed.

(** Its entropy is the bracket at that slope. *)
Theorem alone_entropy : entropy z k = bracket K (c P / (omega k * sqrt (n k))).
Proof.
have k2 := K_ge2 P; have b0 := beta_gt0; have pk := p0 k; rewrite -beta_value.
have -> : entropy z k = - \sum_m (p m * ln (p m)).
  have S0 : 0 < \sum_l exp (z l) by exact: sum_exp_gt0 k.
  rewrite (sum_ext (g := fun m => p m * z m - ln (\sum_l exp (z l)) * p m)) => [|m].
    by rewrite sumB sumZ p1 /entropy /CE -/p; ring.
  by rewrite {2}/p /softmax ln_div ?ln_exp //; [ring | exact: exp_pos].
rewrite (sum_ext (g := fun m => if m == k then (1 - beta) * ln (1 - beta) else
  beta / (K - 1) * ln (beta / (K - 1)))) => [|m].
  by rewrite sum_but_one card_ord /bracket; field; lra.
case: eqVneq => [->|mk]; last by rewrite other_share.
by have -> : 1 - beta = p k by rewrite /beta; ring.
Qed.

(** Its coordinates are copies of one another. *)
Theorem alone_copies j j' : h j <> 0 -> h j' <> 0 ->
  let r := h j' / h j in
  (forall m, W m j' = r * W m j) /\ (forall l t, H l t j' = r * H l t j).
Proof.
move=> hj hj' r; split=> [m|l t]; first by rewrite (column m hj) (column m hj') /r; field.
case: (eqVneq l k) => [e|/eqP lk].
  by move: t; rewrite e => t; rewrite (within_class_local t i j) (within_class_local t i j') /r /h;
    field.
have zero q : h q <> 0 -> H l t q = 0.
  by move=> hq; case: (Req_dec (H l t q) 0) => // hl; case: lk; exact: alone hq hl.
by rewrite !zero //; ring.
Qed.

End Alone.
End LocalMinimum.
