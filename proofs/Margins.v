(** The margins M_k, the threshold T and the best slopes: the two cases. *)

From NeuralCollapse Require Import Setting Gibbs.

Lemma ln_undefined x : x <= 0 -> ln x = 0.
Proof. by move=> x0; unfold ln; destruct (Rlt_dec 0 x) => //; exfalso; lra. Qed.

Section Margins.
Variable P : problem.
Notation K := (classes P).
Notation n := (count (p := P)).
Notation c := (c P).
Notation T := (T P).
Implicit Type k : 'I_K.

Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

Lemma share_gt0 : 0 < (K - 1) / K. Proof. by apply: Rdiv_lt_0_compat; lra. Qed.
Lemma share_lt1 : (K - 1) / K < 1.
Proof. by apply: (Rmult_lt_reg_r K); [lra | rewrite /Rdiv Rmult_assoc Rinv_l; lra]. Qed.

(** A class is at or below the threshold where its root is. *)
Lemma le_T k : omega k ^ 2 * n k <= T <-> omega k * sqrt (n k) <= c * K / (K - 1).
Proof.
have a0 : 0 <= c * K / (K - 1).
  by left; apply: Rdiv_lt_0_compat; [apply: Rmult_lt_0_compat; [exact: c_gt0 | lra] | lra].
have r0 := root_gt0 k.
by rewrite T_c -(root_sqr k) -!Rsqr_pow2; split=> h;
  [apply: Rsqr_incr_0 | apply: Rsqr_incr_1] => //; lra.
Qed.

Lemma below_slope k : omega k ^ 2 * n k <= T -> (K - 1) / K <= c / (omega k * sqrt (n k)).
Proof.
move/le_T => h; have s0 := root_gt0 k.
apply: (Rmult_le_reg_r (omega k * sqrt (n k))) => //.
have -> : c / (omega k * sqrt (n k)) * (omega k * sqrt (n k)) = (K - 1) / K * (c * K / (K - 1)).
  by field; have := omega_gt0 k; have := sqrt_n_gt0 k; lra.
by apply: Rmult_le_compat_l h; left; exact: share_gt0.
Qed.

Lemma above_slope k : T < omega k ^ 2 * n k -> c / (omega k * sqrt (n k)) < (K - 1) / K.
Proof.
move=> h; have {}h : c * K / (K - 1) < omega k * sqrt (n k).
  by apply: Rnot_le_lt => /le_T; lra.
have s0 := root_gt0 k; apply: (Rmult_lt_reg_r (omega k * sqrt (n k))) => //.
have -> : c / (omega k * sqrt (n k)) * (omega k * sqrt (n k)) = (K - 1) / K * (c * K / (K - 1)).
  by field; have := omega_gt0 k; have := sqrt_n_gt0 k; lra.
by apply: Rmult_lt_compat_l h; exact: share_gt0.
Qed.

Lemma slope_gt0 k : 0 < c / (omega k * sqrt (n k)).
Proof. by apply: Rdiv_lt_0_compat; [exact: c_gt0 | exact: root_gt0]. Qed.

Lemma slope_sqr k : (omega k * (c / (omega k * sqrt (n k)))) ^ 2 * n k = c ^ 2.
Proof. by rewrite -{2}(sqrt_n_sqr k); field; have := omega_gt0 k; have := sqrt_n_gt0 k; lra. Qed.

Lemma best_below k : omega k ^ 2 * n k <= T -> best k = (K - 1) / K.
Proof. by move/below_slope => h; rewrite /best Rmin_right. Qed.

Lemma best_above k : T < omega k ^ 2 * n k -> best k = c / (omega k * sqrt (n k)).
Proof. by move/above_slope => h; rewrite /best Rmin_left //; lra. Qed.

Lemma best_gt0 k : 0 < best k.
Proof. by apply: Rmin_glb_lt; [exact: slope_gt0 | exact: share_gt0]. Qed.

Lemma best_lt1 k : best k < 1.
Proof. by apply: Rle_lt_trans share_lt1; exact: Rmin_r. Qed.

Theorem best_feasible : feasible_slopes (P := P) (@best P).
Proof.
move=> k; have b0 := best_gt0 k; have b1 := best_lt1 k; split; first lra.
rewrite -(slope_sqr k); apply: Rmult_le_compat_r; first by left; exact: n_gt0.
have o0 := omega_gt0 k; apply: pow_incr; split; first by apply: Rmult_le_pos; lra.
by apply: Rmult_le_compat_l; [lra | exact: Rmin_l].
Qed.

(** The odds of class k against all others, at slope c/(omega_k sqrt n_k). *)
Lemma odds k : (K - 1) * ((1 - c / (omega k * sqrt (n k))) / (c / (omega k * sqrt (n k)))) =
  (K - 1) * (omega k * sqrt (n k) / c - 1).
Proof. by field; have := omega_gt0 k; have := sqrt_n_gt0 k; have := c_gt0 P; lra. Qed.

Lemma M_below k : omega k ^ 2 * n k <= T -> M k = 0.
Proof.
move/le_T => h; have c0 := c_gt0 P; rewrite /M; apply: Rmax_left.
have le1 : (K - 1) * (omega k * sqrt (n k) / c - 1) <= 1.
  have e : (K - 1) * (c * K / (K - 1) / c - 1) = 1 by field; lra.
  rewrite -[X in _ <= X]e; apply: Rmult_le_compat_l; first lra.
  apply: Rplus_le_compat_r; apply: Rmult_le_compat_r h.
  by left; apply: Rinv_0_lt_compat.
case: (Rle_dec ((K - 1) * (omega k * sqrt (n k) / c - 1)) 0) => [neg|/Rnot_le_lt pos].
  by rewrite ln_undefined //; right.
by rewrite -ln_1; case: le1 => [lt1|->]; [left; apply: ln_increasing | right].
Qed.

Lemma M_above k : T < omega k ^ 2 * n k -> M k = ln ((K - 1) * (omega k * sqrt (n k) / c - 1)) /\
  0 < M k.
Proof.
move=> h; have c0 := c_gt0 P.
have {}h : c * K / (K - 1) < omega k * sqrt (n k) by apply: Rnot_le_lt => /le_T; lra.
have gt1 : 1 < (K - 1) * (omega k * sqrt (n k) / c - 1).
  have e : (K - 1) * (c * K / (K - 1) / c - 1) = 1 by field; lra.
  rewrite -[X in X < _]e; apply: Rmult_lt_compat_l; first lra.
  apply: Rplus_lt_compat_r; apply: Rmult_lt_compat_r h.
  exact: Rinv_0_lt_compat.
have l0 : 0 < ln ((K - 1) * (omega k * sqrt (n k) / c - 1)).
  by rewrite -ln_1; apply: ln_increasing; lra.
by have -> : M k = ln ((K - 1) * (omega k * sqrt (n k) / c - 1)) by rewrite /M Rmax_right; lra.
Qed.

Lemma M_ge0 k : 0 <= M k.
Proof. exact: Rmax_l. Qed.

(** Collapse is decided by the threshold. *)
Theorem M_eq0 k : M k = 0 <-> omega k ^ 2 * n k <= T.
Proof.
split=> [e|]; last exact: M_below.
by apply: Rnot_lt_le => /M_above; lra.
Qed.

Theorem M_gt0 k : 0 < M k <-> T < omega k ^ 2 * n k.
Proof.
split=> [m0|/M_above []//].
by apply: Rnot_le_lt => /M_eq0; lra.
Qed.

(** At the best slope the line touches where the margin is M_k. *)
Lemma best_touches k : ln ((K - 1) * ((1 - best k) / best k)) = M k.
Proof.
case: (Rle_lt_dec (omega k ^ 2 * n k) T) => h.
  rewrite best_below // M_below //.
  have -> : (K - 1) * ((1 - (K - 1) / K) / ((K - 1) / K)) = 1 by field; lra.
  exact: ln_1.
by rewrite best_above // odds; have [-> _] := M_above h.
Qed.

Lemma bracket_uniform : bracket K ((K - 1) / K) = ln K.
Proof.
have -> : ln K = - ln (/ K) by rewrite ln_Rinv; lra.
rewrite /bracket (_ : 1 - (K - 1) / K = / K); last by field; lra.
rewrite (_ : (K - 1) / K / (K - 1) = / K); last by field; lra.
by field; lra.
Qed.

(** L* is the dual bound at the best slopes. *)
Lemma Lstar_D : Lstar P = D (@best P).
Proof.
rewrite /Lstar /D; congr (_ / _); apply: sum_ext => k; case: Rle_dec => h /=.
  by rewrite best_below // bracket_uniform.
by rewrite best_above //; lra.
Qed.

End Margins.
