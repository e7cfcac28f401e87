(** Corollary 3: the cosines inside two groups of classes, each of one count and
    one class weight. *)

From NeuralCollapse Require Import Setting Margins Factors Attainment Structure Proposition1
  Corollary2.

Section SameCount.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Hypothesis not_complete : 0 < weights P.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

Lemma denominator_gt0 (k : 'I_K) : 0 < K ^ 2 * weight k - 2 * K * weight k + weights P.
Proof.
have := norm2_gt0 room least k not_complete.
rewrite /norm2 (inner_products room least) /gram eqxx => g.
apply: (Rmult_lt_reg_l (prefactor P)); first exact: prefactor_gt0.
by rewrite Rmult_0_r; apply: Rlt_le_trans g _; right; ring.
Qed.

(** Two classes of the same count and class weight. *)
Lemma cosine_same (k j : 'I_K) : k != j -> n k = n j -> omega k = omega j ->
  cosine (W k) (W j) = 1 - K ^ 2 * weight k / (K ^ 2 * weight k - 2 * K * weight k + weights P).
Proof.
move=> kj nn oo; have p0 := prefactor_gt0 P; have g0 := denominator_gt0 k.
have w : weight (P := P) j = weight k by rewrite /weight /M nn oo.
rewrite /cosine /norm2 !(inner_products room least) /gram !eqxx (negbTE kj) !w.
move: g0; set a := weight k; set S := weights P; set g := K ^ 2 * a - _ + _ => g0.
have -> : K ^ 2 * a - K * (a + a) + S = g by rewrite /g; ring.
have -> : 0 - K * (a + a) + S = g - K ^ 2 * a by rewrite /g; ring.
rewrite sqrt_sqrt; first by field; lra.
by apply: Rmult_le_pos; lra.
Qed.

(** Without weights, classes of equal count have the same pairwise angle. *)
Theorem cor3_same (k j k' j' : 'I_K) : unweighted P -> k != j -> k' != j' ->
  n k = n j -> n k' = n j' -> n k = n k' -> cosine (W k) (W j) = cosine (W k') (W j').
Proof.
by move=> one kj kj' e e' e2; rewrite !cosine_same ?one // /weight /M !unweighted_root // e2.
Qed.

(** Two groups: [major] tells them apart. *)
Section TwoGroups.
Variables (major : pred 'I_K) (nA nB : nat).
Hypothesis countA : forall k, major k -> n k = nA.
Hypothesis countB : forall k, ~~ major k -> n k = nB.
Variables (oA oB : R).
Hypothesis omegaA : forall k, major k -> omega k = oA.
Hypothesis omegaB : forall k, ~~ major k -> omega k = oB.
Notation KA := #|[pred k | major k]|.
Notation KB := #|[pred k | ~~ major k]|.

Definition margin_with (o : R) (m : nat) : R := Rmax 0 (ln ((K - 1) * (o * sqrt m / c P - 1))).
Notation aA := (sqrt nA * margin_with oA nA).
Notation aB := (sqrt nB * margin_with oB nB).

Lemma group_sum (p : pred 'I_K) (a : R) : \sum_(k | p k) a = #|[pred k | p k]| * a.
Proof.
rewrite big_const; elim: #|_| => [|m IH]; first by rewrite /=; ring.
by rewrite iterS IH S_INR; ring.
Qed.

Lemma K_groups : INR K = KA + KB.
Proof.
have := sum_constn K 1; rewrite (bigID major) /= !group_sum.
by rewrite /index_enum; lra.
Qed.

Lemma weights_groups : weights P = KA * aA + KB * aB.
Proof.
rewrite /weights (bigID major) /=.
rewrite (eq_bigr (fun=> aA)) => [|k mk]; last by rewrite /weight /M countA // omegaA.
rewrite [X in _ + X = _](eq_bigr (fun=> aB)) => [|k mk];
  last by rewrite /weight /M countB // omegaB.
by rewrite !group_sum.
Qed.

Lemma weightA k : major k -> weight (P := P) k = aA.
Proof. by move=> mk; rewrite /weight /M countA // omegaA. Qed.
Lemma weightB k : ~~ major k -> weight (P := P) k = aB.
Proof. by move=> mk; rewrite /weight /M countB // omegaB. Qed.

Theorem major_with_weights (k j : 'I_K) : k != j -> major k -> major j ->
  cosine (W k) (W j) = 1 - K ^ 2 * aA / (K ^ 2 * aA - K * aA - KB * aA + KB * aB).
Proof.
move=> kj mk mj; rewrite cosine_same ?countA ?omegaA // weightA // weights_groups.
by congr (_ - _ / _); rewrite K_groups; ring.
Qed.

Theorem minor_with_weights (k j : 'I_K) : k != j -> ~~ major k -> ~~ major j ->
  cosine (W k) (W j) = 1 - K ^ 2 * aB / (K ^ 2 * aB - K * aB - KA * aB + KA * aA).
Proof.
move=> kj mk mj; rewrite cosine_same ?countB ?omegaB // weightB // weights_groups.
by congr (_ - _ / _); rewrite K_groups; ring.
Qed.

Theorem order_with_weights (k j k' j' : 'I_K) : aB < aA ->
  k != j -> major k -> major j -> k' != j' -> ~~ major k' -> ~~ major j' ->
  cosine (W k) (W j) < cosine (W k') (W j').
Proof.
move=> lt kj mk mj kj' mk' mj';
  rewrite (cosine_same kj) ?(cosine_same kj') ?(countA mk) ?(countA mj) ?(countB mk') ?(countB mj')
  ?(omegaA mk) ?(omegaA mj) ?(omegaB mk') ?(omegaB mj') //.
have gA := denominator_gt0 k; have gB := denominator_gt0 k'.
have w0 := not_complete; have k2 := K2.
have lt' : weight (P := P) k' < weight k by rewrite (weightA mk) (weightB mk').
move: gA gB; set a := weight k; set b := weight k'; set S := weights P => gA gB.
have {}lt' : b < a by [].
suff : K ^ 2 * b / (K ^ 2 * b - 2 * K * b + S) < K ^ 2 * a / (K ^ 2 * a - 2 * K * a + S) by lra.
apply: (Rmult_lt_reg_r ((K ^ 2 * b - 2 * K * b + S) * (K ^ 2 * a - 2 * K * a + S))).
  exact: Rmult_lt_0_compat.
have -> : K ^ 2 * b / (K ^ 2 * b - 2 * K * b + S)
  * ((K ^ 2 * b - 2 * K * b + S) * (K ^ 2 * a - 2 * K * a + S))
  = K ^ 2 * (b * (K ^ 2 * a - 2 * K * a) + b * S) by field; lra.
have -> : K ^ 2 * a / (K ^ 2 * a - 2 * K * a + S)
  * ((K ^ 2 * b - 2 * K * b + S) * (K ^ 2 * a - 2 * K * a + S))
  = K ^ 2 * (b * (K ^ 2 * a - 2 * K * a) + a * S) by field; lra.
apply: Rmult_lt_compat_l; first by apply: pow_lt; lra.
by apply: Rplus_lt_compat_l; exact: Rmult_lt_compat_r.
Qed.

End TwoGroups.

(** ** Without weights: the paper's statements *)
Section Unweighted.
Hypothesis one : unweighted P.
Variables (major : pred 'I_K) (nA nB : nat).
Hypothesis countA : forall k, major k -> n k = nA.
Hypothesis countB : forall k, ~~ major k -> n k = nB.
Notation KA := #|[pred k | major k]|.
Notation KB := #|[pred k | ~~ major k]|.

Definition margin_of (m : nat) : R := Rmax 0 (ln ((K - 1) * (sqrt m / c P - 1))).
Notation aA := (sqrt nA * margin_of nA).
Notation aB := (sqrt nB * margin_of nB).

Lemma margin_with_1 m : margin_with 1 m = margin_of m.
Proof. by rewrite /margin_with Rmult_1_l. Qed.

Theorem cor3_major (k j : 'I_K) : k != j -> major k -> major j ->
  cosine (W k) (W j) = 1 - K ^ 2 * aA / (K ^ 2 * aA - K * aA - KB * aA + KB * aB).
Proof.
rewrite -!margin_with_1.
exact: (major_with_weights countA countB (fun k _ => one k) (fun k _ => one k)).
Qed.

Theorem cor3_minor (k j : 'I_K) : k != j -> ~~ major k -> ~~ major j ->
  cosine (W k) (W j) = 1 - K ^ 2 * aB / (K ^ 2 * aB - K * aB - KA * aB + KA * aA).
Proof.
rewrite -!margin_with_1.
exact: (minor_with_weights countA countB (fun k _ => one k) (fun k _ => one k)).
Qed.

Theorem cor3_order (k j k' j' : 'I_K) : (nB < nA)%N ->
  k != j -> major k -> major j -> k' != j' -> ~~ major k' -> ~~ major j' ->
  cosine (W k) (W j) < cosine (W k') (W j').
Proof.
move=> lt kj mk mj kj' mk' mj'.
have o1 := fun k (_ : major k) => one k; have o2 := fun k (_ : ~~ major k) => one k.
apply: (order_with_weights countA countB o1 o2) => //.
rewrite -(weightA countA o1 mk) -(weightB countB o2 mk').
apply: weight_lt => //; first by rewrite (countA mk) (countB mk').
apply: Rnot_le_lt => m0; have e : weight k = 0.
  by rewrite /weight (_ : M k = 0); [ring | have := M_ge0 k; lra].
have le : weight k' <= weight k by apply: weight_le => //; rewrite (countA mk) (countB mk') ltnW.
have e' : weight k' = 0 by have := weight_ge0 k'; lra.
have w0 := not_complete; rewrite (weights_groups countA countB o1 o2) in w0.
by move: w0; rewrite -(weightA countA o1 mk) -(weightB countB o2 mk') e e'; lra.
Qed.
End Unweighted.
End SameCount.
