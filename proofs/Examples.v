(** Small configurations, for what needs a single example; and their minimisers. *)

From Coq Require Import ZArith.
From NeuralCollapse Require Import Setting Margins Attainment Lists Given.

(** A minimiser exists in K dimensions, whatever the configuration. *)
Lemma minimiser_exists (P : problem) :
  (active P <= classes P)%N /\
  exists (W : classifiers P (classes P)) (H : features P (classes P)), global_minimiser W H.
Proof.
have room : (active P <= classes P)%N by rewrite -[X in (_ <= X)%N]card_ord; exact: max_card.
by split=> //; have [W [H [least _]]] := (dimension P (classes P)).1 room; exists W, H.
Qed.

Section Threshold.
Variables (counts : seq Z) (lW lH : R).
Hypothesis ok : valid counts.
Hypothesis lW0 : 0 < lW.
Hypothesis lH0 : 0 < lH.
Notation P := (given ok lW0 lH0).

Lemma given_T K N : Z.of_nat (size counts) = K -> foldr Z.add 0%Z counts = N ->
  T P = IZR N ^ 2 * (IZR K / (IZR K - 1)) * lW * lH.
Proof.
by move=> eK eN; exact: (T_with _ _ _ _ eK eN).
Qed.
End Threshold.

(** Counts 2, 1, 1: no class collapses. *)
Lemma pos_100 : 0 < 1 / 100. Proof. lra. Qed.
Definition example_standing : problem := given (counts := [:: 2; 1; 1]%Z) isT pos_100 pos_100.
Lemma T_standing : T example_standing < 1.
Proof. by rewrite (given_T _ _ _ (K := 3) (N := 4)) //; lra. Qed.

(** Counts 18, 2, 1, 1: those of one sample collapse. *)
Lemma pos_50 : 0 < 1 / 50. Proof. lra. Qed.
Lemma pos_10 : 0 < 1 / 10. Proof. lra. Qed.
Definition example_partly : problem := given (counts := [:: 18; 2; 1; 1]%Z) isT pos_50 pos_10.
Lemma T_partly : 1 < T example_partly < 2.
Proof. by rewrite (given_T _ _ _ (K := 4) (N := 22)) //; lra. Qed.

(** Counts 2, 1: both collapse. *)
Lemma pos_1 : 0 < 1. Proof. lra. Qed.
Definition example_complete : problem := given (counts := [:: 2; 1]%Z) isT pos_1 pos_1.
Lemma T_complete : T example_complete = 18.
Proof. by rewrite (given_T _ _ _ (K := 2) (N := 3)) //; field. Qed.

(** Counts 1, 1, not far below the threshold. *)
Lemma pos_half : 0 < 1 / 2. Proof. lra. Qed.
Definition example_below : problem := given (counts := [:: 1; 1]%Z) isT pos_half pos_half.
Lemma T_below : T example_below = 2.
Proof. by rewrite (given_T _ _ _ (K := 2) (N := 2)) //; field. Qed.

(** Classes by number. *)
Definition nth_class (P : problem) m (lt : (m < classes P)%N) : 'I_(classes P) := Ordinal lt.
