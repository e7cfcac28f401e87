(** A configuration with class weights, given by numbers: omega_k is the square
    root of p_k / q, p_k from a list of positive integers, q the denominator that
    all share. Its closed forms, written out: what `ncverify theory --coq` encloses
    in intervals where there are weights. *)

From Coq Require Import ZArith Lia.
From NeuralCollapse Require Import Setting Margins Factors Attainment Structure Proposition1 Lists
  Given Enclosed Values.

Definition root_of (p q : Z) : R := sqrt (IZR p / IZR q).

Definition valid_weights (counts weights : seq Z) (q : Z) : bool :=
  [&& size weights == size counts, all (Z.leb 1) weights & (1 <=? q)%Z].

Section Given.
Variables (counts weights : seq Z) (q : Z) (lW lH : R).
Hypothesis ok : valid counts.
Hypothesis weights_ok : valid_weights counts weights q.
Hypothesis lW0 : 0 < lW.
Hypothesis lH0 : 0 < lH.

Definition given_root (k : nat) : R := root_of (nth 1%Z weights k) q.

Lemma given_root_gt0 k : 0 < given_root k.
Proof.
case/and3P: weights_ok => _ all1 /Z.leb_le q1.
have p1 : (1 <= nth 1 weights k)%Z.
  case: (ltnP k (size weights)) => lt; last by rewrite nth_default.
  by move/(all_nthP 1%Z)/(_ k lt)/Z.leb_le: all1.
by apply: sqrt_lt_R0; apply: Rdiv_lt_0_compat; apply: (IZR_lt 0); lia.
Qed.

Definition weighted : problem := given_with ok lW0 lH0 given_root_gt0.

Lemma weighted_count (k : 'I_(size counts)) :
  INR (count (p := weighted) k) = IZR (nth 1%Z counts k).
Proof. exact: count_with. Qed.

(** A class by its count n and the numerator p of its weight's square: (n, p). *)
Notation pairs := (zip counts weights).

Lemma pairs_size : size pairs = size counts.
Proof. by case/and3P: weights_ok => /eqP e _ _; rewrite size_zip e minnn. Qed.

Lemma pair_of k : nth (1, 1)%Z pairs k = (nth 1%Z counts k, nth 1%Z weights k).
Proof. by case/and3P: weights_ok => /eqP e _ _; rewrite nth_zip. Qed.

(** Everything that is an integer or rational, as such: f is the greatest integer
    that is not above q T. *)
Variables (K N f : Z) (groups : seq (Z * Z * Z)).

Record weighted_facts : Prop := {
  K_weighted : Z.of_nat (size counts) = K;
  N_weighted : foldr Z.add 0%Z counts = N;
  groups_weighted : grouped pairs = groups;
  T_weighted : IZR f <= threshold_value lW lH K N * IZR q < IZR f + 1
}.

Hypothesis F : weighted_facts.
Notation P := weighted.

Let K_value : INR (classes P) = IZR K. Proof. exact: (K_with _ _ _ _ (K_weighted F)). Qed.
Let N_value : Problem.N P = IZR N. Proof. exact: (N_with _ _ _ _ (N_weighted F)). Qed.
Let c_value_is : c P = c_value lW lH K N.
Proof. exact: (c_with _ _ _ _ (K_weighted F) (N_weighted F)). Qed.

Lemma weighted_below (k : 'I_(classes P)) n p : count k = IZR n :> R -> omega k = root_of p q ->
  omega k ^ 2 * count k <= T P <-> (n * p <=? f)%Z.
Proof.
move=> -> op; have [t1 t2] := T_weighted F.
have q0 : 0 < IZR q by case/and3P: weights_ok => _ _ /Z.leb_le q1; apply: (IZR_lt 0); lia.
have pq : 0 <= IZR p / IZR q.
  by apply: Rnot_lt_le => neg; have := omega_gt0 k; rewrite op /root_of sqrt_neg_0; lra.
have -> : omega k ^ 2 * IZR n = IZR (n * p) / IZR q.
  by rewrite op sqr_sqrt // mult_IZR; field; lra.
rewrite (T_with _ _ _ _ (K_weighted F) (N_weighted F)).
have -> : IZR (n * p) / IZR q <= threshold_value lW lH K N <->
          IZR (n * p) <= threshold_value lW lH K N * IZR q.
  split=> h; first by have := Rmult_le_compat_r _ _ _ (Rlt_le _ _ q0) h;
    rewrite /Rdiv Rmult_assoc Rinv_l; lra.
  by apply: (Rmult_le_reg_r (IZR q)) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
split=> [h|/Z.leb_le /IZR_le]; last lra.
by apply/Z.leb_le/Z.lt_succ_r/lt_IZR; rewrite succ_IZR; lra.
Qed.

(** The classes that do not collapse, counted. *)
Lemma weighted_active_given : active P = count_mem false [seq (e.1 * e.2 <=? f)%Z | e <- pairs].
Proof.
pose stands (k : nat) := ~~ ((nth (1, 1)%Z pairs k).1 * (nth (1, 1)%Z pairs k).2 <=? f)%Z.
have dec (k : 'I_(size counts)) : is_left (Rlt_dec 0 (M (P := P) k)) = stands k.
  have b := weighted_below (weighted_count k) (erefl : omega (p := P) k
    = root_of (nth 1%Z weights k) q).
  rewrite /stands pair_of; case: Rlt_dec => /= h; symmetry.
    by apply/negP => /b /M_eq0 e; lra.
  apply/negbTE; rewrite negbK; apply/b.
  by apply: Rnot_lt_le => gt; apply: h; apply/M_gt0.
rewrite /active (eq_card (B := [pred k : 'I_(size counts) | stands k])); last first.
  by move=> k; rewrite !inE dec.
rewrite -sum1_card count_map -sum1_count.
rewrite (big_nth (1, 1)%Z) big_mkord pairs_size; apply: eq_bigl => k.
by rewrite !inE /= /stands; case: (_ <=? _)%Z.
Qed.

(** ** Closed forms *)
Definition weighted_margin_value (e : Z * Z) : R :=
  if (e.1 * e.2 <=? f)%Z then 0
  else ln ((IZR K - 1) * (root_of e.2 q * sqrt (IZR e.1) / c_value lW lH K N - 1)).
Definition weighted_norm_value (e : Z * Z) : R :=
  sqrt ((IZR K - 1) / IZR K * (lW / lH) / IZR e.1) * weighted_margin_value e.
Definition weighted_own_value (e : Z * Z) : R := (IZR K - 1) / IZR K * weighted_margin_value e.
Definition weighted_other_value (e : Z * Z) : R := -1 / IZR K * weighted_margin_value e.
Definition product_value (e : Z * Z) : R := sqrt (IZR e.1) * weighted_margin_value e.
Definition products_value : R := lsum (fun g => IZR g.2 * product_value g.1) groups.
Definition weighted_classifier_value (e : Z * Z) : R :=
  prefactor_value K lW lH * (IZR K * (IZR K - 2) * product_value e + products_value).
Definition weighted_inner_value (e e' : Z * Z) : R :=
  prefactor_value K lW lH * (products_value - IZR K * (product_value e + product_value e')).
Definition class_loss_value (e : Z * Z) : R :=
  root_of e.2 q * IZR e.1 *
    (if (e.1 * e.2 <=? f)%Z then ln (IZR K)
     else bracket_value K (c_value lW lH K N / (root_of e.2 q * sqrt (IZR e.1)))).
Definition weighted_loss_value : R := lsum (fun g => IZR g.2 * class_loss_value g.1) groups / IZR N.

Lemma pairs_sum (G : 'I_(size counts) -> R) (E : Z * Z -> R) :
  (forall k : 'I_(size counts), G k = E (nth 1%Z counts k, nth 1%Z weights k)) ->
  \sum_k G k = lsum (fun g => IZR g.2 * E g.1) groups.
Proof.
move=> GE; rewrite -(groups_weighted F) -lsum_grouped -(lsum_nth (1, 1)%Z E pairs_size).
by apply: sum_ext => k; rewrite GE pair_of.
Qed.

Section OneClass.
Variables (k : 'I_(classes P)) (n p : Z).
Hypothesis count_k : count k = IZR n :> R.
Hypothesis omega_k : omega k = root_of p q.

Lemma weighted_M_value : M k = weighted_margin_value (n, p).
Proof.
have b := weighted_below count_k omega_k.
rewrite /weighted_margin_value /=; case: ifP => le; first by apply: M_below; apply/b.
have gt : T P < omega k ^ 2 * count k by apply: Rnot_le_lt => /b; rewrite le.
by have [-> _] := M_above gt; rewrite omega_k count_k K_value c_value_is.
Qed.

Lemma weighted_norm : feature_norm2 k = weighted_norm_value (n, p).
Proof. by rewrite /feature_norm2 weighted_M_value count_k K_value. Qed.

Lemma weighted_product : weight k = product_value (n, p).
Proof. by rewrite /weight weighted_M_value count_k. Qed.
End OneClass.

Lemma weighted_products : Proposition1.weights P = products_value.
Proof. by apply: pairs_sum => k; apply: weighted_product => //; exact: weighted_count. Qed.

Lemma weighted_prefactor : prefactor P = prefactor_value K lW lH.
Proof. by rewrite /prefactor K_value. Qed.

Lemma weighted_loss_is : Lstar P = weighted_loss_value.
Proof.
rewrite /Lstar /weighted_loss_value N_value; congr (_ / _).
apply: pairs_sum => k; rewrite /class_loss_value /=.
have b := weighted_below (weighted_count k) (erefl : omega (p := P) k
  = root_of (nth 1%Z weights k) q).
rewrite -(weighted_count k); congr (_ * _).
case: Rle_dec => /= h; first by rewrite (b.1 h) K_value.
case: ifP => [/b //|_].
by rewrite /bracket K_value c_value_is.
Qed.

(** ** At a global minimiser *)
Section Minimiser.
Variables (d : nat) (W : classifiers P d) (H : features P d).
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.

Lemma weighted_minimum_loss_is : L0 W H = weighted_loss_value.
Proof. by rewrite (thm1_minimum room least) weighted_loss_is. Qed.

Section OneClass.
Variables (k : 'I_(classes P)) (n p : Z).
Hypothesis count_k : count k = IZR n :> R.
Hypothesis omega_k : omega k = root_of p q.

Lemma weighted_mean_norm_is : norm2 (mean H k) = weighted_norm_value (n, p).
Proof. by rewrite (thm1_c room least); exact: weighted_norm. Qed.

Lemma weighted_own_logit_is : dot (W k) (mean H k) = weighted_own_value (n, p).
Proof. by rewrite (thm1_e_own room least) (weighted_M_value count_k omega_k) K_value. Qed.

Lemma weighted_other_logit_is (m : 'I_(classes P)) :
  m != k -> dot (W m) (mean H k) = weighted_other_value (n, p).
Proof.
move=> mk; have K2 := K_ge2 P;
  rewrite (thm1_e_other room least mk) (weighted_M_value count_k omega_k).
by rewrite K_value in K2 *; rewrite /weighted_other_value; field; lra.
Qed.

Lemma weighted_classifier_norm_is : norm2 (W k) = weighted_classifier_value (n, p).
Proof.
rewrite /norm2 (inner_products room least) /gram eqxx weighted_products
  (weighted_product count_k omega_k).
by rewrite weighted_prefactor K_value /weighted_classifier_value; ring.
Qed.

(** A class collapses or not, as integers decide. *)
Lemma weighted_collapses : (n * p <=? f)%Z -> forall j, mean H k j = 0.
Proof.
move=> le; have s := ((theorem1 W H room).1 least).2.
by apply/(collapse s); apply/(weighted_below count_k omega_k).
Qed.

Lemma weighted_stands : (n * p <=? f)%Z = false -> ~ forall j, mean H k j = 0.
Proof.
move=> le; have s := ((theorem1 W H room).1 least).2.
by move/(collapse s) => /(weighted_below count_k omega_k); rewrite le.
Qed.
End OneClass.

Lemma weighted_inner_product_is (k j : 'I_(classes P)) n p n' p' : k != j ->
  count k = IZR n :> R -> omega k = root_of p q -> count j = IZR n' :> R ->
  omega j = root_of p' q ->
  dot (W k) (W j) = weighted_inner_value (n, p) (n', p').
Proof.
move=> /negbTE kj count_k omega_k count_j omega_j.
rewrite (inner_products room least) /gram kj weighted_products.
rewrite (weighted_product count_k omega_k) (weighted_product count_j omega_j).
by rewrite weighted_prefactor K_value /weighted_inner_value; ring.
Qed.
End Minimiser.
End Given.

(** With the numbers a_k = sqrt(n_k) M_k, their sum and the prefactor enclosed once. *)
Section Once.
Variables (q : Z) (lW lH : R) (K N f : Z) (groups : seq (Z * Z * Z)).
Variables (s r t u v a b a' b' : Z) (e e' : Z * Z) (D tol : R).
Hypothesis hr : within s r (prefactor_value K lW lH).
Hypothesis ht : within s t (products_value q lW lH K N f groups).
Hypothesis hz : within s u (product_value q lW lH K N f e).
Hypothesis hD : quotient D a b.
Hypothesis htol : quotient tol a' b'.

Lemma weighted_classifier_near : (0 <? s)%Z && product_check s (K * (K - 2)) r t u 0 a b a' b' ->
  near (weighted_classifier_value q lW lH K N f groups e) D tol.
Proof.
move/(product_near hr ht hz (within_zero s) hD htol); rewrite /weighted_classifier_value.
by rewrite mult_IZR minus_IZR Rplus_0_r (Rplus_comm (products_value _ _ _ _ _ _ _)).
Qed.

Lemma weighted_inner_near : within s v (product_value q lW lH K N f e') ->
  (0 <? s)%Z && product_check s (- K) r t u v a b a' b' ->
  near (weighted_inner_value q lW lH K N f groups e e') D tol.
Proof.
move=> hy /(product_near hr ht hz hy hD htol); rewrite /weighted_inner_value opp_IZR.
by rewrite -Ropp_mult_distr_l.
Qed.
End Once.
