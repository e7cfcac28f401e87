(** The landscape: a local minimum with a coordinate that nothing uses is a global
    one, whatever d; and coordinates that are copies of one another merge into one
    along a path on which the loss is constant. The argument is that of Haeffele and
    Vidal for positively homogeneous factorisations; the dual bound ends it. *)

From Coq Require Import FunctionalExtensionality.
From NeuralCollapse Require Import Setting Gibbs Identity Duality Derivatives.

Section Definitions.
Variables (P : problem) (d : nat).
Notation K := (classes P).

(** Every entry of the one within e of the other's. *)
Definition near (e : R) (W W' : classifiers P d) (H H' : features P d) : Prop :=
  (forall k j, Rabs (W' k j - W k j) <= e) /\ (forall k i j, Rabs (H' k i j - H k i j) <= e).

Definition local_minimiser (W : classifiers P d) (H : features P d) : Prop :=
  feasible H /\
  exists e, 0 < e /\ forall W' (H' : features P d), feasible H' -> near e W W' H H' ->
    L0 W H <= L0 W' H'.

Definition empty_coordinate (W : classifiers P d) (H : features P d) (q : 'I_d) : Prop :=
  (forall k, W k q = 0) /\ (forall k i, H k i q = 0).

End Definitions.

(** A function that is not below its value at 0 just right of it does not fall there. *)
Lemma slope_ge0 (f : R -> R) l e : derivable_pt_lim f 0 l -> 0 < e ->
  (forall t, 0 <= t <= e -> f 0 <= f t) -> 0 <= l.
Proof.
move=> fl e0 low; apply: Rnot_lt_le => l0.
have [[delta d0] /= lim] := fl (- l) ltac:(lra).
pose t := Rmin e (delta / 2).
have t0 : 0 < t by apply: Rmin_glb_lt; lra.
have te : t <= e by exact: Rmin_l.
have td : t <= delta / 2 by exact: Rmin_r.
have := lim t ltac:(lra) ltac:(rewrite Rabs_right; lra).
rewrite Rplus_0_l => /Rabs_def2 [up _].
have : (f t - f 0) / t < 0 by lra.
have := low t ltac:(lra) => ge lt.
have : 0 <= (f t - f 0) / t by apply: Rmult_le_pos; [lra | left; apply: Rinv_0_lt_compat].
lra.
Qed.

(** What is left of the loss at a stationary point: the entropy of the softmax. *)
Definition entropy K (z : 'I_K -> R) (k : 'I_K) : R :=
  CE z k - (\sum_m (softmax z m * z m) - z k).

Section LocalMinimum.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Arguments H : clear implicits.
Hypothesis least : local_minimiser W H.

Let z k (i : 'I_(n k)) := logits W (H k i).
Arguments z : clear implicits.
Let squares := lW / 2 * (\sum_k norm2 (W k)) + lH / 2 * (\sum_k \sum_i norm2 (H k i)).

(** The loss where the logits have moved by s u and the squares by s g. *)
Let along (u : forall k : 'I_K, 'I_(n k) -> 'I_K -> R) (g s : R) : R :=
  / N P * (\sum_k (omega k * \sum_i CE (fun m => z k i m + s * u k i m) k)) + (squares + s * g).

Let slope_along (u : forall k : 'I_K, 'I_(n k) -> 'I_K -> R) (g : R) : R :=
  / N P * (\sum_k (omega k * \sum_i (\sum_m (softmax (z k i) m * u k i m) - u k i k))) + g.

Lemma limit_along u g : derivable_pt_lim (along u g) 0 (slope_along u g).
Proof.
apply: limit_add; last exact: limit_affine.
apply: limit_scal; apply: limit_sum => k; apply: limit_scal; apply: limit_sum => i.
exact: limit_CE.
Qed.

Lemma along0 u g : along u g 0 = L0 W H.
Proof.
rewrite /along /L0 /squares Rmult_0_l Rplus_0_r -Rplus_assoc (Rmult_comm (/ N P));
  congr (_ / _ + _ + _).
apply: sum_ext => k; congr (_ * _); apply: sum_ext => i; congr CE.
by apply: functional_extensionality => m; rewrite Rmult_0_l Rplus_0_r.
Qed.

(** A feasible path that keeps close to (W, H), and along which the loss is [along]. *)
Lemma slope_of_path u g (W' : R -> classifiers P d) (H' : R -> features P d) (r : R) :
  0 < r ->
  (forall s, 0 <= s <= r -> feasible (H' s)) ->
  (forall e, 0 < e -> exists r', 0 < r' <= r /\ forall s,
    0 <= s <= r' -> near e W (W' s) H (H' s)) ->
  (forall s, 0 <= s <= r -> L0 (W' s) (H' s) = along u g s) ->
  0 <= slope_along u g.
Proof.
move=> r0 feas close value; have [_ [e [e0 low]]] := least.
have [r' [[r'0 rr] close']] := close e e0.
apply: (slope_ge0 (limit_along u g) r'0) => s sr.
rewrite along0 -value; last by lra.
by apply: low; [apply: feas; lra | exact: close'].
Qed.

(** ** An empty coordinate *)
Section Empty.
Variable q : 'I_d.
Hypothesis empty : empty_coordinate W H q.
(** Features to be put there, one number for each sample. *)
Variable b : forall k : 'I_K, 'I_(n k) -> R.
Arguments b : clear implicits.
Hypothesis b0 : forall k i, 0 <= b k i.

(** A b, A = (Y - P) diag(omega / N), sample by sample. *)
Definition pulled (m : 'I_K) : R :=
  / N P * (\sum_k (omega k * \sum_i (b k i * ((if m == k then 1 else 0) - softmax (z k i) m)))).

Let W' s : classifiers P d := fun m j => W m j + (if j == q then sqrt s * pulled m else 0).
Let H' s : features P d := fun k i j => H k i j + (if j == q then sqrt s * (lW * b k i) else 0).
Arguments H' : clear implicits.

Lemma logits_there s k i m : 0 <= s ->
  dot (W' s m) (H' s k i) = z k i m + s * (lW * b k i * pulled m).
Proof.
move=> s0; have [W0 H0] := empty.
rewrite /dot (sum_ext (g := fun j => W m j * H k i j +
    (if j == q then s * (lW * b k i * pulled m) else 0))); last first.
  move=> j; rewrite /W' /H'; case: eqP => [->|_]; last by ring.
  rewrite W0 H0; have ss := sqrt_sqrt s s0.
  have -> : forall x y, (0 + sqrt s * x) * (0 + sqrt s * y) = sqrt s * sqrt s * (x * y) by move=>
    x y; ring.
  by rewrite ss; ring.
rewrite sumD; congr (_ + _).
by rewrite (sum_only (j := q)) => [|j /negbTE ->]; rewrite ?eqxx.
Qed.

Lemma norm2_there s (v : vec d) a : 0 <= s -> v q = 0 ->
  norm2 (fun j => v j + (if j == q then sqrt s * a else 0)) = norm2 v + s * a ^ 2.
Proof.
move=> s0 v0; rewrite /norm2 /dot (sum_ext (g := fun j => v j * v j +
    (if j == q then s * a ^ 2 else 0))); last first.
  move=> j; case: eqP => [->|_]; last by ring.
  rewrite v0.
  have -> : forall x, (0 + sqrt s * x) * (0 + sqrt s * x) = sqrt s * sqrt s * x ^ 2 by move=> x;
    ring.
  by rewrite sqrt_sqrt //; ring.
rewrite sumD; congr (_ + _).
by rewrite (sum_only (j := q)) => [|j /negbTE ->]; rewrite ?eqxx.
Qed.

Let total : R := 1 + \sum_m Rabs (pulled m) + lW * \sum_k \sum_i b k i.

Lemma total_ge : [/\ 0 < total, forall m, Rabs (pulled m) <= total
  & forall k i, lW * b k i <= total].
Proof.
have w0 := lW_gt0 P.
have s0 : 0 <= \sum_m Rabs (pulled m) by apply: sum_ge0 => m; exact: Rabs_pos.
have t0 k : 0 <= \sum_i b k i by apply: sum_ge0 => i; exact: b0.
have t1 : 0 <= lW * \sum_k \sum_i b k i by apply: Rmult_le_pos; [lra | exact: sum_ge0].
rewrite /total; split; first lra.
  by move=> m; have := sum_le1 m (fun l => Rabs_pos (pulled l)); lra.
move=> k i; have := sum_le1 i (fun l => b0 l); have := sum_le1 k t0 => a c.
have : lW * b k i <= lW * \sum_k \sum_i b k i by apply: Rmult_le_compat_l; lra.
lra.
Qed.

Lemma near_there e : 0 < e -> exists r, 0 < r <= 1 /\
  forall s, 0 <= s <= r -> near e W (W' s) H (H' s).
Proof.
move=> e0; have [t0 tp tb] := total_ge; have w0 := lW_gt0 P.
have et : 0 < e / total by apply: Rdiv_lt_0_compat.
exists (Rmin 1 ((e / total) ^ 2)); split.
  by split; [apply: Rmin_glb_lt; [lra | apply: pow_lt] | exact: Rmin_l].
move=> s [s0 sr]; have sr2 := Rle_trans _ _ _ sr (Rmin_r _ _).
have root : sqrt s <= e / total.
  by rewrite -(sqrt_pow2 (e / total)); [apply: sqrt_le_1_alt | lra].
have r0 := sqrt_pos s.
have bound a : Rabs a <= total -> Rabs (sqrt s * a) <= e.
  move=> at_; rewrite Rabs_mult (Rabs_right (sqrt s)); last lra.
  apply: (Rle_trans _ (e / total * total)); last by right; field; lra.
  by apply: Rmult_le_compat => //; exact: Rabs_pos.
split => [m j|k i j].
- rewrite /W'; have -> : forall x y, x + y - x = y by move=> x y; ring.
  by case: eqP => _; [exact: bound | rewrite Rabs_R0; lra].
rewrite /H'; have -> : forall x y, x + y - x = y by move=> x y; ring.
case: eqP => _; last by rewrite Rabs_R0; lra.
apply: bound; rewrite Rabs_right //; apply: Rle_ge.
by apply: Rmult_le_pos; [lra | exact: b0].
Qed.

(** Dual feasibility, direction by direction: ||A b||^2 <= lW lH ||b||^2. *)
Theorem pulled_le :
  \sum_m pulled m ^ 2 <= lW * lH * \sum_k \sum_i b k i ^ 2.
Proof.
have w0 := lW_gt0 P; have h0 := lH_gt0 P; have N0 := N_gt0 P.
pose u k i m := lW * b k i * pulled m.
pose g := lW / 2 * (\sum_m pulled m ^ 2) + lH / 2 * (\sum_k \sum_i (lW * b k i) ^ 2).
have [W0 H0] := empty.
have value s : 0 <= s <= 1 -> L0 (W' s) (H' s) = along u g s.
  move=> [s0 _]; rewrite /L0 /along /squares /g.
  have -> : \sum_k norm2 (W' s k) = \sum_k norm2 (W k) + s * \sum_m pulled m ^ 2.
    by rewrite -sumZ -sumD; apply: sum_ext => m; exact: norm2_there.
  have -> : \sum_k \sum_i norm2 (H' s k i) =
      \sum_k \sum_i norm2 (H k i) + s * \sum_k \sum_i (lW * b k i) ^ 2.
    rewrite -sumZ -sumD; apply: sum_ext => k; rewrite -sumZ -sumD; apply: sum_ext => i.
    by apply: norm2_there => //; exact: H0.
  have -> : \sum_k (omega k * \sum_i CE (logits (W' s) (H' s k i)) k) =
      \sum_k (omega k * \sum_i CE (fun m => z k i m + s * u k i m) k).
    apply: sum_ext => k; congr (_ * _); apply: sum_ext => i; congr CE.
    by apply: functional_extensionality => m; exact: logits_there.
  by rewrite /Rdiv; ring.
have feas s : 0 <= s <= 1 -> feasible (H' s).
  move=> [s0 _] k i j; have [f _] := least; have := f k i j; rewrite /H'.
  case: eqP => _ Hj; last lra.
  suff : 0 <= sqrt s * (lW * b k i) by lra.
  by apply: Rmult_le_pos; [exact: sqrt_pos | apply: Rmult_le_pos; [lra | exact: b0]].
have := slope_of_path Rlt_0_1 feas near_there value; rewrite /slope_along.
have -> : / N P * (\sum_k (omega k * \sum_i (\sum_m (softmax (z k i) m * u k i m) - u k i k))) =
    - (lW * \sum_m pulled m ^ 2).
  have -> : \sum_k (omega k * \sum_i (\sum_m (softmax (z k i) m * u k i m) - u k i k)) =
      \sum_m (- (lW * pulled m) * (\sum_k (omega k *
        \sum_i (b k i * ((if m == k then 1 else 0) - softmax (z k i) m))))).
    rewrite (sum_ext (f := fun m => - (lW * pulled m) * _) (g := fun m => \sum_k \sum_i
      (- (lW * pulled m) * (omega k * (b k i * ((if m == k then 1 else 0) - softmax (z k i)
        m)))))); last first.
      by move=> m; rewrite -sumZ; apply: sum_ext => k; rewrite -!sumZ.
    rewrite sum_exchange; apply: sum_ext => k; rewrite sum_exchange -sumZ; apply: sum_ext => i.
    have -> : u k i k = \sum_m (if m == k then u k i m else 0).
      by rewrite (sum_only (j := k)) => [|m /negbTE ->]; rewrite ?eqxx.
    rewrite -sumB -sumZ; apply: sum_ext => m; rewrite /u; case: eqP => _; ring.
  rewrite -sumZ -[in RHS]sumZ -sumN; apply: sum_ext => m.
  by rewrite /pulled; set t := \sum_k _; ring.
rewrite /g (sum_ext (f := fun k => \sum_i (lW * b k i) ^ 2)
  (g := fun k => lW ^ 2 * \sum_i b k i ^ 2)) => [|k]; last first.
  by rewrite -sumZ; apply: sum_ext => i; ring.
rewrite sumZ; set x := \sum_m _; set y := \sum_k _ => ge.
apply: (Rmult_le_reg_l lW) => //; nra.
Qed.

End Empty.
(** ** All of W and H made longer or shorter *)
Section Scaled.
Variable sign : R.
Hypothesis sign1 : sign = 1 \/ sign = - 1.

Let root s := sqrt (1 + sign * s).
Let W' s : classifiers P d := fun m j => root s * W m j.
Let H' s : features P d := fun k i j => root s * H k i j.
Arguments H' : clear implicits.

Lemma root_sqr s : 0 <= s <= 1 -> root s * root s = 1 + sign * s.
Proof. by move=> s01; apply: sqrt_sqrt; case: sign1 => ->; lra. Qed.

Lemma root_near s : 0 <= s <= 1 -> Rabs (root s - 1) <= s.
Proof.
move=> s01; have rr := root_sqr s01; have r0 : 0 <= root s by exact: sqrt_pos.
by apply: Rabs_le; move: rr; case: sign1 => -> rr; split; nra.
Qed.

Let size : R := 1 + (\sum_k \sum_j Rabs (W k j)) + \sum_k \sum_i \sum_j Rabs (H k i j).

Lemma size_ge : [/\ 0 < size, forall k j, Rabs (W k j) <= size & forall k i j,
  Rabs (H k i j) <= size].
Proof.
have a0 k : 0 <= \sum_j Rabs (W k j) by apply: sum_ge0 => j; exact: Rabs_pos.
have b0 k i : 0 <= \sum_j Rabs (H k i j) by apply: sum_ge0 => j; exact: Rabs_pos.
have c0 k : 0 <= \sum_i \sum_j Rabs (H k i j) by apply: sum_ge0 => i; exact: b0.
have a1 := sum_ge0 a0; have c1 := sum_ge0 c0; rewrite /size; split; first lra.
  by move=> k j; have := sum_le1 k a0; have := sum_le1 j (fun l => Rabs_pos (W k l)); lra.
move=> k i j; have := sum_le1 k c0; have := sum_le1 i (b0 k).
by have := sum_le1 j (fun l => Rabs_pos (H k i l)); lra.
Qed.

Lemma near_scaled e : 0 < e -> exists r, 0 < r <= 1 /\
  forall s, 0 <= s <= r -> near e W (W' s) H (H' s).
Proof.
move=> e0; have [s0 sW sH] := size_ge.
have es : 0 < e / size by apply: Rdiv_lt_0_compat.
exists (Rmin 1 (e / size)); split.
  by split; [apply: Rmin_glb_lt; lra | exact: Rmin_l].
move=> s [t0 sr]; have sr1 := Rle_trans _ _ _ sr (Rmin_l _ _).
have sr2 := Rle_trans _ _ _ sr (Rmin_r _ _).
have bound a : Rabs a <= size -> Rabs (root s * a - a) <= e.
  move=> aa; have -> : root s * a - a = (root s - 1) * a by ring.
  rewrite Rabs_mult; apply: (Rle_trans _ (e / size * size)); last by right; field; lra.
  apply: Rmult_le_compat => //; try exact: Rabs_pos.
  by apply: Rle_trans (root_near (conj t0 sr1)) _.
by split => [m j|k i j]; apply: bound.
Qed.

Lemma scaled_slope : 0 <=
  sign * (/ N P * (\sum_k (omega k * \sum_i (\sum_m (softmax (z k i) m * z k i m) - z k i k))) +
    squares).
Proof.
have value s : 0 <= s <= 1 ->
    L0 (W' s) (H' s) = along (fun k i m => sign * z k i m) (sign * squares) s.
  move=> s01; have rr := root_sqr s01; rewrite /L0 /along.
  have -> : \sum_k norm2 (W' s k) = (1 + sign * s) * \sum_k norm2 (W k).
    by rewrite -sumZ; apply: sum_ext => k; rewrite norm2Z -rr; ring.
  have -> : \sum_k \sum_i norm2 (H' s k i) = (1 + sign * s) * \sum_k \sum_i norm2 (H k i).
    rewrite -sumZ; apply: sum_ext => k; rewrite -sumZ; apply: sum_ext => i.
    by rewrite norm2Z -rr; ring.
  have -> : \sum_k (omega k * \sum_i CE (logits (W' s) (H' s k i)) k) =
      \sum_k (omega k * \sum_i CE (fun m => z k i m + s * (sign * z k i m)) k).
    apply: sum_ext => k; congr (_ * _); apply: sum_ext => i; congr CE.
    apply: functional_extensionality => m; rewrite /logits dotZl dotZr -/(logits W (H k i) m).
    by rewrite -Rmult_assoc rr /z; ring.
  by rewrite /squares /Rdiv; ring.
have feas s : 0 <= s <= 1 -> feasible (H' s).
  by move=> _ k i j; have [f _] := least; apply: Rmult_le_pos; [exact: sqrt_pos | exact: f].
have := slope_of_path Rlt_0_1 feas near_scaled value; rewrite /slope_along.
have -> : \sum_k (omega k * \sum_i (\sum_m (softmax (z k i) m * (sign * z k i m)) - sign * z k i
  k)) =
    sign * \sum_k (omega k * \sum_i (\sum_m (softmax (z k i) m * z k i m) - z k i k)).
  rewrite -sumZ; apply: sum_ext => k.
  rewrite (sum_ext (g := fun i => sign * (\sum_m (softmax (z k i) m * z k i m) - z k i k))) => [|i].
    by rewrite sumZ; ring.
  by rewrite Rmult_minus_distr_l -sumZ; congr (_ - _); apply: sum_ext => m; ring.
by move=> ge; apply: (Rle_trans _ _ _ ge); right; ring.
Qed.

End Scaled.

(** The loss at a local minimum is made of entropies alone. *)
Theorem loss_entropies :
  L0 W H = (\sum_k (omega k * \sum_i entropy (logits W (H k i)) k)) / N P.
Proof.
have N0 := N_gt0 P.
have a := scaled_slope (or_introl erefl); have b := scaled_slope (or_intror erefl).
move: a b; set x := \sum_k _ => a b.
have e : squares = - (/ N P * x) by lra.
have -> : L0 W H = / N P * (\sum_k (omega k * \sum_i CE (z k i) k)) + squares.
  by rewrite /L0 /squares /z /Rdiv; ring.
have -> : \sum_k (omega k * \sum_i entropy (logits W (H k i)) k) =
    \sum_k (omega k * \sum_i CE (z k i) k) - x.
  by rewrite /x -sumB; apply: sum_ext => k; rewrite -Rmult_minus_distr_l -sumB.
by rewrite e; field; lra.
Qed.

End LocalMinimum.
