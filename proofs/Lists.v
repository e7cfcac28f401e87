(** Sums over lists: what the sums of proofs/ are where the data are given, so
    that they can be written out and evaluated. *)

From Coq Require Import ZArith Lia.
From NeuralCollapse Require Import Setting.

(** F x_1 + (F x_2 + ...). *)
Fixpoint lsum T (F : T -> R) (s : seq T) : R :=
  if s is x :: s' then F x + lsum F s' else 0.

Lemma lsum_big T (F : T -> R) s : \sum_(x <- s) F x = lsum F s.
Proof. by elim: s => [|x s IH]; rewrite ?big_nil // big_cons IH. Qed.

Lemma lsum_nth T (x0 : T) (F : T -> R) s n : size s = n ->
  \sum_(i < n) F (nth x0 s i) = lsum F s.
Proof.
move=> <-; rewrite -(big_mkord xpredT (fun i => F (nth x0 s i))) -lsum_big.
by rewrite [in RHS](big_nth x0).
Qed.

Lemma lsum_ext T (F G : T -> R) s : (forall x, F x = G x) -> lsum F s = lsum G s.
Proof. by move=> FG; elim: s => [//|x s IH] /=; rewrite FG IH. Qed.

(** The inner product of two lists of the same length. *)
Fixpoint ldot (u v : seq R) : R :=
  match u, v with
  | x :: u', y :: v' => x * y + ldot u' v'
  | _, _ => 0
  end.

Definition of_list d (u : seq R) : vec d := fun j => nth 0 u j.

Lemma dot_lists d u v : size u = d -> size v = d -> dot (of_list (d := d) u) (of_list v) = ldot u v.
Proof.
rewrite /dot /of_list; elim: d u v => [|d IH] [|x u] [|y v] //=; first by rewrite big_ord0.
by move=> [su] [sv]; rewrite big_ord_recl /= -(IH u v).
Qed.

(** The different entries of a list of integers, each with how often it occurs. *)
Lemma Z_eqP : Equality.axiom Z.eqb.
Proof. by move=> x y; apply: (iffP idP) => /Z.eqb_eq. Qed.
Canonical Z_eqMixin := EqMixin Z_eqP.
Canonical Z_eqType := EqType Z Z_eqMixin.

Definition grouped (T : eqType) (s : seq T) : seq (T * Z) :=
  [seq (z, Z.of_nat (count_mem z s)) | z <- undup s].

Definition groups_of (s : seq Z) : seq (Z * Z) :=
  [seq (z, Z.of_nat (count_mem z s)) | z <- undup s].

Lemma iterop_Rplus m x : iterop m Rplus x 0 = INR m * x.
Proof.
case: m => [|m]; first by rewrite /=; ring.
elim: m => [|m IH]; first by rewrite /=; ring.
by rewrite -[iterop _ _ _ _]/(x + iterop m.+1 Rplus x 0) IH [INR m.+2]S_INR; ring.
Qed.

Lemma lsum_grouped (T : eqType) (F : T -> R) s :
  lsum F s = lsum (fun g => IZR g.2 * F g.1) (grouped s).
Proof.
rewrite -!lsum_big /grouped big_map /= -(big_undup_iterop_count _ s).
by apply: eq_bigr => z _; rewrite iterop_Rplus INR_IZR_INZ.
Qed.

Lemma lsum_groups (F : Z -> R) s : lsum F s = lsum (fun g => IZR g.2 * F g.1) (groups_of s).
Proof. exact: lsum_grouped. Qed.
