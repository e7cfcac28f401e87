(** Step 4 and Lemma 2 of the paper's proof: where they leave collapsed classes out. *)

From NeuralCollapse Require Import Setting Gibbs Margins Factors Attainment Structure Examples.

Section Step4.
Variable P : problem.
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Notation N := (N P).
Notation c := (c P).
Implicit Type k : 'I_K.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** The constant of (27) for a given t, and g of (39). *)
Definition c2 (t : R) : R := 1 / (1 + t) * ln ((1 + t) * (K - 1)) + t / (1 + t) * ln ((1 + t) / t).
Definition growth k : R := sqrt (K / (K - 1)) * sqrt (lH / lW) * sqrt (n k).
Definition g k (x : R) : R :=
  omega k * n k / N * ln (1 + (K - 1) * exp (- (growth k * x))) + lH * n k * x.
(** t_k where c_1 = c, with class weights. *)
Definition t_of k : R := omega k * sqrt (n k) / c - 1.

Lemma t_slope k : 1 / (1 + t_of k) = c / (omega k * sqrt (n k)).
Proof.
rewrite /t_of; field.
by have := root_gt0 k; have := omega_gt0 k; have := sqrt_n_gt0 k; have := c_gt0 P; lra.
Qed.

Lemma t_gt0 k : c ^ 2 < omega k ^ 2 * n k -> 0 < t_of k.
Proof.
move=> lt; have c0 := c_gt0 P; have s0 := root_gt0 k.
have cs : c < omega k * sqrt (n k).
  by apply: Rnot_le_lt => le; have := pow_incr _ _ 2 (conj (Rlt_le _ _ s0) le);
    rewrite root_sqr; lra.
rewrite /t_of; suff : 1 < omega k * sqrt (n k) / c by lra.
by apply: (Rmult_lt_reg_r c) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
Qed.

Lemma c2_bracket k : c ^ 2 < omega k ^ 2 * n k -> c2 (t_of k) = bracket K
  (c / (omega k * sqrt (n k))).
Proof.
move=> lt; have t0 := t_gt0 lt; rewrite -t_slope /c2 /bracket.
move: (t_of k) t0 => t t0.
have -> : 1 - 1 / (1 + t) = / ((1 + t) / t) by field; lra.
have -> : 1 / (1 + t) / (K - 1) = / ((1 + t) * (K - 1)) by field; lra.
have p1 : 0 < (1 + t) / t by apply: Rdiv_lt_0_compat; lra.
have p2 : 0 < (1 + t) * (K - 1) by apply: Rmult_lt_0_compat; lra.
by rewrite !ln_Rinv //; field; lra.
Qed.

(** ln K is the largest bracket, at the uniform slope only. *)
Lemma bracket_lt b : 0 < b < 1 -> b <> (K - 1) / K -> bracket K b < ln K.
Proof.
move=> b01 ne; pose z (m : 'I_K) := 0; pose k := class0 P.
have b01' : 0 <= b < 1 by lra.
have e : logit_gap z k b = ln K - bracket K b.
  rewrite /logit_gap /CE /margin /z.
  have -> : \sum_(m < K) exp 0 = K by rewrite sum_constn exp_0 Rmult_1_r.
  by rewrite big1 //; field; lra.
have := logit_gap_ge0 z k K2 b01'; rewrite e => ge.
case: (Req_dec (ln K - bracket K b) 0) => [e0|]; last by lra.
case: ne.
have [m mk] : exists m : 'I_K, m != k.
  by exists (Ordinal (classes_ge2 P)); rewrite -val_eqE.
have b0 : 0 < b by lra.
have := logit_gap_eq0 K2 b01' b0 (etrans e e0) mk; rewrite /z Rminus_diag_eq // -ln_1 => /ln_inv.
move=> /(_ ltac:(lra)) h; have p : 0 < (K - 1) * ((1 - b) / b).
  by apply: Rmult_lt_0_compat; [lra | apply: Rdiv_lt_0_compat; lra].
have {}h : b = (K - 1) * (1 - b).
  have -> : (K - 1) * (1 - b) = (K - 1) * ((1 - b) / b) * b by field; lra.
  by rewrite -(h p); ring.
by apply: (Rmult_eq_reg_r K); [have -> : (K - 1) / K * K = K - 1 by field; lra | ]; lra.
Qed.

(** x_k* where class k stands: (42). *)
Lemma growth_norm k : growth k * norm_factor k = 1.
Proof.
have f := factors k; rewrite -f /growth /dual_factor; congr (_ * _ * _).
have s0 : 0 < sqrt (lH / lW) by apply: sqrt_lt_R0; apply: Rdiv_lt_0_compat;
  [exact: lH_gt0 | exact: lW_gt0].
have -> : K * (sqrt (1 / (K * (K - 1))) * sqrt (lH / lW))
  = K * sqrt (1 / (K * (K - 1))) * sqrt (lH / lW) by ring.
congr (_ * _); apply: sqr_inj; first exact: sqrt_pos.
  by apply: Rmult_le_pos; [lra | exact: sqrt_pos].
have k1 : 0 < 1 / (K * (K - 1)) := KK_gt0 P.
have k3 : 0 < K / (K - 1) by apply: Rdiv_lt_0_compat; lra.
rewrite Rpow_mult_distr !sqr_sqrt; [field; lra | lra | lra].
Qed.

(** The display at the end of Step 4 holds, term by term, for a class that stands, *)
Theorem constants_above k : T P < omega k ^ 2 * n k -> omega k * n k / N * c2 (t_of k) = g k
  (feature_norm2 k).
Proof.
move=> gt; have [eM m0] := M_above gt; have N0 := N_gt0 P; have c0 := c_gt0 P;
  have s0 := root_gt0 k.
have T0 : c ^ 2 < omega k ^ 2 * n k.
  have : c ^ 2 <= T P.
    rewrite T_c (_ : (c * K / (K - 1)) ^ 2 = c ^ 2 * (K / (K - 1)) ^ 2); last by field; lra.
    rewrite -{1}(Rmult_1_r (c ^ 2)); apply: Rmult_le_compat_l; first exact: pow2_ge_0.
    have q1 : 1 <= K / (K - 1).
      have -> : K / (K - 1) = 1 + / (K - 1) by field; lra.
      by have := Rinv_0_lt_compat (K - 1) ltac:(lra); lra.
    by have := pow_incr 1 _ 2 (conj Rle_0_1 q1); rewrite pow1.
  by lra.
rewrite c2_bracket // /g /feature_norm2 -/(norm_factor k) -Rmult_assoc growth_norm Rmult_1_l.
set b := c / (omega k * sqrt (n k)).
have b0 : 0 < b := slope_gt0 k.
have b1 : b < 1 by have := above_slope gt; have := share_lt1 P; rewrite -/b; lra.
have eM' : exp (- M k) = b / ((K - 1) * (1 - b)).
  have o := odds k; rewrite -/b in o.
  have p : 0 < (K - 1) * ((1 - b) / b) by apply: Rmult_lt_0_compat;
    [lra | apply: Rdiv_lt_0_compat; lra].
  by rewrite exp_Ropp eM -o exp_ln //; field; lra.
have -> : 1 + (K - 1) * exp (- M k) = / (1 - b) by rewrite eM'; field; lra.
have eM2 : M k = ln ((K - 1) * (1 - b) * / b).
  by rewrite eM -odds -/b; congr ln; field; lra.
have nb : lH * n k * (norm_factor k * M k) = omega k * n k / N * (b * M k).
  rewrite norm_factor_slope /b; field.
  by have := lH_gt0 P; have := omega_gt0 k; have := sqrt_n_gt0 k; lra.
rewrite nb -Rmult_plus_distr_l; congr (_ * _).
rewrite /bracket eM2 ln_Rinv; last lra.
rewrite (ln_mult ((K - 1) * (1 - b))) ?(ln_mult (K - 1)) ?ln_Rinv; try lra; last 2 first.
- by apply: Rmult_lt_0_compat; lra.
- exact: Rinv_0_lt_compat.
rewrite (ln_div b0); last lra.
by ring.
Qed.

(** but not for a collapsed one: there the constant falls short of g(0) = n_k/N ln K. *)
Theorem constants_below k : c ^ 2 < omega k ^ 2 * n k -> omega k ^ 2 * n k < T P ->
  omega k * n k / N * c2 (t_of k) < g k 0.
Proof.
move=> lt gt; have N0 := N_gt0 P; have n0 := n_gt0 k.
rewrite c2_bracket // /g Rmult_0_r Ropp_0 exp_0 !Rmult_0_r Rplus_0_r Rmult_1_r.
have -> : 1 + (K - 1) = K by ring.
apply: Rmult_lt_compat_l.
  by apply: Rdiv_lt_0_compat => //; apply: Rmult_lt_0_compat => //; exact: omega_gt0.
have s0 := root_gt0 k; have c0 := c_gt0 P.
have cs : c < omega k * sqrt (n k).
  by apply: Rnot_le_lt => le; have := pow_incr _ _ 2 (conj (Rlt_le _ _ s0) le);
    rewrite root_sqr; lra.
apply: bracket_lt.
  split; first exact: slope_gt0.
  by apply: (Rmult_lt_reg_r (omega k * sqrt (n k))) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
move=> e; have e2 : c = (K - 1) / K * (omega k * sqrt (n k)) by rewrite -e; field;
  have := omega_gt0 k; have := sqrt_n_gt0 k; lra.
suff : omega k ^ 2 * n k = T P :> R by lra.
have -> : T P = (omega k * sqrt (n k)) ^ 2 by rewrite T_c {1}e2; congr (_ ^ 2); field; lra.
by rewrite root_sqr.
Qed.

(** In all: equal above the threshold, too small below it, undefined from c^2 down. *)
Theorem constants_with_weights k :
  [/\ T P < omega k ^ 2 * n k -> omega k * n k / N * c2 (t_of k) = g k (feature_norm2 k),
      c ^ 2 < omega k ^ 2 * n k -> omega k ^ 2 * n k <= T P ->
      omega k * n k / N * c2 (t_of k) <= g k 0
    & omega k ^ 2 * n k <= c ^ 2 -> t_of k <= 0].
Proof.
split=> [gt|lt [below|e]|le]; first exact: constants_above.
- by left; exact: constants_below.
- right; have below : omega k ^ 2 * n k <= T P by right.
  have slope : c / (omega k * sqrt (n k)) = (K - 1) / K.
    apply: Rle_antisym; last exact: below_slope.
    apply: Rnot_lt_le => lt2; have := T_c P; rewrite -e -{1}(root_sqr k) => e2.
    have s0 := root_gt0 k; have c0 := c_gt0 P.
    have es : omega k * sqrt (n k) = c * K / (K - 1).
      apply: sqr_inj; [by left | | exact: e2].
      by left; apply: Rdiv_lt_0_compat; [apply: Rmult_lt_0_compat|]; lra.
    have e3 : c / (c * K / (K - 1)) = (K - 1) / K by field; lra.
    by move: lt2; rewrite es e3; lra.
  rewrite c2_bracket // slope bracket_uniform /g Rmult_0_r Ropp_0 exp_0 !Rmult_0_r Rplus_0_r
    Rmult_1_r.
  by have -> : 1 + (K - 1) = K by ring.
have s0 := root_gt0 k; have c0 := c_gt0 P.
have sc : omega k * sqrt (n k) <= c.
  by apply: Rsqr_incr_0; rewrite ?Rsqr_pow2 ?root_sqr //; lra.
rewrite /t_of; suff : omega k * sqrt (n k) / c <= 1 by lra.
by apply: (Rmult_le_reg_r c) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
Qed.

(** (38), "for any c_1 > 0": the constants are undefined from omega_k sqrt n_k on. *)
Theorem eq38_undefined k : exists c1, 0 < c1 /\ let t :=
  omega k * sqrt (n k) / c1 - 1 in ~ 0 < (1 + t) / t.
Proof.
have s0 := root_gt0 k; exists (2 * (omega k * sqrt (n k))); split; [lra | cbv zeta].
have -> : omega k * sqrt (n k) / (2 * (omega k * sqrt (n k))) - 1 = - (1 / 2).
  by field; have := omega_gt0 k; have := sqrt_n_gt0 k; lra.
by rewrite (_ : (1 + - (1 / 2)) / - (1 / 2) = -1); [lra | field].
Qed.

(** Without weights. *)
Theorem constants_corrected : unweighted P -> forall k,
  [/\ T P < n k -> n k / N * c2 (t_of k) = g k (feature_norm2 k),
      c ^ 2 < n k -> n k <= T P -> n k / N * c2 (t_of k) <= g k 0
    & n k <= c ^ 2 -> t_of k <= 0].
Proof.
move=> one k; have := constants_with_weights k.
by rewrite (unweighted_count k one) (one k) Rmult_1_l.
Qed.
End Step4.

Theorem constants_refuted :
  ~ forall (P : problem) (k : 'I_(classes P)), unweighted P -> c P ^ 2 < count k ->
      count k / N P * c2 P (t_of k) = g k (feature_norm2 k).
Proof.
move=> claim; pose P := example_below; pose k : 'I_(classes P) := @nth_class P 0 isT.
have T2 : T P = 2 := T_below; have nk : INR (count k) = 1 by [].
have cc : c P ^ 2 < count k.
  have : T P = c P ^ 2 * 4.
    rewrite T_c (_ : INR (classes P) = 2); last by rewrite /=; ring.
    by field.
  by rewrite T2 nk; lra.
have lt : count k < T P by rewrite nk T2; lra.
have one : unweighted P by [].
have e := unweighted_count k one; rewrite -e in cc lt.
have := claim P k one; rewrite -{1}e => /(_ cc); have := constants_below cc lt.
by rewrite /feature_norm2 (M_below (Rlt_le _ _ lt)) Rmult_0_r (one k) Rmult_1_l; lra.
Qed.

(** ** Lemma 2 *)

(** The left side of (47) at a point: c_1 as class k would have it. *)
Definition side47 (P : problem) d (H : features P d) (k : 'I_(classes P)) : R :=
  omega k * sqrt (count k) / (1 + 1 / (classes P - 1) * exp (growth k * norm2 (mean H k))).

(** "(44)-(47) hold at every global minimiser": (47) does not where classes collapse. *)
Theorem lemma2_minimum_refuted :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall k l : 'I_(classes P), side47 H k = side47 H l.
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists example_complete.
pose k : 'I_(classes example_complete) := @nth_class example_complete 0 isT.
pose l : 'I_(classes example_complete) := @nth_class example_complete 1 isT.
have zero m : count (p := example_complete) m <= 2 -> norm2 (mean H m) = 0.
  move=> le; apply: norm2_zero; apply/(collapse ((theorem1 W H room).1 least).2).
  by rewrite unweighted_count // T_complete; lra.
have nk : INR (count k) = 2 by rewrite /=; ring.
have nl : INR (count l) = 1 by [].
have K2 : INR (classes example_complete) = 2 by rewrite /=; ring.
have one : unweighted example_complete by [].
have := claim _ _ W H one (leqnn _) least k l.
rewrite /side47 !one !Rmult_1_l (zero k) ?(zero l) ?nk ?nl ?K2; try lra.
rewrite !Rmult_0_r exp_0 sqrt_1 (_ : 1 + 1 / (2 - 1) * 1 = 2); last by field.
have := sqrt_lt_1 1 2 ltac:(lra) ltac:(lra) ltac:(lra); rewrite sqrt_1.
lra.
Qed.

(** Instead: c where omega_k^2 n_k >= T, and less below. *)
Lemma side47_at (P : problem) d (W : classifiers P d) (H : features P d) :
  (active P <= d)%N -> global_minimiser W H -> forall k : 'I_(classes P),
  (T P <= omega k ^ 2 * count k -> side47 H k = c P) /\
  (omega k ^ 2 * count k < T P -> side47 H k < c P).
Proof.
move=> room least k; have K2 := K_ge2 P; have s0 := root_gt0 k; have c0 := c_gt0 P.
have below : omega k ^ 2 * count k <= T P -> side47 H k
  = omega k * sqrt (count k) * ((classes P - 1) / classes P).
  move=> le; rewrite /side47 norm2_zero; first by rewrite Rmult_0_r exp_0; field; lra.
  by apply/(collapse ((theorem1 W H room).1 least).2).
have share := share_gt0 P.
have whole : c P * classes P / (classes P - 1) * ((classes P - 1) / classes P) = c P by field; lra.
split=> [ge|lt]; last first.
  rewrite (below (Rlt_le _ _ lt)) -whole; apply: Rmult_lt_compat_r => //.
  apply: Rnot_le_lt => le; have : T P <= omega k ^ 2 * count k; last by lra.
  rewrite T_c -(root_sqr k); apply: pow_incr; split=> //.
  by left; apply: Rdiv_lt_0_compat; [apply: Rmult_lt_0_compat|]; lra.
case: ge => [gt|e]; last first.
  rewrite below -?e; last by right.
  rewrite -whole; congr (_ * _); apply: sqr_inj; first by lra.
    by left; apply: Rdiv_lt_0_compat; [apply: Rmult_lt_0_compat|]; lra.
  by rewrite -T_c root_sqr.
have [eM _] := M_above gt.
rewrite /side47 (thm1_c room least) -/(norm_factor k) -Rmult_assoc growth_norm Rmult_1_l eM exp_ln.
  by field; lra.
rewrite -odds; have := above_slope gt; have := share_lt1 P; have := slope_gt0 k.
move=> a b e; apply: Rmult_lt_0_compat; first lra.
by apply: Rdiv_lt_0_compat; lra.
Qed.

(** (44), (45) and (46), t_k being that of (28), do hold; (47) as follows. *)
Theorem lemma2_with_weights (P : problem) d (W : classifiers P d) (H : features P d) :
  (active P <= d)%N -> global_minimiser W H -> let h := mean H in
  (forall k l : 'I_(classes P), k != l -> dot (h k) (h l) = 0) /\
  (forall k j, W k j = classifier_of h k j) /\
  (forall k,
    / ((classes P - 1) * exp (((\sum_m dot (W m) (h k)) - classes P * dot (W k) (h k))
    / (classes P - 1)))
     = 1 / (classes P - 1) * exp (growth k * norm2 (h k))) /\
  (forall k, T P <= omega k ^ 2 * count k -> side47 H k = c P) /\
  (forall k, omega k ^ 2 * count k < T P -> side47 H k < c P).
Proof.
move=> room least h; have K2 := K_ge2 P; split; last split; last split; last split.
- by move=> k l; exact: (thm1_b room least).
- by move=> k j; exact: (thm1_d room least).
- move=> k; rewrite (thm1_c room least) -/(norm_factor k) -Rmult_assoc growth_norm Rmult_1_l.
  rewrite -dot_suml (_ : dot _ _ = 0); last first.
    by apply: big1 => j _; rewrite (thm1_d_sum room least); ring.
  rewrite (thm1_e_own room least).
  have -> : (0 - classes P * ((classes P - 1) / classes P * M k)) / (classes P - 1) = - M k
    by field; lra.
  by rewrite exp_Ropp; have := exp_pos (M k); move=> e; field; lra.
- by move=> k; have [a _] := side47_at room least k.
by move=> k; have [_ b] := side47_at room least k.
Qed.

(** Without weights. *)
Theorem lemma2_minimum_corrected (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (active P <= d)%N -> global_minimiser W H -> let h := mean H in
  (forall k l : 'I_(classes P), k != l -> dot (h k) (h l) = 0) /\
  (forall k j, W k j = classifier_of h k j) /\
  (forall k,
    / ((classes P - 1) * exp (((\sum_m dot (W m) (h k)) - classes P * dot (W k) (h k))
    / (classes P - 1)))
     = 1 / (classes P - 1) * exp (growth k * norm2 (h k))) /\
  (forall k, T P <= count k -> side47 H k = c P) /\ (forall k, count k < T P -> side47 H k < c P).
Proof.
move=> one room least h; have [a [b [e [f g']]]] := lemma2_with_weights room least.
split=> //; split=> //; split=> //.
by split=> k; have := f k; have := g' k; rewrite unweighted_count.
Qed.
