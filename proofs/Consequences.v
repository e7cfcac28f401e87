(** What the statements of the claims need beyond the theorems that they restate:
    from d >= K down to the room for the classes that stand, sums from single
    classes, and Theorem 1's point. *)

From NeuralCollapse Require Import Setting Margins Factors LowerBound Theorem1 Attainment Structure
  Proposition1 Corollary1 Corollary4.

(** d >= K is room enough. *)
Lemma room_enough (P : problem) d : (classes P <= d)%N -> (active P <= d)%N.
Proof. by apply: leq_trans; rewrite -[X in (_ <= X)%N]card_ord; exact: max_card. Qed.

(** Some class stands: the sum of sqrt(n_k) M_k is positive. *)
Lemma weights_gt0 (P : problem) : (exists m : 'I_(classes P), 0 < M m) -> 0 < weights P.
Proof.
by move=> [m m0]; apply: (sum_gt0 (j := m)) => [i|]; [exact: weight_ge0 | exact: weight_gt0].
Qed.

(** A positive maximum of 0 and x is x. *)
Lemma Rmax_gt0 x : 0 < Rmax 0 x <-> 0 < x.
Proof. by rewrite /Rmax; case: Rle_dec => h; split; lra. Qed.

Lemma Mbar_gt0 (P : problem) (k : 'I_(classes P)) : unweighted P ->
  (0 < M k <-> 0 < ln ((classes P - 1) * (sqrt (count k) / c P - 1))).
Proof. by move=> one; rewrite /M unweighted_root //; exact: Rmax_gt0. Qed.

(** The structure of Theorem 1 is had by some point, and every point that has it is a global
    minimiser. *)
Lemma structure_exists (P : problem) d : (classes P <= d)%N ->
  exists (W : classifiers P d) (H : features P d), feasible H /\ structure W H (mean H).
Proof.
move=> /room_enough room; have [W [H [H0 e]]] := attained_of_room room.
by exists W, H; split=> //; apply/(equality_iff W H0).
Qed.

Lemma structure_least (P : problem) d (W : classifiers P d) (H : features P d) :
  feasible H -> structure W H (mean H) ->
  L0 W H = Lstar P /\
  forall (W' : classifiers P d) (H' : features P d), feasible H' -> L0 W H <= L0 W' H'.
Proof.
move=> H0 s; have e := (equality_iff W H0).2 s; split=> // W' H' H'0.
by rewrite e; exact: lower_bound.
Qed.

(** The logits as a multiple of the SELI matrix: zero in complete collapse, and never else. *)
Lemma seli_factor (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (active P <= d)%N -> global_minimiser W H ->
  forall k l : 'I_(classes P), (count k < count l)%N ->
  forall a, (forall i m : 'I_(classes P),
    dot (W m) (mean H i) = a * ((if m == i then 1 else 0) - 1 / classes P)) ->
  a = 0.
Proof.
move=> one room least k l lt a e; have K2 := K_ge2 P.
case: (Rle_lt_dec (M l) 0) => ml; last first.
  by case: (text4_seli room least one lt); [exists l | exists a].
have e1 := e l l; rewrite eqxx (thm1_e_own room least) in e1.
have m0 : M l = 0 by have := M_ge0 l; lra.
have : a * (1 - 1 / classes P) = 0 by rewrite -e1 m0; ring.
case/Rmult_integral => // z; have := share_gt0 P.
have -> : (classes P - 1) / classes P = 1 - 1 / classes P by field; lra.
by lra.
Qed.

(** Corollary 1: what all classes share. *)
Section Balanced.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Hypothesis one : unweighted P.
Variable n0 : nat.
Hypothesis balanced : forall k, n k = n0.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

Lemma common_margin_ge0 : 0 <= common_margin P n0.
Proof. exact: Rmax_l. Qed.

Lemma common_margin_gt0 : 0 < common_margin P n0 <-> T P < n0.
Proof.
pose k := class0 P; rewrite -(M_common one balanced k) M_gt0 unweighted_count //.
by rewrite balanced.
Qed.

(** A positive multiple of a margin that all share. *)
Lemma common_factor a : 0 < a -> 0 <= a * common_margin P n0 /\
  (0 < a * common_margin P n0 <-> T P < n0).
Proof.
move=> a0; have m0 := common_margin_ge0; split; first by apply: Rmult_le_pos; lra.
rewrite -common_margin_gt0; split=> [lt|]; last exact: Rmult_lt_0_compat.
by apply: (Rmult_lt_reg_l a) => //; lra.
Qed.

Lemma root_n0 : 0 < sqrt n0.
Proof. by rewrite -(balanced (class0 P)); exact: sqrt_n_gt0. Qed.

Lemma balanced_of : exists a, (0 <= a /\ (0 < a <-> T P < n0)) /\
  forall k l, dot (mean H k) (mean H l) = a * (if k == l then 1 else 0).
Proof.
exists (common_norm2 P n0); split; last exact: (cor1_of room least one balanced).
have f := norm_factor_gt0 (class0 P); rewrite /norm_factor balanced in f.
exact: common_factor.
Qed.

Lemma balanced_duality : exists2 a, 0 < a &
  forall k j, W k j = a * (mean H k j - (\sum_m mean H m j) / K).
Proof.
exists (dual_factor P * K * sqrt n0); last exact: (cor1_duality room least balanced).
apply: Rmult_lt_0_compat root_n0; apply: Rmult_lt_0_compat; last lra.
exact: dual_factor_gt0.
Qed.

Lemma balanced_w : exists a, (0 <= a /\ (0 < a <-> T P < n0)) /\
  forall k l, dot (W k) (W l) = a * ((if k == l then 1 else 0) - 1 / K).
Proof.
exists (prefactor P * K ^ 2 * (sqrt n0 * common_margin P n0)); split;
  last exact: (cor1_etf_w room least one balanced).
rewrite -Rmult_assoc; apply: common_factor; apply: Rmult_lt_0_compat root_n0.
by apply: Rmult_lt_0_compat; [exact: prefactor_gt0 | apply: pow_lt; lra].
Qed.

Lemma balanced_z : exists a, (0 <= a /\ (0 < a <-> T P < n0)) /\
  forall k m, dot (W m) (mean H k) = a * ((if m == k then 1 else 0) - 1 / K).
Proof.
exists (common_margin P n0); split; last exact: (cor1_etf_z room least one balanced).
by have := common_factor Rlt_0_1; rewrite Rmult_1_l.
Qed.
End Balanced.

(** (18) with the largest class: then for all. *)
Lemma complete_of_largest (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (active P <= d)%N -> global_minimiser W H ->
  forall A : 'I_(classes P), (forall k : 'I_(classes P), (count k <= count A)%N) ->
  N P ^ 2 / count A >= (classes P - 1) / (classes P * lambdaW P * lambdaH P) ->
  (forall k j, W k j = 0) /\ (forall k i j, H k i j = 0).
Proof.
move=> one room least A largest ge; apply: (cor4_complete room least one) => k.
apply: Rge_trans ge; apply: Rle_ge; apply: Rmult_le_compat_l; first exact: pow2_ge_0.
apply: Rinv_le_contravar; first exact: n_gt0.
by apply: le_INR; apply/leP.
Qed.
