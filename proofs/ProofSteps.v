(** Intermediate steps of the paper's own proof, for all its variables. *)

From NeuralCollapse Require Import Setting Gibbs Duality Margins Factors Attainment Structure Step4.

Section Steps.
Variable P : problem.
Notation K := (classes P).
Notation n := (count (p := P)).
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** (24): Jensen's inequality for the exponentials of K-1 numbers. *)
Section Jensen.
Variables (y : 'I_K -> R) (k : 'I_K).
Let mu := (\sum_(m | m != k) y m) / (K - 1).

Lemma others_const (a : R) : \sum_(m | m != k) a = (K - 1) * a.
Proof. by have := sum_split k (fun=> a); rewrite sum_constn; set r := \sum_(m | _) _; lra. Qed.

Lemma jensen_split : \sum_(m | m != k) exp (y m) - (K - 1) * exp mu =
  \sum_(m | m != k) (exp mu * (exp (y m - mu) - 1 - (y m - mu))).
Proof.
rewrite [RHS](eq_bigr (fun m => exp (y m) + ((- exp mu + exp mu * mu) + - exp mu * y m)));
  last first.
  by move=> m _; have -> : exp (y m - mu) = exp (y m) * / exp mu;
    [rewrite /Rminus exp_plus exp_Ropp | field; have := exp_pos mu; lra].
rewrite !big_split /= !others_const -(big_distrr (- exp mu)) /=.
have -> : \sum_(m | m != k) y m = (K - 1) * mu by rewrite /mu; field; lra.
by ring.
Qed.

Lemma exp_above u : 0 <= exp u - 1 - u /\ (exp u - 1 - u = 0 -> u = 0).
Proof.
case: (Req_dec u 0) => [->|u0]; first by rewrite exp_0; split; lra.
by have := exp_ineq1 _ u0; split; lra.
Qed.

Theorem jensen24 :
  \sum_(m | m != k) exp (y m) >= (K - 1) * exp mu /\
  (\sum_(m | m != k) exp (y m) = (K - 1) * exp mu <->
     forall m l, m != k -> l != k -> y m = y l).
Proof.
pose f m := if m != k then exp mu * (exp (y m - mu) - 1 - (y m - mu)) else 0.
have f0 m : 0 <= f m.
  rewrite /f; case: ifP => _; last lra.
  by apply: Rmult_le_pos; [left; exact: exp_pos | case: (exp_above (y m - mu))].
have e : \sum_(m | m != k) exp (y m) - (K - 1) * exp mu = \sum_m f m.
  by rewrite jensen_split (big_mkcond (fun m => m != k)).
split; first by have := sum_ge0 f0; lra.
split=> [eq m l mk lk|same].
  have each i : i != k -> y i = mu.
    move=> ik; have := sum_eq0 f0 (_ : \sum_m f m = 0) i; rewrite -e /f ik => /(_ ltac:(lra)).
    case/Rmult_integral => [|z]; first by have := exp_pos mu; lra.
    by have := (exp_above _).2 z; lra.
  by rewrite !each.
suff all m : m != k -> y m = mu.
  by rewrite (eq_bigr (fun=> exp mu)) => [|m mk]; [exact: others_const | rewrite all].
move=> mk; rewrite /mu (eq_bigr (fun=> y m)) => [|l lk]; last exact: same.
by rewrite others_const; field; lra.
Qed.
End Jensen.

(** (27) and (28): a tangent for every t > 0, which touches at one t only. *)
Theorem eq27_28 (x t : R) : 0 < t ->
  ln (1 + (K - 1) * exp x) >= 1 / (1 + t) * x + c2 P t /\
  (ln (1 + (K - 1) * exp x) = 1 / (1 + t) * x + c2 P t <-> t = / ((K - 1) * exp x)).
Proof.
move=> t0; pose E := (K - 1) * exp x.
have e0 := exp_pos x; have E0 : 0 < E by apply: Rmult_lt_0_compat; lra.
pose p := E / (1 + E); pose q := 1 / (1 + t).
have p0 : 0 < p by apply: Rdiv_lt_0_compat; lra.
have p1 : 0 < 1 - p by rewrite /p (_ : 1 - E / (1 + E) = / (1 + E));
  [apply: Rinv_0_lt_compat; lra | field; lra].
have q0 : 0 < q by apply: Rdiv_lt_0_compat; lra.
have q1 : 0 < 1 - q by rewrite /q (_ : 1 - 1 / (1 + t) = t / (1 + t));
  [apply: Rdiv_lt_0_compat; lra | field; lra].
have gap : ln (1 + E) - (1 / (1 + t) * x + c2 P t) = diverge p q + diverge (1 - p) (1 - q).
  rewrite /diverge (ln_div p0 q0) (ln_div p1 q1) /c2 -/q.
  have -> : 1 - p = / (1 + E) by rewrite /p; field; lra.
  have -> : t / (1 + t) = 1 - q by rewrite /q; field; lra.
  have -> : (1 + t) / t = / (1 - q) by rewrite /q; field; lra.
  have -> : (1 + t) * (K - 1) = / q * (K - 1) by rewrite /q; field; lra.
  rewrite (ln_mult (/ q)) ?ln_Rinv //; try lra; last exact: Rinv_0_lt_compat.
  have -> : ln p = ln (K - 1) + x - ln (1 + E).
    by rewrite /p (ln_div E0) ?(ln_mult (K - 1)) ?ln_exp; lra.
  have -> : p = E / (1 + E) by [].
  by field; lra.
have d1 := diverge_ge0 p0 (Rlt_le _ _ q0); have d2 := diverge_ge0 p1 (Rlt_le _ _ q1).
rewrite -/E; split; first lra.
split=> [eq|te].
  have pq : p = q by apply: diverge_eq0 => //; lra.
  have : (1 + E) * (1 + t) * (1 - p) = (1 + E) * (1 + t) * (1 - q) by rewrite pq.
  have -> : (1 + E) * (1 + t) * (1 - p) = 1 + t by rewrite /p; field; lra.
  have -> : (1 + E) * (1 + t) * (1 - q) = t * E + t by rewrite /q; field; lra.
  by move=> eq2; apply: (Rmult_eq_reg_r E); [rewrite Rinv_l; lra | lra].
have pq : p = q by rewrite /p /q te; field; lra.
move: gap; rewrite /diverge pq (_ : q / q = 1); last by field; lra.
by rewrite (_ : (1 - q) / (1 - q) = 1) ?ln_1; [lra | field; lra].
Qed.

(** (32)-(34), for non-negative features: h^_m = sum_k sqrt(n_k) h_k - K sqrt(n_m) h_m. *)
Section Centred.
Variables (d : nat) (h : 'I_K -> vec d).
Hypothesis h0 : forall k j, 0 <= h k j.
Let x k : vec d := fun j => sqrt (n k) * h k j.
Let s : vec d := fun j => \sum_k x k j.
Definition h_hat (m : 'I_K) : vec d :=
  fun j => (\sum_k (sqrt (n k) * h k j)) - K * (sqrt (n m) * h m j).

Theorem eq32 : \sum_m norm2 (h_hat m) = K ^ 2 * (\sum_m norm2 (x m)) - K * norm2 s.
Proof.
rewrite (sum_ext (g := fun m => norm2 s - 2 * K * dot (x m) s + K ^ 2 * norm2 (x m))).
  by rewrite sumD sumB !sumZ sum_constn -dot_suml -/s -/(norm2 s); ring.
by move=> m; rewrite /h_hat (norm2B s (fun j => K * x m j)) norm2Z dotZr dotC; ring.
Qed.

Lemma x_ge0 k j : 0 <= x k j.
Proof. by apply: Rmult_le_pos => //; exact: sqrt_pos. Qed.

Lemma orthogonal_x :
  (forall k l : 'I_K, k != l -> forall j, x k j * x l j = 0) <->
  (forall k l : 'I_K, k != l -> dot (h k) (h l) = 0).
Proof.
have sk (k : 'I_K) := sqrt_n_gt0 k.
split=> a k l kl.
  apply: big1 => j _; have := a k l kl j.
  have -> : x k j * x l j = (sqrt (n k) * sqrt (n l)) * (h k j * h l j) by rewrite /x; ring.
  case/Rmult_integral => // e; have := Rmult_lt_0_compat _ _ (sk k) (sk l); lra.
move=> j; have := sum_eq0 (fun i => Rmult_le_pos _ _ (h0 k i) (h0 l i)) (a k l kl) j => e.
have -> : x k j * x l j = (sqrt (n k) * sqrt (n l)) * (h k j * h l j) by rewrite /x; ring.
by rewrite e; ring.
Qed.

Theorem eq33 : norm2 s >= \sum_k norm2 (x k) /\
  (norm2 s = \sum_k norm2 (x k) <-> forall k l : 'I_K, k != l -> dot (h k) (h l) = 0).
Proof.
have ge := crossed_ge0 x_ge0; rewrite -/s in ge; split; first lra.
rewrite -orthogonal_x -(crossed_eq0 x_ge0) -/s; split; lra.
Qed.

Theorem eq34 : \sum_m norm2 (h_hat m) <= K * (K - 1) * (\sum_k (n k * norm2 (h k))) /\
  (\sum_m norm2 (h_hat m) = K * (K - 1) * (\sum_k (n k * norm2 (h k))) <->
     forall k l : 'I_K, k != l -> dot (h k) (h l) = 0).
Proof.
have xx : \sum_k (n k * norm2 (h k)) = \sum_k norm2 (x k).
  by apply: sum_ext => k; rewrite /x norm2Z sqrt_n_sqr.
have [ge eq] := eq33; rewrite eq32 xx -eq.
have e : K * (K - 1) * (\sum_k norm2 (x k)) - (K ^ 2 * (\sum_m norm2 (x m)) - K * norm2 s)
  = K * (norm2 s - \sum_k norm2 (x k)) by ring.
split.
  have : 0 <= K * (norm2 s - \sum_k norm2 (x k)) by apply: Rmult_le_pos; lra.
  lra.
split=> e2; last by rewrite e2; ring.
have : K * (norm2 s - \sum_k norm2 (x k)) = 0 by lra.
by case/Rmult_integral; lra.
Qed.
End Centred.

(** (49) and (50), at every global minimiser. *)
Section AtMinimum.
Variables (d : nat) (W : classifiers P d) (H : features P d).
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Let h := mean H.

Lemma norm_of_margin k : sqrt (1 / (K * (K - 1))) * sqrt (lambdaH P / lambdaW P) * sqrt
  (n k) * norm2 (h k) = M k / K.
Proof.
rewrite (thm1_c room least) -/(norm_factor k) -/(dual_factor P).
have -> : dual_factor P * sqrt (n k) * (norm_factor k * M k) =
  K * dual_factor P * sqrt (n k) * norm_factor k * (M k / K) by field; lra.
by rewrite factors; ring.
Qed.

Theorem eq49 (k m : 'I_K) : m != k -> dot (W m) (h k) =
  - (sqrt (1 / (K * (K - 1))) * sqrt (lambdaH P / lambdaW P) * sqrt (n k) * norm2 (h k)).
Proof. by move=> mk; rewrite norm_of_margin (thm1_e_other room least mk); field; lra. Qed.

Theorem eq50 k :
  [/\ \sum_m dot (W m) (h k) = 0,
      K * dot (W k) (h k) = sqrt (K * (K - 1)) * sqrt (lambdaH P / lambdaW P) * sqrt (n k)
      * norm2 (h k)
    & / ((K - 1) * exp (((\sum_m dot (W m) (h k)) - K * dot (W k) (h k)) / (K - 1))) =
      1 / (K - 1) * exp (growth k * norm2 (h k))].
Proof.
have sum0 : \sum_m dot (W m) (h k) = 0.
  by rewrite -dot_suml; apply: big1 => j _; rewrite (thm1_d_sum room least); ring.
have [_ [_ [t46 _]]] := lemma2_with_weights room least.
split; [exact: sum0 | | exact: t46].
have kk : 0 < K * (K - 1) by apply: Rmult_lt_0_compat; lra.
have root : sqrt (K * (K - 1)) = K * (K - 1) * sqrt (1 / (K * (K - 1))).
  apply: sqr_inj; first exact: sqrt_pos.
    by apply: Rmult_le_pos; [lra | exact: sqrt_pos].
  by rewrite Rpow_mult_distr !sqr_sqrt; [field; lra | left; exact: (KK_gt0 P) | lra].
rewrite root (thm1_e_own room least).
have -> : K * (K - 1) * sqrt (1 / (K * (K - 1))) * sqrt (lambdaH P / lambdaW P) * sqrt (n k)
  * norm2 (h k) =
  K * (K - 1) * (sqrt (1 / (K * (K - 1))) * sqrt (lambdaH P / lambdaW P) * sqrt (n k) * norm2 (h k))
  by ring.
by rewrite norm_of_margin; field; lra.
Qed.
End AtMinimum.
End Steps.
