(** The claims about fewer coordinates than classes, each restated in full as one theorem under
    the claim's own name; as Statements.v explains. *)

From mathcomp Require Import binomial.
From NeuralCollapse Require Import Setting Dimension Limit Bottleneck Nested Subsets.

(** ** Fewer coordinates than classes *)
(** *** Within-class collapse *)
(** At every global minimiser, whatever d. *)
Theorem bottleneck_a (P : problem) d (W : classifiers P d) (H : features P d) :
  global_minimiser W H -> forall (k : 'I_(classes P)) (i i' : 'I_(count k)) j, H k i j = H k i' j.
Proof. by move=> least k i i' j; rewrite !(within_class_any least). Qed.

(** *** Stationary points *)
(** In no feasible direction does the loss fall to first order: then the classifiers add up to
    zero. *)
Theorem bottleneck_sum (P : problem) d (W : classifiers P d) (H : features P d) :
  feasible H ->
  (forall (U : classifiers P d) (V : features P d), feasible (fun k i j => H k i j + V k i j) ->
    forall slope, derivable_pt_lim (fun t =>
      L0 (fun k j => W k j + t * U k j) (fun k i j => H k i j + t * V k i j)) 0 slope ->
    0 <= slope) ->
  forall j, \sum_k W k j = 0.
Proof. by move=> feas low j; apply: sum_zero; split; [exact: feas | exact: low]. Qed.

(** The same of the decays: they are equal. *)
Theorem bottleneck_balance (P : problem) d (W : classifiers P d) (H : features P d) :
  feasible H ->
  (forall (U : classifiers P d) (V : features P d), feasible (fun k i j => H k i j + V k i j) ->
    forall slope, derivable_pt_lim (fun t =>
      L0 (fun k j => W k j + t * U k j) (fun k i j => H k i j + t * V k i j)) 0 slope ->
    0 <= slope) ->
  lambdaW P * (\sum_k norm2 (W k)) = lambdaH P * (\sum_k \sum_i norm2 (H k i)).
Proof. by move=> feas low; apply: decays_equal; split; [exact: feas | exact: low]. Qed.

(** *** The minimum lies strictly higher *)
(** [active P] is the number of classes with M_k > 0; [Lstar P] the minimum with as many
    coordinates. *)
Theorem bottleneck_strict (P : problem) d : (d < active P)%N -> exists2 eps, 0 < eps &
  forall (W : classifiers P d) (H : features P d), feasible H -> Lstar P + eps <= L0 W H.
Proof. exact: distance. Qed.

(** *** One coordinate, vanishing decays *)
(** The classes in descending order of omega_k n_k: no loss is below
    (1/N) sum_r omega n log r, whatever the decays, and where these are small enough some loss
    comes as near as one likes. *)
Theorem bottleneck_single (P : problem) (order : 'I_(classes P) -> 'I_(classes P)) :
  injective order ->
  (forall i j : 'I_(classes P), (i <= j)%N ->
    omega (order j) * count (order j) <= omega (order i) * count (order i)) ->
  let infimum :=
    (\sum_i (omega (order i) * count (order i) * ln (INR (nat_of_ord i).+1))) / N P in
  (forall lW lH (w0 : 0 < lW) (h0 : 0 < lH) (W : classifiers (with_decays P w0 h0) 1)
    (H : features (with_decays P w0 h0) 1), feasible H -> infimum <= L0 W H) /\
  forall e, 0 < e -> exists2 delta, 0 < delta &
    forall lW lH (w0 : 0 < lW) (h0 : 0 < lH), lW * lH < delta ->
    exists (W : classifiers (with_decays P w0 h0) 1) (H : features (with_decays P w0 h0) 1),
      feasible H /\ L0 W H <= infimum + e.
Proof.
move=> inj fall infimum; split=> [lW lH w0 h0 W H feas|e e0].
  exact: (@nested_below (with_decays P w0 h0) order inj fall W H feas).
exact: (nested_near inj e0).
Qed.

(** *** Subset designs *)
(** In the limit problem of vanishing decays and equal counts a cost below K q sqrt(1 - q/d) is
    reached, with d = 3 and q = 2. *)
Theorem bottleneck_subsets :
  ~ (forall d q : nat, (1 <= q < d)%N -> forall W h : 'I_('C(d, q)) -> vec d,
      (forall k j, 0 <= h k j) ->
      (forall k m : 'I_('C(d, q)), m != k -> 1 <= dot (W k) (h k) - dot (W m) (h k)) ->
      INR 'C(d, q) * q * sqrt (1 - q / d) <=
      ((\sum_k norm2 (W k)) + \sum_k norm2 (h k)) / 2).
Proof.
have three : 'C(3, 2) = 3%N by [].
move=> /(_ 3%N 2%N isT); rewrite three => all.
have [pos apart cost] := @alone 3 ltac:(rewrite /=; lra) 1 Rlt_0_1.
have := all _ _ pos apart; rewrite cost /= => le.
have s0 := sqrt_pos (1 - (1 + 1) / (1 + 1 + 1)).
have := sqrt_sqrt (1 - (1 + 1) / (1 + 1 + 1)) ltac:(lra).
move: le s0; set s := sqrt _ => le s0; nra.
Qed.

(** With a coordinate for each class, and q = 1, K sqrt(1 - 1/K) is the least cost; it is a bound
    whatever d. *)
Theorem bottleneck_subsets_corrected (K : nat) : (2 <= K)%N ->
  (forall d (W h : 'I_K -> vec d), (forall k j, 0 <= h k j) ->
    (forall k m : 'I_K, m != k -> 1 <= dot (W k) (h k) - dot (W m) (h k)) ->
    K * sqrt (1 - 1 / K) <= ((\sum_k norm2 (W k)) + \sum_k norm2 (h k)) / 2) /\
  exists W h : 'I_K -> vec K, [/\ forall k j, 0 <= h k j,
    forall k m : 'I_K, m != k -> 1 <= dot (W k) (h k) - dot (W m) (h k)
    & ((\sum_k norm2 (W k)) + \sum_k norm2 (h k)) / 2 = K * sqrt (1 - 1 / K)].
Proof.
move=> /leP /le_INR; rewrite [INR 2]/= => K2.
have a0 : 0 < 1 - 1 / K.
  have : 1 / K <= 1 / 2 by apply: Rmult_le_compat_l; [lra | apply: Rinv_le_contravar; lra].
  by lra.
set s := sqrt (1 - 1 / K); have s0 : 0 < s by exact: sqrt_lt_R0.
have ss : s * s = 1 - 1 / K by apply: sqrt_sqrt; lra.
split=> [d W h pos apart|].
  have -> : K * s = sqrt (K * (K - 1)).
    have -> : K * (K - 1) = (K * s) * (K * s).
      have -> : K * s * (K * s) = K * K * (s * s) by ring.
      by rewrite ss; field; lra.
    by rewrite sqrt_square //; apply: Rmult_le_pos; lra.
  exact: cost_ge.
have b0 : 0 < sqrt s by exact: sqrt_lt_R0.
have [pos apart cost] := @alone K K2 (sqrt s) b0.
eexists; eexists; split; [exact: pos | exact: apart | rewrite cost].
rewrite pow2_sqrt; last lra.
have -> : K - 1 = K * (s * s) by rewrite ss; field; lra.
by field; lra.
Qed.
