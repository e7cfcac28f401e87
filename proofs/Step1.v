(** Step 1 of the paper's proof: L0 >= L1, the loss of the class means in which
    the other logits are averaged; (25), and when they are equalities. *)

From NeuralCollapse Require Import Setting Gibbs Identity Duality Step4 ProofSteps GradientL1.

(** log (1 + (K-1) e^x), of which (25) says that it is convex. *)
Definition phi (K : nat) (x : R) : R := ln (1 + (K - 1) * exp x).

(** The tangent at a, which touches at a only: (27) at the t of (28). *)
Lemma phi_tangent (P : problem) (a : R) :
  exists q, 0 < q /\ forall x, phi (classes P) a + q * (x - a) <= phi (classes P) x /\
    (phi (classes P) a + q * (x - a) = phi (classes P) x -> x = a).
Proof.
set K := classes P; have K2 : 2 <= K := K_ge2 P; have e0 := exp_pos a.
have E0 : 0 < (K - 1) * exp a by apply: Rmult_lt_0_compat; lra.
pose t := / ((K - 1) * exp a).
have t0 : 0 < t by apply: Rinv_0_lt_compat.
have [_ [_ touch]] := eq27_28 P a t0.
have eq := touch (erefl t); rewrite -/K in eq.
exists (1 / (1 + t)); split; first by apply: Rdiv_lt_0_compat; lra.
move=> x; have [above only] := eq27_28 P x t0; rewrite -/K in above only.
rewrite /phi eq; split; first by lra.
move=> e; have {}e : ln (1 + (K - 1) * exp x) = 1 / (1 + t) * x + c2 P t by lra.
have {}e := only.1 e; have ex := exp_pos x.
have {}e : (K - 1) * exp x = (K - 1) * exp a.
  have -> : (K - 1) * exp x = / t by rewrite e; field; lra.
  by rewrite /t; field; lra.
by apply: exp_inv; apply: Rmult_eq_reg_l e _; lra.
Qed.

(** (25): Jensen's inequality for phi and n numbers, equal exactly where these are. *)
Theorem phi_jensen (P : problem) (n : nat) (x : 'I_n -> R) : (1 <= n)%N ->
  n * phi (classes P) ((\sum_i x i) / n) <= \sum_i phi (classes P) (x i) /\
  (\sum_i phi (classes P) (x i) = n * phi (classes P) ((\sum_i x i) / n) <->
    forall i, x i = (\sum_i x i) / n).
Proof.
move=> n1; have n0 : 0 < n by apply: (lt_INR 0); apply/ltP.
set a := (\sum_i x i) / n; have [q [q0 tangent]] := phi_tangent P a.
have gap0 i : 0 <= phi (classes P) (x i) - (phi (classes P) a + q * (x i - a)).
  by have [] := tangent (x i); lra.
have sum_gap : \sum_i (phi (classes P) (x i) - (phi (classes P) a + q * (x i - a))) =
    \sum_i phi (classes P) (x i) - n * phi (classes P) a.
  rewrite sumB sumD sumZ sumB !sum_constn.
  have -> : \sum_i x i = n * a by rewrite /a; field; lra.
  by ring.
split; first by have := sum_ge0 gap0; rewrite sum_gap; lra.
split=> [e i|same].
  apply: (tangent (x i)).2; have := sum_eq0 gap0 (_ : _ = 0) i;
    rewrite sum_gap => /(_ ltac:(lra)); lra.
by rewrite (sum_ext (g := fun=> phi (classes P) a)) ?sum_constn // => i; rewrite same.
Qed.

Section Step1.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Arguments H : clear implicits.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** The mean of a class's exponents is the exponent of its mean. *)
Lemma exponent_mean (k : 'I_K) : exponent W k (mean H k) = (\sum_i exponent W k (H k i)) / n k.
Proof.
have n0 := n_gt0 k.
have e w : dot w (mean H k) = (\sum_i dot w (H k i)) / n k.
  rewrite -dot_sumr /Rdiv Rmult_comm -dotZr; apply: dot_ext => // j; rewrite /mean; field; lra.
rewrite (sum_ext (g := fun i => / (K - 1) * ((\sum_m dot (W m) (H k i)) - K * dot (W k) (H k i))));
  last first.
  by move=> i; rewrite /exponent; field; lra.
rewrite sumZ sumB sumZ sum_exchange /exponent e (sum_ext (fun m => e (W m))) /Rdiv sumZr;
  field; lra.
Qed.

(** For one sample: the other logits enter by their mean only; (24). *)
Lemma CE_phi (h : vec d) (k : 'I_K) :
  phi K (exponent W k h) <= CE (logits W h) k /\
  (phi K (exponent W k h) = CE (logits W h) k <->
     forall m l : 'I_K, m != k -> l != k -> logits W h m = logits W h l).
Proof.
set z := logits W h; have [ge eq] := jensen24 (P := P) z k.
set others := \sum_(m | m != k) exp (z m) in ge eq.
set mu := (\sum_(m | m != k) z m) / (K - 1) in ge eq.
have ex : exponent W k h = mu - z k.
  by rewrite /exponent (sum_split k) /mu /z /logits; field; lra.
have ek := exp_pos (z k); have em := exp_pos mu.
have p0 : 0 < (K - 1) * exp mu by apply: Rmult_lt_0_compat; lra.
have eC : CE z k = ln (exp (z k) + others) - z k by rewrite /CE (sum_split k).
have ephi : phi K (exponent W k h) = ln (exp (z k) + (K - 1) * exp mu) - z k.
  rewrite /phi ex.
  have -> : 1 + (K - 1) * exp (mu - z k) = (exp (z k) + (K - 1) * exp mu) / exp (z k).
    by rewrite /Rminus exp_plus exp_Ropp; field; lra.
  by rewrite ln_div ?ln_exp //; lra.
rewrite ephi eC; split.
  case: (Rle_lt_or_eq_dec _ _ (Rge_le _ _ ge)) => [lt|->]; last by right.
  by left; apply: Rplus_lt_compat_r; apply: ln_increasing; lra.
rewrite -eq; split=> [e|->] //.
have {}e : ln (exp (z k) + (K - 1) * exp mu) = ln (exp (z k) + others) by lra.
suff : exp (z k) + (K - 1) * exp mu = exp (z k) + others by lra.
by apply: ln_inv e; lra.
Qed.

(** The parts of L0 - L1, class by class. *)
Let labels (k : 'I_K) := \sum_i CE (logits W (H k i)) k - n k * phi K (exponent W k (mean H k)).
Let spread (k : 'I_K) := features_norm2 H k - n k * norm2 (mean H k).

Lemma labels_ge0 k : 0 <= labels k /\ (labels k = 0 <->
  (forall i (m l : 'I_K), m != k -> l != k -> logits W (H k i) m = logits W (H k i) l) /\
  (forall i, exponent W k (H k i) = exponent W k (mean H k))).
Proof.
have [ge eq] := phi_jensen P (fun i => exponent W k (H k i)) (count_ge1 k).
rewrite -exponent_mean in ge eq.
have each i := CE_phi (H k i) k.
have gap0 i : 0 <= CE (logits W (H k i)) k - phi K (exponent W k (H k i)) by have [] := each i; lra.
have := sum_ge0 gap0; have zero := sum_eq0 gap0; rewrite sumB in zero *; move=> ge2.
rewrite /labels; split; first by lra.
split=> [e|[same all]].
  split=> [i|]; last by apply/eq; lra.
  by apply/(each i).2; have := zero ltac:(lra) i; lra.
rewrite -(eq.2 all); apply: Rminus_diag_eq; apply: sum_ext => i.
by symmetry; apply/(each i).2; exact: same.
Qed.

Lemma spread_ge0 k : 0 <= spread k /\ (spread k = 0 <-> forall i j, H k i j = mean H k j).
Proof.
have n0 := n_gt0 k.
have e : n k * spread k = n k * features_norm2 H k - norm2 (feature_sum H k).
  have -> : norm2 (feature_sum H k) = n k ^ 2 * norm2 (mean H k).
    by rewrite -norm2Z; apply: dot_ext => j; rewrite /mean /feature_sum; field; lra.
  by rewrite /spread; ring.
have ge := vector_spread_ge0 (H k) (count_ge1 k).
split; first by apply: (Rmult_le_reg_l (n k)) => //; rewrite Rmult_0_r e.
split=> [z|all].
  have z2 : n k * features_norm2 H k - norm2 (feature_sum H k) = 0 by rewrite -e z; ring.
  by move=> i j; rewrite (vector_spread_eq0 (count_ge1 k) z2).
rewrite /spread /features_norm2 (sum_ext (g := fun=> norm2 (mean H k))) ?sum_constn; first by ring.
by move=> i; apply: dot_ext.
Qed.

Lemma L0_L1 : L0 W H - L1 W (mean H) =
  (\sum_k (omega k * labels k)) / N P + lambdaH P / 2 * (\sum_k spread k).
Proof.
rewrite /L0 /L1 /labels /spread sumB.
rewrite (sum_ext (f := fun k => omega k * (_ - _)) (g :=
  fun k => omega k * (\sum_i CE (logits W (H k i)) k)
   - omega k * n k * ln (1 + (K - 1) * exp (exponent W k (mean H k))))); last first.
  by move=> k; rewrite /phi; ring.
by rewrite sumB /features_norm2; field; have := N_gt0 P; lra.
Qed.

(** Step 1, with the case of equality: the features of a class are equal, and the other logits
    are. *)
Theorem step1 :
  L1 W (mean H) <= L0 W H /\
  (L0 W H = L1 W (mean H) <->
     (forall k i j, H k i j = mean H k j) /\
     (forall k i (m l : 'I_K), m != k -> l != k -> logits W (H k i) m = logits W (H k i) l)).
Proof.
have N0 := N_gt0 P; have h0 := lH_gt0 P; have i0 : 0 < / N P by apply: Rinv_0_lt_compat.
have part k : 0 <= omega k * labels k.
  by apply: Rmult_le_pos; [left; exact: omega_gt0 | exact: (labels_ge0 k).1].
have g1 := sum_ge0 part; have g2 : 0 <= \sum_k spread k by apply: sum_ge0 => k;
  exact: (spread_ge0 k).1.
have e := L0_L1; rewrite /Rdiv in e.
have g1' := Rmult_le_pos _ _ g1 (Rlt_le _ _ i0).
have g2' : 0 <= lambdaH P * / 2 * \sum_k spread k by apply: Rmult_le_pos; lra.
split; first by lra.
split=> [z|[same all]].
  have z2 : \sum_k spread k = 0.
    have /Rmult_integral [] : lambdaH P * / 2 * (\sum_k spread k) = 0 by lra.
    - by lra.
    - by [].
  have z1 : \sum_k (omega k * labels k) = 0.
    have /Rmult_integral [] : (\sum_k (omega k * labels k)) * / N P = 0 by lra.
    - by [].
    - by lra.
  split=> k; first by apply/(spread_ge0 k).2; exact: (sum_eq0 (fun m => (spread_ge0 m).1) z2 k).
  have /Rmult_integral [|] := sum_eq0 part z1 k; first by have := omega_gt0 k; lra.
  by case/(labels_ge0 k).2.
have s0 k : spread k = 0 by apply/(spread_ge0 k).2; exact: same.
have l0 k : labels k = 0.
  apply/(labels_ge0 k).2; split; first exact: all.
  move=> i; rewrite /exponent (dot_ext (fun=> erefl) (same k i)).
  by rewrite (sum_ext (fun m => dot_ext (fun=> erefl) (same k i))).
have z1 : \sum_k (omega k * labels k) = 0 by apply: big1 => k _; rewrite l0; ring.
have z2 : \sum_k spread k = 0 by apply: big1 => k _.
by move: e; rewrite z1 z2; lra.
Qed.

(** (25) and the inequality after it, for the samples of class k. *)
Theorem jensen25 (k : 'I_K) :
  [/\ \sum_i phi K (exponent W k (H k i)) >= n k * phi K (exponent W k (mean H k)),
      \sum_i norm2 (H k i) >= 1 / n k * norm2 (fun j => \sum_i H k i j),
      \sum_i norm2 (H k i) = 1 / n k * norm2 (fun j => \sum_i H k i j) <->
      forall i i' j, H k i j = H k i' j
    & (forall i i' j, H k i j = H k i' j) ->
      \sum_i phi K (exponent W k (H k i)) = n k * phi K (exponent W k (mean H k))].
Proof.
have n0 := n_gt0 k; have [s0 s_eq] := spread_ge0 k.
have [ge eq] := phi_jensen P (fun i => exponent W k (H k i)) (count_ge1 k).
rewrite -exponent_mean in ge eq.
have e : spread k = \sum_i norm2 (H k i) - 1 / n k * norm2 (fun j => \sum_i H k i j).
  rewrite /spread /features_norm2; congr (_ - _).
  have -> : norm2 (fun j => \sum_i H k i j) = n k ^ 2 * norm2 (mean H k).
    by rewrite -norm2Z; apply: dot_ext => j; rewrite /mean /feature_sum; field; lra.
  by field; lra.
have same : (forall i j, H k i j = mean H k j) <-> forall i i' j, H k i j = H k i' j.
  split=> [all i i' j|all i j]; first by rewrite !all.
  rewrite /mean (sum_ext (g := fun=> H k i j)) ?sum_constn => [|i']; last exact: all.
  by field; lra.
split; [lra | lra | rewrite -same -s_eq e; split; lra |].
move/same => all; apply/eq => i; rewrite /exponent (dot_ext (fun=> erefl) (all i)).
by rewrite (sum_ext (fun m => dot_ext (fun=> erefl) (all i))).
Qed.
End Step1.
