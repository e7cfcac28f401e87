(** What holds at every global minimiser in place of the remark in 7.1, for L1; and (37). *)

From NeuralCollapse Require Import Setting Factors Margins Attainment Structure Derivatives Remarks
  Step4 ProofSteps GradientL1 Step23 CriticalPoints.

Section AtMinimum.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Arguments H : clear implicits.
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Let h := mean H.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** The exponents of (23) at the optimum are the negative margins. *)
Lemma exponent_minimum (k : 'I_K) : exponent W k (h k) = - M k.
Proof.
have s : \sum_m dot (W m) (h k) = 0.
  by rewrite -dot_suml; apply: big1 => j _; rewrite (thm1_d_sum room least); ring.
by rewrite /exponent s (thm1_e_own room least); field; lra.
Qed.

(** The slope of L1 along class k's own mean is zero, along another's what it is for L0. *)
Theorem gradient_corrected (k j : 'I_K) :
  (derivable_pt_lim (fun t => L1 W (fun l q => h l q + t * (if l == k then h k q else 0))) 0 0) /\
  (k != j ->
    derivable_pt_lim (fun t => L1 W (fun l q => h l q + t * (if l == k then h j q else 0))) 0
     (omega k * n k / N P * (M j / (exp (M k) + (K - 1))))).
Proof.
split=> [|kj]; last by rewrite -(slope_L1_at room least kj);
  exact: (slope_of_L1 W h (towards H k j)).
have N0 := N_gt0 P; have e0 := exp_pos (M k).
have lim := slope_of_L1 W h (towards H k k); suff e : slope_L1 W h (towards H k k) = 0
  by rewrite e in lim.
have away (l : 'I_K) : l != k -> forall w, dot w (towards H k k l) = 0.
  by move=> /negbTE lk w; apply: big1 => i _; rewrite /towards lk; ring.
have here w : dot w (towards H k k k) = dot w (h k).
  by apply: dot_ext => // i; rewrite /towards eqxx.
rewrite /slope_L1 (sum_only (j := k)); last first.
  move=> l lk; have -> : exponent W l (towards H k k l) = 0; last by ring.
  rewrite /exponent (away l lk) big1 => [|m _]; last exact: (away l lk).
  by field; lra.
rewrite (sum_only (j := k)) => [|l lk]; last by rewrite away //; ring.
rewrite here; have -> : exponent W k (towards H k k k) = exponent W k (h k).
  by rewrite /exponent here (sum_ext (fun m => here (W m))).
rewrite exponent_minimum -/(norm2 (h k)) (thm1_c room least) -/(norm_factor k).
case: (Rle_lt_dec (omega k ^ 2 * n k) (T P)) => tk.
  by rewrite M_below // /Rdiv; ring.
have [eM m0] := M_above tk; have l0 := lH_gt0 P; have s0 := sqrt_n_gt0 k; have c0 := c_gt0 P.
have o0 := omega_gt0 k; rewrite norm_factor_slope.
have pos : 0 < (K - 1) * (omega k * sqrt (n k) / c P - 1).
  by apply: Rnot_le_lt => neg; move: m0; rewrite eM ln_undefined //; lra.
set u := omega k * sqrt (n k) / c P in eM pos.
have u0 : 0 < u - 1 by apply: (Rmult_lt_reg_l (K - 1)); lra.
have em : (K - 1) * exp (- M k) = / (u - 1) by rewrite exp_Ropp eM exp_ln //; field; lra.
have eu : omega k = u * c P / sqrt (n k) by rewrite /u; field; lra.
have -> : (K - 1) * (exp (- M k) * - M k) = ((K - 1) * exp (- M k)) * - M k by ring.
rewrite em eu; field; repeat split; lra.
Qed.

(** (37): at the optimum, unless all classes collapse, (31) determines c_3. *)
Theorem eq37 c3 : (exists k : 'I_K, 0 < M k) -> 0 < c3 ->
  [/\ 0 < \sum_m norm2 (W m),
      (forall m j, c3 * W m j = - h_hat h m j) ->
        c3 ^ 2 = (\sum_m norm2 (h_hat h m)) / (\sum_m norm2 (W m)),
      (\sum_m norm2 (h_hat h m)) / (\sum_m norm2 (W m)) = lW / lH * K * (K - 1)
    & (forall m j, c3 * W m j = - h_hat h m j) <-> c3 ^ 2 = lW / lH * K * (K - 1)].
Proof.
move=> [k0 m0] c30; have w0 := lW_gt0 P; have l0 := lH_gt0 P; have q0 := dual_factor_gt0 P.
have hat m j : h_hat h m j = - / dual_factor P * W m j.
  by rewrite (thm1_d room least) -/(dual_factor P) /h_hat -/h; field; lra.
have hats : \sum_m norm2 (h_hat h m) = (/ dual_factor P) ^ 2 * (\sum_m norm2 (W m)).
  rewrite -sumZ; apply: sum_ext => m;
    rewrite (_ : norm2 (h_hat h m) = norm2 (fun j => - / dual_factor P * W m j)).
    by rewrite norm2Z; ring.
  by apply: dot_ext.
have sqr : (/ dual_factor P) ^ 2 = lW / lH * K * (K - 1).
  have -> : (/ dual_factor P) ^ 2 = / dual_factor P ^ 2 by field; lra.
  by rewrite dual_factor_sqr; field; lra.
have W0 : 0 < \sum_m norm2 (W m).
  apply: (sum_gt0 (j := k0)) => [m|]; first exact: norm2_ge0.
  have [|z] := Rle_lt_or_eq_dec _ _ (norm2_ge0 (W k0)); first by [].
  have := thm1_e_own room least k0; rewrite (_ : dot (W k0) (mean H k0) = 0); last first.
    by apply: big1 => j _; rewrite (norm2_eq0 (esym z)); ring.
  by move=> e; have := Rmult_lt_0_compat _ _ (share_gt0 P) m0; lra.
have ratio : (\sum_m norm2 (h_hat h m)) / (\sum_m norm2 (W m)) = lW / lH * K * (K - 1).
  by rewrite hats sqr; field; lra.
have from31 : (forall m j, c3 * W m j = - h_hat h m j) ->
    c3 ^ 2 = (\sum_m norm2 (h_hat h m)) / (\sum_m norm2 (W m)).
  move=> all; have -> : \sum_m norm2 (h_hat h m) = c3 ^ 2 * (\sum_m norm2 (W m)).
    rewrite -sumZ; apply: sum_ext => m; rewrite -norm2Z.
    by rewrite /norm2 /dot; apply: sum_ext => j; rewrite all; ring.
  by field; lra.
split=> //; split=> [/from31 -> //|e m j].
have -> : c3 = / dual_factor P.
  by apply: sqr_inj; [lra | left; apply: Rinv_0_lt_compat | rewrite sqr].
by rewrite hat; ring.
Qed.
End AtMinimum.
