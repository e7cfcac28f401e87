(** Theorem 1: the loss is L* exactly at the points of its structure. *)

From NeuralCollapse Require Import Setting Gibbs Identity Duality Margins Factors.

Section Theorem1.
Variables (P : problem) (d : nat).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation best := (@best P).
Notation r k := (sqrt (n k)).
Variables (W : classifiers P d) (H : features P d).
Arguments H : clear implicits.
Hypothesis H0 : feasible H.

Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

Lemma sample0 (k : 'I_K) : 'I_(n k).
Proof. exact: (Ordinal (count_ge1 k)). Qed.

(** Where every sample of class k has the features h_k. *)
Section Equal.
Variable h : 'I_K -> vec d.
Hypothesis Hh : forall k i j, H k i j = h k j.
Arguments Hh : clear implicits.

Lemma feature_sum_equal k j : feature_sum H k j = n k * h k j.
Proof. by rewrite /feature_sum (sum_ext (fun i => Hh k i j)) sum_constn. Qed.

Lemma features_norm2_equal k : features_norm2 H k = n k * norm2 (h k).
Proof.
by rewrite -sum_constn; apply: sum_ext => i; apply: dot_ext => j; rewrite Hh.
Qed.

Lemma logits_equal k i m : logits W (H k i) m = dot (W m) (h k).
Proof. by apply: dot_ext. Qed.

(** The classifiers called for, where the slope is c/(omega_k sqrt n_k) or h_k = 0. *)
Hypothesis scale : forall k j, omega k * best k * r k * h k j = c P * h k j.

Lemma y_equal k j : y best H k j = c P * (r k * h k j).
Proof.
rewrite /y feature_sum_equal.
have -> : c P * (r k * h k j) = r k * (omega k * best k * r k * h k j) by rewrite scale; ring.
by rewrite -{1}(sqrt_n_sqr k); ring.
Qed.

Lemma v_equal k j : v best H k j = classifier_of h k j.
Proof.
rewrite /classifier_of -/(dual_factor P) dual_factor_c /v /Y.
rewrite (sum_ext (fun m => y_equal m j)) y_equal sumZ; field.
by have := N_gt0 P; have := lW_gt0 P; lra.
Qed.

End Equal.

Lemma structure_of_minimum : L0 W H = Lstar P -> structure W H (mean H).
Proof.
rewrite Lstar_D => /(no_gap_iff W H0 (@best_feasible P)) [logits0 classifier0 orth0 within0 coll0].
have q1 := kappa1_gt0 P; have q2 := kappa2_gt0 P; have N0 := N_gt0 P.
pose h := mean H; rewrite -/h.
(* (a), from the fourth term *)
have a k i j : H k i j = h k j.
  have e : \sum_m ((omega m * best m) ^ 2 * (n m * features_norm2 H m - norm2 (feature_sum H m)))
    = 0.
    by case/Rmult_integral: within0; lra.
  have := sum_eq0 (within_class_part_ge0 best H) e k.
  case/Rmult_integral => [/sqr_eq0/Rmult_integral|]; first by have := best_gt0 k;
    have := omega_gt0 k; lra.
  by move=> e2; apply: vector_spread_eq0 => //; exact: count_ge1.
(* the slope is c/(omega_k sqrt n_k) unless h_k = 0, from the fifth term *)
have scale k j : omega k * best k * r k * h k j = c P * h k j.
  have e : \sum_m ((c P ^ 2 - (omega m * best m) ^ 2 * n m) * features_norm2 H m) = 0.
    by case/Rmult_integral: coll0; lra.
  have := sum_eq0 (collapsed_part_ge0 H (@best_feasible P)) e k.
  case/Rmult_integral => [e2|].
    congr (_ * _); apply: sqr_inj.
    - left; apply: Rmult_lt_0_compat; last exact: sqrt_n_gt0.
      by apply: Rmult_lt_0_compat; [exact: omega_gt0 | exact: best_gt0].
    - by left; exact: c_gt0.
    by rewrite (Rpow_mult_distr (_ * _)) sqrt_n_sqr; lra.
  rewrite (features_norm2_equal a) => /Rmult_integral [|/norm2_eq0 ->]; last ring.
  by have := n_gt0 k; lra.
(* (b), coordinate by coordinate, from the third term *)
have b0 k l : k != l -> forall j, h k j * h l j = 0.
  move=> kl j.
  have e : norm2 (Y best H) - \sum_m norm2 (y best H m) = 0 by case/Rmult_integral: orth0; lra.
  have := (crossed_eq0 (y_ge0 H0 (@best_feasible P))).1 e k l kl j.
  rewrite !(y_equal a scale).
  have -> : c P * (r k * h k j) * (c P * (r l * h l j)) =
            (c P * r k * (c P * r l)) * (h k j * h l j) by ring.
  case/Rmult_integral => // /Rmult_integral []; case/Rmult_integral.
  - by have := c_gt0 P; lra.
  - by have := sqrt_n_gt0 k; lra.
  - by have := c_gt0 P; lra.
  - by have := sqrt_n_gt0 l; lra.
have b k l : k != l -> dot (h k) (h l) = 0.
  by move=> kl; apply: big1 => j _; exact: b0.
(* (d), from the second term *)
have dual k j : W k j = classifier_of h k j.
  have e : \sum_m norm2 (fun j => W m j - v best H m j) = 0.
    by case/Rmult_integral: classifier0; [have := lW_gt0 P | ]; lra.
  have := norm2_eq0 (sum_eq0 (fun m => norm2_ge0 _) e k) j.
  by rewrite (v_equal a scale); lra.
have centred j : \sum_k W k j = 0.
  rewrite (sum_ext (fun k => dual k j)) /classifier_of sumZ sumB sum_constn.
  rewrite (sum_ext (g := fun k => K * (r k * h k j))) ?sumZ; first by ring.
  by move=> k; ring.
(* (e), from the first term *)
have gap k m : m != k -> dot (W k) (h k) - dot (W m) (h k) = M k.
  move=> mk.
  have ge0 l i : 0 <= logit_gap (logits W (H l i)) l (best l).
    by apply: logit_gap_ge0 => //; have := best_gt0 l; have := best_lt1 l; lra.
  have part0 l : 0 <= omega l * \sum_i logit_gap (logits W (H l i)) l (best l).
    by apply: Rmult_le_pos; [left; exact: omega_gt0 | exact: sum_ge0].
  have e : \sum_l (omega l * \sum_i logit_gap (logits W (H l i)) l (best l)) = 0.
    by case/Rmult_integral: logits0 => // /Rinv_neq_0_compat; lra.
  have {}e : \sum_i logit_gap (logits W (H k i)) k (best k) = 0.
    by have := sum_eq0 part0 e k; case/Rmult_integral => //; have := omega_gt0 k; lra.
  have := sum_eq0 (fun i => ge0 k i) e (sample0 k).
  move/logit_gap_eq0 => /(_ K2) e2.
  have {}e2 := e2 (conj (Rlt_le _ _ (best_gt0 k)) (best_lt1 k)) (best_gt0 k) m mk.
  by rewrite -(best_touches k) -!(logits_equal a (sample0 k)).
have own k : dot (W k) (h k) = (K - 1) / K * M k.
  have : \sum_m dot (W m) (h k) = 0.
    rewrite -dot_suml; apply: big1 => j _; rewrite centred; ring.
  rewrite (sum_ext (g := fun m => if m == k then dot (W k) (h k) else dot (W k) (h k) - M k)).
    by rewrite sum_but_one card_ord => e; field_simplify_eq; lra.
  by move=> m; case: eqP => [-> //|/eqP mk]; rewrite -(gap k m mk); ring.
(* (c), from (b), (d) and (e) *)
have c' k : norm2 (h k) = feature_norm2 k.
  rewrite /feature_norm2 -/(norm_factor k).
  have e := own k.
  have e2 : dot (W k) (h k) = dual_factor P * ((K - 1) * r k * norm2 (h k)).
    rewrite (dot_ext (u' := fun j => dual_factor P * (K * r k * h k j - \sum_m (r m * h m j)))
                     (v' := h k)) //; last by move=> j; exact: dual.
    rewrite dotZl dotBl dotZl dot_suml (sum_only (j := k)).
      by rewrite dotZl /norm2; ring.
    by move=> m mk; rewrite dotZl b //; ring.
  have f := factors k; have s0 := sqrt_n_gt0 k; have q0 := dual_factor_gt0 P.
  have k1 : K - 1 <> 0 by lra.
  apply: (Rmult_eq_reg_l (dual_factor P * ((K - 1) * r k))); last first.
    by apply: Rgt_not_eq; do 2 (apply: Rmult_lt_0_compat => //); lra.
  rewrite Rmult_assoc -e2 e.
  have -> : dual_factor P * ((K - 1) * r k) * (norm_factor k * M k) =
     (K * dual_factor P * r k * norm_factor k) * ((K - 1) / K * M k) by field; lra.
  by rewrite f; ring.
split=> //.
- move=> k m mk; have := gap k m mk; rewrite own => e.
  have -> : dot (W m) (h k) = (K - 1) / K * M k - M k by lra.
  by field; lra.
- (* collapse, from (c) *)
  move=> k; rewrite -M_eq0; have f0 := norm_factor_gt0 k; split=> [/norm2_zero|m0].
    by rewrite c' /feature_norm2 -/(norm_factor k) => /Rmult_integral; lra.
  by apply: norm2_eq0; rewrite c' /feature_norm2 m0; ring.
Qed.

Lemma minimum_of_structure h : structure W H h -> L0 W H = Lstar P.
Proof.
case=> a b c' dual _ own other coll.
have zero k : omega k ^ 2 * n k <= T P -> forall j, h k j = 0 by move/coll.
have scale k j : omega k * best k * r k * h k j = c P * h k j.
  case: (Rle_lt_dec (omega k ^ 2 * n k) (T P)) => nT; first by rewrite zero //; ring.
  by rewrite best_above //; field; have := omega_gt0 k; have := sqrt_n_gt0 k; lra.
have h0 k j : 0 <= h k j by rewrite -(a k (sample0 k)).
rewrite Lstar_D; apply/(no_gap_iff W H0 (@best_feasible P)); split.
- rewrite /logits_term big1 ?Rmult_0_l //; first by rewrite /Rdiv Rmult_0_l.
  move=> k _; rewrite [X in _ * X]big1 ?Rmult_0_r // => i _; apply: logit_gap_touch => //;
    last 2 first.
  + exact: best_gt0.
  + move=> m mk; rewrite !(logits_equal a) best_touches own other //; field; lra.
  by have := best_gt0 k; have := best_lt1 k; lra.
- rewrite /classifier_term big1 ?Rmult_0_r // => m _.
  by apply: norm2_zero => j; rewrite (v_equal a scale) dual; ring.
- rewrite /orthogonality_term (_ : norm2 _ - _ = 0) ?Rmult_0_r //.
  apply/(crossed_eq0 (y_ge0 H0 (@best_feasible P))) => k l kl j; rewrite !(y_equal a scale).
  have e : h k j * h l j = 0.
    by apply: (sum_eq0 _ (b k l kl)) => i; apply: Rmult_le_pos.
  have -> : c P * (r k * h k j) * (c P * (r l * h l j)) = 
            (c P * r k * (c P * r l)) * (h k j * h l j) by ring.
  by rewrite e; ring.
- rewrite /within_class_term big1 ?Rmult_0_r // => m _.
  rewrite (features_norm2_equal a) (_ : norm2 (feature_sum H m) = n m ^ 2 * norm2 (h m));
    first ring.
  by rewrite -norm2Z; apply: dot_ext => j; exact: feature_sum_equal.
rewrite /collapsed_term big1 ?Rmult_0_r // => m _.
case: (Rle_lt_dec (omega m ^ 2 * n m) (T P)) => nT.
  by rewrite (features_norm2_equal a) norm2_zero ?Rmult_0_r //; exact: zero.
by rewrite best_above // slope_sqr; ring.
Qed.

(** Equality, in every dimension. *)
Theorem equality_iff : L0 W H = Lstar P <-> structure W H (mean H).
Proof. by split; [exact: structure_of_minimum | exact: minimum_of_structure]. Qed.

End Theorem1.
