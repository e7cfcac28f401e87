(** Where d >= K, a local minimum whose blocks have at most two classes is global, or has a
    coordinate twice; merging the two at constant loss leads to a point next to lower ones. Where
    K = 2 there are no other local minima. *)

From Coq Require Import Classical_Prop.
From NeuralCollapse Require Import Setting Factors Landscape Valleys Blocks Alone Disjoint Pairs.

Section LocalMinimum.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Arguments H : clear implicits.
Hypothesis least : local_minimiser W H.

Notation uses := (uses H).
(** No chain of three classes, each sharing a coordinate with the next. *)
Hypothesis small : forall k l m j j',
  uses k j -> uses l j -> uses l j' -> uses m j' -> [|| k == l, l == m | k == m].

Definition copies (i j : 'I_d) : Prop :=
  i != j /\ exists r, (forall k, W k j = r * W k i) /\ (forall k s, H k s j = r * H k s i).

Lemma all_samples k (i : 'I_(n k)) j : uses k j -> H k i j <> 0.
Proof. by case/usesP => t; rewrite (within_class_local least t i). Qed.
Arguments all_samples [k] i [j] _.

Lemma used_by k (i : 'I_(n k)) j : H k i j <> 0 -> uses k j.
Proof. by move=> h; apply/usesP; exists i. Qed.

(** A class that uses two coordinates uses the one as a copy of the other. *)
Theorem two_used k i j : i != j -> uses k i -> uses k j -> copies i j.
Proof.
move=> ij ki kj; split=> //; pose s := first_sample k.
have hi := all_samples s ki; have hj := all_samples s kj.
case: (pickP (fun lj : 'I_K * 'I_d => [&& lj.1 != k, uses lj.1 lj.2 & uses k lj.2])) =>
    [[l j0] /= /and3P [lk lj0 kj0]|none].
  pose t := first_sample l.
  have apart m u e : m != k -> m != l -> H m u e <> 0 -> H k s e = 0 /\ H l t e = 0.
    move=> mk ml h; have me := used_by h.
    split; [case: (Req_dec (H k s e) 0) => // he | case: (Req_dec (H l t e) 0) => // he]; exfalso.
      have := small me (used_by he) kj0 lj0.
      by rewrite (negbTE mk) (negbTE ml) eq_sym (negbTE lk).
    have := small me (used_by he) lj0 kj0.
    by rewrite (negbTE mk) (negbTE ml) (negbTE lk).
  have kl : k != l by rewrite eq_sym.
  exact: (pair_copies least kl (all_samples s kj0) (all_samples t lj0) apart (or_introl hi)
    (or_introl hj)).
have alone l u e : H k s e <> 0 -> H l u e <> 0 -> l = k.
  move=> a b; apply/eqP; apply/negPn/negP => lk.
  by have := none (l, e); rewrite /= lk (used_by a) (used_by b).
by exists (H k s j / H k s i); have [] := alone_copies least alone hi hj.
Qed.

(** Where d >= K: a local minimum that is not global has a coordinate twice. *)
Theorem small_blocks_copies : (K <= d)%N -> ~ global_minimiser W H -> exists i j, copies i j.
Proof.
move=> Kd not_global; have w0 := lW_gt0 P.
have every j : exists k, uses k j.
  case: (pickP (fun k => uses k j)) => [k kj|no]; first by exists k.
  have zero k i : H k i j = 0 by apply: unused; rewrite no.
  case: not_global; apply: (empty_global least (q := j)); split=> // m.
  apply: (Rmult_eq_reg_l lW); last lra.
  rewrite (classifier_entry least) big1 => [|k _]; first ring.
  by rewrite big1 => [|s _]; rewrite ?zero; ring.
pose own j := odflt (class0 P) [pick k | uses k j].
have ownP j : uses (own j) j.
  by rewrite /own; case: pickP => //= no; have [k] := every j; rewrite no.
case: (boolP (injectiveb own)) => [/injectiveP inj|/injectivePn [i [j ij e]]]; last first.
  by exists i, j; apply: (two_used (k := own i) ij) => //; rewrite e.
(* Some class is the own one of no coordinate: one that no coordinate serves, or that shares one. *)
have [b other] : exists b, (exists i j, copies i j) \/ forall j, own j != b.
  case: (pickP (fun k => [forall j, ~~ uses k j])) => [k /forallP dead|live].
    by exists k; right=> j; apply: contraTneq (ownP j) => ->; exact: dead.
  have lives k : exists j, uses k j.
    by have := live k; move/negbT; rewrite negb_forall => /existsP [j]; rewrite negbK; exists j.
  case: (pickP (fun klj : 'I_K * 'I_K * 'I_d => [&& klj.1.1 != klj.1.2, uses klj.1.1 klj.2
      & uses klj.1.2 klj.2])) => [[[k l] j0] /= /and3P [kl kj lj]|none]; last first.
    case: not_global; apply: all_live_global => //.
      move=> k l i s j a b; apply/eqP; apply/negPn/negP => kl.
      by have := none (k, l, j); rewrite /= kl (used_by a) (used_by b).
    by move=> k _; have [j /usesP [i h]] := lives k; exists i, j.
  have [b [bj bown]] : exists b, uses b j0 /\ own j0 != b.
    by case: (eqVneq (own j0) k) => [e|ne]; [exists l; rewrite e | exists k].
  exists b; case: (pickP (fun j => own j == b)) => [j /eqP e|no]; last by right=> j; rewrite no.
  left; exists j0, j; apply: (two_used (k := b)) => //; last by rewrite -e.
  by apply: contraNneq bown => ->; rewrite e.
case: other => // never.
have sub : codom own \subset predC1 b.
  by apply/subsetP => k /codomP [j ->]; rewrite inE.
have := subset_leq_card sub; rewrite card_codom // card_ord cardC1 card_ord => le.
have := leq_trans Kd le; have := classes_ge2 P; case: (K) => // m _.
by rewrite /= ltnn.
Qed.

End LocalMinimum.

(** ** What merging leads to *)
Section Merged.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Arguments H : clear implicits.
Variables (i j : 'I_d) (r : R).
Hypothesis feas : feasible H.
Hypothesis ij : i != j.
Hypothesis copyW : forall k, W k j = r * W k i.
Hypothesis copyH : forall k s, H k s j = r * H k s i.

(** The path's end, coordinate j empty, is no local minimum unless (W, H) was a global one. *)
Theorem merged_no_minimum : ~ global_minimiser W H ->
  ~ local_minimiser (fun k => mix i j (sqrt (1 + r ^ 2)) 0 (W k))
    (fun k s => mix i j (sqrt (1 + r ^ 2)) 0 (H k s)).
Proof.
move=> not_global end_least; apply: not_global; split=> // W' H' feas'.
have r2 := pow2_ge_0 r.
have circle : sqrt (1 + r ^ 2) ^ 2 + 0 ^ 2 = 1 + r ^ 2 by rewrite sqr_sqrt; [ring | lra].
rewrite -(merging ij copyW copyH circle).
have empty : empty_coordinate (fun k => mix i j (sqrt (1 + r ^ 2)) 0 (W k))
    (fun k s => mix i j (sqrt (1 + r ^ 2)) 0 (H k s)) j.
  by split=> [k|k s]; rewrite /mix eq_sym (negbTE ij) eqxx; ring.
by have [_] := empty_global end_least empty; apply.
Qed.

End Merged.

(** With two classes no coordinate is shared at a local minimum. *)
Theorem two_classes_disjoint (P : problem) d (W : classifiers P d) (H : features P d) :
  classes P = 2%N -> local_minimiser W H ->
  forall k l i s j, H k i j <> 0 -> H l s j <> 0 -> k = l.
Proof.
move=> K2 least k l i s j hk hl; apply/eqP; apply/negPn/negP => kl.
have [m zero] := serves_not_all least j.
have mk : m != k by apply/eqP => e; move: i hk; rewrite -e => i; rewrite zero.
have ml : m != l by apply/eqP => e; move: s hl; rewrite -e => s; rewrite zero.
have : uniq [:: m; k; l] by rewrite /= !inE negb_or mk ml kl.
by move/card_uniqP => three; have := max_card (mem [:: m; k; l]); rewrite three card_ord /= K2.
Qed.

(** The way out of such a local minimum, with nothing left unsaid. *)
Theorem way_out (P : problem) d (W : classifiers P d) (H : features P d) :
  local_minimiser W H -> (classes P <= d)%N -> ~ global_minimiser W H ->
  classes P = 2%N \/ (forall k l m i s s' t j j', H k i j <> 0 -> H l s j <> 0 ->
    H l s' j' <> 0 -> H m t j' <> 0 -> k = l \/ l = m \/ k = m) ->
  exists (i j : 'I_d) (r : R), [/\ i != j, (forall k, W k j = r * W k i),
    (forall k s, H k s j = r * H k s i)
    & forall e, 0 < e -> exists W' (H' : features P d),
      [/\ feasible H', forall k q, Rabs (W' k q - mix i j (sqrt (1 + r ^ 2)) 0 (W k) q) <= e,
        forall k s q, Rabs (H' k s q - mix i j (sqrt (1 + r ^ 2)) 0 (H k s) q) <= e
      & L0 W' H' < L0 W H]].
Proof.
move=> least Kd not_global few; have [feas _] := least.
have small k l m j j' : uses H k j -> uses H l j -> uses H l j' -> uses H m j' ->
    [|| k == l, l == m | k == m].
  move=> /usesP [i a] /usesP [s b] /usesP [s' c] /usesP [t f]; case: few => [K2|chain].
    by rewrite (two_classes_disjoint K2 least a b) eqxx.
  by case: (chain _ _ _ _ _ _ _ _ _ a b c f) => [->|[->|->]]; rewrite eqxx ?orbT.
have [i [j [ij [r [cW cH]]]]] := small_blocks_copies least small Kd not_global.
exists i, j, r; split=> // e e0.
have no := merged_no_minimum feas ij cW cH not_global.
have r2 := pow2_ge_0 r.
have circle : sqrt (1 + r ^ 2) ^ 2 + 0 ^ 2 = 1 + r ^ 2 by rewrite sqr_sqrt; [ring | lra].
have same := merging ij cW cH circle.
apply: NNPP => none; apply: no; split=> [k s q|].
  have f := feas k s; have s0 := sqrt_pos (1 + r ^ 2); rewrite /mix.
  by case: eqP => _; [apply: Rmult_le_pos | case: eqP => _; [rewrite Rmult_0_l; lra |]].
exists e; split=> // W' H' feas' [nearW nearH]; rewrite same; apply: Rnot_lt_le => lt.
by apply: none; exists W', H'.
Qed.
