(** The inequality for a single sample: cross-entropy lies above every line in
    its margin, and touches it at one distribution of the softmax only.
    (Gibbs' inequality; it holds Jensen's and Fenchel's of the paper's proof.) *)

From NeuralCollapse Require Import Setting.

Lemma ln_lt_sub1 y : 0 < y -> y <> 1 -> ln y < y - 1.
Proof.
move=> y0 y1; have l0 : ln y <> 0.
  by move=> l0; apply: y1; apply: ln_inv; rewrite ?ln_1 //; lra.
by have := exp_ineq1 _ l0; rewrite exp_ln //; lra.
Qed.

Lemma ln_le_sub1 y : 0 < y -> ln y <= y - 1.
Proof.
move=> y0; case: (Req_dec y 1) => [->|y1]; first by rewrite ln_1; lra.
by have := ln_lt_sub1 y0 y1; lra.
Qed.

Lemma ln_div x y : 0 < x -> 0 < y -> ln (x / y) = ln x - ln y.
Proof. by move=> x0 y0; rewrite ln_mult ?ln_Rinv //; apply: Rinv_0_lt_compat. Qed.

(** The divergence of two weights. *)
Definition diverge (x q : R) : R := x - q - q * ln (x / q).

Lemma diverge_ge0 x q : 0 < x -> 0 <= q -> 0 <= diverge x q.
Proof.
move=> x0 q0; rewrite /diverge; case: (Req_dec q 0) => [->|qn]; first lra.
have qp : 0 < q by lra.
have xq : 0 < x / q by apply: Rdiv_lt_0_compat.
have := Rmult_le_compat_l _ _ _ q0 (ln_le_sub1 xq).
have -> : q * (x / q - 1) = x - q by field.
by lra.
Qed.

Lemma diverge_eq0 x q : 0 < x -> 0 < q -> diverge x q = 0 -> x = q.
Proof.
move=> x0 q0; rewrite /diverge => e.
have xq : 0 < x / q by apply: Rdiv_lt_0_compat.
case: (Req_dec (x / q) 1) => [e1|n1].
  have e2 : x = x / q * q by field; lra.
  by rewrite e2 e1; ring.
have := Rmult_lt_compat_l _ _ _ q0 (ln_lt_sub1 xq n1).
have -> : q * (x / q - 1) = x - q by field; lra.
by lra.
Qed.

Section OneSample.
Variables (K : nat) (z : 'I_K -> R) (k : 'I_K) (b : R).
Hypothesis K2 : 2 <= K.
Hypothesis b01 : 0 <= b < 1.

(** What cross-entropy exceeds the line by. *)
Definition logit_gap : R := CE z k + b * margin z k - bracket K b.

Let S := \sum_m exp (z m).
Let p m := exp (z m) / S.
Let q m : R := if m == k then 1 - b else b / (K - 1).

Lemma sum_exp_gt0 : 0 < S.
Proof. by apply: (sum_gt0 (j := k)) => [i|]; [left|]; apply: exp_pos. Qed.

Lemma softmax_gt0 m : 0 < p m.
Proof. by apply: Rdiv_lt_0_compat; [exact: exp_pos | exact: sum_exp_gt0]. Qed.

Lemma sum_softmax : \sum_m p m = 1.
Proof.
rewrite /p /Rdiv sumZr -/S; apply: Rinv_r.
by have := sum_exp_gt0; lra.
Qed.

Lemma q_ge0 m : 0 <= q m.
Proof.
rewrite /q; case: eqP => _; first lra.
by apply: Rmult_le_pos; [lra | left; apply: Rinv_0_lt_compat; lra].
Qed.

Lemma sum_q (f : R -> R) : \sum_m f (q m) = f (1 - b) + (K - 1) * f (b / (K - 1)).
Proof.
have := sum_but_one k (f (1 - b)) (f (b / (K - 1))); rewrite card_ord => <-.
by apply: sum_ext => m; rewrite /q; case: eqP.
Qed.

Lemma sum_qz : \sum_m (q m * z m) = z k - b * margin z k.
Proof.
rewrite (sum_split k) {1}/q eqxx.
rewrite (eq_bigr (fun m => b / (K - 1) * z m)) => [|m /negbTE nm]; last by rewrite /q nm.
by rewrite -big_distrr /margin /=; field; lra.
Qed.

Lemma q_ln_ratio m : q m * ln (p m / q m) = q m * z m - ln S * q m - q m * ln (q m).
Proof.
case: (Req_dec (q m) 0) => [->|qn]; first by ring.
have q0 : 0 < q m by have := q_ge0 m; lra.
rewrite (ln_div (softmax_gt0 m) q0) /p (ln_div (exp_pos _) sum_exp_gt0) ln_exp; ring.
Qed.

Lemma logit_gap_divergence : logit_gap = \sum_m diverge (p m) (q m).
Proof.
rewrite /diverge !sumB (sum_ext q_ln_ratio) !sumB sumZ sum_softmax.
have -> : \sum_m q m = 1 by rewrite (sum_q id) /id; field; lra.
rewrite sum_qz (sum_q (fun x => x * ln x)) /logit_gap /CE -/S /bracket; field; lra.
Qed.

Lemma logit_gap_ge0 : 0 <= logit_gap.
Proof.
rewrite logit_gap_divergence; apply: sum_ge0 => m.
by apply: diverge_ge0; [exact: softmax_gt0 | exact: q_ge0].
Qed.

(** The line touches where the softmax is 1 - b at k, and uniform elsewhere. *)
Lemma logit_gap_eq0 : 0 < b -> logit_gap = 0 ->
  forall m, m != k -> z k - z m = ln ((K - 1) * ((1 - b) / b)).
Proof.
move=> b0; rewrite logit_gap_divergence => e m /negbTE mk.
have q0 i : 0 < q i.
  rewrite /q; case: eqP => _; first lra.
  by apply: Rdiv_lt_0_compat; lra.
have pq i : p i = q i.
  apply: diverge_eq0 => //; first exact: softmax_gt0.
  by apply: (sum_eq0 _ e) => l; apply: diverge_ge0; [exact: softmax_gt0 | exact: q_ge0].
have r : exp (z k - z m) = (K - 1) * ((1 - b) / b).
  have -> : exp (z k - z m) = p k / p m.
    rewrite /p /Rminus exp_plus exp_Ropp; field.
    by have := sum_exp_gt0; have := exp_pos (z m); lra.
  by rewrite !pq /q eqxx mk; field; lra.
by rewrite -r ln_exp.
Qed.

Lemma logit_gap_touch : 0 < b ->
  (forall m, m != k -> z k - z m = ln ((K - 1) * ((1 - b) / b))) -> logit_gap = 0.
Proof.
move=> b0 zz.
have r0 : 0 < (K - 1) * ((1 - b) / b).
  by apply: Rmult_lt_0_compat; [lra | apply: Rdiv_lt_0_compat; lra].
have e m : m != k -> exp (z m) = exp (z k) * (b / ((K - 1) * (1 - b))).
  move=> mk; have -> : z m = z k + - ln ((K - 1) * ((1 - b) / b)) by rewrite -(zz m mk); ring.
  by rewrite exp_plus exp_Ropp exp_ln //; field; lra.
have S_eq : S = exp (z k) / (1 - b).
  rewrite /S (sum_split k).
  rewrite (eq_bigr (fun=> exp (z k) * (b / ((K - 1) * (1 - b))))) => [|m mk]; last exact: e.
  have -> a : \sum_(i | i != k) a = (K - 1) * a.
    have := sum_split k (fun=> a); rewrite sum_constn.
    by set s := \sum_(i | _) _; lra.
  by field; lra.
rewrite logit_gap_divergence; apply: big1 => m _.
suff -> : p m = q m.
  have q0 : 0 < q m.
    rewrite /q; case: eqP => _; first lra.
    by apply: Rdiv_lt_0_compat; lra.
  by rewrite /diverge (_ : q m / q m = 1) ?ln_1; [ring | field; lra].
rewrite /p S_eq /q; case: eqP => [->|/eqP mk]; last rewrite e //; field.
  by have := exp_pos (z k); lra.
by have := exp_pos (z k); lra.
Qed.

End OneSample.
