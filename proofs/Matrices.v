(** Theorem 1 for matrices of MathComp: W in ['M[R]_(K, d)], the features of all samples as the
    columns of H in ['M[R]_(d, N)], and the samples' labels y. The loss in matrix products is that
    of [Problem] (without class weights), so that the main theorem holds of it.

    MathComp multiplies matrices over a ring of its own hierarchy. The standard library's R is no
    instance of that without a choice operator, a fifth axiom; so the product stands here with R's
    own sum, and [mulmx_product] says that it is MathComp's wherever R has been made a ring. *)

From Coq Require Import FunctionalExtensionality.
From mathcomp Require Import ssralg matrix.
From NeuralCollapse Require Import Setting Margins LowerBound Theorem1 Attainment Structure
  Proposition1 Consequences.

(** ** Products and norms *)

Definition entry m n p (A : 'M[R]_(m, n)) (B : 'M[R]_(n, p)) (i : 'I_m) (j : 'I_p) : R :=
  \sum_l (A i l * B l j).
Definition product m n p (A : 'M[R]_(m, n)) (B : 'M[R]_(n, p)) : 'M[R]_(m, p) :=
  \matrix_(i, j) entry A B i j.
Notation "A *m B" := (product A B) : R_scope.
Notation "A ^T" := (trmx A) : R_scope.
Notation "\matrix_ ( i , j ) E" := (matrix_of_fun matrix_key (fun i j => E)) : R_scope.

(** The squared norm of Frobenius. *)
Definition frobenius m n (A : 'M[R]_(m, n)) : R := \sum_i \sum_j A i j ^ 2.

Lemma productE m n p (A : 'M[R]_(m, n)) (B : 'M[R]_(n, p)) i j :
  (A *m B) i j = \sum_l (A i l * B l j).
Proof. by rewrite mxE. Qed.

Lemma mulmx_product (A : ringType) (f : A -> R) :
  (forall x x', f (GRing.add x x') = f x + f x') ->
  (forall x x', f (GRing.mul x x') = f x * f x') ->
  forall m n p (B : 'M[A]_(m, n)) (C : 'M[A]_(n, p)),
  map_mx f (mulmx B C) = map_mx f B *m map_mx f C.
Proof.
move=> fD fM m n p B C; apply/matrixP => i j; rewrite productE !mxE.
have f0 : f (@GRing.zero _) = 0.
  by have := fD (@GRing.zero _) (@GRing.zero _); rewrite GRing.addr0; lra.
by rewrite (big_morph f fD f0); apply: eq_bigr => l _; rewrite !mxE fM.
Qed.

(** ** The training problem *)

Section Training.
Variables (K N d : nat) (y : 'I_N -> 'I_K) (lW lH : R).
Implicit Types (W : 'M[R]_(K, d)) (H : 'M[R]_(d, N)) (k : 'I_K).

Definition of_class k : pred 'I_N := fun i => y i == k.
(** n_k *)
Definition samples k : nat := #|of_class k|.

Definition training_loss W H : R :=
  (\sum_i CE (fun k => (W *m H) k i) (y i)) / N + lW / 2 * frobenius W + lH / 2 * frobenius H.

Definition non_negative H : Prop := forall j i, 0 <= H j i.

Definition training_minimiser W H : Prop :=
  non_negative H /\ forall W' H', non_negative H' -> training_loss W H <= training_loss W' H'.

(** (6), the threshold of Corollary 4, and the minimum, as in [Problem]. *)
Definition training_c : R := N * sqrt ((K - 1) / K * lW * lH).
Definition training_T : R := N ^ 2 * (K / (K - 1)) * lW * lH.
Definition training_margin k : R := Rmax 0 (ln ((K - 1) * (sqrt (samples k) / training_c - 1))).
Definition training_minimum : R :=
  (\sum_k (samples k * (if Rle_dec (samples k) training_T then ln K
                        else bracket K (training_c / sqrt (samples k))))) / N.

(** The means of the classes' features. *)
Definition class_means H : 'M[R]_(d, K) :=
  \matrix_(j, k) ((\sum_(i | of_class k i) H j i) / samples k).

(** ** The same problem, class by class *)

Hypothesis K2 : (2 <= K)%N.
Hypothesis onto : forall k, exists i, y i = k.
Hypothesis lW0 : 0 < lW.
Hypothesis lH0 : 0 < lH.

Lemma samples_ge1 k : (1 <= samples k)%N.
Proof. by have [i yi] := onto k; apply/card_gt0P; exists i; rewrite unfold_in yi. Qed.

Definition training : problem := @Problem K samples (fun=> 1) lW lH K2 samples_ge1
  (fun=> Rlt_0_1) lW0 lH0.

Lemma training_unweighted : unweighted training.
Proof. by []. Qed.

(** The samples of class k in the order of the columns. *)
Definition sample k (i : 'I_(samples k)) : 'I_N := @enum_val _ (of_class k) i.
Definition rows W : classifiers training d := fun k j => W k j.
Definition columns H : features training d := fun k i j => H j (@sample k i).

Lemma sampleP k (i : 'I_(samples k)) : y (sample i) = k.
Proof. by apply/eqP; have := enum_valP i; rewrite unfold_in. Qed.

(** The place of a sample in its class. *)
Definition place i : 'I_(samples (y i)) := @enum_rank_in _ i (of_class (y i)) (eqxx (y i)) i.

Lemma sample_place i : sample (place i) = i.
Proof. by rewrite /sample /place enum_rankK_in // unfold_in. Qed.

Definition of_rows (W : classifiers training d) : 'M[R]_(K, d) := \matrix_(k, j) W k j.
Definition of_columns (H : features training d) : 'M[R]_(d, N) :=
  \matrix_(j, i) H (y i) (place i) j.

Lemma rows_of (W : classifiers training d) : rows (of_rows W) = W.
Proof.
apply: functional_extensionality => k; apply: functional_extensionality => j.
by rewrite /rows /of_rows mxE.
Qed.

Lemma columns_of (H : features training d) : columns (of_columns H) = H.
Proof.
apply: functional_extensionality_dep => k; apply: functional_extensionality => i.
apply: functional_extensionality => j; rewrite /columns /of_columns mxE.
move: (erefl (sample i)) (sampleP i); move: {1 3 4 5}(sample i) => x ex yx.
case: k / yx i ex => i ex.
by congr (H _ _ _); apply: enum_val_inj; rewrite -/(sample _) -/(sample _) sample_place.
Qed.

(** A sum over samples, class by class. *)
Lemma sum_by_class (F : 'I_N -> R) : \sum_i F i = \sum_k \sum_(i < samples k) F (sample i).
Proof.
rewrite (partition_big y predT) //=; apply: eq_bigr => k _.
by rewrite /sample /samples -big_enum_val; apply: eq_bigl.
Qed.

Lemma samples_N : Problem.N training = N.
Proof.
rewrite -[RHS]Rmult_1_r -sum_constn (sum_by_class (fun=> 1)); apply: sum_ext => k.
by rewrite sum_constn Rmult_1_r.
Qed.

Lemma training_L0 W H : training_loss W H = L0 (rows W) (columns H).
Proof.
rewrite /training_loss /L0 samples_N; congr (_ / _ + _ * _ + _ * _).
- rewrite sum_by_class; apply: sum_ext => k; rewrite Rmult_1_l; apply: sum_ext => i.
  rewrite sampleP; congr (CE _ k); apply: functional_extensionality => m.
  by rewrite productE.
- by apply: sum_ext => k; apply: sum_ext => j; rewrite /rows; ring.
rewrite /frobenius sum_exchange sum_by_class; apply: sum_ext => k; apply: sum_ext => i.
by apply: sum_ext => j; rewrite /columns; ring.
Qed.

Lemma feasible_columns H : non_negative H <-> feasible (columns H).
Proof.
split=> [H0 k i j|H0 j i]; first exact: H0.
by have := H0 (y i) (place i) j; rewrite /columns sample_place.
Qed.

Lemma training_minimisers W H : training_minimiser W H <-> global_minimiser (rows W) (columns H).
Proof.
split=> -[/feasible_columns H0 least]; split=> // W' H' H0'.
  have := least (of_rows W') (of_columns H'); rewrite !training_L0 rows_of columns_of; apply.
  by apply/feasible_columns; rewrite columns_of.
by rewrite !training_L0; apply: least; apply/feasible_columns.
Qed.

Lemma training_M k : M (P := training) k = training_margin k.
Proof. by rewrite /M /training_margin /training_c /c samples_N Rmult_1_l. Qed.

Lemma training_minimum_Lstar : Lstar training = training_minimum.
Proof.
rewrite /Lstar samples_N; congr (_ / _); apply: sum_ext => k.
by rewrite !Rmult_1_l pow1 Rmult_1_l /training_minimum /training_c /c /T samples_N.
Qed.

Lemma mean_columns H k j : mean (columns H) k j = class_means H j k.
Proof. by rewrite /class_means mxE /mean -big_enum_val. Qed.

(** ** The theorem *)

(** At features that are equal within the classes, products of matrices are those of means. *)
Section Within.
Variables (W : 'M[R]_(K, d)) (H : 'M[R]_(d, N)).
Notation h := (mean (columns H)).
Hypothesis within : forall i j, H j i = h (y i) j.

Lemma gram_within i i' : (H^T *m H) i i' = dot (h (y i)) (h (y i')).
Proof. by rewrite productE; apply: sum_ext => j; rewrite mxE !within. Qed.

Lemma logits_within k i : (W *m H) k i = dot (rows W k) (h (y i)).
Proof. by rewrite productE; apply: sum_ext => j; rewrite within. Qed.
End Within.

Lemma within_of_columns H : (forall i i', y i = y i' -> col i H = col i' H) ->
  forall i j, H j i = mean (columns H) (y i) j.
Proof.
move=> same i j; rewrite /mean (sum_ext (g := fun=> H j i)) => [|i'].
  have n0 := n_gt0 (P := training) (y i); set x : R := H j i.
  by rewrite sum_constn -[LHS]/x; field; lra.
by have := same _ _ (sampleP i') => /colP /(_ j); rewrite !mxE.
Qed.

(** *** Theorem 1 for matrices: (a); (b) and (c) as H'H; (d) and its sum; (e); collapse *)
Theorem training_theorem1 W H : (K <= d)%N ->
  training_minimiser W H <->
  non_negative H /\
  (forall i i', y i = y i' -> col i H = col i' H) /\
  H^T *m H = \matrix_(i, i') (if y i == y i'
    then sqrt ((K - 1) / K * (lW / lH) / samples (y i)) * training_margin (y i) else 0) /\
  W = \matrix_(k, j) (sqrt (1 / (K * (K - 1))) * sqrt (lH / lW) *
    (K * sqrt (samples k) * class_means H j k - \sum_m (sqrt (samples m) * class_means H j m))) /\
  (forall j, \sum_k W k j = 0) /\
  W *m H = \matrix_(k, i) (if k == y i then (K - 1) / K * training_margin k
                           else - training_margin (y i) / K) /\
  (forall k, (forall i j, y i = k -> H j i = 0) <-> samples k <= training_T).
Proof.
move=> dK; rewrite training_minimisers (theorem1 _ _ (room_enough (P := training) dK)).
rewrite -feasible_columns; split=> [[H0 s]|[H0 [same [gram [dual _]]]]].
  have within i j : H j i = mean (columns H) (y i) j.
    by have := within_class s (place i) j; rewrite /columns sample_place.
  split=> //; split; first by move=> i i' e; apply/colP => j; rewrite !mxE !within e.
  split.
    apply/matrixP => i i'; rewrite (gram_within within) mxE; case: eqP => [<-|/eqP ne].
      by rewrite -/(norm2 _) (norms s) /feature_norm2 training_M.
    exact: (orthogonal s).
  split.
    apply/matrixP => k j; rewrite mxE -[W k j]/(rows W k j) (self_dual s) /classifier_of.
    by rewrite mean_columns; congr (_ * (_ - _)); apply: sum_ext => m; rewrite mean_columns.
  split; first exact: (classifiers_centred s).
  split.
    apply/matrixP => k i; rewrite (logits_within _ within) mxE; case: eqP => [->|/eqP ne].
      by rewrite (logit_own s) training_M.
    by rewrite (logit_other s ne) training_M.
  move=> k; have := collapse s k; rewrite pow1 Rmult_1_l /T samples_N => <-.
  split=> [z j|z i j e]; last by rewrite within e.
  by have [i yi] := onto k; rewrite -yi -within; exact: z.
split=> //; have within := within_of_columns same.
apply: structure_of_abcd.
- by move=> k i j; rewrite /columns within sampleP.
- move=> k l kl; have [i yi] := onto k; have [i' yi'] := onto l.
  have := gram_within within i i'; rewrite gram mxE yi yi' (negbTE kl); lra.
- move=> k; have [i yi] := onto k; have := gram_within within i i.
  by rewrite gram mxE eqxx yi /feature_norm2 training_M.
move=> k j; rewrite /rows dual mxE /classifier_of mean_columns.
by congr (_ * (_ - _)); apply: sum_ext => m; rewrite mean_columns.
Qed.

(** *** The minimum: a bound in every dimension, reached with a coordinate for every class *)
Theorem training_least H W : non_negative H -> training_minimum <= training_loss W H.
Proof.
by move=> H0; rewrite training_L0 -training_minimum_Lstar; apply/lower_bound/feasible_columns.
Qed.

Theorem training_reached : (K <= d)%N ->
  exists W H, non_negative H /\ training_loss W H = training_minimum.
Proof.
move=> dK; have [W [H [H0 e]]] := (attained_iff training d).2 (room_enough (P := training) dK).
exists (of_rows W), (of_columns H); split; first by apply/feasible_columns; rewrite columns_of.
by rewrite training_L0 rows_of columns_of e training_minimum_Lstar.
Qed.

(** *** Proposition 1 for matrices: WW' *)
Theorem training_classifiers W H : (K <= d)%N -> training_minimiser W H ->
  let a k := sqrt (samples k) * training_margin k in let S := \sum_k a k in
  W *m W^T = \matrix_(k, l) (sqrt (lH / lW) / (K * sqrt (K * (K - 1))) *
    (if k == l then (K - 1) ^ 2 * a k + (S - a k) else - (K - 1) * (a k + a l) + (S - a k - a l))).
Proof.
move=> dK /training_minimisers least a S; have room := room_enough (P := training) dK.
apply/matrixP => k l; rewrite productE mxE.
have -> : \sum_j (W k j * W^T j l) = dot (rows W k) (rows W l).
  by apply: sum_ext => j; rewrite mxE.
have e m : a m = weight (P := training) m by rewrite /weight training_M.
have eS : S = weights training by apply: sum_ext => m; exact: e.
rewrite (inner_products room least) /gram /prefactor -eS -!e /=.
by case: eqP => [->|_]; congr (_ * _); ring.
Qed.

End Training.
