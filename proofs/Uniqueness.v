(** What is unique at a global minimiser: the inner products of the means, those of the classifiers, and the
    logits; not W and H themselves. And the minimum of the class-means form. *)

From NeuralCollapse Require Import Preamble Sums Problem Vectors Constants Margins Factors LowerBound Theorem1
  Attainment Structure Proposition1.

(** Of two global minimisers, of whatever dimensions with room, H'H, WW' and WH are the same. *)
Theorem uniqueness (P : problem) d d' (W : classifiers P d) (H : features P d)
    (W' : classifiers P d') (H' : features P d') :
  (active P <= d)%N -> (active P <= d')%N -> global_minimiser W H -> global_minimiser W' H' ->
  forall k l : 'I_(classes P),
  [/\ dot (mean H k) (mean H l) = dot (mean H' k) (mean H' l),
      dot (W k) (W l) = dot (W' k) (W' l)
    & dot (W k) (mean H l) = dot (W' k) (mean H' l)].
Proof.
move=> room room' least least' k l; split.
- case: (eqVneq k l) => [<-|kl]; last by rewrite (thm1_b room least) // (thm1_b room' least').
  by rewrite -!/(norm2 _) (thm1_c room least) (thm1_c room' least').
- by rewrite (inner_products room least) (inner_products room' least').
case: (eqVneq k l) => [<-|kl]; first by rewrite (thm1_e_own room least) (thm1_e_own room' least').
by rewrite (thm1_e_other room least) // (thm1_e_other room' least').
Qed.

(** ** One feature vector per class *)
Section ClassMeans.
Variables (P : problem) (d : nat).
Notation K := (classes P).
Notation n := (count (p := P)).

(** The loss of the class-means form: class k's terms are counted n_k times. *)
Definition L_means (W : classifiers P d) (h : 'I_K -> vec d) : R :=
  (\sum_k (omega k * n k * CE (logits W (h k)) k)) / N P
  + lambdaW P / 2 * (\sum_k norm2 (W k)) + lambdaH P / 2 * (\sum_k (n k * norm2 (h k))).

Definition means_feasible (h : 'I_K -> vec d) : Prop := forall k j, 0 <= h k j.
Definition means_minimiser (W : classifiers P d) (h : 'I_K -> vec d) : Prop :=
  means_feasible h /\ forall W' h', means_feasible h' -> L_means W h <= L_means W' h'.

Lemma L_means_L0 (W : classifiers P d) (h : 'I_K -> vec d) :
  L_means W h = L0 W (fun k (_ : 'I_(n k)) => h k).
Proof.
rewrite /L0 /L_means; congr (_ / _ + _ + _ * _); apply: sum_ext => k; rewrite sum_constn //; ring.
Qed.

Lemma mean_const (h : 'I_K -> vec d) k j : mean (P := P) (fun k (_ : 'I_(n k)) => h k) k j = h k j.
Proof. by rewrite /mean sum_constn; field; have := n_gt0 k; lra. Qed.

(** It has the same minimum, and at its minimisers the same structure. *)
Theorem class_means :
  [/\ forall W h, means_feasible h -> Lstar P <= L_means W h,
      (exists W h, means_feasible h /\ L_means W h = Lstar P) <-> (active P <= d)%N
    & (active P <= d)%N -> forall W h,
      means_minimiser W h <-> means_feasible h /\ structure W (fun k (_ : 'I_(n k)) => h k) h].
Proof.
have bound W h : means_feasible h -> Lstar P <= L_means W h.
  by move=> h0; rewrite L_means_L0; apply: lower_bound => k i j; exact: h0.
have at_structure W h : means_feasible h ->
    (L_means W h = Lstar P <-> structure W (fun k (_ : 'I_(n k)) => h k) h).
  move=> h0; rewrite L_means_L0; have h0' : feasible (fun k (_ : 'I_(n k)) => h k) by move=> k i j; exact: h0.
  split=> [/(structure_of_minimum h0') s|]; last exact: minimum_of_structure.
  apply: structure_of_abcd => //.
  - move=> k l kl; rewrite -(orthogonal s kl); apply: dot_ext => j; exact: esym (mean_const _ _ _).
  - move=> k; rewrite -(norms s k); apply: dot_ext => j; exact: esym (mean_const _ _ _).
  move=> k j; rewrite (self_dual s) /classifier_of mean_const; congr (_ * (_ - _)).
  by apply: sum_ext => m; rewrite mean_const.
have reached : (active P <= d)%N -> exists W h, means_feasible h /\ L_means W h = Lstar P.
  move=> room; exists (fun k => classifier_of (@axis P d) k), (@axis P d).
  have h0 : means_feasible (@axis P d) by move=> k j; rewrite /axis; case: eqP => _; [exact: sqrt_pos | lra].
  split=> //; apply/at_structure => //; apply: structure_of_abcd => //; first exact: axis_orthogonal.
  by move=> k; exact: axis_norm2.
split=> // [|room W h].
  split=> // -[W [h [h0 e]]]; apply/attained_iff.
  by exists W, (fun k _ => h k); split; [move=> k i j; exact: h0 | rewrite -L_means_L0].
split=> [[h0 least]|[h0 /(at_structure W h h0) e]].
  split=> //; apply/at_structure => //; apply: Rle_antisym; last exact: bound.
  by have [W' [h' [h'0 <-]]] := reached room; exact: least.
by split=> // W' h' h'0; rewrite e; exact: bound.
Qed.
End ClassMeans.
