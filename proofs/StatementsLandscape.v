(** The claims about the landscape, as far as they are proved, each restated in full as one
    theorem under the claim's own name; as Statements.v explains. That there is always something
    to merge is proved for blocks of one or two classes; for larger ones it is a conjecture. *)

From NeuralCollapse Require Import Setting Landscape Valleys Blocks Disjoint Pairs WayOut.

(** ** Local minima *)
(** *** Blocks *)
(** At a local minimum: the loss is the sum over blocks of what their own classes and
    coordinates give; a coordinate serves at most K - 1 classes; those outside a block have
    equal classifiers in its coordinates. *)
Theorem landscape_blocks (P : problem) d (W : classifiers P d) (H : features P d) (B : finType)
  (of_class : 'I_(classes P) -> B) (of_coordinate : 'I_d -> B) :
  feasible H ->
  (exists e, 0 < e /\ forall W' (H' : features P d), feasible H' ->
    (forall k j, Rabs (W' k j - W k j) <= e) -> (forall k i j, Rabs (H' k i j - H k i j) <= e) ->
    L0 W H <= L0 W' H') ->
  (forall k i j, H k i j <> 0 -> of_coordinate j = of_class k) ->
  [/\ L0 W H = \sum_t (
        / N P * (\sum_(k | of_class k == t) (omega k *
          \sum_i CE (fun m => \sum_(j | of_coordinate j == t) (W m j * H k i j)) k))
        + lambdaW P / 2 * (\sum_(j | of_coordinate j == t) \sum_k (W k j * W k j))
        + lambdaH P / 2 * (\sum_(k | of_class k == t) \sum_i norm2 (H k i))),
      forall j, exists k, forall i, H k i j = 0
    & forall t m m', of_class m != t -> of_class m' != t ->
        forall j, of_coordinate j = t -> W m j = W m' j].
Proof.
move=> feas [e [e0 low]] apart.
have least : local_minimiser W H.
  by split=> //; exists e; split=> // W' H' feas' [nearW nearH]; exact: low.
split; first exact: sum_of_blocks apart.
- exact: serves_not_all least.
by move=> t m m' mt mt' j jt; apply: (equal_outside least apart mt mt' jt).
Qed.

(** *** The value where no coordinate is shared *)
(** At a local minimum at which a coordinate serves one class at most, D the classes whose
    features are zero though M_k > 0, whatever d: the loss is L(D); and the other classes have
    the norms of Theorem 1. *)
Theorem beyond_landscape_corrected (P : problem) d (W : classifiers P d) (H : features P d)
  (D : pred 'I_(classes P)) :
  feasible H ->
  (exists e, 0 < e /\ forall W' (H' : features P d), feasible H' ->
    (forall k j, Rabs (W' k j - W k j) <= e) -> (forall k i j, Rabs (H' k i j - H k i j) <= e) ->
    L0 W H <= L0 W' H') ->
  (forall k l i s j, H k i j <> 0 -> H l s j <> 0 -> k = l) ->
  (forall k, D k <-> (forall i j, H k i j = 0) /\ 0 < M k) ->
  L0 W H = \sum_(k | ~~ D k) (omega k * count k / N P * ln (1 + (classes P - 1) * exp (- M k)) +
      lambdaH P * count k * feature_norm2 k) +
    \sum_(k | D k) (omega k * count k / N P * ln (classes P)) /\
  forall k, ~~ D k -> forall i, norm2 (H k i) = feature_norm2 k.
Proof.
move=> feas [e [e0 low]] disjoint deadP.
have least : local_minimiser W H.
  by split=> //; exists e; split=> // W' H' feas' [nearW nearH]; exact: low.
split; first exact: disjoint_value.
by move=> k notD i; exact: (disjoint_norm least disjoint deadP).
Qed.

(** *** Copies *)
(** At a local minimum, whatever d: the coordinates of a class that shares none with another, and
    those of two classes that share one, and none with a third, are copies of one another; and
    these two use each of them both. So a block of two classes uses m - 1 = 1 coordinate up to
    copies. Of blocks of three and more classes nothing is proved here. *)
Theorem landscape_parallel (P : problem) d (W : classifiers P d) (H : features P d)
  (k l : 'I_(classes P)) :
  feasible H ->
  (exists e, 0 < e /\ forall W' (H' : features P d), feasible H' ->
    (forall m j, Rabs (W' m j - W m j) <= e) -> (forall m i j, Rabs (H' m i j - H m i j) <= e) ->
    L0 W H <= L0 W' H') ->
  k = l \/ (exists i s j, H k i j <> 0 /\ H l s j <> 0) ->
  (forall m i s t j, m != k -> m != l -> H m t j <> 0 -> H k i j = 0 /\ H l s j = 0) ->
  forall i s j, H k i j <> 0 \/ H l s j <> 0 ->
    [/\ forall i', H k i' j <> 0, forall s', H l s' j <> 0
      & forall i' s' j', H k i' j' <> 0 \/ H l s' j' <> 0 ->
        exists r, (forall m, W m j' = r * W m j) /\ (forall m t, H m t j' = r * H m t j)].
Proof.
move=> feas [e [e0 low]] block apart i s j used.
have least : local_minimiser W H.
  by split=> //; exists e; split=> // W' H' feas' [nearW nearH]; exact: low.
exact: (copies_in_block least block apart used).
Qed.

(** *** No valley, once a coordinate is empty *)
(** A local minimum with a coordinate that nothing uses is a global one, whatever d; there
    ||A b||^2 <= lW lH ||b||^2 for all b >= 0, A = (Y - P) diag(omega/N). And where two
    coordinates are copies of one another, moving one's share to the other keeps the loss:
    from (1, r) on the circle x^2 + y^2 = 1 + r^2 to y = 0. At a local minimum that is not global,
    where d >= K and K = 2 or no coordinates link three classes, there are such copies, and y = 0
    is no local minimum: from there the loss falls. *)
Theorem landscape_valleys (P : problem) d (W : classifiers P d) (H : features P d) :
  (forall q : 'I_d, feasible H ->
    (exists e, 0 < e /\ forall W' (H' : features P d), feasible H' ->
      (forall k j, Rabs (W' k j - W k j) <= e) -> (forall k i j, Rabs (H' k i j - H k i j) <= e) ->
      L0 W H <= L0 W' H') ->
    (forall k, W k q = 0) -> (forall k i, H k i q = 0) ->
    global_minimiser W H /\
    forall b : (forall k : 'I_(classes P), 'I_(count k) -> R), (forall k i, 0 <= b k i) ->
      \sum_m (/ N P * (\sum_k (omega k * \sum_i (b k i * ((if m == k then 1 else 0) -
        exp (dot (W m) (H k i)) / \sum_l exp (dot (W l) (H k i))))))) ^ 2
      <= lambdaW P * lambdaH P * \sum_k \sum_i b k i ^ 2) /\
  (forall (i j : 'I_d) (r x y : R), i != j -> (forall k, W k j = r * W k i) ->
    (forall k s, H k s j = r * H k s i) -> x ^ 2 + y ^ 2 = 1 + r ^ 2 ->
    let mixed (v : vec d) : vec d :=
      fun l => if l == i then x * v i else if l == j then y * v i else v l in
    L0 (fun k => mixed (W k)) (fun k s => mixed (H k s)) = L0 W H) /\
  ((classes P <= d)%N -> feasible H ->
    (exists e, 0 < e /\ forall W' (H' : features P d), feasible H' ->
      (forall k j, Rabs (W' k j - W k j) <= e) -> (forall k i j, Rabs (H' k i j - H k i j) <= e) ->
      L0 W H <= L0 W' H') ->
    ~ global_minimiser W H ->
    classes P = 2%N \/ (forall k l m i s s' t j j', H k i j <> 0 -> H l s j <> 0 ->
      H l s' j' <> 0 -> H m t j' <> 0 -> k = l \/ l = m \/ k = m) ->
    exists (i j : 'I_d) (r : R), [/\ i != j, (forall k, W k j = r * W k i),
      (forall k s, H k s j = r * H k s i)
      & let mixed (v : vec d) : vec d :=
          fun l => if l == i then sqrt (1 + r ^ 2) * v i else if l == j then 0 * v i else v l in
        forall e, 0 < e -> exists W' (H' : features P d),
          [/\ feasible H', forall k q, Rabs (W' k q - mixed (W k) q) <= e,
            forall k s q, Rabs (H' k s q - mixed (H k s) q) <= e
          & L0 W' H' < L0 W H]]).
Proof.
split=> [q feas [e [e0 low]] W0 H0|]; last first.
  split=> [i j r x y ij cW cH xy mixed|Kd feas [e [e0 low]] not_global few].
    by have := merging ij cW cH xy; rewrite /mixed /mix.
  have least : local_minimiser W H.
    by split=> //; exists e; split=> // W' H' feas' [nearW nearH]; exact: low.
  exact: (way_out least Kd not_global few).
have least : local_minimiser W H.
  by split=> //; exists e; split=> // W' H' feas' [nearW nearH]; exact: low.
have empty : empty_coordinate W H q by [].
split; first by apply: (empty_global least empty).
by move=> b b0; exact: (pulled_le least empty b0).
Qed.
