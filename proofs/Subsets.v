(** The limit problem of vanishing decays, with equal counts: least norms with margins of at
    least 1. What is never undercut, whatever d, and a point of neural collapse. *)

From NeuralCollapse Require Import Setting.

Section Limit.
Variables (K d : nat).
Variables (W h : 'I_K -> vec d).
Hypothesis K2 : 2 <= K.
Hypothesis pos : forall k j, 0 <= h k j.
Hypothesis apart : forall k m : 'I_K, m != k -> 1 <= dot (W k) (h k) - dot (W m) (h k).

Let H2 := \sum_k norm2 (h k).
Let W2 := \sum_k norm2 (W k).

(** v_m = (K h_m - sum_k h_k)/(K-1), of which the margins' means are products with W. *)
Let v (m : 'I_K) : vec d := fun j => (K * h m j - \sum_k h k j) / (K - 1).

Lemma margins_mean : K <= \sum_m dot (W m) (v m).
Proof.
have -> : \sum_m dot (W m) (v m) =
    \sum_k (\sum_m (dot (W k) (h k) - dot (W m) (h k))) / (K - 1).
  rewrite (sum_ext (f := fun m => dot (W m) (v m)) (g := fun m => / (K - 1) *
    (K * dot (W m) (h m) - \sum_k dot (W m) (h k)))) => [|m]; last first.
    rewrite -dot_sumr -dotZr /dot -sumB -sumZ; apply: sum_ext => j; rewrite /v; field; lra.
  rewrite sumZ sumB sumZ sum_exchange /Rdiv sumZr.
  rewrite (sum_ext (f := fun k => \sum_m (dot (W k) (h k) - dot (W m) (h k)))
    (g := fun k => K * dot (W k) (h k) - \sum_m dot (W m) (h k))) => [|k].
    by rewrite sumB sumZ; ring.
  by rewrite sumB sum_constn.
rewrite [X in X <= _](_ : _ = \sum_(k < K) 1); last by rewrite sum_constn Rmult_1_r.
apply: sum_le => k; apply: (Rmult_le_reg_r (K - 1)); first lra.
rewrite [X in _ <= X](_ : _ = \sum_m (dot (W k) (h k) - dot (W m) (h k))); last by field; lra.
rewrite Rmult_1_l (sum_split k).
rewrite (_ : dot (W k) (h k) - dot (W k) (h k) = 0) ?Rplus_0_l; last by ring.
have -> : K - 1 = \sum_(m | m != k) 1.
  have := sum_but_one k 0 1; rewrite card_ord Rmult_1_r (sum_split k) eqxx.
  by rewrite (eq_bigr (fun=> 1)) => [|m /negbTE ->]; lra.
rewrite big_mkcond [X in _ <= X]big_mkcond /=; apply: sum_le => m.
by case: ifP => mk; [exact: apart | lra].
Qed.

Lemma v_norm : \sum_m norm2 (v m) <= K / (K - 1) * H2.
Proof.
pose s : vec d := fun j => \sum_k h k j.
have S : H2 <= norm2 s.
  have e j : \sum_k h k j ^ 2 <= s j ^ 2.
    rewrite [X in _ <= X](_ : _ = \sum_k (h k j * s j)); last by rewrite sumZr /s; ring.
    apply: sum_le => k; have := sum_le1 k (fun l => pos l j); have := pos k j.
    rewrite -/(s j); nra.
  rewrite /H2 /norm2 /dot sum_exchange; apply: sum_le => j.
  by have := e j; rewrite (sum_ext (f := fun k => h k j ^ 2) (g := fun k => h k j * h k j))
    => [|k]; [lra | ring].
have -> : \sum_m norm2 (v m) = / (K - 1) ^ 2 * (K ^ 2 * H2 - K * norm2 s).
  rewrite (sum_ext (g := fun m => / (K - 1) ^ 2 *
    (K ^ 2 * norm2 (h m) - 2 * K * dot s (h m) + norm2 s))) => [|m].
    rewrite sumZ sumD sumB !sumZ sum_constn -dot_sumr -/H2.
    have -> : dot s (fun j => \sum_k h k j) = norm2 s by [].
    ring.
  have -> : norm2 (v m) = / (K - 1) ^ 2 * norm2 (fun j => K * h m j - s j).
    have -> : / (K - 1) ^ 2 = (/ (K - 1)) ^ 2 by field; lra.
    by rewrite -norm2Z; apply: dot_ext => j; rewrite /v /s /Rdiv; ring.
  by rewrite norm2B norm2Z dotZl (dotC (h m)); ring.
have K1 : 0 < / (K - 1) ^ 2 by apply: Rinv_0_lt_compat; apply: pow_lt; lra.
apply: (Rle_trans _ (/ (K - 1) ^ 2 * (K ^ 2 * H2 - K * H2))).
  apply: Rmult_le_compat_l; first lra.
  by have := Rmult_le_compat_l K _ _ ltac:(lra) S; lra.
by right; field; lra.
Qed.

(** No cost is lower. *)
Theorem cost_ge : sqrt (K * (K - 1)) <= (W2 + H2) / 2.
Proof.
have W0 : 0 <= W2 by apply: sum_ge0 => k; exact: norm2_ge0.
have H0 : 0 <= H2 by apply: sum_ge0 => k; exact: norm2_ge0.
pose a := sqrt ((K - 1) / K).
have a0 : 0 < (K - 1) / K by apply: Rdiv_lt_0_compat; lra.
have aa : a * a = (K - 1) / K by apply: sqrt_sqrt; lra.
have ap : 0 < a by exact: sqrt_lt_R0.
have ka : sqrt (K * (K - 1)) = K * a.
  have -> : K * (K - 1) = (K * a) * (K * a).
    have -> : K * a * (K * a) = K * K * (a * a) by ring.
    by rewrite aa; field; lra.
  by apply: sqrt_square; apply: Rmult_le_pos; lra.
(* 2 a W.v <= W^2 + a^2 v^2 *)
have young : 2 * a * (\sum_m dot (W m) (v m)) <= W2 + a * a * \sum_m norm2 (v m).
  rewrite -!sumZ /W2 -sumD; apply: sum_le => m.
  have := norm2_ge0 (fun j => W m j - a * v m j).
  by rewrite norm2B norm2Z dotZr; lra.
have := margins_mean; have := v_norm => vn mm.
have : a * a * (\sum_m norm2 (v m)) <= H2.
  have := Rmult_le_compat_l (a * a) _ _ ltac:(nra) vn.
  have -> : a * a * (K / (K - 1) * H2) = H2 by rewrite aa; field; lra.
  by [].
have := Rmult_le_compat_l (2 * a) _ _ ltac:(lra) mm.
rewrite ka; lra.
Qed.
End Limit.

(** Each class alone in a coordinate: margins of 1, W and h in the ratio that costs least or any. *)
Section Reached.
Variable K : nat.
Hypothesis K2 : 2 <= K.
Variable b : R.
Hypothesis b0 : 0 < b.

Let h (k : 'I_K) : vec K := fun j => if j == k then b else 0.
Let W (k : 'I_K) : vec K := fun j => ((if j == k then 1 else 0) - / K) / b.

Lemma alone : [/\ forall k j, 0 <= h k j,
  forall k m : 'I_K, m != k -> 1 <= dot (W k) (h k) - dot (W m) (h k)
  & (\sum_k norm2 (W k) + \sum_k norm2 (h k)) / 2 = ((K - 1) / b ^ 2 + K * b ^ 2) / 2].
Proof.
split=> [k j|k m mk|].
- by rewrite /h; case: eqP; lra.
- have e (l : 'I_K) : dot (W l) (h k) = (if k == l then 1 else 0) - / K.
    rewrite /dot (sum_only (j := k)) => [|j /negbTE jk]; rewrite /h /W ?jk ?eqxx; last by ring.
    by field; lra.
  by rewrite !e eqxx eq_sym (negbTE mk); lra.
have hh k : norm2 (h k) = b ^ 2.
  by rewrite /norm2 /dot (sum_only (j := k)) => [|j /negbTE jk]; rewrite /h ?jk ?eqxx; ring.
have ww k : norm2 (W k) = (1 - / K) / b ^ 2.
  rewrite /norm2 /dot (sum_ext (g := fun j => if j == k then (1 - / K) ^ 2 / b ^ 2 else
    / K ^ 2 / b ^ 2)) => [|j].
    by rewrite sum_but_one card_ord; field; lra.
  by rewrite /W; case: eqP => _; field; lra.
rewrite (sum_ext hh) (sum_ext ww) !sum_constn; field; lra.
Qed.
End Reached.
