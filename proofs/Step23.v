(** Steps 2 and 3 of the paper's proof: the lower bounds (29), (30), (36) and (38)
    on g(WH) = L1 without its ridge terms, when they are attained, and Lemma 2. *)

From NeuralCollapse Require Import Preamble Sums Problem Vectors Constants Gibbs Factors Attainment Structure Step4
  ProofSteps GradientL1 Step1.

Section Step23.
Variables (P : problem) (d : nat) (W : classifiers P d) (h : 'I_(classes P) -> vec d).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Notation N := (N P).
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** g of (23), and sum_k n_k x_k. *)
Definition g_WH : R := (\sum_k (omega k * n k * phi K (exponent W k (h k)))) / N.
Definition sum_nx : R := \sum_k (n k * norm2 (h k)).
(** t_k and sum_k (n_k/N) c_{2,k} where all classes have the same c_1. *)
Definition t_at (c1 : R) (k : 'I_K) : R := omega k * sqrt (n k) / c1 - 1.
Definition constants_at (c1 : R) : R := \sum_k (omega k * n k / N * c2 P (t_at c1 k)).
(** The c_1 for which all t_k are positive. *)
Definition admissible (c1 : R) : Prop := 0 < c1 /\ forall k, c1 < omega k * sqrt (n k).

Lemma L1_g : L1 W h = g_WH + lW / 2 * (\sum_k norm2 (W k)) + lH / 2 * sum_nx.
Proof. by []. Qed.

Section OneC1.
Variable c1 : R.
Hypothesis ok : admissible c1.
Let c10 : 0 < c1. Proof. by case: ok. Qed.

Lemma t_at_gt0 k : 0 < t_at c1 k.
Proof.
have lt := ok.2 k; rewrite /t_at; suff : 1 < omega k * sqrt (n k) / c1 by lra.
by apply: (Rmult_lt_reg_r c1) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
Qed.

(** The gap of (27) for class k. *)
Let gap27 k := phi K (exponent W k (h k)) - (1 / (1 + t_at c1 k) * exponent W k (h k) + c2 P (t_at c1 k)).

Lemma gap27_ge0 k : 0 <= gap27 k /\ (gap27 k = 0 <-> t_at c1 k = / ((K - 1) * exp (exponent W k (h k)))).
Proof.
have [ge eq] := eq27_28 P (exponent W k (h k)) (t_at_gt0 k).
by rewrite /gap27 /phi; split; [lra | rewrite -eq; split; lra].
Qed.

(** sum_m w_m h^_m, which all exponents come to. *)
Lemma exponents_hat : \sum_k (sqrt (n k) * exponent W k (h k)) = (\sum_m dot (W m) (h_hat h m)) / (K - 1).
Proof.
have e (m : 'I_K) : dot (W m) (h_hat h m) = \sum_k (sqrt (n k) * dot (W m) (h k)) - K * (sqrt (n m) * dot (W m) (h m)).
  rewrite /h_hat dotBr dotZr dotZr dot_sumr; congr (_ - _).
  by apply: sum_ext => k; rewrite dotZr.
rewrite (sum_ext e) sumB sum_exchange sumZ /Rdiv Rmult_minus_distr_r -!sumZr -sumZ -sumZr -sumB.
by apply: sum_ext => k; rewrite /exponent sumZ; field; lra.
Qed.

Lemma gap29 : g_WH - constants_at c1 =
  (\sum_k (omega k * n k * gap27 k)) / N + c1 / (N * (K - 1)) * (\sum_m dot (W m) (h_hat h m)).
Proof.
have N0 := N_gt0 P.
have -> : c1 / (N * (K - 1)) * (\sum_m dot (W m) (h_hat h m)) = \sum_k (c1 * sqrt (n k) * exponent W k (h k)) / N.
  have -> : c1 / (N * (K - 1)) * (\sum_m dot (W m) (h_hat h m)) = c1 / N * ((\sum_m dot (W m) (h_hat h m)) / (K - 1)).
    by field; lra.
  by rewrite -exponents_hat -sumZ; apply: sum_ext => k; field; lra.
rewrite /g_WH /constants_at /Rdiv -!sumZr -sumB -sumD; apply: sum_ext => k.
have s0 := sqrt_n_gt0 k; have o0 := omega_gt0 k; have t0 := t_at_gt0 k.
have -> : c1 * sqrt (n k) = omega k * n k * (1 / (1 + t_at c1 k)).
  rewrite -{2}(sqrt_n_sqr k) /t_at; field; lra.
by rewrite /gap27; field; lra.
Qed.

(** (29). *)
Theorem eq29 : N * (K - 1) / c1 * (g_WH - constants_at c1) >= \sum_m dot (W m) (h_hat h m).
Proof.
have N0 := N_gt0 P; rewrite gap29.
have ge : 0 <= \sum_k (omega k * n k * gap27 k).
  apply: sum_ge0 => k; apply: Rmult_le_pos; last exact: (gap27_ge0 k).1.
  by left; apply: Rmult_lt_0_compat; [exact: omega_gt0 | exact: n_gt0].
set s := \sum_m _; set q := \sum_k _ in ge *.
have -> : N * (K - 1) / c1 * (q / N + c1 / (N * (K - 1)) * s) = (K - 1) / c1 * q + s by field; lra.
have : 0 <= (K - 1) / c1 * q by apply: Rmult_le_pos => //; left; apply: Rdiv_lt_0_compat; lra.
lra.
Qed.

(** (30), with (31), its case of equality; for every c_3 > 0. *)
Lemma gap30 c3 : 0 < c3 ->
  \sum_m dot (W m) (h_hat h m) + c3 / 2 * (\sum_m norm2 (W m)) + 1 / (2 * c3) * (\sum_m norm2 (h_hat h m)) =
  \sum_m (/ (2 * c3) * norm2 (fun j => c3 * W m j - - 1 * h_hat h m j)).
Proof.
move=> c30; rewrite -!sumZ -!sumD; apply: sum_ext => m.
by rewrite norm2B !norm2Z dotZl dotZr; field; lra.
Qed.

Theorem eq30_31 c3 : 0 < c3 ->
  \sum_m dot (W m) (h_hat h m) >= - (c3 / 2) * (\sum_m norm2 (W m)) - 1 / (2 * c3) * (\sum_m norm2 (h_hat h m)) /\
  (\sum_m dot (W m) (h_hat h m) = - (c3 / 2) * (\sum_m norm2 (W m)) - 1 / (2 * c3) * (\sum_m norm2 (h_hat h m)) <->
     forall m j, c3 * W m j = - h_hat h m j).
Proof.
move=> c30; have e := gap30 c30; have i0 : 0 < / (2 * c3) by apply: Rinv_0_lt_compat; lra.
have part m : 0 <= / (2 * c3) * norm2 (fun j => c3 * W m j - - 1 * h_hat h m j).
  by apply: Rmult_le_pos; [lra | exact: norm2_ge0].
have ge := sum_ge0 part; split; first by lra.
split=> [eq m j|all].
  have := sum_eq0 part (_ : _ = 0) m; rewrite -e => /(_ ltac:(lra)) /Rmult_integral [|/norm2_eq0 /(_ j)]; lra.
have z : \sum_m (/ (2 * c3) * norm2 (fun j => c3 * W m j - - 1 * h_hat h m j)) = 0.
  by apply: big1 => m _; rewrite norm2_zero ?Rmult_0_r // => j; rewrite all; ring.
by move: e; rewrite z; lra.
Qed.

(** (29) and (30) in one. *)
Theorem eq30 c3 : 0 < c3 ->
  [/\ N * (K - 1) / c1 * (g_WH - constants_at c1) >= \sum_m dot (W m) (h_hat h m),
      \sum_m dot (W m) (h_hat h m) >= - (c3 / 2) * (\sum_m norm2 (W m)) - 1 / (2 * c3) * (\sum_m norm2 (h_hat h m))
    & \sum_m dot (W m) (h_hat h m) = - (c3 / 2) * (\sum_m norm2 (W m)) - 1 / (2 * c3) * (\sum_m norm2 (h_hat h m)) <->
      forall m j, c3 * W m j = - h_hat h m j].
Proof. by move=> c30; have [a b] := eq30_31 c30; split=> //; exact: eq29. Qed.

(** ** (36)-(38), where (35) holds: ||W||^2 = (lH/lW) sum_k n_k x_k *)
Hypothesis h0 : forall k j, 0 <= h k j.
Hypothesis eq35 : \sum_k norm2 (W k) = lH / lW * sum_nx.

Theorem eq36 c3 : 0 < c3 ->
  N * (K - 1) / c1 * (g_WH - constants_at c1) >= - (c3 * lH / (2 * lW)) * sum_nx - K * (K - 1) / (2 * c3) * sum_nx.
Proof.
move=> c30; have [a _] := eq30_31 c30; have b := eq29; have [e _] := eq34 h0; rewrite -/sum_nx in e.
have i0 : 0 < 1 / (2 * c3) by apply: Rdiv_lt_0_compat; lra.
have := Rmult_le_compat_l _ _ _ (Rlt_le _ _ i0) e.
have -> : 1 / (2 * c3) * (K * (K - 1) * sum_nx) = K * (K - 1) / (2 * c3) * sum_nx by field; lra.
have w0 := lW_gt0 P; rewrite eq35 in a.
have -> : c3 * lH / (2 * lW) * sum_nx = c3 / 2 * (lH / lW * sum_nx) by field; lra.
by lra.
Qed.
End OneC1.
End Step23.
