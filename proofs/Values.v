(** The closed forms of a given configuration, written out: what `ncverify
    theory --coq` encloses in intervals. *)

From Coq Require Import ZArith Lia.
From NeuralCollapse Require Import Setting Margins Attainment Structure Proposition1 Lists Given
  Enclosed.

Section Values.
Variables (K N f : Z) (groups : seq (Z * Z)) (lW lH : R).

Definition margin_value (z : Z) : R :=
  if (z <=? f)%Z then 0 else ln ((IZR K - 1) * (sqrt (IZR z) / c_value lW lH K N - 1)).
Definition norm_value (z : Z) : R :=
  sqrt ((IZR K - 1) / IZR K * (lW / lH) / IZR z) * margin_value z.
Definition own_value (z : Z) : R := (IZR K - 1) / IZR K * margin_value z.
Definition other_value (z : Z) : R := -1 / IZR K * margin_value z.
Definition weight_value (z : Z) : R := sqrt (IZR z) * margin_value z.
Definition weights_value : R := lsum (fun g => IZR g.2 * weight_value g.1) groups.
Definition prefactor_value : R := sqrt (lH / lW) / (IZR K * sqrt (IZR K * (IZR K - 1))).
Definition classifier_value (z : Z) : R :=
  prefactor_value * (IZR K * (IZR K - 2) * weight_value z + weights_value).
Definition inner_value (z y : Z) : R :=
  prefactor_value * (weights_value - IZR K * (weight_value z + weight_value y)).
Definition bracket_value (b : R) : R := - (1 - b) * ln (1 - b) - b * ln (b / (IZR K - 1)).
Definition loss_value : R :=
  lsum (fun g => IZR g.2 * (IZR g.1 *
    (if (g.1 <=? f)%Z then ln (IZR K) else bracket_value (c_value lW lH K N / sqrt (IZR g.1)))))
    groups / IZR N.

Variable counts : seq Z.
Hypothesis ok : valid counts.
Hypothesis lW0 : 0 < lW.
Hypothesis lH0 : 0 < lH.
Notation P := (given ok lW0 lH0).
Hypothesis F : facts counts lW lH K N f groups.
Let one : unweighted P. Proof. exact: given_unweighted. Qed.

Lemma M_value (k : 'I_(classes P)) z : count k = IZR z :> R -> M k = margin_value z.
Proof.
move=> kz; rewrite /margin_value; case: ifP => le.
  by apply: M_below; rewrite (unweighted_count k one) kz; apply/(below_T ok lW0 lH0 F).
have gt : T P < omega k ^ 2 * count k.
  by rewrite (unweighted_count k one); apply: Rnot_le_lt; rewrite kz => /(below_T ok lW0 lH0 F);
    rewrite le.
by have [-> _] := M_above gt;
  rewrite (unweighted_root k one) kz (K_value ok lW0 lH0 F) (c_given ok lW0 lH0 F).
Qed.

Lemma norm_is (k : 'I_(classes P)) z : count k = IZR z :> R -> feature_norm2 k = norm_value z.
Proof. by move=> kz; rewrite /feature_norm2 (M_value kz) kz (K_value ok lW0 lH0 F). Qed.

Lemma weight_is (k : 'I_(classes P)) z : count k = IZR z :> R -> weight k = weight_value z.
Proof. by move=> kz; rewrite /weight (M_value kz) kz. Qed.

Lemma weights_is : weights P = weights_value.
Proof.
rewrite /weights_value -(groups_fact F) -lsum_groups -(lsum_nth 1%Z _ (erefl (size counts))).
by apply: sum_ext => k; apply: weight_is; rewrite given_count.
Qed.

Lemma prefactor_is : prefactor P = prefactor_value.
Proof. by rewrite /prefactor (K_value ok lW0 lH0 F). Qed.

Lemma loss_is : Lstar P = loss_value.
Proof.
rewrite /Lstar /loss_value (N_value ok lW0 lH0 F); congr (_ / _).
rewrite -(groups_fact F) -(lsum_groups (fun z => IZR z *
  (if (z <=? f)%Z then ln (IZR K) else bracket_value (c_value lW lH K N / sqrt (IZR z))))).
rewrite -(lsum_nth 1%Z _ (erefl (size counts))).
apply: sum_ext => k; have kz := given_count ok lW0 lH0 k.
rewrite (unweighted_root k one) (unweighted_count k one) (one k) Rmult_1_l kz; congr (_ * _).
case: Rle_dec => /= h.
  by rewrite ((below_T ok lW0 lH0 F _).1 h) (K_value ok lW0 lH0 F).
case: ifP => [/(below_T ok lW0 lH0 F) //|_].
by rewrite /bracket (K_value ok lW0 lH0 F) (c_given ok lW0 lH0 F).
Qed.

Section Minimiser.
Variables (d : nat) (W : classifiers P d) (H : features P d).
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.

Lemma minimum_loss_is : L0 W H = loss_value.
Proof. by rewrite (thm1_minimum room least) loss_is. Qed.

Lemma mean_norm_is (k : 'I_(classes P)) z : count k = IZR z :> R -> norm2 (mean H k) = norm_value z.
Proof. by move=> kz; rewrite (thm1_c room least); exact: norm_is. Qed.

Lemma own_logit_is (k : 'I_(classes P)) z : count k = IZR z :> R ->
  dot (W k) (mean H k) = own_value z.
Proof. by move=> kz; rewrite (thm1_e_own room least) (M_value kz) (K_value ok lW0 lH0 F). Qed.

Lemma other_logit_is (k m : 'I_(classes P)) z : m != k -> count k = IZR z :> R ->
  dot (W m) (mean H k) = other_value z.
Proof.
move=> mk kz; have K2 := K_ge2 P; rewrite (thm1_e_other room least mk) (M_value kz).
by rewrite (K_value ok lW0 lH0 F) in K2 *; rewrite /other_value; field; lra.
Qed.

Lemma classifier_norm_is (k : 'I_(classes P)) z : count k = IZR z :> R ->
  norm2 (W k) = classifier_value z.
Proof.
move=> kz; rewrite /norm2 (inner_products room least) /gram eqxx prefactor_is weights_is.
by rewrite (weight_is kz) (K_value ok lW0 lH0 F) /classifier_value; ring.
Qed.

Lemma inner_product_is (k j : 'I_(classes P)) z y : k != j ->
  count k = IZR z :> R -> count j = IZR y :> R -> dot (W k) (W j) = inner_value z y.
Proof.
move=> kj kz jy; rewrite (inner_products room least) /gram (negbTE kj) prefactor_is weights_is.
by rewrite (weight_is kz) (weight_is jy) (K_value ok lW0 lH0 F) /inner_value; ring.
Qed.

(** A class collapses or not, as integers decide. *)
Lemma collapses (k : 'I_(classes P)) z : count k = IZR z :> R -> (z <=? f)%Z ->
  forall j, mean H k j = 0.
Proof.
move=> kz le; have s := ((theorem1 W H room).1 least).2.
by apply/(collapse s); rewrite (unweighted_count k one) kz; apply/(below_T ok lW0 lH0 F).
Qed.

Lemma stands (k : 'I_(classes P)) z : count k = IZR z :> R -> (z <=? f)%Z = false ->
  ~ forall j, mean H k j = 0.
Proof.
move=> kz le; have s := ((theorem1 W H room).1 least).2.
by move/(collapse s); rewrite (unweighted_count k one) kz => /(below_T ok lW0 lH0 F); rewrite le.
Qed.

End Minimiser.
End Values.

(** With the numbers a_k = sqrt(n_k) M_k, their sum and the prefactor enclosed once ([Enclosed]). *)
Section Once.
Variables (K N f : Z) (groups : seq (Z * Z)) (lW lH : R).
Variables (s r t u v a b a' b' : Z) (z y : Z) (D tol : R).
Hypothesis hr : within s r (prefactor_value K lW lH).
Hypothesis ht : within s t (weights_value K N f groups lW lH).
Hypothesis hz : within s u (weight_value K N f lW lH z).
Hypothesis hD : quotient D a b.
Hypothesis htol : quotient tol a' b'.

Lemma classifier_near : (0 <? s)%Z && product_check s (K * (K - 2)) r t u 0 a b a' b' ->
  near (classifier_value K N f groups lW lH z) D tol.
Proof.
move/(product_near hr ht hz (within_zero s) hD htol); rewrite /classifier_value.
by rewrite mult_IZR minus_IZR Rplus_0_r (Rplus_comm (weights_value _ _ _ _ _ _)).
Qed.

Lemma inner_near : within s v (weight_value K N f lW lH y) ->
  (0 <? s)%Z && product_check s (- K) r t u v a b a' b' ->
  near (inner_value K N f groups lW lH z y) D tol.
Proof.
move=> hy /(product_near hr ht hz hy hD htol); rewrite /inner_value opp_IZR.
by rewrite -Ropp_mult_distr_l.
Qed.
End Once.
