(** A point and slopes given by numbers, where there are class weights: slopes
    decided by integers, the loss and the dual bound as sums that can be
    evaluated. *)

From Coq Require Import ZArith Lia.
From NeuralCollapse Require Import Setting Duality Lists Given Values Certificate GivenWeights.

(** A slope s/t of a class of count n and weight sqrt (p/q) against c^2, where
    lW = aW/bW and lH = aH/bH: all in integers. *)
Definition weighted_slope_ok (K N aW bW aH bH q : Z) (e : Z * Z) (slope : Z * Z) : bool :=
  let: (s, t) := slope in
  [&& 0 <=? s, s <? t &
      s * s * (e.1 * e.2) * (K * bW * bH) <=? t * t * (N * N * (K - 1) * aW * aH) * q]%Z.

Fixpoint weighted_slopes_ok (K N aW bW aH bH q : Z) (pairs slopes : seq (Z * Z)) : bool :=
  match pairs, slopes with
  | e :: pairs', s :: slopes' =>
      weighted_slope_ok K N aW bW aH bH q e s && weighted_slopes_ok K N aW bW aH bH q pairs' slopes'
  | [::], [::] => true
  | _, _ => false
  end.

Lemma weighted_slopes_ok_nth K N aW bW aH bH q pairs slopes k :
  weighted_slopes_ok K N aW bW aH bH q pairs slopes -> (k < size pairs)%N ->
  weighted_slope_ok K N aW bW aH bH q (nth (1, 1)%Z pairs k) (nth (0, 1)%Z slopes k).
Proof.
elim: pairs slopes k => [|e pairs IH] [|s slopes] [|k] //= /andP [a b] lt //.
exact: IH.
Qed.

Section Weighted.
Variables (counts weights : seq Z) (q K N f : Z) (groups : seq (Z * Z * Z)) (lW lH : R).
Hypothesis ok : valid counts.
Hypothesis weights_ok : valid_weights counts weights q.
Hypothesis lW0 : 0 < lW.
Hypothesis lH0 : 0 < lH.
Notation P := (weighted ok weights_ok lW0 lH0).
Hypothesis F : weighted_facts counts weights q lW lH K N f groups.
Let K_value : INR (classes P) = IZR K. Proof. exact: (K_with _ _ _ _ (K_weighted F)). Qed.
Let N_value : Problem.N P = IZR N. Proof. exact: (N_with _ _ _ _ (N_weighted F)). Qed.

(** ** Slopes *)
Section Slopes.
Variables (aW bW aH bH : Z) (slopes : seq (Z * Z)).
Hypothesis eW : lW = IZR aW / IZR bW.
Hypothesis eH : lH = IZR aH / IZR bH.
Hypothesis bW0 : (0 < bW)%Z.
Hypothesis bH0 : (0 < bH)%Z.
Hypothesis slopes_fine : weighted_slopes_ok K N aW bW aH bH q (zip counts weights) slopes.

Definition weighted_slopes : 'I_(classes P) -> R := fun k => ratio (nth (0, 1)%Z slopes k).

Lemma weighted_slopes_feasible : feasible_slopes weighted_slopes.
Proof.
move=> k; have kP : (k < size (zip counts weights))%N by rewrite (pairs_size weights_ok);
  exact: (ltn_ord k).
have := weighted_slopes_ok_nth slopes_fine kP; rewrite (pair_of weights_ok).
have rk : omega k = given_root weights q k by [].
have nk : count k = IZR (nth 1%Z counts k) :> R by exact: weighted_count.
rewrite rk nk /given_root /root_of /weighted_slopes.
have p1 : (1 <= nth 1 weights k)%Z.
  case/and3P: weights_ok => /eqP sw all1 _.
  have lt : (k < size weights)%N by rewrite sw; exact: (ltn_ord k).
  by move/(all_nthP 1%Z)/(_ _ lt)/Z.leb_le: all1.
have qR : 0 < IZR q by case/and3P: weights_ok => _ _ /Z.leb_le q1; apply: (IZR_lt 0); lia.
case: (nth (0, 1)%Z slopes k) => s t /and3P [/Z.leb_le s0 /Z.ltb_lt st /Z.leb_le sq].
have K2 : 2 <= IZR K by rewrite -K_value; exact: K_ge2.
have tR : 0 < IZR t by apply: (IZR_lt 0); lia.
have sR : 0 <= IZR s by apply: (IZR_le 0).
have stR : IZR s < IZR t by apply: IZR_lt.
have bWR : 0 < IZR bW by apply: (IZR_lt 0).
have bHR : 0 < IZR bH by apply: (IZR_lt 0).
rewrite /ratio -[(s, t).1]/s -[(s, t).2]/t; split.
  split; first by apply: Rmult_le_pos => //; left; apply: Rinv_0_lt_compat.
  by apply: (Rmult_lt_reg_r (IZR t)) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
rewrite (c_sqr P) K_value N_value [lambdaW _]eW [lambdaH _]eH.
move: (nth 1%Z counts k) (nth 1%Z weights k) p1 sq => n p p1 sq.
have pR : 0 < IZR p by apply: (IZR_lt 0); lia.
have sqR := IZR_le _ _ sq; rewrite /= !mult_IZR minus_IZR in sqR.
rewrite Rpow_mult_distr Factors.sqr_sqrt; last by left; apply: Rdiv_lt_0_compat.
have D0 : 0 < IZR t * IZR t * (IZR K * IZR bW * IZR bH) * IZR q.
  by do ! apply: Rmult_lt_0_compat => //; lra.
apply: (Rmult_le_reg_r (IZR t * IZR t * (IZR K * IZR bW * IZR bH) * IZR q)) => //.
apply: Rle_trans (Rle_trans _ _ _ _ sqR) _; right; field; lra.
Qed.

Definition weighted_dual_value : R :=
  lsum (fun e => root_of e.1.2 q * IZR e.1.1 * bracket_value K (ratio e.2))
    (zip (zip counts weights) slopes) / IZR N.

Lemma weighted_slopes_size : size slopes = size counts.
Proof.
rewrite -(pairs_size weights_ok).
by move: slopes_fine; elim: (zip _ _) (slopes) => [|e c IH] [|s t] //= /andP [_ /IH ->].
Qed.

Lemma weighted_dual_is : D weighted_slopes = weighted_dual_value.
Proof.
rewrite /D /weighted_dual_value N_value; congr (_ / _).
have sizes : size (zip counts weights) = size slopes
  by rewrite (pairs_size weights_ok) weighted_slopes_size.
have size_zip : size (zip (zip counts weights) slopes) = size counts.
  by rewrite size_zip sizes minnn weighted_slopes_size.
rewrite -(lsum_nth ((1, 1), (0, 1))%Z _ size_zip); apply: sum_ext => k.
rewrite nth_zip // (pair_of weights_ok) /= -(weighted_count ok weights_ok lW0 lH0 k).
by rewrite /bracket K_value.
Qed.

(** The bound for every feasible point of this problem, whatever its dimension. *)
Theorem weighted_lower_bound d (W : classifiers P d) (H : features P d) :
  feasible H -> weighted_dual_value <= L0 W H.
Proof.
by move=> H0; rewrite -weighted_dual_is; apply: weak_duality H0 weighted_slopes_feasible.
Qed.
End Slopes.

(** ** The loss of a point *)
Section Point.
Variables (d : nat) (Ws : seq (seq R)).
Hypothesis W_rows : size Ws = size counts.
Hypothesis W_columns : all (fun row => size row == d) Ws.
Notation W := (given_W Ws : classifiers P d).

Lemma weighted_means_loss (Hs : seq (seq R)) :
  all (fun row => size row == d) Hs -> size Hs = size counts ->
  L0 W (given_means Hs : features P d) = means_value_with counts lW lH (given_root weights q)
  N Ws Hs.
Proof. exact: (means_loss_with _ _ _ _ (N_weighted F) W_rows W_columns). Qed.

Lemma weighted_samples_loss (Hs : seq (seq (seq R))) :
  all (all (fun row => size row == d)) Hs -> [seq Z.of_nat (size rows) | rows <- Hs] = counts ->
  L0 W (given_samples Hs : features P d) = samples_value_with lW lH (given_root weights q) N Ws Hs.
Proof. exact: (samples_loss_with _ _ _ _ (N_weighted F) W_rows W_columns). Qed.
End Point.
End Weighted.
