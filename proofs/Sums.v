(** Finite sums of real numbers: MathComp's big operators over the standard
    library's reals, and the few facts about them that the proof needs. *)

From NeuralCollapse Require Import Preamble.

Lemma RplusA : associative Rplus. Proof. by move=> x y z; ring. Qed.
Lemma RmultA : associative Rmult. Proof. by move=> x y z; ring. Qed.
Lemma Rplus0x : left_id R0 Rplus. Proof. by move=> x; ring. Qed.
Lemma Rplusx0 : right_id R0 Rplus. Proof. by move=> x; ring. Qed.
Lemma Rmult1x : left_id R1 Rmult. Proof. by move=> x; ring. Qed.
Lemma Rmultx1 : right_id R1 Rmult. Proof. by move=> x; ring. Qed.
Lemma Rmult0x : left_zero R0 Rmult. Proof. by move=> x; ring. Qed.
Lemma Rmultx0 : right_zero R0 Rmult. Proof. by move=> x; ring. Qed.
Lemma RplusC : commutative Rplus. Proof. by move=> x y; ring. Qed.
Lemma RmultC : commutative Rmult. Proof. by move=> x y; ring. Qed.
Lemma RmultDl : left_distributive Rmult Rplus. Proof. by move=> x y z; ring. Qed.
Lemma RmultDr : right_distributive Rmult Rplus. Proof. by move=> x y z; ring. Qed.

Canonical Rplus_monoid := Monoid.Law RplusA Rplus0x Rplusx0.
Canonical Rplus_comoid := Monoid.ComLaw RplusC.
Canonical Rmult_monoid := Monoid.Law RmultA Rmult1x Rmultx1.
Canonical Rmult_comoid := Monoid.ComLaw RmultC.
Canonical Rmult_muloid := Monoid.MulLaw Rmult0x Rmultx0.
Canonical Rplus_addoid := Monoid.AddLaw RmultDl RmultDr.

(** [\sum_i F i] ranges over a finite index type that Coq reads off [F]. *)
Notation "\sum_ i F" := (\big[Rplus/R0]_i F%R) : R_scope.
Notation "\sum_ ( i : t ) F" := (\big[Rplus/R0]_(i : t) F%R) (only parsing) : R_scope.
Notation "\sum_ ( i < n ) F" := (\big[Rplus/R0]_(i < n) F%R) : R_scope.
Notation "\sum_ ( i | P ) F" := (\big[Rplus/R0]_(i | P%B) F%R) : R_scope.
Notation "\sum_ ( i <- s ) F" := (\big[Rplus/R0]_(i <- s) F%R) : R_scope.

Section Sums.
Variable I : finType.
Implicit Types f g : I -> R.

Lemma sum_ext f g : (forall i, f i = g i) -> \sum_i f i = \sum_i g i.
Proof. by move=> fg; apply: eq_bigr => i _. Qed.

Lemma sumD f g : \sum_i (f i + g i) = \sum_i f i + \sum_i g i.
Proof. by rewrite big_split. Qed.

Lemma sumZ a f : \sum_i (a * f i) = a * \sum_i f i.
Proof. by rewrite big_distrr. Qed.

Lemma sumZr a f : \sum_i (f i * a) = (\sum_i f i) * a.
Proof. by rewrite big_distrl. Qed.

Lemma sumN f : \sum_i - f i = - \sum_i f i.
Proof.
by rewrite -[RHS]Rmult_1_l -Ropp_mult_distr_r Ropp_mult_distr_l -sumZ; apply: sum_ext => i; ring.
Qed.

Lemma sumB f g : \sum_i (f i - g i) = \sum_i f i - \sum_i g i.
Proof. by rewrite /Rminus sumD sumN. Qed.

Lemma sum0 : \sum_(i : I) 0 = 0.
Proof. exact: big1. Qed.

Lemma sum_const a : \sum_(i : I) a = INR #|I| * a.
Proof.
rewrite big_const; elim: #|I| => [|m IH]; first by rewrite /=; ring.
by rewrite iterS IH S_INR; ring.
Qed.

Lemma sum_ge0 f : (forall i, 0 <= f i) -> 0 <= \sum_i f i.
Proof.
move=> f0; apply: (big_ind (fun x => 0 <= x)) => //; first lra.
by move=> x y; lra.
Qed.

Lemma sum_le f g : (forall i, f i <= g i) -> \sum_i f i <= \sum_i g i.
Proof.
move=> fg; suff: 0 <= \sum_i (g i - f i) by rewrite sumB; lra.
by apply: sum_ge0 => i; have := fg i; lra.
Qed.

(** One term, and the others. *)
Lemma sum_split j f : \sum_i f i = f j + \sum_(i | i != j) f i.
Proof. by rewrite (bigD1 j). Qed.

Lemma sum_le1 f j : (forall i, 0 <= f i) -> f j <= \sum_i f i.
Proof.
move=> f0; rewrite (sum_split j).
suff: 0 <= \sum_(i | i != j) f i by lra.
by apply: (big_ind (fun x => 0 <= x)) => //; [lra | move=> x y; lra].
Qed.

(** A sum of non-negative numbers vanishes only if each of them does. *)
Lemma sum_eq0 f : (forall i, 0 <= f i) -> \sum_i f i = 0 -> forall i, f i = 0.
Proof. by move=> f0 s0 i; have := sum_le1 i f0; have := f0 i; lra. Qed.

Lemma sum_gt0 f j : (forall i, 0 <= f i) -> 0 < f j -> 0 < \sum_i f i.
Proof. by move=> f0 fj; have := sum_le1 j f0; lra. Qed.

(** A function that is zero but at one index. *)
Lemma sum_only j f : (forall i, i != j -> f i = 0) -> \sum_i f i = f j.
Proof. by move=> f0; rewrite (sum_split j) big1 ?Rplus_0_r. Qed.

(** A constant but at one index. *)
Lemma sum_but_one j a b : \sum_(i : I) (if i == j then a else b) = a + (INR #|I| - 1) * b.
Proof.
rewrite (sum_ext (g := fun i => b + (if i == j then a - b else 0))); last first.
  by move=> i; case: eqP => _; ring.
rewrite sumD sum_const (sum_only (j := j)); first by rewrite eqxx; ring.
by move=> i /negbTE ->.
Qed.

End Sums.

Lemma sum_exchange (I J : finType) (f : I -> J -> R) :
  \sum_i \sum_j f i j = \sum_j \sum_i f i j.
Proof. exact: exchange_big. Qed.

Lemma sum_constn (n : nat) (a : R) : \sum_(i < n) a = INR n * a.
Proof. by rewrite sum_const card_ord. Qed.
