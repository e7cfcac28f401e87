(** What is unique at a global minimiser: the inner products of the means, those of the classifiers,
    and the logits; not W and H themselves. And the minimum of the class-means form. *)

From NeuralCollapse Require Import Setting Margins Factors LowerBound Theorem1 Attainment Structure
  Proposition1 ClassMeans.

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

(** The class-means form has the same minimum, and at its minimisers the same structure. *)
Theorem class_means (P : problem) d :
  [/\ forall (W : classifiers P d) h, (forall k j, 0 <= h k j) -> Lstar P <= Lmeans W h,
      (exists (W : classifiers P d) h, (forall k j, 0 <= h k j) /\ Lmeans W h = Lstar P) <->
      (active P <= d)%N
    & (active P <= d)%N -> forall (W : classifiers P d) h,
      means_minimiser W h <-> (forall k j, 0 <= h k j) /\ structure W (repeated h) h].
Proof.
have bound (W : classifiers P d) h : (forall k j, 0 <= h k j) -> Lstar P <= Lmeans W h.
  by move=> h0; rewrite -repeated_loss; apply: lower_bound => k i j; exact: h0.
have at_structure (W : classifiers P d) h : (forall k j, 0 <= h k j) ->
    (Lmeans W h = Lstar P <-> structure W (repeated h) h).
  move=> h0; rewrite -repeated_loss; have h0' : feasible (repeated h) by move=> k i j; exact: h0.
  split=> [/(structure_of_minimum h0') s|]; last exact: minimum_of_structure.
  have e k j : h k j = mean (repeated h) k j by rewrite mean_repeated.
  apply: structure_of_abcd => //.
  - by move=> k l kl; rewrite (dot_ext (e k) (e l)); exact: (orthogonal s).
  - by move=> k; rewrite /norm2 (dot_ext (e k) (e k)); exact: (norms s).
  move=> k j; rewrite (self_dual s) /classifier_of -e; congr (_ * (_ - _)).
  by apply: sum_ext => m; rewrite -e.
have reached : (active P <= d)%N -> exists (W : classifiers P d) h, (forall k j, 0 <= h k j) /\
  Lmeans W h = Lstar P.
  move=> room; exists (fun k => classifier_of (@axis P d) k), (@axis P d).
  have h0 k j : 0 <= @axis P d k j by rewrite /axis; case: eqP => _; [exact: sqrt_pos | lra].
  split=> //; apply/at_structure => //; apply: structure_of_abcd => //;
    first exact: axis_orthogonal.
  by move=> k; exact: axis_norm2.
split=> // [|room W h].
  split=> // -[W [h [h0 e]]]; apply/attained_iff.
  by exists W, (repeated h); split; [move=> k i j; exact: h0 | rewrite repeated_loss].
split=> [[h0 least]|[h0 /(at_structure W h h0) e]].
  split=> //; apply/at_structure => //; apply: Rle_antisym; last exact: bound.
  by have [W' [h' [h'0 <-]]] := reached room; exact: least.
by split=> // W' h' h'0; rewrite e; exact: bound.
Qed.
