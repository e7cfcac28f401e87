(** Steps 2 and 3 of the paper's proof: the lower bounds (29), (30), (36) and (38)
    on g(WH) = L1 without its ridge terms, when they are attained, and Lemma 2. *)

From NeuralCollapse Require Import Setting Gibbs Factors Attainment Structure Step4 ProofSteps
  GradientL1 Step1.

Section Step23.
Variables (P : problem) (d : nat) (W : classifiers P d) (h : 'I_(classes P) -> vec d).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Notation N := (N P).
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** g of (23), and sum_k n_k x_k. *)
Definition g_WH : R := (\sum_k (omega k * n k * phi K (exponent W k (h k)))) / N.
Definition sum_nx : R := \sum_k (n k * norm2 (h k)).
(** t_k and sum_k (n_k/N) c_{2,k} where all classes have the same c_1. *)
Definition t_at (c1 : R) (k : 'I_K) : R := omega k * sqrt (n k) / c1 - 1.
Definition constants_at (c1 : R) : R := \sum_k (omega k * n k / N * c2 P (t_at c1 k)).
(** The c_1 for which all t_k are positive. *)
Definition admissible (c1 : R) : Prop := 0 < c1 /\ forall k, c1 < omega k * sqrt (n k).

Lemma L1_g : L1 W h = g_WH + lW / 2 * (\sum_k norm2 (W k)) + lH / 2 * sum_nx.
Proof. by []. Qed.

Section OneC1.
Variable c1 : R.
Hypothesis ok : admissible c1.
Let c10 : 0 < c1. Proof. by case: ok. Qed.

Lemma t_at_gt0 k : 0 < t_at c1 k.
Proof.
have lt := ok.2 k; rewrite /t_at; suff : 1 < omega k * sqrt (n k) / c1 by lra.
by apply: (Rmult_lt_reg_r c1) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
Qed.

(** The gap of (27) for class k. *)
Let gap27 k :=
  phi K (exponent W k (h k)) - (1 / (1 + t_at c1 k) * exponent W k (h k) + c2 P (t_at c1 k)).

Lemma gap27_ge0 k : 0 <= gap27 k /\
  (gap27 k = 0 <-> t_at c1 k = / ((K - 1) * exp (exponent W k (h k)))).
Proof.
have [ge eq] := eq27_28 P (exponent W k (h k)) (t_at_gt0 k).
by rewrite /gap27 /phi; split; [lra | rewrite -eq; split; lra].
Qed.

(** sum_m w_m h^_m, which all exponents come to. *)
Lemma exponents_hat :
  \sum_k (sqrt (n k) * exponent W k (h k)) = (\sum_m dot (W m) (h_hat h m)) / (K - 1).
Proof.
have e (m : 'I_K) : dot (W m) (h_hat h m) = \sum_k (sqrt (n k) * dot (W m) (h k))
  - K * (sqrt (n m) * dot (W m) (h m)).
  rewrite /h_hat dotBr dotZr dotZr dot_sumr; congr (_ - _).
  by apply: sum_ext => k; rewrite dotZr.
rewrite (sum_ext e) sumB sum_exchange sumZ /Rdiv Rmult_minus_distr_r -!sumZr -sumZ -sumZr -sumB.
by apply: sum_ext => k; rewrite /exponent sumZ; field; lra.
Qed.

Lemma gap29 : g_WH - constants_at c1 =
  (\sum_k (omega k * n k * gap27 k)) / N + c1 / (N * (K - 1)) * (\sum_m dot (W m) (h_hat h m)).
Proof.
have N0 := N_gt0 P.
have -> : c1 / (N * (K - 1)) * (\sum_m dot (W m) (h_hat h m))
  = \sum_k (c1 * sqrt (n k) * exponent W k (h k)) / N.
  have -> : c1 / (N * (K - 1)) * (\sum_m dot (W m) (h_hat h m))
    = c1 / N * ((\sum_m dot (W m) (h_hat h m)) / (K - 1)).
    by field; lra.
  by rewrite -exponents_hat -sumZ; apply: sum_ext => k; field; lra.
rewrite /g_WH /constants_at /Rdiv -!sumZr -sumB -sumD; apply: sum_ext => k.
have s0 := sqrt_n_gt0 k; have o0 := omega_gt0 k; have t0 := t_at_gt0 k.
have -> : c1 * sqrt (n k) = omega k * n k * (1 / (1 + t_at c1 k)).
  by have r0 := root_gt0 k; rewrite -{2}(sqrt_n_sqr k) /t_at; field; repeat split; lra.
by rewrite /gap27; field; lra.
Qed.

(** (29). *)
Theorem eq29 : N * (K - 1) / c1 * (g_WH - constants_at c1) >= \sum_m dot (W m) (h_hat h m).
Proof.
have N0 := N_gt0 P; rewrite gap29.
have ge : 0 <= \sum_k (omega k * n k * gap27 k).
  apply: sum_ge0 => k; apply: Rmult_le_pos; last exact: (gap27_ge0 k).1.
  by left; apply: Rmult_lt_0_compat; [exact: omega_gt0 | exact: n_gt0].
set q := \sum_k (omega k * n k * gap27 k) in ge *; set s := \sum_m dot (W m) (h_hat h m).
have -> : N * (K - 1) / c1 * (q / N + c1 / (N * (K - 1)) * s) = (K - 1) / c1 * q + s by field; lra.
have : 0 <= (K - 1) / c1 * q by apply: Rmult_le_pos => //; left; apply: Rdiv_lt_0_compat; lra.
lra.
Qed.

(** (30), with (31), its case of equality; for every c_3 > 0. *)
Lemma gap30 c3 : 0 < c3 ->
  \sum_m dot (W m) (h_hat h m) + c3 / 2 * (\sum_m norm2 (W m))
  + 1 / (2 * c3) * (\sum_m norm2 (h_hat h m)) =
  \sum_m (/ (2 * c3) * norm2 (fun j => c3 * W m j - - 1 * h_hat h m j)).
Proof.
move=> c30; rewrite -!sumZ -!sumD; apply: sum_ext => m.
by rewrite norm2B !norm2Z dotZl dotZr; field; lra.
Qed.

Theorem eq30_31 c3 : 0 < c3 ->
  \sum_m dot (W m) (h_hat h m) >= - (c3 / 2) * (\sum_m norm2 (W m))
  - 1 / (2 * c3) * (\sum_m norm2 (h_hat h m)) /\
  (\sum_m dot (W m) (h_hat h m) = - (c3 / 2) * (\sum_m norm2 (W m))
    - 1 / (2 * c3) * (\sum_m norm2 (h_hat h m)) <->
     forall m j, c3 * W m j = - h_hat h m j).
Proof.
move=> c30; have e := gap30 c30; have i0 : 0 < / (2 * c3) by apply: Rinv_0_lt_compat; lra.
have part m : 0 <= / (2 * c3) * norm2 (fun j => c3 * W m j - - 1 * h_hat h m j).
  by apply: Rmult_le_pos; [lra | exact: norm2_ge0].
have ge := sum_ge0 part; split; first by lra.
split=> [eq m j|all].
  have := sum_eq0 part (_ : _ = 0) m;
    rewrite -e => /(_ ltac:(lra)) /Rmult_integral [|/norm2_eq0 /(_ j)]; lra.
have z : \sum_m (/ (2 * c3) * norm2 (fun j => c3 * W m j - - 1 * h_hat h m j)) = 0.
  by apply: big1 => m _; rewrite norm2_zero ?Rmult_0_r // => j; rewrite all; ring.
by move: e; rewrite z; lra.
Qed.

(** (29) and (30) in one. *)
Theorem eq30 c3 : 0 < c3 ->
  [/\ N * (K - 1) / c1 * (g_WH - constants_at c1) >= \sum_m dot (W m) (h_hat h m),
      \sum_m dot (W m) (h_hat h m) >= - (c3 / 2) * (\sum_m norm2 (W m))
      - 1 / (2 * c3) * (\sum_m norm2 (h_hat h m))
    & \sum_m dot (W m) (h_hat h m) = - (c3 / 2) * (\sum_m norm2 (W m))
    - 1 / (2 * c3) * (\sum_m norm2 (h_hat h m)) <->
      forall m j, c3 * W m j = - h_hat h m j].
Proof. by move=> c30; have [a b] := eq30_31 c30; split=> //; exact: eq29. Qed.

(** ** (36)-(38), where (35) holds: ||W||^2 = (lH/lW) sum_k n_k x_k *)
Hypothesis h0 : forall k j, 0 <= h k j.
Hypothesis eq35 : \sum_k norm2 (W k) = lH / lW * sum_nx.

Theorem eq36 c3 : 0 < c3 ->
  N * (K - 1) / c1 * (g_WH - constants_at c1) >= - (c3 * lH / (2 * lW)) * sum_nx
  - K * (K - 1) / (2 * c3) * sum_nx.
Proof.
move=> c30; have [a _] := eq30_31 c30; have b := eq29; have [e _] := eq34 h0; rewrite -/sum_nx in e.
have i0 : 0 < 1 / (2 * c3) by apply: Rdiv_lt_0_compat; lra.
have := Rmult_le_compat_l _ _ _ (Rlt_le _ _ i0) e.
have -> : 1 / (2 * c3) * (K * (K - 1) * sum_nx) = K * (K - 1) / (2 * c3) * sum_nx by field; lra.
have w0 := lW_gt0 P; rewrite eq35 in a.
have -> : - (c3 * lH / (2 * lW)) * sum_nx = - (c3 / 2) * (lH / lW * sum_nx) by field; lra.
by lra.
Qed.

(** The c_3 of (37). *)
Definition c3_of37 : R := / dual_factor P.

Lemma c3_of37_gt0 : 0 < c3_of37.
Proof. by apply: Rinv_0_lt_compat; exact: dual_factor_gt0. Qed.

Lemma c3_of37_sqr : c3_of37 ^ 2 = lW / lH * (K * (K - 1)).
Proof.
have w0 := lW_gt0 P; have l0 := lH_gt0 P; have q0 := dual_factor_gt0 P.
have -> : c3_of37 ^ 2 = / dual_factor P ^ 2 by rewrite /c3_of37; field; lra.
by rewrite dual_factor_sqr; field; lra.
Qed.

(** sqrt ((lH/lW) (K/(K-1))), the factor of (38). *)
Lemma factor38 : sqrt (lH / lW * (K / (K - 1))) = K * dual_factor P.
Proof.
have w0 := lW_gt0 P; have l0 := lH_gt0 P; have q0 := dual_factor_gt0 P.
apply: sqr_inj; [exact: sqrt_pos | apply: Rmult_le_pos; lra |].
rewrite Rpow_mult_distr dual_factor_sqr sqr_sqrt; first by field; lra.
by apply: Rmult_le_pos; left; apply: Rdiv_lt_0_compat; lra.
Qed.

(** What g(WH) exceeds (38) by: the gaps of (27), of (30) and of (34). *)
Definition bound38 : R := - c1 / N * sqrt (lH / lW * (K / (K - 1))) * sum_nx + constants_at c1.

Lemma gap38 : g_WH - bound38 = (\sum_k (omega k * n k * gap27 k)) / N
  + c1 / (N * (K - 1))
  * ((\sum_m (/ (2 * c3_of37) * norm2 (fun j => c3_of37 * W m j - - 1 * h_hat h m j)))
      + / (2 * c3_of37) * (K * (K - 1) * sum_nx - \sum_m norm2 (h_hat h m))).
Proof.
have N0 := N_gt0 P; have w0 := lW_gt0 P; have l0 := lH_gt0 P; have q0 := dual_factor_gt0 P.
rewrite -(gap30 c3_of37_gt0) eq35 /bound38 factor38.
have := gap29; set q := \sum_k (omega k * n k * gap27 k); set s := \sum_m dot (W m) (h_hat h m).
set r := \sum_m norm2 (h_hat h m) => e.
have e2 : / c3_of37 * (K * (K - 1)) = c3_of37 * (lH / lW).
  have -> : K * (K - 1) = lH / lW * c3_of37 ^ 2 by rewrite c3_of37_sqr; field; lra.
  by have := c3_of37_gt0; move=> ?; field; lra.
have c30 := c3_of37_gt0.
have -> : s + c3_of37 / 2 * (lH / lW * sum_nx) + 1 / (2 * c3_of37) * r
  + / (2 * c3_of37) * (K * (K - 1) * sum_nx - r)
   = s + (/ c3_of37 * (K * (K - 1)) + c3_of37 * (lH / lW)) / 2 * sum_nx by field; lra.
rewrite e2.
have -> : c3_of37 * (lH / lW) = dual_factor P * (K * (K - 1)).
  by rewrite -e2 /c3_of37; field; lra.
have -> : g_WH - (- c1 / N * (K * dual_factor P) * sum_nx + constants_at c1) =
  (g_WH - constants_at c1) + c1 / N * (K * dual_factor P) * sum_nx by field; lra.
by rewrite e; field; lra.
Qed.

Theorem eq38 : g_WH >= bound38.
Proof.
have N0 := N_gt0 P; have c30 := c3_of37_gt0; have i0 : 0 < / (2 * c3_of37)
  by apply: Rinv_0_lt_compat; lra.
have a : 0 <= (\sum_k (omega k * n k * gap27 k)) / N.
  apply: Rmult_le_pos; last by left; apply: Rinv_0_lt_compat.
  apply: sum_ge0 => k; apply: Rmult_le_pos; last exact: (gap27_ge0 k).1.
  by left; apply: Rmult_lt_0_compat; [exact: omega_gt0 | exact: n_gt0].
have b : 0 <= \sum_m (/ (2 * c3_of37) * norm2 (fun j => c3_of37 * W m j - - 1 * h_hat h m j)).
  by apply: sum_ge0 => m; apply: Rmult_le_pos; [lra | exact: norm2_ge0].
have e : 0 <= / (2 * c3_of37) * (K * (K - 1) * sum_nx - \sum_m norm2 (h_hat h m)).
  by apply: Rmult_le_pos; [lra | have [] := eq34 h0; rewrite -/sum_nx; lra].
have f : 0 <= c1 / (N * (K - 1)).
  by left; apply: Rdiv_lt_0_compat => //; apply: Rmult_lt_0_compat; lra.
have := gap38; have := Rmult_le_pos _ _ f (Rplus_le_le_0_compat _ _ b e); lra.
Qed.

(** Equality in (38) at this c_1. *)
Lemma eq38_equal : g_WH = bound38 <->
  [/\ forall k l : 'I_K, k != l -> dot (h k) (h l) = 0,
      forall k j, W k j = classifier_of h k j
    & forall k, t_at c1 k = / ((K - 1) * exp (exponent W k (h k)))].
Proof.
have N0 := N_gt0 P; have c30 := c3_of37_gt0; have i0 : 0 < / (2 * c3_of37)
  by apply: Rinv_0_lt_compat; lra.
have q0 := dual_factor_gt0 P.
have on k : 0 < omega k * n k by apply: Rmult_lt_0_compat; [exact: omega_gt0 | exact: n_gt0].
have part k : 0 <= omega k * n k * gap27 k by apply: Rmult_le_pos;
  [exact: Rlt_le | exact: (gap27_ge0 k).1].
have partW m : 0 <= / (2 * c3_of37) * norm2 (fun j => c3_of37 * W m j - - 1 * h_hat h m j).
  by apply: Rmult_le_pos; [lra | exact: norm2_ge0].
have [ge34 orth] := eq34 h0; rewrite -/sum_nx in ge34 orth.
have a := sum_ge0 part; have b := sum_ge0 partW.
have e : 0 <= / (2 * c3_of37) * (K * (K - 1) * sum_nx - \sum_m norm2 (h_hat h m)).
  by apply: Rmult_le_pos; lra.
have f : 0 < c1 / (N * (K - 1)) by apply: Rdiv_lt_0_compat => //; apply: Rmult_lt_0_compat; lra.
have a' : 0 <= (\sum_k (omega k * n k * gap27 k)) / N by apply: Rmult_le_pos;
  [|left; apply: Rinv_0_lt_compat].
have be := Rmult_le_pos _ _ (Rlt_le _ _ f) (Rplus_le_le_0_compat _ _ b e).
have dual m j : c3_of37 * W m j - - 1 * h_hat h m j = c3_of37 * (W m j - classifier_of h m j).
  rewrite /classifier_of -/(dual_factor P) /h_hat /c3_of37; field; lra.
have gap := gap38; split=> [eq|[o du ts]].
  have z1 : \sum_k (omega k * n k * gap27 k) = 0.
    have /Rmult_integral [//|] : (\sum_k (omega k * n k * gap27 k)) * / N = 0
      by rewrite -/(_ / _); lra.
    by have := Rinv_0_lt_compat _ N0; lra.
  have /Rmult_integral [|z2] :
    c1 / (N * (K - 1))
    * ((\sum_m (/ (2 * c3_of37) * norm2 (fun j => c3_of37 * W m j - - 1 * h_hat h m j)))
      + / (2 * c3_of37) * (K * (K - 1) * sum_nx - \sum_m norm2 (h_hat h m))) = 0 by lra.
    by lra.
  split.
  - apply/orth; have /Rmult_integral [|] :
      / (2 * c3_of37) * (K * (K - 1) * sum_nx - \sum_m norm2 (h_hat h m)) = 0 by lra.
    + by lra.
    + by lra.
  - move=> m j; have := sum_eq0 partW (_ : _ = 0) m =>
      /(_ ltac:(lra)) /Rmult_integral [|/norm2_eq0 /(_ j)]; first lra.
    by rewrite dual => /Rmult_integral []; lra.
  move=> k; have := sum_eq0 part z1 k => /Rmult_integral [|]; first by have := on k; lra.
  by case: (gap27_ge0 k) => _ [].
have z1 : \sum_k (omega k * n k * gap27 k) = 0.
  by apply: big1 => k _; rewrite ((gap27_ge0 k).2.2 (ts k)); ring.
have z2 : \sum_m (/ (2 * c3_of37) * norm2 (fun j => c3_of37 * W m j - - 1 * h_hat h m j)) = 0.
  by apply: big1 => m _; rewrite norm2_zero ?Rmult_0_r // => j; rewrite dual du; ring.
by move: gap; rewrite z1 z2 (orth.2 o); lra.
Qed.
End OneC1.

(** ** Lemma 2 *)

(** The left side of (47): c_1 as class k would have it. *)
Definition own_c1 (k : 'I_K) : R :=
  omega k * sqrt (n k) / (1 + 1 / (K - 1) * exp (growth k * norm2 (h k))).

(** With (44) and (45) the exponents are as (50) has them. *)
Lemma exponent_at (k : 'I_K) :
  (forall k l : 'I_K, k != l -> dot (h k) (h l) = 0) -> (forall k j, W k j = classifier_of h k j) ->
  exponent W k (h k) = - (growth k * norm2 (h k)).
Proof.
move=> o du.
have e m : dot (W m) (h k) = dual_factor P * (K * (sqrt (n m) * dot (h m) (h k))
  - sqrt (n k) * norm2 (h k)).
  rewrite (dot_ext (du m) (fun=> erefl)) /classifier_of -/(dual_factor P).
  rewrite dotZl dotBl dotZl dot_suml (sum_only (j := k)); last by move=> l lk;
    rewrite dotZl o //; ring.
  by rewrite dotZl /norm2; ring.
have s : \sum_m dot (W m) (h k) = 0.
  rewrite (sum_ext e) sumZ sumB sum_constn sumZ (sum_only (j := k)); last by move=> l lk;
    rewrite o //; ring.
  by rewrite /norm2; ring.
have gr : growth k = K * dual_factor P * sqrt (n k).
  have f := factors k; have g1 := growth_norm k; have nf := norm_factor_gt0 k.
  by apply: (Rmult_eq_reg_r (norm_factor k)); lra.
by rewrite /exponent s e gr /norm2; field; lra.
Qed.

Lemma own_c1_admissible k : 0 < own_c1 k < omega k * sqrt (n k).
Proof.
have r0 := root_gt0 k; have e0 := exp_pos (growth k * norm2 (h k)).
have p0 : 0 < 1 / (K - 1) * exp (growth k * norm2 (h k)).
  by apply: Rmult_lt_0_compat => //; apply: Rdiv_lt_0_compat; lra.
split; first by apply: Rdiv_lt_0_compat; lra.
rewrite /own_c1; apply: (Rmult_lt_reg_r (1 + 1 / (K - 1) * exp (growth k * norm2 (h k))));
  first lra.
rewrite {1}/Rdiv Rmult_assoc Rinv_l; last lra.
by rewrite Rmult_1_r -{1}(Rmult_1_r (omega k * sqrt (n k))); apply: Rmult_lt_compat_l; lra.
Qed.

(** (38) is attained for some admissible c_1 exactly where (44)-(47) hold, t_k being that of
    (28). *)
Theorem lemma2_iff :
  (forall k j, 0 <= h k j) -> \sum_k norm2 (W k) = lH / lW * sum_nx ->
  (exists c1, admissible c1 /\ g_WH = bound38 c1) <->
  [/\ forall k l : 'I_K, k != l -> dot (h k) (h l) = 0,
      forall k j, W k j = classifier_of h k j,
      forall k, / ((K - 1) * exp (exponent W k (h k))) = 1 / (K - 1) * exp (growth k * norm2 (h k))
    & forall k l : 'I_K, own_c1 k = own_c1 l].
Proof.
move=> h0 eq35; have own k c1 : 0 < c1 ->
    (t_at c1 k = 1 / (K - 1) * exp (growth k * norm2 (h k)) <-> c1 = own_c1 k).
  move=> c10; have r0 := root_gt0 k; have e0 := exp_pos (growth k * norm2 (h k)).
  have p0 : 0 < 1 / (K - 1) * exp (growth k * norm2 (h k)).
    by apply: Rmult_lt_0_compat => //; apply: Rdiv_lt_0_compat; lra.
  rewrite /t_at /own_c1; move: (1 / (K - 1) * _) p0 (omega k * sqrt (n k)) r0 => t t0 r r0.
  by split=> [<-|->]; field; repeat split; lra.
split=> [[c1 [ok /(eq38_equal ok h0 eq35) [o du ts]]]|[o du t46 t47]].
  have e46 k : / ((K - 1) * exp (exponent W k (h k))) = 1 / (K - 1) * exp (growth k * norm2 (h k)).
    rewrite exponent_at // exp_Ropp; field; have := exp_pos (growth k * norm2 (h k)); lra.
  have c1_own m : c1 = own_c1 m by apply/(own _ _ ok.1); rewrite ts e46.
  by split=> // k l; rewrite -!c1_own.
pose c1 := own_c1 (class0 P); have [c10 _] := own_c1_admissible (class0 P).
have ok : admissible c1.
  by split=> // k; rewrite /c1 (t47 _ k); case: (own_c1_admissible k).
exists c1; split=> //; apply/(eq38_equal ok h0 eq35); split=> // k.
by rewrite t46; apply/(own k c1 c10); exact: t47.
Qed.
End Step23.
