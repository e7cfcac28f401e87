(** A point and slopes given by numbers: feasibility decided by integers and
    comparisons, the loss and the dual bound as sums that can be evaluated. *)

From Coq Require Import ZArith Lia.
From NeuralCollapse Require Import Setting Duality Lists Given Values.

(** Every entry of a list, of a list of lists, is non-negative. *)
Fixpoint all_ge0 (s : seq R) : Prop := if s is x :: s' then 0 <= x /\ all_ge0 s' else True.
Fixpoint rows_ge0 (s : seq (seq R)) : Prop :=
  if s is x :: s' then all_ge0 x /\ rows_ge0 s' else True.

Lemma all_ge0_nth s j : all_ge0 s -> 0 <= nth 0 s j.
Proof. by elim: s j => [|x s IH] [|j] /=; try lra; case=> // _; exact: IH. Qed.

Lemma rows_ge0_nth s k j : rows_ge0 s -> 0 <= nth 0 (nth [::] s k) j.
Proof.
elim: s k => [|x s IH] [|k] /=; try (by rewrite nth_nil; lra); case=> //;
  first exact: (fun a _ => all_ge0_nth j a).
by move=> _; exact: IH.
Qed.

(** A slope p/q against c^2, where lW = aW/bW and lH = aH/bH: all in integers. *)
Definition slope_ok (K N aW bW aH bH n : Z) (slope : Z * Z) : bool :=
  let: (p, q) := slope in
  [&& 0 <=? p, p <? q & p * p * n * (K * bW * bH) <=? q * q * (N * N * (K - 1) * aW * aH)]%Z.

Fixpoint slopes_ok (K N aW bW aH bH : Z) (counts : seq Z) (slopes : seq (Z * Z)) : bool :=
  match counts, slopes with
  | n :: counts', s :: slopes' =>
      slope_ok K N aW bW aH bH n s && slopes_ok K N aW bW aH bH counts' slopes'
  | [::], [::] => true
  | _, _ => false
  end.

Definition ratio (s : Z * Z) : R := IZR s.1 / IZR s.2.

Lemma slopes_ok_nth K N aW bW aH bH counts slopes k :
  slopes_ok K N aW bW aH bH counts slopes -> (k < size counts)%N ->
  slope_ok K N aW bW aH bH (nth 1%Z counts k) (nth (0, 1)%Z slopes k).
Proof.
elim: counts slopes k => [|n counts IH] [|s slopes] [|k] //= /andP [a b] lt //.
exact: IH.
Qed.

(** ** Slopes *)
Section Slopes.
Variables (counts : seq Z) (K N f : Z) (groups : seq (Z * Z)) (lW lH : R).
Hypothesis ok : valid counts.
Hypothesis lW0 : 0 < lW.
Hypothesis lH0 : 0 < lH.
Notation P := (given ok lW0 lH0).
Hypothesis F : facts counts lW lH K N f groups.
Let one : unweighted P. Proof. exact: given_unweighted. Qed.
Variables (aW bW aH bH : Z) (slopes : seq (Z * Z)).
Hypothesis eW : lW = IZR aW / IZR bW.
Hypothesis eH : lH = IZR aH / IZR bH.
Hypothesis bW0 : (0 < bW)%Z.
Hypothesis bH0 : (0 < bH)%Z.
Hypothesis slopes_fine : slopes_ok K N aW bW aH bH counts slopes.

Definition given_slopes : 'I_(classes P) -> R := fun k => ratio (nth (0, 1)%Z slopes k).

Lemma given_slopes_feasible : feasible_slopes given_slopes.
Proof.
move=> k; have := slopes_ok_nth slopes_fine (ltn_ord k).
rewrite /given_slopes; case: (nth (0, 1)%Z slopes k) =>
  p q /and3P [/Z.leb_le p0 /Z.ltb_lt pq /Z.leb_le sq].
have K2 : 2 <= IZR K by rewrite -(K_value ok lW0 lH0 F); exact: K_ge2.
have qR : 0 < IZR q by apply: (IZR_lt 0); lia.
have pR : 0 <= IZR p by apply: (IZR_le 0).
have pqR : IZR p < IZR q by apply: IZR_lt.
have bWR : 0 < IZR bW by apply: (IZR_lt 0).
have bHR : 0 < IZR bH by apply: (IZR_lt 0).
rewrite /ratio -[(p, q).1]/p -[(p, q).2]/q; split.
  split; first by apply: Rmult_le_pos => //; left; apply: Rinv_0_lt_compat.
  by apply: (Rmult_lt_reg_r (IZR q)) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
rewrite (one k) Rmult_1_l (given_count ok lW0 lH0 k)
  -[nth 1%Z counts k]/(nth 1%Z counts (nat_of_ord (k : 'I_(classes P)))).
rewrite (c_sqr P) (K_value ok lW0 lH0 F) (N_value ok lW0 lH0 F).
rewrite [lambdaW _]eW [lambdaH _]eH.
move: (nth 1%Z counts k) sq => n sq; have sqR := IZR_le _ _ sq; rewrite !mult_IZR minus_IZR in sqR.
have D0 : 0 < IZR q * IZR q * (IZR K * IZR bW * IZR bH).
  by do ! apply: Rmult_lt_0_compat => //; lra.
apply: (Rmult_le_reg_r (IZR q * IZR q * (IZR K * IZR bW * IZR bH))) => //.
apply: Rle_trans (Rle_trans _ _ _ _ sqR) _; right; field; lra.
Qed.

Definition dual_value : R :=
  lsum (fun e => IZR e.1 * bracket_value K (ratio e.2)) (zip counts slopes) / IZR N.

Lemma slopes_size : size slopes = size counts.
Proof.
move: slopes_fine; elim: (counts) (slopes) => [|n c IH] [|s t] //= /andP [_ /IH ->] //.
Qed.

Lemma dual_is : D given_slopes = dual_value.
Proof.
rewrite /D /dual_value (N_value ok lW0 lH0 F); congr (_ / _).
have size_zip : size (zip counts slopes) = size counts by rewrite size_zip slopes_size minnn.
rewrite -(lsum_nth (1, (0, 1))%Z _ size_zip); apply: sum_ext => k.
rewrite (one k) Rmult_1_l nth_zip ?slopes_size //= -(given_count ok lW0 lH0 k).
by rewrite /bracket (K_value ok lW0 lH0 F).
Qed.

(** The bound for every feasible point of this problem, whatever its dimension. *)
Theorem dual_bound d (W : classifiers P d) (H : features P d) : feasible H -> dual_value <= L0 W H.
Proof. by move=> H0; rewrite -dual_is; apply: weak_duality H0 given_slopes_feasible. Qed.
End Slopes.

(** ** Points: the loss with whatever class weights, and without *)
Section Point.
Variables (counts : seq Z) (lW lH : R) (o : nat -> R).
Hypothesis ok : valid counts.
Hypothesis lW0 : 0 < lW.
Hypothesis lH0 : 0 < lH.
Hypothesis o0 : forall k, 0 < o k.
Notation P := (given_with ok lW0 lH0 o0).
Variable N : Z.
Hypothesis N_is : foldr Z.add 0%Z counts = N.

(** ** A point with one row of features per class *)
Section ClassMeans.
Variables (d : nat) (Ws Hs : seq (seq R)).
Hypothesis W_rows : size Ws = size counts.
Hypothesis W_columns : all (fun row => size row == d) Ws.
Hypothesis H_columns : all (fun row => size row == d) Hs.

Definition given_W : classifiers P d := fun k => of_list (nth [::] Ws k).

Lemma W_size k : (k < size counts)%N -> size (nth [::] Ws k) = d.
Proof. by rewrite -W_rows => lt; apply/eqP; move/all_nthP: W_columns; apply. Qed.

Definition CE_value (row : seq R) (own : nat) : R :=
  ln (lsum (fun w => exp (ldot w row)) Ws) - ldot (nth [::] Ws own) row.

Lemma CE_is row (k : 'I_(classes P)) :
  size row = d -> CE (logits given_W (of_list row)) k = CE_value row k.
Proof.
move=> sr; rewrite /CE /CE_value /logits; congr (ln _ - _).
  rewrite -(lsum_nth [::] (fun w => exp (ldot w row)) W_rows); apply: sum_ext => m.
  by rewrite dot_lists // W_size.
by rewrite dot_lists // W_size.
Qed.

Lemma norm_given_W : \sum_k norm2 (given_W k) = lsum (fun w => ldot w w) Ws.
Proof.
rewrite -(lsum_nth [::] (fun w => ldot w w) W_rows); apply: sum_ext => k.
by rewrite /norm2 dot_lists ?W_size.
Qed.

Hypothesis H_rows : size Hs = size counts.
Definition given_means : features P d := fun k _ => of_list (nth [::] Hs k).

Lemma mean_size k : (k < size counts)%N -> size (nth [::] Hs k) = d.
Proof. by rewrite -H_rows => lt; apply/eqP; move/all_nthP: H_columns; apply. Qed.

Lemma given_means_feasible : rows_ge0 Hs -> feasible given_means.
Proof. by move=> H0 k i j; exact: rows_ge0_nth. Qed.

(** The classes, each with its number, its count and its row. *)
Definition numbered : seq (nat * (Z * seq R)) := zip (iota 0 (size counts)) (zip counts Hs).

Definition means_value_with : R :=
  lsum (fun e => o e.1 * (IZR e.2.1 * CE_value e.2.2 e.1)) numbered / IZR N
  + lW / 2 * lsum (fun w => ldot w w) Ws
  + lH / 2 * lsum (fun e => IZR e.2.1 * ldot e.2.2 e.2.2) numbered.

Lemma numbered_sum (G : nat * (Z * seq R) -> R) :
  lsum G numbered = \sum_(k < size counts) G (nat_of_ord k, (nth 1%Z counts k, nth [::] Hs k)).
Proof.
have size_all : size numbered = size counts.
  by rewrite /numbered !size_zip size_iota H_rows !minnn.
rewrite -(lsum_nth (0%N, (1%Z, [::])) _ size_all); apply: sum_ext => k; congr G.
rewrite nth_zip ?size_iota ?size_zip ?H_rows ?minnn // nth_iota // add0n.
by rewrite nth_zip ?H_rows.
Qed.

Lemma means_loss_with : L0 given_W given_means = means_value_with.
Proof.
rewrite /L0 /means_value_with !numbered_sum norm_given_W (N_with _ _ _ _ N_is) /=.
congr (_ / _ + _ + _ * _); apply: sum_ext => k /=.
  congr (_ * _); apply: etrans (sum_constn _ (CE (logits given_W (of_list (nth [::] Hs k))) k)) _.
  by rewrite CE_is ?mean_size // -(count_with ok lW0 lH0 o0 k).
apply: etrans (sum_constn _ (norm2 (of_list (nth [::] Hs k)))) _.
by rewrite /norm2 dot_lists ?mean_size // -(count_with ok lW0 lH0 o0 k).
Qed.
End ClassMeans.

(** ** A point with a row of features for each sample, class by class *)
Section Samples.
Variables (d : nat) (Ws : seq (seq R)) (Hs : seq (seq (seq R))).
Hypothesis W_rows : size Ws = size counts.
Hypothesis W_columns : all (fun row => size row == d) Ws.
Hypothesis H_columns : all (all (fun row => size row == d)) Hs.
Hypothesis H_rows : [seq Z.of_nat (size rows) | rows <- Hs] = counts.

Notation W := (@given_W d Ws).
Definition given_samples : features P d := fun k i => of_list (nth [::] (nth [::] Hs k) i).

Fixpoint samples_ge0 (s : seq (seq (seq R))) : Prop :=
  if s is x :: s' then rows_ge0 x /\ samples_ge0 s' else True.

Lemma given_samples_feasible : samples_ge0 Hs -> feasible given_samples.
Proof.
move=> H0 k i j; rewrite /given_samples /of_list.
suff : rows_ge0 (nth [::] Hs k) by exact: rows_ge0_nth.
move: H0; elim: (Hs) (nat_of_ord k) => [|x s IH] [|m] //= [] // _; exact: IH.
Qed.

Definition samples_value_with : R :=
  lsum (fun e => o e.1 * lsum (fun row => CE_value Ws row e.1) e.2)
  (zip (iota 0 (size Ws)) Hs) / IZR N
  + lW / 2 * lsum (fun w => ldot w w) Ws
  + lH / 2 * lsum (fun rows => lsum (fun row => ldot row row) rows) Hs.

Lemma Hs_size : size Hs = size counts.
Proof. by rewrite -H_rows size_map. Qed.

Lemma rows_size (k : 'I_(classes P)) : size (nth [::] Hs k) = count (p := P) k.
Proof.
have e m : (m < size Hs)%N ->
    size (nth [::] Hs m) = Z.to_nat (nth 1%Z [seq Z.of_nat (size rows) | rows <- Hs] m).
  by move=> lt; rewrite (nth_map [::]) // Nat2Z.id.
by rewrite e ?H_rows // Hs_size; exact: (ltn_ord k).
Qed.

Lemma row_size (k : 'I_(classes P)) i :
  (i < count (p := P) k)%N -> size (nth [::] (nth [::] Hs k) i) = d.
Proof.
rewrite -rows_size => lt; apply/eqP.
have kH : (k < size Hs)%N by rewrite Hs_size; exact: (ltn_ord k).
by move/(all_nthP [::])/(_ _ kH)/(all_nthP [::])/(_ _ lt): H_columns.
Qed.

Lemma samples_loss_with : L0 W given_samples = samples_value_with.
Proof.
rewrite /L0 /samples_value_with (norm_given_W W_rows W_columns) (N_with _ _ _ _ N_is).
have size_all : size (zip (iota 0 (size Ws)) Hs) = size counts.
  by rewrite size_zip size_iota Hs_size W_rows minnn.
congr (_ / _ + _ + _ * _).
  rewrite -(lsum_nth (0%N, [::]) _ size_all); apply: sum_ext => k.
  rewrite nth_zip ?size_iota ?Hs_size // nth_iota ?W_rows; last exact: (ltn_ord k).
  rewrite add0n -(lsum_nth [::] _ (rows_size k)); congr (_ * _); apply: sum_ext => i.
  by rewrite (CE_is W_rows W_columns) // row_size //; exact: (ltn_ord i).
rewrite -(lsum_nth [::] _ Hs_size); apply: sum_ext => k.
rewrite -(lsum_nth [::] _ (rows_size k)); apply: sum_ext => i.
by rewrite /norm2 dot_lists // row_size //; exact: (ltn_ord i).
Qed.
End Samples.
End Point.

(** ** Without class weights *)
Section Unweighted.
Variables (counts : seq Z) (K N f : Z) (groups : seq (Z * Z)) (lW lH : R).
Hypothesis ok : valid counts.
Hypothesis lW0 : 0 < lW.
Hypothesis lH0 : 0 < lH.
Notation P := (given ok lW0 lH0).
Hypothesis F : facts counts lW lH K N f groups.
Variables (d : nat) (Ws : seq (seq R)).
Hypothesis W_rows : size Ws = size counts.
Hypothesis W_columns : all (fun row => size row == d) Ws.
Notation W := (given_W Ws : classifiers P d).

Section ClassMeans.
Variable Hs : seq (seq R).
Hypothesis H_columns : all (fun row => size row == d) Hs.
Hypothesis H_rows : size Hs = size counts.

Definition means_value : R :=
  lsum (fun e => IZR e.2.1 * CE_value Ws e.2.2 e.1) (numbered counts Hs) / IZR N
  + lW / 2 * lsum (fun w => ldot w w) Ws
  + lH / 2 * lsum (fun e => IZR e.2.1 * ldot e.2.2 e.2.2) (numbered counts Hs).

Lemma means_loss : L0 W (given_means Hs : features P d) = means_value.
Proof.
apply: etrans (means_loss_with _ _ _ _ (N_fact F) W_rows W_columns H_columns H_rows) _.
by congr (_ / _ + _ + _); apply: lsum_ext => e; ring.
Qed.
End ClassMeans.

Section Samples.
Variable Hs : seq (seq (seq R)).
Hypothesis H_columns : all (all (fun row => size row == d)) Hs.
Hypothesis H_rows : [seq Z.of_nat (size rows) | rows <- Hs] = counts.

Definition samples_value : R :=
  lsum (fun e => lsum (fun row => CE_value Ws row e.1) e.2) (zip (iota 0 (size Ws)) Hs) / IZR N
  + lW / 2 * lsum (fun w => ldot w w) Ws
  + lH / 2 * lsum (fun rows => lsum (fun row => ldot row row) rows) Hs.

Lemma samples_loss : L0 W (given_samples Hs : features P d) = samples_value.
Proof.
apply: etrans (samples_loss_with _ _ _ _ (N_fact F) W_rows W_columns H_columns H_rows) _.
by congr (_ / _ + _ + _); apply: lsum_ext => e; ring.
Qed.
End Samples.
End Unweighted.
