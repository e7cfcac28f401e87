(** Conjecture A for blocks of one and of two classes: at a local minimum, whatever d, such a block
    uses one coordinate, up to copies. *)

From NeuralCollapse Require Import Setting Gibbs Derivatives Landscape Valleys Blocks Alone.

Lemma softmax_lt K (z : 'I_K -> R) (m m' : 'I_K) : softmax z m < softmax z m' -> z m < z m'.
Proof.
move=> lt; apply: Rnot_le_lt => le; have S0 := sum_exp_gt0 z m.
suff : softmax z m' <= softmax z m by lra.
rewrite /softmax; apply: Rmult_le_compat_r; first by left; apply: Rinv_0_lt_compat.
by case: le => [/exp_increasing|->]; lra.
Qed.

Section LocalMinimum.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Arguments H : clear implicits.
Hypothesis least : local_minimiser W H.

Let feas k i j : 0 <= H k i j. Proof. by case: least => f _; exact: f. Qed.

(** ** Two classes that share a coordinate, and no other of theirs with a third *)
Section Pair.
Variables (k l : 'I_K) (i : 'I_(n k)) (s : 'I_(n l)) (j0 : 'I_d).
Hypothesis kl : k != l.
Hypothesis sharedk : H k i j0 <> 0.
Hypothesis sharedl : H l s j0 <> 0.
Hypothesis apart : forall m t j, m != k -> m != l -> H m t j <> 0 -> H k i j = 0 /\ H l s j = 0.

Let x j := H k i j.
Let y j := H l s j.
Let p := softmax (logits W (H k i)).
Let q := softmax (logits W (H l s)).
Let a := omega k * n k / (N P * lW).
Let b := omega l * n l / (N P * lW).
Let label (c m : 'I_K) : R := if m == c then 1 else 0.

Let p0 m : 0 < p m. Proof. by apply: softmax_gt0. Qed.
Let q0 m : 0 < q m. Proof. by apply: softmax_gt0. Qed.
Let p1 : \sum_m p m = 1. Proof. by apply: sum_softmax. Qed.
Let q1 : \sum_m q m = 1. Proof. by apply: sum_softmax. Qed.

Let share_gt0 c : 0 < omega c * n c / (N P * lW).
Proof.
have N0 := N_gt0 P; have w0 := lW_gt0 P; have o0 := omega_gt0 c; have n0 := n_gt0 c.
by apply: Rdiv_lt_0_compat; apply: Rmult_lt_0_compat.
Qed.

Let samples_equal c (t u : 'I_(n c)) m :
  softmax (logits W (H c t)) m = softmax (logits W (H c u)) m.
Proof.
rewrite /softmax; congr (exp _ / _).
  by apply: dot_ext => // j; exact: (within_class_local least).
by apply: sum_ext => e; congr exp; apply: dot_ext => // j; exact: (within_class_local least).
Qed.

Lemma pair_column j m : x j <> 0 \/ y j <> 0 ->
  W m j = a * (label k m - p m) * x j + b * (label l m - q m) * y j.
Proof.
move=> used; have N0 := N_gt0 P; have w0 := lW_gt0 P; apply: (Rmult_eq_reg_l lW); last lra.
rewrite (classifier_entry least).
rewrite (sum_ext (g := fun c =>
  (if c == k then omega k * (n k * ((label k m - p m) * x j)) else 0) +
  (if c == l then omega l * (n l * ((label l m - q m) * y j)) else 0))) => [|c].
  rewrite sumD (sum_only (j := k)) => [|c /negbTE -> //].
  rewrite [X in _ + X](sum_only (j := l)) => [|c /negbTE -> //]; rewrite !eqxx.
  by rewrite /a /b; field; lra.
case: (eqVneq c k) => [->|ck].
  rewrite (negbTE kl) Rplus_0_r -sum_constn; congr (_ * _); apply: sum_ext => t.
  by rewrite /x /p (samples_equal t i) (within_class_local least t i).
case: (eqVneq c l) => [->|cl].
  rewrite Rplus_0_l -sum_constn; congr (_ * _); apply: sum_ext => t.
  by rewrite /y /q (samples_equal t s) (within_class_local least t s).
rewrite big1 => [|t _]; first ring.
case: (Req_dec (H c t j) 0) => [->|h]; first ring.
by have [xj yj] := apart ck cl h; case: used.
Qed.

Let G := dot (H k i) (H l s).

Let G0 : 0 < G.
Proof.
have terms j : 0 <= x j * y j by apply: Rmult_le_pos; exact: feas.
apply: (sum_gt0 (j := j0) terms); apply: Rmult_lt_0_compat.
  by have := feas i j0; rewrite /x; lra.
by have := feas s j0; rewrite /y; lra.
Qed.

(** What two classes share makes a sample of the one look like the other, before any third. *)
Lemma other_of_pair m : m != k -> m != l -> q m <= q k.
Proof.
move=> /negbTE mk /negbTE ml; case: (Rle_lt_dec (q m) (q k)) => // lt; exfalso.
have value c : logits W (H l s) c =
    a * (label k c - p c) * G + b * (label l c - q c) * norm2 (H l s).
  rewrite /logits /G /norm2 /dot -!sumZ -sumD; apply: sum_ext => j; rewrite -/(x j) -/(y j).
  case: (Req_dec (y j) 0) => [->|yj]; first ring.
  by rewrite (pair_column c (or_intror yj)); ring.
move: (softmax_lt lt); rewrite !value /label eqxx mk ml (negbTE kl).
have a0 : 0 < a := share_gt0 k; have b0 : 0 < b := share_gt0 l.
have pk : p k < 1 by exact: p_lt1.
have first : 0 < a * G * (1 - p k + p m).
  by apply: Rmult_lt_0_compat; [exact: Rmult_lt_0_compat | have := p0 m; lra].
have second : 0 <= b * norm2 (H l s) * (q m - q k).
  apply: Rmult_le_pos; last lra.
  by apply: Rmult_le_pos; [lra | exact: norm2_ge0].
by nra.
Qed.

Let gamma := \sum_m (p m * q m) - q k - p l.

Lemma gamma_lt0 : gamma < 0.
Proof.
have le : \sum_m (p m * q m) - q k <= p l * (q l - q k).
  have -> : \sum_m (p m * q m) - q k = \sum_m (p m * (q m - q k)).
    rewrite (sum_ext (f := fun m => p m * (q m - q k))
      (g := fun m => p m * q m - q k * p m)) => [|m]; last ring.
    by rewrite sumB sumZ p1; ring.
  have <- : \sum_m (if m == l then p l * (q l - q k) else 0) = p l * (q l - q k).
    by rewrite (sum_only (j := l)) ?eqxx // => m /negbTE ->.
  apply: sum_le => m; case: (eqVneq m l) => [->|ml]; first lra.
  case: (eqVneq m k) => [->|mk]; first by right; ring.
  by have := p0 m; have := other_of_pair mk ml; nra.
have ql : q l < 1 by exact: p_lt1.
by have := p0 l; have := q0 k; rewrite /gamma; nra.
Qed.

Let alpha := 1 - 2 * p k + \sum_m (p m * p m).
Let alpha' := 1 - 2 * q l + \sum_m (q m * q m).

Lemma first_of_pair j : x j <> 0 ->
  (lH - omega k * a * alpha / N P) * x j = omega k * b * gamma / N P * y j.
Proof.
move=> xj; have N0 := N_gt0 P; have pos : 0 < H k i j by have := feas i j; rewrite /x in xj; lra.
have := gradient_at_positive least pos; rewrite /gradient -/p -/(x j).
rewrite (pair_column k (or_introl xj)) /label eqxx (negbTE kl).
rewrite (sum_ext (g := fun m => a * x j * ((if m == k then p k else 0) - p m * p m) +
  b * y j * ((if m == l then p l else 0) - p m * q m))) => [|m]; last first.
  rewrite (pair_column m (or_introl xj)) /label.
  by case: (eqVneq m k) => [->|_]; case: eqVneq => [->|_]; ring.
rewrite sumD !sumZ !sumB (sum_only (j := k)) ?eqxx => [|m /negbTE -> //].
rewrite (sum_only (j := l) (f := fun m => if m == l then p l else 0)) ?eqxx => [|m /negbTE -> //] e.
apply: Rminus_diag_uniq; rewrite -[RHS]e /alpha /gamma; field; lra.
Qed.

Lemma second_of_pair j : y j <> 0 ->
  (lH - omega l * b * alpha' / N P) * y j = omega l * a * gamma / N P * x j.
Proof.
move=> yj; have N0 := N_gt0 P; have pos : 0 < H l s j by have := feas s j; rewrite /y in yj; lra.
have := gradient_at_positive least pos; rewrite /gradient -/q -/(y j).
rewrite (pair_column l (or_intror yj)) /label eqxx (eq_sym l k) (negbTE kl).
rewrite (sum_ext (g := fun m => a * x j * ((if m == k then q k else 0) - p m * q m) +
  b * y j * ((if m == l then q l else 0) - q m * q m))) => [|m]; last first.
  rewrite (pair_column m (or_intror yj)) /label.
  by case: (eqVneq m k) => [->|_]; case: eqVneq => [->|_]; ring.
rewrite sumD !sumZ !sumB (sum_only (j := k)) ?eqxx => [|m /negbTE -> //].
rewrite (sum_only (j := l) (f := fun m => if m == l then q l else 0)) ?eqxx => [|m /negbTE -> //] e.
apply: Rminus_diag_uniq; rewrite -[RHS]e /alpha' /gamma; field; lra.
Qed.

(** Both classes use each of their coordinates, in one ratio. *)
Lemma one_ratio : exists rho, rho <> 0 /\
  forall j, x j <> 0 \/ y j <> 0 -> x j <> 0 /\ y j = rho * x j.
Proof.
have N0 := N_gt0 P; have g0 := gamma_lt0; have ok := omega_gt0 k; have ol := omega_gt0 l.
have a0 : 0 < a := share_gt0 k; have b0 : 0 < b := share_gt0 l.
pose f := omega k * b * gamma / N P; pose f' := omega l * a * gamma / N P.
have neg w v : 0 < w -> 0 < v -> w * v * gamma / N P < 0.
  move=> w0 v0; have := Rmult_lt_0_compat _ _ w0 v0 => wv.
  apply: (Rmult_lt_reg_r (N P)) => //; rewrite Rmult_0_l.
  by have -> : w * v * gamma / N P * N P = w * v * gamma by [field; lra]; nra.
have f0 : f < 0 by exact: neg.
have f0' : f' < 0 by exact: neg.
pose rho := (lH - omega k * a * alpha / N P) / f.
have proportional j : x j <> 0 -> y j = rho * x j.
  by move=> /first_of_pair; rewrite -/f => e; apply: (Rmult_eq_reg_l f); [rewrite -e /rho; field |];
    lra.
exists rho; split=> [rho0|j used].
  by have := proportional _ sharedk; rewrite rho0 Rmult_0_l.
have xj : x j <> 0.
  case: used => // yj xj0; have e := second_of_pair yj; have e0 := second_of_pair sharedl.
  have y0 : 0 < y j0 by have := feas s j0; rewrite /y; lra.
  have x0 : 0 < x j0 by have := feas i j0; rewrite /x; lra.
  rewrite xj0 Rmult_0_r in e; case: (Rmult_integral _ _ e) => // zero.
  move: e0; rewrite zero -/f' -/(x j0) Rmult_0_l => /esym /Rmult_integral; lra.
by split=> //; exact: proportional.
Qed.

(** Conjecture A for two classes. *)
Theorem pair_copies j j' : H k i j <> 0 \/ H l s j <> 0 -> H k i j' <> 0 \/ H l s j' <> 0 ->
  exists r, (forall m, W m j' = r * W m j) /\ (forall c t, H c t j' = r * H c t j).
Proof.
move=> used used'; have [rho [_ ratio]] := one_ratio.
have [xj yj] := ratio _ used; have [xj' yj'] := ratio _ used'; exists (x j' / x j); split=> [m|c t].
  by rewrite (pair_column m used) (pair_column m used') yj yj'; field.
case: (eqVneq c k) => [e|ck].
  move: t; rewrite e => t.
  rewrite (within_class_local least t i j) (within_class_local least t i j').
  by rewrite -/(x j) -/(x j'); field.
case: (eqVneq c l) => [e|cl].
  move: t; rewrite e => t.
  rewrite (within_class_local least t s j) (within_class_local least t s j').
  by rewrite -/(y j) -/(y j') yj yj'; field.
have zero e : x e <> 0 -> H c t e = 0.
  by move=> xe; case: (Req_dec (H c t e) 0) => // /(apart ck cl) [].
by rewrite !zero //; ring.
Qed.

End Pair.

(** Conjecture A for blocks of one and of two classes. *)
Theorem copies_in_block (k l : 'I_K) (i : 'I_(n k)) (s : 'I_(n l)) j :
  k = l \/ (exists i s j, H k i j <> 0 /\ H l s j <> 0) ->
  (forall m i s t j, m != k -> m != l -> H m t j <> 0 -> H k i j = 0 /\ H l s j = 0) ->
  H k i j <> 0 \/ H l s j <> 0 ->
  [/\ forall i', H k i' j <> 0, forall s', H l s' j <> 0
    & forall i' s' j', H k i' j' <> 0 \/ H l s' j' <> 0 ->
      exists r, (forall m, W m j' = r * W m j) /\ (forall m t, H m t j' = r * H m t j)].
Proof.
move=> block apart; case: (eqVneq k l) => [e|kl].
  move: s; rewrite -e in apart * => s used.
  have all t : H k t j <> 0.
    by case: used; rewrite ?(within_class_local least i t) ?(within_class_local least s t).
  split=> // i' s' j' used'; have h' : H k i j' <> 0.
    by case: used'; rewrite ?(within_class_local least i' i) ?(within_class_local least s' i).
  have alone m u q : H k i q <> 0 -> H m u q <> 0 -> m = k.
    move=> a b; apply/eqP; apply/negPn/negP => mk.
    by have [zero _] := apart m i i u q mk mk b; exact: a.
  by exists (H k i j' / H k i j); exact: (alone_copies least alone (all i) h').
case: block => [e|[i0 [s0 [j0 [hk hl]]]]] used; first by rewrite e eqxx in kl.
have sk : H k i j0 <> 0 by rewrite (within_class_local least i i0).
have sl : H l s j0 <> 0 by rewrite (within_class_local least s s0).
have here m t q : m != k -> m != l -> H m t q <> 0 -> H k i q = 0 /\ H l s q = 0.
  by move=> a b; exact: apart.
have [rho [rho0 ratio]] := one_ratio kl sk sl here.
have [hi e] := ratio _ used; split=> [i'|s'|i' s' j' used'].
- by rewrite (within_class_local least i' i).
- by rewrite (within_class_local least s' s) e; exact: Rmult_integral_contrapositive_currified.
apply: (pair_copies kl sk sl here used).
by rewrite (within_class_local least i i') (within_class_local least s s').
Qed.

End LocalMinimum.
