(** The class-means form of problem (4), one feature for each class: its loss, its
    global minimisers, and its derivatives there; and the multipliers of H >= 0,
    coordinate by coordinate, in both forms. *)

From Coq Require Import FunctionalExtensionality.
From NeuralCollapse Require Import Setting Gibbs Margins Factors LowerBound Theorem1 Attainment
  Structure Derivatives Remarks.

(** One coordinate's direction. *)
Definition axis_vector d (q : 'I_d) : vec d := fun j => if j == q then 1 else 0.

Lemma dot_axis d (u : vec d) q : dot u (axis_vector q) = u q.
Proof. by rewrite /dot (sum_only (j := q)) /axis_vector ?eqxx => [|j /negbTE ->]; ring. Qed.

(** ** In the samples form *)
Section Multipliers.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Arguments H : clear implicits.

(** Multipliers mu of H >= 0 at (W, H), with the conditions of Karush, Kuhn and Tucker
    on H: mu >= 0, mu H = 0, and the derivative of the loss in each entry of H is mu. *)
Definition multipliers_of (mu : features P d) : Prop :=
  forall (k : 'I_K) (i : 'I_(n k)) (q : 'I_d),
    [/\ 0 <= mu k i q, mu k i q * H k i q = 0
      & derivable_pt_lim (fun t => L0 W (moved H i (axis_vector q) t)) 0 (mu k i q)].

Lemma multipliers_unique mu : multipliers_of mu -> forall k i q, mu k i q = gradient W H k i q.
Proof.
move=> kkt k i q; have [_ _ lim] := kkt k i q.
by have := uniqueness_limite _ _ _ _ lim (gradient_of_loss W H i (axis_vector q)); rewrite dot_axis.
Qed.

Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Let h := mean H.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** The gradient at a global minimiser: what the other classes have in that coordinate. *)
Theorem gradient_at (k : 'I_K) (i : 'I_(n k)) q :
  gradient W H k i q = omega k * K * dual_factor P / (N P * (exp (M k) + (K - 1))) *
    (\sum_(m | m != k) (sqrt (n m) * h m q)).
Proof.
have N0 := N_gt0 P; have e0 := exp_pos (M k); have E0 : 0 < exp (M k) + (K - 1) by lra.
set S := \sum_(m | m != k) _.
have w : W k q = dual_factor P * ((K - 1) * (sqrt (n k) * h k q) - S).
  by rewrite (thm1_d room least) -/(dual_factor P) (sum_split k) -/S -/h; ring.
have mean_w : \sum_m (softmax (logits W (H k i)) m * W m q)
  = (exp (M k) - 1) * W k q / (exp (M k) + (K - 1)).
  rewrite (sum_ext (g := fun m => / (exp (M k) + (K - 1)) * W m q
    + (if m == k then (exp (M k) - 1) / (exp (M k) + (K - 1)) * W k q else 0))) => [|m].
    rewrite sumD sumZ (thm1_d_sum room least) (sum_only (j := k)) ?eqxx => [|m /negbTE -> //].
    by field; lra.
  by rewrite (softmax_at room least); case: eqP => [->|_]; field; lra.
have own : gradient W H k i q = omega k / N P * (- K * W k q / (exp (M k) + (K - 1)))
  + lambdaH P * h k q.
  by rewrite /gradient mean_w (thm1_a room least) -/(h k q); field; lra.
(* Along its own mean the gradient is zero: what remains of h_k cancels. *)
have cancel : h k q <> 0 ->
  omega k / N P * (K * dual_factor P * (K - 1) * sqrt (n k) / (exp (M k) + (K - 1))) = lambdaH P.
  move=> hk; have tk : T P < omega k ^ 2 * n k.
    by apply: Rnot_le_lt => le; apply: hk;
      apply: ((collapse ((theorem1 W H room).1 least).2 k).2 le).
  have [eM m0] := M_above tk; have c0 := c_gt0 P; have s0 := sqrt_n_gt0 k; have o0 := omega_gt0 k.
  have pos : 0 < (K - 1) * (omega k * sqrt (n k) / c P - 1).
    by apply: Rnot_le_lt => neg; move: m0; rewrite eM ln_undefined //; lra.
  have -> : exp (M k) + (K - 1) = (K - 1) * (omega k * sqrt (n k) / c P)
    by rewrite eM exp_ln //; ring.
  have cc := c_sqr P; have l0 := lW_gt0 P; have lh := lH_gt0 P.
  rewrite dual_factor_c.
  have -> : omega k / N P * (K * (c P / ((K - 1) * N P * lambdaW P)) * (K - 1) * sqrt (n k)
    / ((K - 1) * (omega k * sqrt (n k) / c P))) = K / (K - 1) / (N P ^ 2 * lambdaW P) * c P ^ 2
    by field; lra.
  by rewrite cc; field; lra.
rewrite own w; case: (Req_dec (h k q) 0) => [->|/cancel <-]; field; lra.
Qed.

Lemma others_ge0 (k : 'I_K) q : 0 <= \sum_(m | m != k) (sqrt (n m) * h m q).
Proof.
apply: (big_ind (fun x => 0 <= x)) => [|x y ? ?|m _]; [lra | lra |].
apply: Rmult_le_pos; first exact: sqrt_pos.
by rewrite /h -(thm1_a room least (sample0 m)); case: least => H0 _; exact: H0.
Qed.

(** They are multipliers, and the only ones. *)
Theorem multipliers_exist : multipliers_of (gradient W H).
Proof.
move=> k i q; have N0 := N_gt0 P; have e0 := exp_pos (M k).
have f0 : 0 <= omega k * K * dual_factor P / (N P * (exp (M k) + (K - 1))).
  left; apply: Rdiv_lt_0_compat; last by apply: Rmult_lt_0_compat => //; lra.
  by apply: Rmult_lt_0_compat (dual_factor_gt0 P); apply: Rmult_lt_0_compat (omega_gt0 k) _; lra.
split; last by have := gradient_of_loss W H i (axis_vector q); rewrite dot_axis.
  by rewrite gradient_at; apply: Rmult_le_pos => //; exact: others_ge0.
rewrite gradient_at (thm1_a room least) -/(h k q) Rmult_assoc.
suff -> : (\sum_(m | m != k) (sqrt (n m) * h m q)) * h k q = 0 by rewrite Rmult_0_r.
rewrite big_distrl /= big1 // => m mk.
have [_ e] := text4_gof room least q mk; rewrite -/(h m q) -/(h k q) in e.
by rewrite Rmult_assoc e Rmult_0_r.
Qed.
End Multipliers.

(** ** In the class-means form *)
Section Means.
Variables (P : problem) (d : nat).
Notation K := (classes P).
Notation n := (count (p := P)).

(** The loss of the class-means form: one feature h_k for each class. *)
Definition Lmeans (W : classifiers P d) (h : 'I_K -> vec d) : R :=
  (\sum_k (omega k * n k * CE (logits W (h k)) k)) / N P
  + lambdaW P / 2 * (\sum_k norm2 (W k))
  + lambdaH P / 2 * (\sum_k (n k * norm2 (h k))).

Definition means_minimiser (W : classifiers P d) (h : 'I_K -> vec d) : Prop :=
  (forall k j, 0 <= h k j) /\
  forall (W' : classifiers P d) (h' : 'I_K -> vec d), (forall k j, 0 <= h' k j) ->
  Lmeans W h <= Lmeans W' h'.

(** Every sample with its class's feature: the same loss. *)
Definition repeated (h : 'I_K -> vec d) : features P d := fun k _ => h k.

Lemma repeated_loss W h : L0 W (repeated h) = Lmeans W h.
Proof.
rewrite /L0 /Lmeans; congr (_ / _ + _ + _ * _); apply: sum_ext => k;
  rewrite /repeated sum_constn; ring.
Qed.

Lemma mean_repeated h k j : mean (repeated h) k j = h k j.
Proof. by rewrite /mean /repeated sum_constn; field; have := n_gt0 k; lra. Qed.

(** Its global minimisers are those of the samples form. *)
Theorem means_least W h :
  (active P <= d)%N -> means_minimiser W h -> global_minimiser W (repeated h).
Proof.
move=> room [h0 least]; have [W0 [H0 [pos e]]] := attained_of_room room.
have s := (equality_iff W0 pos).1 e.
have least0 : global_minimiser W0 H0 by apply/(minimum_is_Lstar W0 H0 room).
have same : H0 = repeated (mean H0).
  apply: functional_extensionality_dep => k; apply: functional_extensionality => i.
  by apply: functional_extensionality => j; exact: (thm1_a room least0).
apply/(minimum_is_Lstar _ _ room); split; first by move=> k i j; exact: h0.
apply: Rle_antisym; last by apply: lower_bound => k i j; exact: h0.
rewrite repeated_loss -e same repeated_loss; apply: least => k j.
by rewrite -(thm1_a room least0 (sample0 k)); exact: pos.
Qed.

(** Class k's feature, moved by t times e; the others stay. *)
Definition moved_mean (h : 'I_K -> vec d) (k : 'I_K) (e : vec d) (t : R) : 'I_K -> vec d :=
  fun l j => h l j + t * (if l == k then e j else 0).

(** The derivative of the loss where all samples of class k move together. *)
Theorem slope_of_means W h (k : 'I_K) (e : vec d) :
  derivable_pt_lim (fun t => Lmeans W (moved_mean h k e t)) 0
  (\sum_i dot (gradient W (repeated h) k i) e).
Proof.
have N0 := N_gt0 P.
pose slopeCE := \sum_m (softmax (logits W (h k)) m * dot (W m) e) - dot (W k) e.
have -> : \sum_i dot (gradient W (repeated h) k i) e =
    / N P * (omega k * n k * slopeCE) + 0 + lambdaH P / 2 * (n k * (2 * dot (h k) e)).
  rewrite (sum_ext (g := fun=> slopeCE * omega k / N P + lambdaH P * dot (h k) e)) ?sum_constn =>
    [|i]; first by field; lra.
  by rewrite -slope_gradient /slope /repeated -/slopeCE; field; lra.
have only (a : R) : \sum_l (if l == k then a else 0) = a.
  by rewrite (sum_only (j := k)) ?eqxx // => l /negbTE ->.
rewrite /Lmeans; apply: limit_add; first apply: limit_add; last 2 first.
- exact: limit_const.
- apply: limit_scal; rewrite -[X in derivable_pt_lim _ _ X]only.
  apply: limit_sum => l; case: (eqVneq l k) => [->|lk].
    apply: limit_scal; apply: (limit_eq (f := fun t => norm2 (fun j => h k j + t * e j)));
      last exact: limit_norm2.
    by move=> t; rewrite /moved_mean eqxx.
  apply: (limit_eq (f := fct_cte (n l * norm2 (h l)))); last exact: derivable_pt_lim_const.
  by move=> t; rewrite /moved_mean (negbTE lk) /fct_cte; congr (_ * _); apply: dot_ext => j; ring.
apply: (limit_eq (f := fun t =>
  / N P * \sum_l (omega l * n l * CE (logits W (moved_mean h k e t l)) l))).
  by move=> t; rewrite Rmult_comm.
apply: limit_scal; rewrite -[X in derivable_pt_lim _ _ X]only.
apply: limit_sum => l; case: (eqVneq l k) => [->|lk].
  apply: limit_scal;
    apply: (limit_eq (f := fun t => CE (fun m => logits W (h k) m + t * dot (W m) e) k));
    last exact: limit_CE.
  move=> t; congr (CE _ k); apply: functional_extensionality => m.
  by rewrite /logits /moved_mean eqxx /dot -sumZ -sumD; apply: sum_ext => j; ring.
apply: (limit_eq (f := fct_cte (omega l * n l * CE (logits W (h l)) l)));
  last exact: derivable_pt_lim_const.
move=> t; rewrite /fct_cte; congr (_ * CE _ l); apply: functional_extensionality => m.
by rewrite /logits /moved_mean (negbTE lk); apply: dot_ext => // j; ring.
Qed.

(** At a global minimiser, in a coordinate q that class j uses. *)
Theorem means_multipliers W h : (active P <= d)%N -> means_minimiser W h ->
  forall (k j : 'I_K) q, k != j -> 0 < h j q ->
  derivable_pt_lim (fun t => Lmeans W (moved_mean h k (axis_vector q) t)) 0
    (omega k * n k / N P * (exp (- M k) / (1 + (K - 1) * exp (- M k))) * K
     * (sqrt (lambdaH P / lambdaW P) / sqrt (K * (K - 1))) * sqrt (n j) * h j q).
Proof.
move=> room least k j q kj hj; have least' := means_least room least.
have -> : h j q = mean (repeated h) j q by rewrite mean_repeated.
rewrite -(coordinate_with_weights room least' kj); last by rewrite mean_repeated.
rewrite -[X in derivable_pt_lim _ _ X](_ : \sum_i dot (gradient W (repeated h) k i)
  (axis_vector q) = _).
  exact: slope_of_means.
by apply: sum_ext => i; rewrite dot_axis.
Qed.
End Means.
