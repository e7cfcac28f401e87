(** Step 4 of the paper's proof: g as a function of one variable, (39)-(42), its
    minimum, and L1 >= sum_k g(x_k^* ). *)

From NeuralCollapse Require Import Setting Gibbs Identity Duality Margins Factors LowerBound
  Theorem1 Attainment Structure Derivatives Step4 ProofSteps GradientL1 Step1.

Section OneVariable.
Variable P : problem.
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Notation N := (N P).
Notation c := (c P).
Implicit Type k : 'I_K.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** The t of (39), and g as (39) defines it. *)
Definition t39 k (x : R) : R := 1 / (K - 1) * exp (growth k * x).
Definition g39 k (x : R) : R :=
  - (1 / N) * sqrt (lH / lW * (K / (K - 1))) * (omega k * n k * sqrt (n k) * x / (1 + t39 k x))
  + omega k * n k / N * c2 P (t39 k x) + lH * n k * x.

Lemma t39_gt0 k x : 0 < t39 k x.
Proof. by apply: Rmult_lt_0_compat; [apply: Rdiv_lt_0_compat; lra | exact: exp_pos]. Qed.

Lemma growth_root k : growth k = sqrt (lH / lW * (K / (K - 1))) * sqrt (n k).
Proof.
have w0 := lW_gt0 P; have l0 := lH_gt0 P.
by rewrite /growth sqrt_mult; [ring | left | left]; apply: Rdiv_lt_0_compat; lra.
Qed.

Lemma growth_gt0 k : 0 < growth k.
Proof.
have w0 := lW_gt0 P; have l0 := lH_gt0 P.
apply: Rmult_lt_0_compat; last exact: sqrt_n_gt0.
by apply: Rmult_lt_0_compat; apply: sqrt_lt_R0; apply: Rdiv_lt_0_compat; lra.
Qed.

(** The chain of equalities before (40), and g(x) as its consequence. *)
Theorem step4_identity k x : let t := t39 k x in
  [/\ c2 P t = 1 / (1 + t) * ln ((K - 1) * (1 + t)) - 1 / (1 + t) * ln ((1 + t) / t)
    + ln ((1 + t) / t),
      c2 P t = 1 / (1 + t) * ln ((K - 1) * t) + ln ((1 + t) / t),
      c2 P t = sqrt (lH / lW * (K / (K - 1))) * sqrt (n k) * x / (1 + t) + ln ((1 + t) / t)
    & g39 k x = g k x].
Proof.
cbv zeta; have t0 := t39_gt0 k x; set t := t39 k x in t0 *.
have q0 : 0 < (1 + t) / t by apply: Rdiv_lt_0_compat; lra.
have e1 : c2 P t = 1 / (1 + t) * ln ((K - 1) * (1 + t)) - 1 / (1 + t) * ln ((1 + t) / t)
  + ln ((1 + t) / t).
  by rewrite /c2 (Rmult_comm (1 + t)); field; lra.
have e2 : c2 P t = 1 / (1 + t) * ln ((K - 1) * t) + ln ((1 + t) / t).
  have -> : (K - 1) * t = (K - 1) * (1 + t) / ((1 + t) / t) by field; lra.
  by rewrite (ln_div _ q0) ?e1; [field; lra | apply: Rmult_lt_0_compat; lra].
have e3 : c2 P t = sqrt (lH / lW * (K / (K - 1))) * sqrt (n k) * x / (1 + t) + ln ((1 + t) / t).
  rewrite e2 -growth_root; have -> : (K - 1) * t = exp (growth k * x) by rewrite /t /t39;
    field; lra.
  by rewrite ln_exp; field; lra.
split=> //; rewrite /g39 -/t e3 /g.
have -> : 1 + (K - 1) * exp (- (growth k * x)) = (1 + t) / t.
  by rewrite exp_Ropp /t /t39; field; have := exp_pos (growth k * x); lra.
by field; have := N_gt0 P; lra.
Qed.

(** (40). *)
Definition g' k (x : R) : R :=
  - (omega k * n k / N) * (sqrt (K / (K - 1)) * sqrt (lH / lW) * sqrt (n k) /
      (1 + 1 / (K - 1) * exp (sqrt (K / (K - 1)) * sqrt (lH / lW) * sqrt (n k) * x))) + lH * n k.

Theorem eq40 k x : derivable_pt_lim (g39 k) x (g' k x) /\ derivable_pt_lim (g k) x (g' k x).
Proof.
have N0 := N_gt0 P.
suff gl : derivable_pt_lim (g k) x (g' k x).
  by split=> //; apply: (limit_eq (f := g k)) => // y; have [_ _ _] := step4_identity k y.
have ex := exp_pos (growth k * x).
have -> : g' k x = omega k * n k / N * (/ (1 + (K - 1) * exp (- (growth k * x)))
    * (0 + (K - 1) * (exp (- (growth k * x)) * - growth k))) + lH * n k.
  rewrite /g' -/(growth k) exp_Ropp; field.
  have := Rinv_0_lt_compat _ ex; set i := / exp _ => i0.
  have p : 0 < (K - 1) * i by apply: Rmult_lt_0_compat; lra.
  by repeat split; lra.
have line a y : derivable_pt_lim (fun z => a * z) y a.
  apply: (limit_eq (f := fun z => 0 + z * a)); first by move=> z; ring.
  exact: limit_affine.
rewrite /g; apply: limit_add; last exact: line.
apply: limit_scal; apply: (limit_ln (f := fun y => 1 + (K - 1) * exp (- (growth k * y)))).
  by have e1 := exp_pos (- (growth k * x)); have : 0 < (K - 1) * exp (- (growth k * x))
    by [apply: Rmult_lt_0_compat; lra]; lra.
apply: limit_add; first exact: limit_const.
apply: limit_scal; apply: limit_exp; apply: (limit_eq (f := fun y => - growth k * y));
  first by move=> y; ring.
exact: line.
Qed.

(** g' by c_1(x) = omega_k sqrt(n_k) / (1 + t(x)), the middle of (41): zero where that is c. *)
Definition c1_at k (x : R) : R := omega k * sqrt (n k) / (1 + 1 / (K - 1) * exp (growth k * x)).

Lemma g'_c1 k x : g' k x = lH * n k / c * (c - c1_at k x).
Proof.
have N0 := N_gt0 P; have c0 := c_gt0 P; have l0 := lH_gt0 P; have t0 := t39_gt0 k x;
  have s0 := sqrt_n_gt0 k.
have gc : growth k = N * lH * sqrt (n k) / c.
  have f := growth_norm k; rewrite norm_factor_slope in f.
  have -> : N * lH * sqrt (n k) / c = growth k * (c / sqrt (n k) / (N * lH))
    * (N * lH * sqrt (n k) / c).
    by rewrite f; ring.
  by field; lra.
rewrite /g' -/(growth k) /c1_at -/(t39 k x) {1}gc; field.
by repeat split; lra.
Qed.

Lemma c1_decreasing k x y : x < y -> c1_at k y < c1_at k x.
Proof.
move=> xy; have r0 := root_gt0 k; have tx := t39_gt0 k x; have ty := t39_gt0 k y.
have lt : t39 k x < t39 k y.
  apply: Rmult_lt_compat_l; first by apply: Rdiv_lt_0_compat; lra.
  by apply: exp_increasing; apply: Rmult_lt_compat_l => //; exact: growth_gt0.
apply: Rmult_lt_compat_l => //; apply: Rinv_lt_contravar;
  last by rewrite -/(t39 k x) -/(t39 k y); lra.
by apply: Rmult_lt_0_compat; rewrite -/(t39 k x) -/(t39 k y); lra.
Qed.

Lemma g'_sign k x : (g' k x = 0 <-> c1_at k x = c) /\ (0 < g' k x <-> c1_at k x < c) /\
  (g' k x < 0 <-> c < c1_at k x).
Proof.
have f0 : 0 < lH * n k / c.
  by apply: Rdiv_lt_0_compat; [apply: Rmult_lt_0_compat;
    [exact: lH_gt0 | exact: n_gt0] | exact: c_gt0].
rewrite g'_c1; set u := c - c1_at k x.
have a : u = 0 <-> c1_at k x = c by rewrite /u; split; lra.
have b : 0 < u <-> c1_at k x < c by rewrite /u; split; lra.
have e : u < 0 <-> c < c1_at k x by rewrite /u; split; lra.
rewrite -a -b -e; move: (lH * n k / c) f0 u {a b e} => f f0 u.
split; first by split=> [/Rmult_integral []|->]; lra.
by split; split=> h; nra.
Qed.

(** x^* of (42), where its logarithm is defined. *)
Definition x_star k : R :=
  sqrt ((K - 1) / K * (lW / lH) * (1 / n k)) * (ln (K - 1) + ln (omega k * sqrt (n k) / c - 1)).

Lemma x_star_factor k : c < omega k * sqrt (n k) ->
  x_star k = norm_factor k * ln ((K - 1) * (omega k * sqrt (n k) / c - 1)).
Proof.
move=> lt; have c0 := c_gt0 P; rewrite ln_mult; last 2 first.
- lra.
- suff : 1 < omega k * sqrt (n k) / c by lra.
  by apply: (Rmult_lt_reg_r c) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
by rewrite /x_star /norm_factor; congr (sqrt _ * _); rewrite /Rdiv Rmult_1_l.
Qed.

Lemma t_pos k : c < omega k * sqrt (n k) -> 0 < (K - 1) * (omega k * sqrt (n k) / c - 1).
Proof.
move=> lt; have c0 := c_gt0 P; apply: Rmult_lt_0_compat; first lra.
suff : 1 < omega k * sqrt (n k) / c by lra.
by apply: (Rmult_lt_reg_r c) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
Qed.

Lemma c1_at_star k : c < omega k * sqrt (n k) -> c1_at k (x_star k) = c.
Proof.
move=> lt; have c0 := c_gt0 P; have r0 := root_gt0 k.
rewrite /c1_at x_star_factor // -Rmult_assoc growth_norm Rmult_1_l exp_ln; last exact: t_pos.
move: (omega k * sqrt (n k)) r0 lt => r r0 lt; field; repeat split; lra.
Qed.

(** (41), (42) and what is said of x^*, for classes with weights. *)
Theorem eq42_with_weights k :
  (c < omega k * sqrt (n k) ->
     [/\ g' k (x_star k) = 0, c1_at k (x_star k) = c,
         0 < x_star k <-> N / (omega k * sqrt (n k)) * sqrt (lW * lH) < sqrt ((K - 1) / K),
         forall x, x < x_star k -> g' k x < 0 & forall x, x_star k < x -> 0 < g' k x]) /\
  (N / (omega k * sqrt (n k)) * sqrt (lW * lH) >= sqrt ((K - 1) / K) -> forall x, 0 < x ->
    0 < g' k x).
Proof.
have c0 := c_gt0 P; split=> [lt|/(threshold_with_weights k) below x x0].
  have e := c1_at_star lt; split=> //.
  - by apply/(g'_sign k _).1.
  - have nf := norm_factor_gt0 k; rewrite -sign_with_weights x_star_factor //.
    set l := ln _; have -> : M k = Rmax 0 l by [].
    split=> [p|m].
      rewrite Rmax_right; first by apply: (Rmult_lt_reg_l (norm_factor k)) => //; lra.
      by left; apply: (Rmult_lt_reg_l (norm_factor k)) => //; lra.
    apply: Rmult_lt_0_compat => //; apply: Rnot_le_lt => le; move: m; rewrite Rmax_left //; lra.
  - by move=> x xs; apply/(g'_sign k x).2.2; rewrite -e; exact: c1_decreasing.
  by move=> x xs; apply/(g'_sign k x).2.1; rewrite -[X in _ < X]e; exact: c1_decreasing.
apply/(g'_sign k x).2.1; apply: Rlt_le_trans (c1_decreasing k x0) _.
have /le_T r := below.
have -> : c1_at k 0 = omega k * sqrt (n k) * ((K - 1) / K).
  by rewrite /c1_at Rmult_0_r exp_0; field; lra.
have := Rmult_le_compat_r _ _ _ (Rlt_le _ _ (share_gt0 P)) r.
by have -> : c * K / (K - 1) * ((K - 1) / K) = c by field; lra.
Qed.

(** x_k^*, taken as 0 where (42) is not positive: the norm (9). *)
Lemma x_star_norm k : T P < omega k ^ 2 * n k -> x_star k = feature_norm2 k.
Proof.
move=> gt; have [eM m0] := M_above gt; rewrite /feature_norm2 eM -/(norm_factor k) x_star_factor //.
apply: Rnot_le_lt => le; have c0 := c_gt0 P; have r0 := root_gt0 k.
move: m0; rewrite eM ln_undefined; first lra.
suff : omega k * sqrt (n k) / c <= 1.
  move=> u; have := Rmult_le_compat_l (K - 1) (omega k * sqrt (n k) / c - 1) 0 ltac:(lra)
    ltac:(lra); lra.
by apply: (Rmult_le_reg_r c) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
Qed.

(** The line that g's logarithm lies above, at any slope. *)
Lemma phi_line b x : 0 <= b < 1 -> b * x + bracket K b <= phi K x.
Proof.
move=> b01; pose k := class0 P; pose z (m : 'I_K) : R := if m == k then 0 else x.
have := logit_gap_ge0 z k K2 b01; rewrite /logit_gap.
have -> : CE z k = phi K x.
  rewrite /CE {2}/z eqxx Rminus_0_r /phi.
  rewrite (sum_ext (g := fun m => if m == k then 1 else exp x)) ?sum_but_one ?card_ord //.
  by move=> m; rewrite /z; case: eqP => _ //; rewrite exp_0.
have -> : margin z k = - x.
  rewrite /margin (eq_bigr (fun=> x)) => [|m mk]; last by rewrite /z (negbTE mk).
  by rewrite others_const /z eqxx; field; lra.
by lra.
Qed.

Lemma c2_le_T : c ^ 2 <= T P.
Proof.
rewrite T_c (_ : (c * K / (K - 1)) ^ 2 = c ^ 2 * (K / (K - 1)) ^ 2); last by field; lra.
rewrite -{1}(Rmult_1_r (c ^ 2)); apply: Rmult_le_compat_l; first exact: pow2_ge_0.
have q1 : 1 <= K / (K - 1).
  have -> : K / (K - 1) = 1 + / (K - 1) by field; lra.
  by have := Rinv_0_lt_compat (K - 1) ltac:(lra); lra.
by have := pow_incr 1 _ 2 (conj Rle_0_1 q1); rewrite pow1.
Qed.

(** x_k^* is where g is least on x >= 0. *)
Theorem g_least k x : 0 <= x -> g k (feature_norm2 k) <= g k x.
Proof.
have N0 := N_gt0 P; have c0 := c_gt0 P; have n0 := n_gt0 k; have o0 := omega_gt0 k.
suff low y : 0 <= y -> omega k * n k / N * bracket K (best k) <= g k y.
  move=> x0; apply: Rle_trans (low _ x0); right.
  case: (Rle_lt_dec (omega k ^ 2 * n k) (T P)) => le.
    rewrite best_below // bracket_uniform /feature_norm2 M_below // Rmult_0_r /g !Rmult_0_r
      Ropp_0 exp_0.
    by rewrite (_ : 1 + (K - 1) * 1 = K); ring.
  rewrite -constants_above // c2_bracket ?best_above //.
  by have := c2_le_T; lra.
move=> y0; have b0 := best_gt0 k; have b1 := best_lt1 k.
have line := phi_line (- (growth k * y)) (conj (Rlt_le _ _ b0) b1).
have f0 : 0 < omega k * n k / N by apply: Rdiv_lt_0_compat => //; apply: Rmult_lt_0_compat.
have := Rmult_le_compat_l _ _ _ (Rlt_le _ _ f0) line; rewrite /phi -/(g k y) => l1.
have slope : omega k * n k / N * (best k * growth k) <= lH * n k.
  have bc : best k <= c / (omega k * sqrt (n k)) by exact: Rmin_l.
  have s0 := sqrt_n_gt0 k; have l0 := lH_gt0 P.
  have gc : growth k = N * lH * sqrt (n k) / c.
    have f := growth_norm k; rewrite norm_factor_slope in f.
    have -> : N * lH * sqrt (n k) / c = growth k * (c / sqrt (n k) / (N * lH))
      * (N * lH * sqrt (n k) / c).
      by rewrite f; ring.
    by field; lra.
  have -> : lH * n k = omega k * n k / N * (c / (omega k * sqrt (n k)) * growth k) by rewrite gc;
    field; lra.
  by apply: Rmult_le_compat_l; [lra | apply: Rmult_le_compat_r => //; left; exact: growth_gt0].
by have := Rmult_le_compat_r _ _ _ y0 slope; rewrite /g; lra.
Qed.

Lemma sum_g_Lstar : \sum_k g k (feature_norm2 (P := P) k) = Lstar P.
Proof.
rewrite Lstar_D /D /Rdiv -sumZr; apply: sum_ext => k.
have N0 := N_gt0 P; have c0 := c_gt0 P.
case: (Rle_lt_dec (omega k ^ 2 * n k) (T P)) => le.
  rewrite best_below // bracket_uniform /feature_norm2 M_below // Rmult_0_r /g !Rmult_0_r
    Ropp_0 exp_0.
  by rewrite (_ : 1 + (K - 1) * 1 = K); rewrite /Rdiv; ring.
rewrite -constants_above // c2_bracket ?best_above //; first by rewrite /Rdiv; ring.
by have := c2_le_T; lra.
Qed.

(** ** Step 4: at every point with non-negative means, and with equality at the minimum *)
Section Bound.
Variables (d : nat) (W : classifiers P d).

Lemma L1_dual_bound (beta : 'I_K -> R) (h : 'I_K -> vec d) :
  (forall k j, 0 <= h k j) -> feasible_slopes beta -> D beta <= L1 W h.
Proof.
move=> h0 slopes; have N0 := N_gt0 P; pose H : features P d := fun k _ => h k.
have H0 : feasible H by move=> k i j; exact: h0.
have mean_h k j : mean H k j = h k j by rewrite /mean sum_constn; field; have := n_gt0 k; lra.
have := five_terms beta W H.
have b := classifier_term_ge0 beta W H; have e := orthogonality_term_ge0 H0 slopes.
have f := within_class_term_ge0 beta H; have i := collapsed_term_ge0 H slopes.
have L0_H : L0 W H = (\sum_k (omega k * n k * CE (logits W (h k)) k)) / N
   + lW / 2 * (\sum_k norm2 (W k)) + lH / 2 * (\sum_k (n k * norm2 (h k))).
  rewrite /L0 /H; congr (_ / _ + _ + _ * _); apply: sum_ext => k; rewrite sum_constn //; ring.
have terms : logits_term beta W H = (\sum_k (omega k * n k * CE (logits W (h k)) k)) / N
   - (\sum_k (omega k * n k * (beta k * exponent W k (h k) + bracket K (beta k)))) / N.
  rewrite /logits_term /H /Rdiv -Rmult_minus_distr_r -sumB; congr (_ * _); apply: sum_ext => k.
  rewrite sum_constn.
  have -> : margin (logits W (h k)) k = - exponent W k (h k).
    by rewrite /margin /exponent (sum_split k) /logits; field; lra.
  ring.
have above : (\sum_k (omega k * n k * (beta k * exponent W k (h k) + bracket K (beta k)))) / N
    <= (\sum_k (omega k * n k * phi K (exponent W k (h k)))) / N.
  apply: Rmult_le_compat_r; first by left; apply: Rinv_0_lt_compat.
  apply: sum_le => k; apply: Rmult_le_compat_l; last by apply: phi_line; case: (slopes k).
  by left; apply: Rmult_lt_0_compat; [exact: omega_gt0 | exact: n_gt0].
rewrite terms L0_H /L1 => five.
rewrite -[\sum_k (omega k * n k * ln _)]/(\sum_k (omega k * n k * phi K (exponent W k (h k)))); lra.
Qed.

Theorem step4 (h : 'I_K -> vec d) :
  (forall k j, 0 <= h k j) -> \sum_k g k (feature_norm2 (P := P) k) <= L1 W h.
Proof.
by move=> h0; rewrite sum_g_Lstar Lstar_D; apply: L1_dual_bound => //; exact: best_feasible.
Qed.

Theorem step4_equal (H : features P d) : (active P <= d)%N -> global_minimiser W H ->
  L1 W (mean H) = \sum_k g k (feature_norm2 (P := P) k).
Proof.
move=> room least; apply: Rle_antisym; last first.
  apply: step4 => k j; have [H0 _] := least.
  apply: Rmult_le_pos; last by left; apply: Rinv_0_lt_compat; exact: n_gt0.
  by apply: sum_ge0 => i; exact: H0.
by rewrite sum_g_Lstar -(thm1_minimum room least); exact: (step1 W H).1.
Qed.
End Bound.
End OneVariable.
