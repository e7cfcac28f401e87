(** A local minimum with an empty coordinate is a global one: the slopes
    1 - softmax(W h)_k are feasible there, and the dual bound closes. Coordinates
    that are copies of one another merge at constant loss. *)

From Coq Require Import FunctionalExtensionality.
From NeuralCollapse Require Import Setting Gibbs Identity Duality Derivatives Landscape.

(** Gibbs: the entropy is at most what it costs to code with other weights q. *)
Section Entropy.
Variables (K : nat) (z : 'I_K -> R) (k : 'I_K) (b : R).
Hypothesis K2 : 2 <= K.
Hypothesis b01 : 0 < b < 1.

Lemma entropy_le :
  entropy z k <= - (softmax z k) * ln (1 - b) - (1 - softmax z k) * ln (b / (K - 1)).
Proof.
have bb : 0 <= b < 1 by lra.
have S0 := sum_exp_gt0 z k; set S := \sum_m exp (z m) in S0.
have p0 m : 0 < softmax z m by apply: softmax_gt0.
have p1 : \sum_m softmax z m = 1 by apply: sum_softmax.
pose q m : R := if m == k then 1 - b else b / (K - 1).
have q0 m : 0 < q m.
  by rewrite /q; case: eqP => _; [lra | apply: Rdiv_lt_0_compat; lra].
have q1 : \sum_m q m = 1.
  by rewrite /q sum_but_one card_ord; field; lra.
have : 0 <= \sum_m diverge (q m) (softmax z m).
  by apply: sum_ge0 => m; apply: diverge_ge0 => //; left.
have -> : \sum_m diverge (q m) (softmax z m) =
    \sum_m (q m - softmax z m) - \sum_m (softmax z m * ln (q m)) + \sum_m (softmax z m * ln
      (softmax z m)).
  rewrite -sumB -sumD; apply: sum_ext => m; rewrite /diverge ln_div //; ring.
rewrite sumB p1 q1.
have -> : \sum_m (softmax z m * ln (softmax z m)) = - entropy z k.
  rewrite (sum_ext (g := fun m => softmax z m * z m - ln S * softmax z m)) => [|m].
    by rewrite sumB sumZ p1 /entropy /CE -/S; ring.
  by rewrite {2}/softmax -/S ln_div ?ln_exp //; [ring | exact: exp_pos].
have -> : \sum_m (softmax z m * ln (q m)) =
    softmax z k * ln (1 - b) + (1 - softmax z k) * ln (b / (K - 1)).
  rewrite (sum_ext (g := fun m => ln (b / (K - 1)) * softmax z m +
    (if m == k then softmax z k * (ln (1 - b) - ln (b / (K - 1))) else 0))) => [|m].
    by rewrite sumD sumZ p1 (sum_only (j := k)) => [|m /negbTE -> //]; rewrite eqxx; ring.
  by rewrite /q; case: eqP => [->|_]; ring.
lra.
Qed.

End Entropy.

Section Valley.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Arguments H : clear implicits.
Hypothesis least : local_minimiser W H.
Variable q : 'I_d.
Hypothesis empty : empty_coordinate W H q.

Let p k (i : 'I_(n k)) := softmax (logits W (H k i)).
Arguments p : clear implicits.

(** The slopes that the point itself proposes. *)
Definition own_slopes (k : 'I_K) : R := 1 - (\sum_i p k i k) / n k.
Let beta := own_slopes.

Let p_sum k i : \sum_m p k i m = 1. Proof. by apply: sum_softmax. Qed.
Let p_gt0 k i m : 0 < p k i m. Proof. by apply: softmax_gt0. Qed.

Lemma other_exists (k : 'I_K) : exists m, m != k.
Proof.
have K2 : (2 <= K)%N by apply: classes_ge2.
pose a := Ordinal (ltn_trans (ltnSn 0) K2); pose b := Ordinal K2.
by case: (eqVneq a k) => [<-|]; [exists b | exists a].
Qed.

Lemma p_lt1 k i : p k i k < 1.
Proof.
have [m mk] := other_exists k; have m0 := p_gt0 i m; have k0 := p_gt0 i k.
have two : \sum_l (if l == k then p k i k else if l == m then p k i m else 0) = p k i k + p k i m.
  rewrite (sum_ext (g := fun l => (if l == k then p k i k else 0) + (if l == m then p k i m else
    0))).
    rewrite sumD (sum_only (j := k)) => [|l /negbTE -> //].
    by rewrite (sum_only (j := m)) => [|l /negbTE -> //]; rewrite !eqxx.
  move=> l; case: (eqVneq l k) => [->|_]; last by ring.
  by rewrite eq_sym (negbTE mk); ring.
suff : p k i k + p k i m <= 1 by lra.
rewrite -two -[X in _ <= X](p_sum i); apply: sum_le => l.
case: eqP => [->|_]; first lra.
by case: eqP => [->|_]; [lra | left; exact: p_gt0].
Qed.

Lemma slopes_01 k : 0 < beta k < 1.
Proof.
have n0 := n_gt0 k.
have first : exists i : 'I_(n k), True.
  by have n1 : (0 < n k)%N by [exact: count_ge1]; exists (Ordinal n1).
have [i0 _] := first.
have low : 0 < \sum_i p k i k by apply: (sum_gt0 (j := i0)) => [i|]; [left|]; apply: p_gt0.
have high : \sum_i p k i k < n k.
  suff : 0 < \sum_i (1 - p k i k) by rewrite sumB sum_constn; lra.
  by apply: (sum_gt0 (j := i0)) => [i|]; [have := p_lt1 i; lra | have := p_lt1 i0; lra].
have e : beta k = (n k - \sum_i p k i k) / n k by rewrite /beta /own_slopes; field; lra.
split; first by rewrite e; apply: Rdiv_lt_0_compat; lra.
by rewrite /beta /own_slopes; have := Rdiv_lt_0_compat _ _ low n0; lra.
Qed.

(** The pull of class k alone: all its samples in the empty coordinate. *)
Lemma own_feasible : feasible_slopes (P := P) beta.
Proof.
move=> k; have k2 := K_ge2 P; have n0 := n_gt0 k; have N0 := N_gt0 P; have [b0 b1] := slopes_01 k.
split; first lra.
pose one l (i : 'I_(n l)) : R := if l == k then 1 else 0.
have one0 l (i : 'I_(n l)) : 0 <= one l i by rewrite /one; case: eqP => _; lra.
have := pulled_le least empty one0.
pose r m := \sum_i ((if m == k then 1 else 0) - p k i m).
have pulled_one m : pulled W H one m = omega k * r m / N P.
  rewrite /pulled (sum_only (j := k)) => [|l /negbTE lk].
    rewrite /r; have -> : \sum_i (one k i * ((if m == k then 1 else 0) - softmax (logits W (H k
      i)) m)) =
      \sum_i ((if m == k then 1 else 0) - p k i m).
      by apply: sum_ext => i; rewrite /one eqxx Rmult_1_l.
    by field; lra.
  by rewrite big1 => [|i _]; rewrite ?/one ?lk; ring.
rewrite (sum_ext (g := fun m => (omega k / N P) ^ 2 * r m ^ 2)) => [|m]; last first.
  by rewrite pulled_one; field; lra.
rewrite sumZ.
have -> : \sum_l \sum_i one l i ^ 2 = n k.
  rewrite (sum_only (j := k)) => [|l /negbTE lk].
    rewrite (sum_ext (g := fun _ => 1)) => [|i]; last by rewrite /one eqxx; ring.
    by rewrite sum_constn; ring.
  by apply: big1 => i _; rewrite /one lk; ring.
move=> bound.
(* Cauchy-Schwarz, as a sum of squares about the point where the others are equal. *)
pose t m : R := n k * beta k * (if m == k then 1 else - / (K - 1)).
have rk : r k = n k * beta k.
  rewrite /r (sum_ext (g := fun i => 1 - p k i k)) => [|i]; last by rewrite eqxx.
  by rewrite sumB sum_constn /beta /own_slopes; field; lra.
have r_sum : \sum_m r m = 0.
  rewrite /r sum_exchange; apply: big1 => i _.
  by rewrite sumB p_sum (sum_only (j := k)) => [|m /negbTE ->]; rewrite ?eqxx; ring.
have rt : \sum_m (r m * t m) = (n k * beta k) ^ 2 * (K / (K - 1)).
  rewrite (sum_ext (g := fun m => n k * beta k * (- / (K - 1)) * r m +
    (if m == k then n k * beta k * (1 + / (K - 1)) * r k else 0))) => [|m].
    rewrite sumD sumZ r_sum (sum_only (j := k)) => [|m /negbTE -> //].
    by rewrite eqxx rk; field; lra.
  by rewrite /t; case: eqP => [->|_]; field; lra.
have tt : \sum_m (t m ^ 2) = (n k * beta k) ^ 2 * (K / (K - 1)).
  rewrite (sum_ext (g := fun m => (if m == k then (n k * beta k) ^ 2 else (n k * beta k / (K - 1))
    ^ 2))).
    by rewrite sum_but_one card_ord; field; lra.
  by move=> m; rewrite /t; case: eqP => _; field; lra.
have rr : (n k * beta k) ^ 2 * (K / (K - 1)) <= \sum_m r m ^ 2.
  have : 0 <= \sum_m (r m - t m) ^ 2 by apply: sum_ge0 => m; exact: pow2_ge_0.
  rewrite (sum_ext (g := fun m => r m ^ 2 - 2 * (r m * t m) + t m ^ 2)) => [|m]; last ring.
  by rewrite sumD sumB sumZ rt tt; lra.
have o0 : 0 <= (omega k / N P) ^ 2 by exact: pow2_ge_0.
have := Rle_trans _ _ _ (Rmult_le_compat_l _ _ _ o0 rr) bound => le.
rewrite c_sqr.
have -> : (omega k * beta k) ^ 2 * n k =
  N P ^ 2 * ((K - 1) / K) * ((omega k / N P) ^ 2 * ((n k * beta k) ^ 2 * (K / (K - 1)))) / n k by
    field; lra.
have -> : N P ^ 2 * ((K - 1) / K * lW * lH) = N P ^ 2 * ((K - 1) / K) * (lW * lH * n k) / n k by
  field; lra.
apply: Rmult_le_compat_r; first by left; apply: Rinv_0_lt_compat.
apply: Rmult_le_compat_l => //; apply: Rmult_le_pos; first by apply: pow2_ge_0.
by apply: Rmult_le_pos; [lra | left; apply: Rinv_0_lt_compat; lra].
Qed.

(** No gap: entropies are at most the brackets. *)
Lemma loss_le_D : L0 W H <= D beta.
Proof.
have N0 := N_gt0 P; have k2 := K_ge2 P.
rewrite (loss_entropies least) /D; apply: Rmult_le_compat_r; first by left; apply: Rinv_0_lt_compat.
apply: sum_le => k; have n0 := n_gt0 k; have b01 := slopes_01 k.
rewrite Rmult_assoc; apply: Rmult_le_compat_l; first by left; exact: omega_gt0.
apply: (Rle_trans _ (\sum_i (- (p k i k) * ln (1 - beta k) - (1 - p k i k) * ln (beta k / (K -
  1))))).
  by apply: sum_le => i; exact: entropy_le.
right; rewrite (sum_ext (g := fun i => (ln (beta k / (K - 1)) - ln (1 - beta k)) * p k i k
  - ln (beta k / (K - 1)))) => [|i]; last by ring.
rewrite sumB sumZ sum_constn.
have -> : \sum_i p k i k = n k * (1 - beta k) by rewrite /beta /own_slopes; field; lra.
by rewrite /bracket; ring.
Qed.

Theorem empty_global : global_minimiser W H.
Proof.
split; first by case: least.
by move=> W' H' feas; apply: Rle_trans loss_le_D _; apply: weak_duality => //; exact: own_feasible.
Qed.

End Valley.

(** ** Merging *)
Section Merging.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Arguments H : clear implicits.
Variables (i j : 'I_d) (r : R).
Hypothesis ij : i != j.
Hypothesis copyW : forall k, W k j = r * W k i.
Hypothesis copyH : forall k s, H k s j = r * H k s i.

(** Coordinate i times x and coordinate j that times y, in place of 1 and r. *)
Definition mix (x y : R) (v : vec d) : vec d := fun l =>
  if l == i then x * v i else if l == j then y * v i else v l.

Lemma dot_mix x y (u v : vec d) : u j = r * u i -> v j = r * v i -> x ^ 2 + y ^ 2 = 1 + r ^ 2 ->
  dot (mix x y u) (mix x y v) = dot u v.
Proof.
move=> uj vj xy; have ji : (j == i) = false by rewrite eq_sym; apply/negbTE.
rewrite /dot (bigD1 i) //= (bigD1 j) /=; last by rewrite eq_sym.
rewrite [in RHS](bigD1 i) //= [in RHS](bigD1 j) /=; last by rewrite eq_sym.
rewrite /mix !eqxx ji uj vj -!Rplus_assoc; congr (_ + _).
  have -> : x * u i * (x * v i) + y * u i * (y * v i) = (x ^ 2 + y ^ 2) * (u i * v i) by ring.
  by rewrite xy; ring.
by apply: eq_bigr => l /andP [/negbTE -> /negbTE ->].
Qed.

Theorem merging x y : x ^ 2 + y ^ 2 = 1 + r ^ 2 ->
  L0 (fun k => mix x y (W k)) (fun k s => mix x y (H k s)) = L0 W H.
Proof.
move=> xy; rewrite /L0; congr (_ / _ + _ * _ + _ * _).
- apply: sum_ext => k; congr (_ * _); apply: sum_ext => s; congr CE.
  by apply: functional_extensionality => m; exact: dot_mix.
- by apply: sum_ext => k; exact: dot_mix.
by apply: sum_ext => k; apply: sum_ext => s; exact: dot_mix.
Qed.

End Merging.
