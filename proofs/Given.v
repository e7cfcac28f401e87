(** A configuration given by numbers: the counts as a list of integers, the
    weight decays as real constants; the class weights, where there are some, as
    the square roots of rational numbers (in [GivenWeights]; [given] has none). *)

From Coq Require Import ZArith Lia.
From NeuralCollapse Require Import Setting Margins Lists.

(** [near x y e]: x is at most e away from y. *)
Definition near (x y e : R) : Prop := Rabs (x - y) <= e.

Definition valid (counts : seq Z) : bool := (1 < size counts)%N && all (Z.leb 1) counts.

(** The sums and constants that class weights do not enter. *)
Section Given.
Variables (counts : seq Z) (lW lH : R) (o : nat -> R).
Hypothesis ok : valid counts.
Hypothesis lW0 : 0 < lW.
Hypothesis lH0 : 0 < lH.
Hypothesis o0 : forall k, 0 < o k.

Lemma valid_count (k : 'I_(size counts)) : (1 <= nth 1 counts k)%Z.
Proof. by case/andP: ok => _ /(all_nthP 1%Z) /(_ k (ltn_ord k)) /Z.leb_le. Qed.

Arguments valid_count : clear implicits.

Lemma given_count_ge1 (k : 'I_(size counts)) : (1 <= Z.to_nat (nth 1%Z counts k))%N.
Proof. by have := valid_count k => h; apply/leP; lia. Qed.

Lemma given_classes_ge2 : (2 <= size counts)%N.
Proof. by case/andP: ok. Qed.

Definition given_with : problem :=
  @Problem (size counts) (fun k => Z.to_nat (nth 1%Z counts k)) (fun k => o k) lW lH
           given_classes_ge2 given_count_ge1 (fun k => o0 k) lW0 lH0.

Lemma count_with (k : 'I_(size counts)) : INR (count (p := given_with) k) = IZR (nth 1%Z counts k).
Proof. by have := valid_count k => h; rewrite /= INR_IZR_INZ Z2Nat.id //; lia. Qed.

Variables (K N : Z).
Hypothesis K_is : Z.of_nat (size counts) = K.
Hypothesis N_is : foldr Z.add 0%Z counts = N.

Definition threshold_value : R := IZR N ^ 2 * (IZR K / (IZR K - 1)) * lW * lH.

Lemma K_with : INR (classes given_with) = IZR K.
Proof. by rewrite INR_IZR_INZ /= K_is. Qed.

Lemma N_with : Problem.N given_with = IZR N.
Proof.
rewrite /Problem.N -N_is; transitivity (lsum IZR counts).
  by rewrite -(lsum_nth 1%Z IZR (erefl (size counts))); apply: sum_ext => k; exact: count_with.
by elim: counts => [//|z s IH] /=; rewrite plus_IZR IH.
Qed.

Lemma T_with : T given_with = threshold_value.
Proof. by rewrite /T K_with N_with. Qed.

Definition c_value : R := IZR N * sqrt ((IZR K - 1) / IZR K * lW * lH).

Lemma c_with : c given_with = c_value.
Proof. by rewrite /c K_with N_with. Qed.

End Given.

(** ** Without class weights *)
Section Unweighted.
Variables (counts : seq Z) (lW lH : R).
Hypothesis ok : valid counts.
Hypothesis lW0 : 0 < lW.
Hypothesis lH0 : 0 < lH.

Definition given : problem := given_with ok lW0 lH0 (fun=> Rlt_0_1).

Lemma given_unweighted : unweighted given. Proof. by []. Qed.

Lemma given_count (k : 'I_(size counts)) : INR (count (p := given) k) = IZR (nth 1%Z counts k).
Proof. exact: count_with. Qed.

Lemma given_sum (F : R -> R) :
  \sum_(k < size counts) F (count (p := given) k) = lsum (fun z => F (IZR z)) counts.
Proof.
by rewrite -(lsum_nth 1%Z (fun z => F (IZR z)) (erefl (size counts)));
   apply: sum_ext => k; rewrite given_count.
Qed.

(** ** Everything that is an integer or rational, as such

    K, N, the greatest integer f that is not above the threshold, and the
    different counts with how many classes have them. *)
Variables (K N f : Z) (groups : seq (Z * Z)).

Record facts : Prop := {
  K_fact : Z.of_nat (size counts) = K;
  N_fact : foldr Z.add 0%Z counts = N;
  groups_fact : groups_of counts = groups;
  T_fact : IZR f <= threshold_value lW lH K N < IZR f + 1
}.

Hypothesis F : facts.

Lemma K_value : INR (classes given) = IZR K.
Proof. exact: (K_with _ _ _ _ (K_fact F)). Qed.

Lemma N_value : Problem.N given = IZR N.
Proof. exact: (N_with _ _ _ _ (N_fact F)). Qed.

Lemma T_value : T given = threshold_value lW lH K N.
Proof. exact: (T_with _ _ _ _ (K_fact F) (N_fact F)). Qed.

Lemma below_T (z : Z) : IZR z <= T given <-> (z <=? f)%Z.
Proof.
have [t1 t2] := T_fact F; rewrite T_value; split=> [h|/Z.leb_le /IZR_le]; last lra.
by apply/Z.leb_le/Z.lt_succ_r/lt_IZR; rewrite succ_IZR; lra.
Qed.

Lemma c_given : c given = c_value lW lH K N.
Proof. exact: (c_with _ _ _ _ (K_fact F) (N_fact F)). Qed.

(** The classes that do not collapse, counted. *)
Lemma active_given : active given = count_mem false [seq (z <=? f)%Z | z <- counts].
Proof.
have dec (k : 'I_(size counts)) : is_left (Rlt_dec 0 (M (P := given) k))
  = ~~ (nth 1%Z counts k <=? f)%Z.
  case: Rlt_dec => /= h; symmetry.
    apply/negP => /below_T; rewrite -given_count -(unweighted_count _ given_unweighted) => le.
    by move/M_eq0: le => e; lra.
  apply/negbTE; rewrite negbK; apply/below_T; rewrite -given_count.
  apply: Rnot_lt_le => gt; apply: h; apply/M_gt0.
  by rewrite (unweighted_count _ given_unweighted).
rewrite /active (eq_card (B := [pred k : 'I_(size counts) | ~~ (nth 1%Z counts k <=? f)%Z]));
  last first.
  by move=> k; rewrite !inE dec.
rewrite -sum1_card count_map -sum1_count.
rewrite (big_nth 1%Z) big_mkord; apply: eq_bigl => k.
by rewrite !inE /=; case: (_ <=? _)%Z.
Qed.

End Unweighted.
