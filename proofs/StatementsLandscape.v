(** The claims about the landscape, as far as they are proved, each restated in full as one
    theorem under the claim's own name; as Statements.v explains. The conjecture that there
    is always something to merge is not among them. *)

From NeuralCollapse Require Import Setting Landscape Valleys Blocks.

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

(** *** No valley, once a coordinate is empty *)
(** A local minimum with a coordinate that nothing uses is a global one, whatever d; there
    ||A b||^2 <= lW lH ||b||^2 for all b >= 0, A = (Y - P) diag(omega/N). And where two
    coordinates are copies of one another, moving one's share to the other keeps the loss:
    from (1, r) on the circle x^2 + y^2 = 1 + r^2 to y = 0. *)
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
    L0 (fun k => mixed (W k)) (fun k s => mixed (H k s)) = L0 W H).
Proof.
split=> [q feas [e [e0 low]] W0 H0|i j r x y ij cW cH xy mixed]; last first.
  by have := merging ij cW cH xy; rewrite /mixed /mix.
have least : local_minimiser W H.
  by split=> //; exists e; split=> // W' H' feas' [nearW nearH]; exact: low.
have empty : empty_coordinate W H q by [].
split; first by apply: (empty_global least empty).
by move=> b b0; exact: (pulled_le least empty b0).
Qed.
