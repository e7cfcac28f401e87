(** Numbers that are enclosed once and used often: an integer over a scale that all
    share. What follows from them, such as the inner products of all pairs of
    classifiers, is decided by integers alone. *)

From Coq Require Import ZArith Lia QArith.
From NeuralCollapse Require Import Preamble Given.

Local Open Scope R_scope.

(** [within s m x]: x is at most one unit of 1/s away from m/s. *)
Definition within (s m : Z) (x : R) : Prop := Rabs (x * IZR s - IZR m) <= 1.

(** [quotient x a b]: x is a/b, b > 0. A decimal of a generated file is one, however Coq writes
    it. *)
Definition quotient (x : R) (a b : Z) : Prop := (0 < b)%Z /\ x * IZR b = IZR a.

Lemma quotient_Z a : quotient (IZR a) a 1.
Proof. by split; [lia | ring]. Qed.

Lemma quotient_Q a p : quotient (Q2R (Qmake a p)) a (Zpos p).
Proof.
split; first by [].
by rewrite /Q2R /=; field; apply: not_0_IZR.
Qed.

Lemma quotient_div x a b y p :
  quotient x a b -> quotient (x / IZR (Z.pow_pos (Zpos y) p)) a (b * Z.pow_pos (Zpos y) p).
Proof.
case=> b0 e; have p0 : (0 < Z.pow_pos (Zpos y) p)%Z by apply: (Z.pow_pos_nonneg (Zpos y) (Zpos p)).
split; first lia.
by rewrite mult_IZR -e; field; apply: not_0_IZR; lia.
Qed.

Lemma quotient_mul x a b y p :
  quotient x a b -> quotient (x * IZR (Z.pow_pos (Zpos y) p)) (a * Z.pow_pos (Zpos y) p) b.
Proof. by case=> b0 e; split=> //; rewrite mult_IZR -e; ring. Qed.

(** Whether r (t + l (u + v)), the four known up to a unit of 1/s, is sure to lie within a'/b' of
    a/b. *)
Definition product_check (s l r t u v a b a' b' : Z) : bool :=
  let w := (t + l * (u + v))%Z in
  ((Z.abs (r * w * b - a * (s * s)) + b * ((Z.abs r + 1) * (1 + 2 * Z.abs l) + Z.abs w)) * b'
     <=? a' * (b * (s * s)))%Z.

Theorem product_near (s l r t u v a b a' b' : Z) (R_ T_ U V D tol : R) :
  within s r R_ -> within s t T_ -> within s u U -> within s v V -> quotient D a b ->
  quotient tol a' b' ->
  (0 <? s)%Z && product_check s l r t u v a b a' b' -> near (R_ * (T_ + IZR l * (U + V))) D tol.
Proof.
move=> hr ht hu hv [b0 eD] [b'0 etol] /andP [/Z.ltb_lt s0 /Z.leb_le check].
have S0 : 0 < IZR s by apply: (IZR_lt 0).
have B0 : 0 < IZR b by apply: (IZR_lt 0).
have B'0 : 0 < IZR b' by apply: (IZR_lt 0).
have {}check := IZR_le _ _ check; cbv zeta in check.
rewrite !(mult_IZR, plus_IZR, minus_IZR, abs_IZR) in check.
set w := IZR t + IZR l * (IZR u + IZR v) in check.
pose W := T_ + IZR l * (U + V).
have dw : Rabs (W * IZR s - w) <= 1 + 2 * Rabs (IZR l).
  have -> : W * IZR s - w = (T_ * IZR s - IZR t)
    + IZR l * ((U * IZR s - IZR u) + (V * IZR s - IZR v)).
    by rewrite /W /w; ring.
  apply: Rle_trans (Rabs_triang _ _) _; rewrite Rabs_mult.
  have tri := Rabs_triang (U * IZR s - IZR u) (V * IZR s - IZR v); rewrite /within in hu hv ht.
  have two : Rabs (U * IZR s - IZR u + (V * IZR s - IZR v)) <= 2 by lra.
  by have := Rmult_le_compat_l _ _ _ (Rabs_pos (IZR l)) two; lra.
have dp : Rabs (R_ * W * (IZR s * IZR s) - IZR r * w) <= (Rabs (IZR r) + 1) * (1 + 2 * Rabs (IZR l))
  + Rabs w.
  have -> : R_ * W * (IZR s * IZR s) - IZR r * w = R_ * IZR s * (W * IZR s - w)
    + (R_ * IZR s - IZR r) * w by ring.
  apply: Rle_trans (Rabs_triang _ _) _;
    rewrite (Rabs_mult (R_ * IZR s)) (Rabs_mult (R_ * IZR s - IZR r)).
  have rs : Rabs (R_ * IZR s) <= Rabs (IZR r) + 1.
    have -> : R_ * IZR s = IZR r + (R_ * IZR s - IZR r) by ring.
    by apply: Rle_trans (Rabs_triang _ _) _; rewrite /within in hr; lra.
  apply: Rplus_le_compat.
    by apply: Rmult_le_compat => //; exact: Rabs_pos.
  by have := Rmult_le_compat_r _ _ _ (Rabs_pos w) hr; lra.
have SS : 0 < IZR s * IZR s by apply: Rmult_lt_0_compat.
have BS : 0 < IZR b * (IZR s * IZR s) by apply: Rmult_lt_0_compat.
rewrite /near -/W; set x := R_ * W in dp *.
apply: (Rmult_le_reg_r (IZR b * (IZR s * IZR s) * IZR b')); first by apply: Rmult_lt_0_compat.
have -> : tol * (IZR b * (IZR s * IZR s) * IZR b') = IZR a' * (IZR b * (IZR s * IZR s))
  by rewrite -etol; ring.
apply: Rle_trans _ check; rewrite -Rmult_assoc; apply: Rmult_le_compat_r; first lra.
have -> : Rabs (x - D) * (IZR b * (IZR s * IZR s)) = Rabs ((x - D) * (IZR b * (IZR s * IZR s))).
  by rewrite (Rabs_mult (x - D)) (Rabs_right (IZR b * _)) //; lra.
have -> : (x - D) * (IZR b * (IZR s * IZR s)) =
    (IZR r * w * IZR b - IZR a * (IZR s * IZR s)) + IZR b * (x * (IZR s * IZR s) - IZR r * w).
  by rewrite -eD; ring.
apply: Rle_trans (Rabs_triang _ _) _; apply: Rplus_le_compat; first by right.
rewrite Rabs_mult (Rabs_right (IZR b)); last by lra.
by apply: Rmult_le_compat_l; lra.
Qed.

Lemma within_zero s : within s 0 0.
Proof. by rewrite /within (_ : 0 * IZR s - 0 = 0) ?Rabs_R0; [lra | ring]. Qed.
