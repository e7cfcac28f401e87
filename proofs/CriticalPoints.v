(** Critical points of L1 subject to H >= 0: Lemma 1, (36), (38) and Lemma 2 at
    each of them, global or not; and (37). *)

From NeuralCollapse Require Import Setting Factors Margins Attainment Structure Derivatives Step4
  ProofSteps GradientL1 Step1 Step23.

(** The unit vector along coordinate q of class k's mean. *)
Definition unit_mean K d (k : 'I_K) (q : 'I_d) : 'I_K -> vec d :=
  fun l j => if (l == k) && (j == q) then 1 else 0.

(** Stationary in W; in H as Karush, Kuhn and Tucker have it: the slope along each coordinate is the
    multiplier of its constraint, non-negative, and zero where the coordinate is positive. *)
Record critical (P : problem) d (W : classifiers P d) (h : 'I_(classes P) -> vec d) : Prop := {
  critical_feasible : forall k j, 0 <= h k j;
  critical_W : forall U : classifiers P d, derivable_pt_lim
    (fun t => L1 (fun m j => W m j + t * U m j) h) 0 0;
  critical_H : forall k q, exists mu, [/\ 0 <= mu, mu * h k q = 0 &
    derivable_pt_lim (fun t => L1 W (fun l j => h l j + t * unit_mean k q l j)) 0 mu]
}.

Section Lemma1.
Variables (P : problem) (d : nat) (W : classifiers P d) (h : 'I_(classes P) -> vec d).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Notation N := (N P).
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** The slope of L1's first term where its exponents move with slopes e. *)
Definition slope_phi (e : 'I_K -> R) : R :=
  (\sum_k (omega k * n k * (/ (1 + (K - 1) * exp (exponent W k (h k)))
                  * ((K - 1) * (exp (exponent W k (h k)) * e k))))) / N.

Lemma exponent_line_W (U : classifiers P d) (k : 'I_K) (x : vec d) t :
  exponent (P := P) (fun m j => W m j + t * U m j) k x = exponent W k x + t * exponent U k x.
Proof.
have e m : dot (fun j => W m j + t * U m j) x = dot (W m) x + t * dot (U m) x.
  by rewrite /dot -sumZ -sumD; apply: sum_ext => j; ring.
by rewrite /exponent e (sum_ext e) sumD sumZ; field; lra.
Qed.

(** The slope of L1 where the classifiers move. *)
Theorem slope_of_L1_W (U : classifiers P d) :
  derivable_pt_lim (fun t => L1 (fun m j => W m j + t * U m j) h) 0
    (slope_phi (fun k => exponent U k (h k)) + lW * (\sum_k dot (W k) (U k))).
Proof.
have N0 := N_gt0 P.
have -> : slope_phi (fun k => exponent U k (h k)) + lW * (\sum_k dot (W k) (U k)) =
    / N * (\sum_k (omega k * n k * (/ (1 + (K - 1) * exp (exponent W k (h k)))
      * ((K - 1) * (exp (exponent W k (h k)) * exponent U k (h k))))))
    + lW / 2 * (\sum_k (2 * dot (W k) (U k))) + 0.
  by rewrite sumZ /slope_phi; field; lra.
rewrite /L1; apply: limit_add; last by exact: limit_const.
apply: limit_add; last by apply: limit_scal; apply: limit_sum => k; exact: limit_norm2.
apply: (limit_eq (f := fun t =>
  / N
  * \sum_k (omega k * n k * ln (1 + (K - 1) * exp (exponent W k (h k) + t * exponent U k (h k)))))).
  by move=> t; rewrite Rmult_comm; congr (_ * _); apply: sum_ext => k; rewrite exponent_line_W.
apply: limit_scal; apply: limit_sum => k; apply: limit_scal.
have at0 : exponent W k (h k) + 0 * exponent U k (h k) = exponent W k (h k) by ring.
have e0 := exp_pos (exponent W k (h k)).
have p0 : 0 < (K - 1) * exp (exponent W k (h k)) by apply: Rmult_lt_0_compat; lra.
have -> :
  / (1 + (K - 1) * exp (exponent W k (h k)))
  * ((K - 1) * (exp (exponent W k (h k)) * exponent U k (h k)))
  = / (1 + (K - 1) * exp (exponent W k (h k) + 0 * exponent U k (h k)))
    * ((K - 1) * (exp (exponent W k (h k) + 0 * exponent U k (h k)) * exponent U k (h k)))
    by rewrite at0.
apply: (limit_ln (f := fun t => 1 + (K - 1) * exp (exponent W k (h k) + t * exponent U k (h k)))).
  by rewrite at0; lra.
rewrite -[X in derivable_pt_lim _ _ X]Rplus_0_l; apply: limit_add; first exact: limit_const.
by apply: limit_scal; apply: limit_exp; exact: limit_affine.
Qed.

(** The slopes along the coordinates, each times its coordinate, add up to that along h itself. *)
Lemma dot_unit (k : 'I_K) (q : 'I_d) (w : vec d) (l : 'I_K) :
  dot w (unit_mean k q l) = if l == k then w q else 0.
Proof.
rewrite /dot (sum_only (j := q)) /unit_mean; first by rewrite eqxx andbT; case: ifP => _; ring.
by move=> j /negbTE ->; rewrite andbF; ring.
Qed.

(** Class k's part of the slope, as a linear function of its direction. *)
Let part (k : 'I_K) (x : vec d) : R :=
  omega k * n k * (/ (1 + (K - 1) * exp (exponent W k (h k)))
    * ((K - 1) * (exp (exponent W k (h k)) * exponent W k x))) / N
  + lH * (n k * dot (h k) x).

Lemma slope_parts (u : 'I_K -> vec d) : slope_L1 W h u = \sum_k part k (u k).
Proof. by rewrite /slope_L1 /part sumD sumZ /Rdiv sumZr. Qed.

Lemma part_sum (k : 'I_K) : part k (h k) = \sum_q (h k q * part k (unit_mean k q k)).
Proof.
have ex : exponent W k (h k) = \sum_q (h k q * exponent W k (unit_mean k q k)).
  rewrite (sum_ext (g := fun q => / (K - 1) * ((\sum_m (W m q * h k q)) - K * (W k q * h k q))));
    last first.
    move=> q; rewrite /exponent (sum_ext (fun m => dot_unit k q (W m) k)) dot_unit eqxx.
    rewrite sumZr; field; lra.
  by rewrite sumZ sumB sumZ sum_exchange /exponent /dot; field; lra.
rewrite /part.
set e := exponent W k (h k);
  set a := omega k * n k * (/ (1 + (K - 1) * exp e)) * ((K - 1) * exp e) / N.
rewrite (sum_ext (g := fun q => a * (h k q * exponent W k (unit_mean k q k))
  + lH * n k * (h k q * h k q))); last first.
  by move=> q; rewrite dot_unit eqxx /a /Rdiv; ring.
by rewrite sumD !sumZ -ex -/e -[\sum_q (h k q * h k q)]/(dot (h k) (h k)) /a /Rdiv; ring.
Qed.

Lemma slope_along_h : slope_L1 W h h = \sum_k \sum_q (h k q * slope_L1 W h (unit_mean k q)).
Proof.
rewrite slope_parts; apply: sum_ext => k; rewrite part_sum; apply: sum_ext => q; congr (_ * _).
rewrite slope_parts (sum_only (j := k)) // => l /negbTE lk.
have z (w : vec d) : dot w (unit_mean k q l) = 0 by rewrite dot_unit lk.
have ze : exponent W l (unit_mean k q l) = 0.
  by rewrite /exponent z big1 => [|m _]; [field; lra | exact: z].
by rewrite /part ze z /Rdiv; ring.
Qed.

(** Lemma 1. *)
Theorem lemma1 : critical W h -> \sum_k norm2 (W k) = lH / lW * (\sum_k (n k * norm2 (h k))).
Proof.
case=> h0 cW cH; have w0 := lW_gt0 P.
have eW := uniqueness_limite _ _ _ _ (slope_of_L1_W W) (cW W).
have eH : slope_L1 W h h = 0.
  rewrite slope_along_h; apply: big1 => k _; apply: big1 => q _.
  have [mu [_ zero lim]] := cH k q.
  by rewrite (uniqueness_limite _ _ _ _ (slope_of_L1 W h (unit_mean k q)) lim) Rmult_comm.
apply: (Rmult_eq_reg_l lW); last lra.
have -> : lW * (lH / lW * (\sum_k (n k * norm2 (h k)))) = lH * (\sum_k (n k * norm2 (h k)))
  by field; lra.
move: eH eW; rewrite /slope_L1 -/(slope_phi (fun k => exponent W k (h k))).
by rewrite -[\sum_k norm2 (W k)]/(\sum_k dot (W k) (W k))
  -[\sum_k (n k * norm2 (h k))]/(\sum_k (n k * dot (h k) (h k))); lra.
Qed.

Section Critical.
Hypothesis crit : critical W h.
Let h0 : forall k j, 0 <= h k j. Proof. by case: crit. Qed.

Theorem critical_eq36 c1 c3 : 0 < c1 -> (forall k, c1 < omega k * sqrt (n k)) -> 0 < c3 ->
  N * (K - 1) / c1 * (g_WH W h - constants_at P c1) >=
    - (c3 * lH / (2 * lW)) * sum_nx h - K * (K - 1) / (2 * c3) * sum_nx h.
Proof. by move=> c10 lt c30; apply: eq36 => //; exact: lemma1. Qed.

Theorem critical_eq38 c1 : 0 < c1 -> (forall k, c1 < omega k * sqrt (n k)) ->
  g_WH W h >= - c1 / N * sqrt (lH / lW * (K / (K - 1))) * sum_nx h + constants_at P c1.
Proof. by move=> c10 lt; apply: (eq38 (conj c10 lt)) => //; exact: lemma1. Qed.

(** Lemma 2, t_k being that of (28). *)
Theorem lemma2 :
  (exists c1, [/\ 0 < c1, forall k, c1 < omega k * sqrt (n k) &
     g_WH W h = - c1 / N * sqrt (lH / lW * (K / (K - 1))) * sum_nx h + constants_at P c1]) <->
  [/\ forall k l : 'I_K, k != l -> dot (h k) (h l) = 0,
      forall k j, W k j = sqrt (1 / (K * (K - 1))) * sqrt (lH / lW) *
        (K * sqrt (n k) * h k j - \sum_m (sqrt (n m) * h m j)),
      forall k, / ((K - 1) * exp (exponent W k (h k))) = 1 / (K - 1) * exp (growth k * norm2 (h k))
    & forall k l : 'I_K, own_c1 h k = own_c1 h l].
Proof.
rewrite -(lemma2_iff h0 (lemma1 crit)).
by split=> -[c1]; [case=> a b e; exists c1 | case=> -[a b] e; exists c1].
Qed.
End Critical.
End Lemma1.
