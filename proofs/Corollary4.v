(** Corollary 4: minority and complete collapse; with class weights, omega_k^2 n_k
    stands for n_k. *)

From NeuralCollapse Require Import Setting Margins Factors Attainment Structure Proposition1
  Corollary3.

Section Collapse.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Arguments H : clear implicits.
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Notation N := (N P).
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Let h := mean H.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

Theorem threshold k : (forall j, h k j = 0) <-> omega k ^ 2 * n k <= T P.
Proof. by apply: (collapse (((theorem1 W H room).1 least).2)). Qed.

Theorem equal_classifiers (k l : 'I_K) :
  omega k ^ 2 * n k <= T P -> omega l ^ 2 * n l <= T P -> forall j, W k j = W l j.
Proof.
move=> /threshold hk /threshold hl j.
by rewrite !(thm1_d room least) -/h hk hl; ring.
Qed.

(** (b): every class collapses, and the minimiser is zero. *)
Theorem complete_with_weights :
  (forall k, N ^ 2 / (omega k ^ 2 * n k) >= (K - 1) / (K * lW * lH)) ->
  (forall k j, W k j = 0) /\ (forall k i j, H k i j = 0).
Proof.
move=> ge; have w0 := lW_gt0 P; have h0 := lH_gt0 P.
have z k j : h k j = 0.
  apply/threshold: j; have n0 := n_gt0 k; have o0 := omega_gt0 k; have := ge k.
  move/Rge_le/(Rmult_le_compat_r (K / (K - 1) * lW * lH * (omega k ^ 2 * n k))).
  have -> : (K - 1) / (K * lW * lH) * (K / (K - 1) * lW * lH * (omega k ^ 2 * n k))
    = omega k ^ 2 * n k by field; lra.
  have -> : N ^ 2 / (omega k ^ 2 * n k) * (K / (K - 1) * lW * lH * (omega k ^ 2 * n k)) = T P
    by rewrite /T; field; lra.
  apply; apply: Rmult_le_pos; last by apply: Rmult_le_pos; [exact: pow2_ge_0 | lra].
  do 2 (apply: Rmult_le_pos; last lra).
  by left; apply: Rdiv_lt_0_compat; lra.
split=> [k j|k i j]; last by rewrite (thm1_a room least).
rewrite (thm1_d room least) -/h z (_ : \sum_m _ = 0); first by ring.
by apply: big1 => m _; rewrite z; ring.
Qed.

(** (a): two groups; the minority collapses exactly from this ratio on. *)
Section TwoGroups.
Variables (major : pred 'I_K) (nA nB : nat).
Hypothesis countA : forall k, major k -> n k = nA.
Hypothesis countB : forall k, ~~ major k -> n k = nB.
Notation KA := #|[pred k | major k]|.
Notation KB := #|[pred k | ~~ major k]|.

Lemma N_groups : N = nA * KA + nB * KB.
Proof.
rewrite /N (bigID major) /=.
rewrite (eq_bigr (fun=> INR nA)) => [|k mk]; last by rewrite countA.
rewrite [X in _ + X = _](eq_bigr (fun=> INR nB)) => [|k mk]; last by rewrite countB.
by rewrite !group_sum; ring.
Qed.

Variable oB : R.
Hypothesis omegaB : forall k, ~~ major k -> omega k = oB.

Theorem minority_with_weights : 0 < KA -> (exists k, ~~ major k) ->
  (forall k, ~~ major k -> forall j, h k j = 0) <->
  nA / nB >= 1 / KA * (oB ^ 2 * (K - 1) / (N * K * lW * lH) - KB).
Proof.
move=> ka [k0 mk0]; have w0 := lW_gt0 P; have h0 := lH_gt0 P; have N0 := N_gt0 P.
have n0 : 0 < nB by rewrite -(countB mk0); exact: n_gt0.
have -> : (forall k, ~~ major k -> forall j, h k j = 0) <-> oB ^ 2 * nB <= T P.
  split=> [z|le k mk]; first by rewrite -(countB mk0) -(omegaB mk0); apply/threshold; exact: z.
  by apply/threshold; rewrite countB // omegaB.
have q0 : 0 < N * K * lW * lH / (K - 1) * nB / KA.
  by apply: Rdiv_lt_0_compat => //; apply: Rmult_lt_0_compat => //; apply: Rdiv_lt_0_compat;
    [do 3 (apply: Rmult_lt_0_compat => //); lra | lra].
have e : T P - oB ^ 2 * nB = (N * K * lW * lH / (K - 1) * nB / KA) *
   KA ^ 2 * (nA / nB - 1 / KA * (oB ^ 2 * (K - 1) / (N * K * lW * lH) - KB)) / KA * KA.
  rewrite /T; have -> : N ^ 2 = N * (nA * KA + nB * KB) by rewrite -N_groups; ring.
  by field; lra.
set x := nA / nB in e *; set y := 1 / KA * _ in e *.
have {}e : T P - oB ^ 2 * nB = (N * K * lW * lH / (K - 1) * nB / KA * KA ^ 2) * (x - y).
  by rewrite e; field; lra.
have q1 : 0 < N * K * lW * lH / (K - 1) * nB / KA * KA ^ 2.
  by apply: Rmult_lt_0_compat => //; apply: pow_lt.
split=> [le|ge].
  apply: Rle_ge; apply: Rnot_lt_le => lt.
  have := Rmult_lt_compat_l _ _ _ q1 (_ : x - y < 0) => /(_ ltac:(lra)).
  lra.
have := Rmult_le_pos _ _ (Rlt_le _ _ q1) (_ : 0 <= x - y) => /(_ ltac:(lra)).
lra.
Qed.

End TwoGroups.

(** ** Without weights: the paper's statements *)
Section Unweighted.
Hypothesis one : unweighted P.

Theorem cor4_threshold k : (forall j, h k j = 0) <-> n k <= T P.
Proof. by rewrite -(unweighted_count k one); exact: threshold. Qed.

Theorem cor4_equal (k l : 'I_K) : n k <= T P -> n l <= T P -> forall j, W k j = W l j.
Proof.
by rewrite -(unweighted_count k one) -(unweighted_count l one); exact: equal_classifiers.
Qed.

Theorem cor4_complete : (forall k, N ^ 2 / n k >= (K - 1) / (K * lW * lH)) ->
  (forall k j, W k j = 0) /\ (forall k i j, H k i j = 0).
Proof. by move=> ge; apply: complete_with_weights => k; rewrite unweighted_count. Qed.

Theorem cor4_minority (major : pred 'I_K) (nA nB : nat) :
  (forall k, major k -> n k = nA) -> (forall k, ~~ major k -> n k = nB) ->
  let KA := #|[pred k | major k]| in let KB := #|[pred k | ~~ major k]| in
  0 < KA -> (exists k, ~~ major k) ->
  (forall k, ~~ major k -> forall j, h k j = 0) <->
  nA / nB >= 1 / KA * ((K - 1) / (N * K * lW * lH) - KB).
Proof.
move=> countA countB KA KB ka some.
rewrite (minority_with_weights countA countB (fun k _ => one k) ka some) -/KA -/KB.
by have -> : 1 ^ 2 * (K - 1) = K - 1 by ring.
Qed.
End Unweighted.
End Collapse.
