(** Whatever d, also where it is smaller than the number of classes that stand: at a global
    minimum the samples of a class have one feature; at a stationary point the
    classifiers add up to zero and both decays are equal. *)

From Coq Require Import FunctionalExtensionality.
From NeuralCollapse Require Import Setting Gibbs Derivatives ClassMeans.

(** ** Within-class collapse *)
(** Cross-entropy lies above its tangents. *)
Lemma CE_tangent K (y z : 'I_K -> R) (k : 'I_K) :
  CE y k + (\sum_m (softmax y m * (z m - y m)) - (z k - y k)) <= CE z k.
Proof.
have Sy := sum_exp_gt0 y k; have Sz := sum_exp_gt0 z k.
have p0 (x : 'I_K -> R) m : 0 < softmax x m by apply: softmax_gt0.
have p1 (x : 'I_K -> R) : \sum_m softmax x m = 1 by apply: sum_softmax.
have : 0 <= \sum_m diverge (softmax z m) (softmax y m).
  by apply: sum_ge0 => m; apply: diverge_ge0 => //; left.
have -> : \sum_m diverge (softmax z m) (softmax y m) =
    \sum_m (softmax z m - softmax y m) - \sum_m (softmax y m * (z m - y m)) +
    (ln (\sum_m exp (z m)) - ln (\sum_m exp (y m))) * \sum_m softmax y m.
  rewrite -sumB -sumZ -sumD; apply: sum_ext => m; rewrite /diverge ln_div //.
  by rewrite [in ln (softmax z m)]/softmax [in ln (softmax y m)]/softmax !ln_div ?ln_exp;
    [ring | exact: exp_pos | | exact: exp_pos |].
by rewrite sumB !p1 /CE; lra.
Qed.

Section WithinClass.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Arguments H : clear implicits.

(** A vector's products with a class's features add up to n_k times that with their mean. *)
Lemma sum_dot_mean (k : 'I_K) (v : vec d) : \sum_i dot v (H k i) = n k * dot v (mean H k).
Proof.
have n0 := n_gt0 k; rewrite -dot_sumr -dotZr; apply: dot_ext => // j.
by rewrite /mean; field; lra.
Qed.

Lemma CE_mean (k : 'I_K) :
  n k * CE (logits W (mean H k)) k <= \sum_i CE (logits W (H k i)) k.
Proof.
set y := logits W (mean H k).
have same m : \sum_i (logits W (H k i) m - y m) = 0.
  by rewrite sumB sum_dot_mean sum_constn /y /logits; ring.
have -> : n k * CE y k = \sum_(i < n k) (CE y k +
    (\sum_m (softmax y m * (logits W (H k i) m - y m)) - (logits W (H k i) k - y k))).
  rewrite sumD sumB same sum_constn sum_exchange.
  rewrite (sum_ext (g := fun=> 0)) => [|m]; last by rewrite sumZ same; ring.
  by rewrite sum0; ring.
by apply: sum_le => i; exact: CE_tangent.
Qed.

Lemma spread_mean (k : 'I_K) : \sum_i norm2 (fun j => H k i j - mean H k j) =
  \sum_i norm2 (H k i) - n k * norm2 (mean H k).
Proof.
rewrite (sum_ext (g := fun i => norm2 (H k i) - 2 * dot (mean H k) (H k i) + norm2 (mean H k)))
  => [|i]; last by rewrite norm2B (dotC (H k i)).
by rewrite sumD sumB sumZ sum_dot_mean sum_constn /norm2; ring.
Qed.

(** At the class means the loss is lower, by all that the decay of features says of their spread. *)
Theorem loss_of_means : L0 W (repeated (mean H)) +
  lambdaH P / 2 * (\sum_k \sum_i norm2 (fun j => H k i j - mean H k j)) <= L0 W H.
Proof.
have N0 := N_gt0 P; rewrite repeated_loss /L0 /Lmeans.
have data : \sum_k (omega k * n k * CE (logits W (mean H k)) k) <=
    \sum_k (omega k * \sum_i CE (logits W (H k i)) k).
  apply: sum_le => k; rewrite Rmult_assoc; apply: Rmult_le_compat_l; last exact: CE_mean.
  by left; exact: omega_pos.
have {}data := Rmult_le_compat_r _ _ _ (Rlt_le _ _ (Rinv_0_lt_compat _ N0)) data.
rewrite (sum_ext spread_mean) sumB /Rdiv; rewrite /Rdiv in data; lra.
Qed.

Theorem within_class_any (least : global_minimiser W H) (k : 'I_K) i j : H k i j = mean H k j.
Proof.
have [feas low] := least; have h0 := lH_gt0 P.
have feas' : feasible (repeated (mean H)).
  move=> l s q; apply: Rmult_le_pos; last by left; apply: Rinv_0_lt_compat; exact: n_gt0.
  by apply: sum_ge0 => r; exact: feas.
have := low W _ feas'; have := loss_of_means => a b.
have each l s : 0 <= norm2 (fun q => H l s q - mean H l q) by exact: norm2_ge0.
have inner l : 0 <= \sum_s norm2 (fun q => H l s q - mean H l q) by apply: sum_ge0.
have all : \sum_l \sum_s norm2 (fun q => H l s q - mean H l q) = 0.
  by apply: Rle_antisym; last exact: sum_ge0; nra.
have := norm2_eq0 (sum_eq0 (each k) (sum_eq0 inner all k) i) j; lra.
Qed.
End WithinClass.

(** ** Stationary points *)
(** In no direction that stays feasible does the loss fall to first order. *)
Definition stationary (P : problem) d (W : classifiers P d) (H : features P d) : Prop :=
  feasible H /\ forall (U : classifiers P d) (V : features P d),
  feasible (fun k i j => H k i j + V k i j) -> forall slope,
  derivable_pt_lim (fun t =>
    L0 (fun k j => W k j + t * U k j) (fun k i j => H k i j + t * V k i j)) 0 slope ->
  0 <= slope.

Section Stationary.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Arguments H : clear implicits.
Hypothesis still : stationary W H.

Let z k (i : 'I_(n k)) := logits W (H k i).
Arguments z : clear implicits.

(** The slope where the logits move along a line. *)
Lemma slope_linear (U : classifiers P d) (V : features P d)
  (u : forall k : 'I_K, 'I_(n k) -> 'I_K -> R) :
  (forall t k i m, dot (fun j => W m j + t * U m j) (fun j => H k i j + t * V k i j) =
    z k i m + t * u k i m) ->
  derivable_pt_lim (fun t =>
    L0 (fun k j => W k j + t * U k j) (fun k i j => H k i j + t * V k i j)) 0
    (/ N P * (\sum_k (omega k * \sum_i (\sum_m (softmax (z k i) m * u k i m) - u k i k)))
     + lW / 2 * (\sum_k (2 * dot (W k) (U k)))
     + lH / 2 * (\sum_k \sum_i (2 * dot (H k i) (V k i)))).
Proof.
move=> line; apply: (limit_eq (f := fun t =>
    / N P * (\sum_k (omega k * \sum_i CE (fun m => z k i m + t * u k i m) k))
    + lW / 2 * (\sum_k norm2 (fun j => W k j + t * U k j))
    + lH / 2 * (\sum_k \sum_i norm2 (fun j => H k i j + t * V k i j)))).
  move=> t; rewrite /L0 /Rdiv (Rmult_comm (/ N P)); congr (_ * _ + _ + _).
  apply: sum_ext => k; congr (_ * _); apply: sum_ext => i; congr CE.
  by apply: functional_extensionality => m; rewrite /logits line.
apply: limit_add; first apply: limit_add; apply: limit_scal; apply: limit_sum => k.
- by apply: limit_scal; apply: limit_sum => i; exact: limit_CE.
- exact: limit_norm2.
by apply: limit_sum => i; exact: limit_norm2.
Qed.

Lemma zeros0 (I : finType) (f : I -> R) : (forall i, f i = 0) -> \sum_i f i = 0.
Proof. by move=> f0; apply: big1. Qed.

(** The classifiers add up to zero: nothing but their decay sees a common move. *)
Theorem sum_zero (q : 'I_d) : \sum_k W k q = 0.
Proof.
have [feas low] := still; have w0 := lW_gt0 P.
have slope s : 0 <= lW * (s * \sum_k W k q).
  pose U : classifiers P d := fun k j => if j == q then s else 0.
  pose V : features P d := fun k i j => 0.
  have := slope_linear (U := U) (V := V) (u := fun k i m => s * H k i q).
  have line t k i m : dot (fun j => W m j + t * U m j) (fun j => H k i j + t * V k i j) =
      z k i m + t * (s * H k i q).
    rewrite /z /logits /dot (sum_ext (g := fun j => W m j * H k i j +
      (if j == q then t * (s * H k i q) else 0))) => [|j].
      rewrite sumD; congr (_ + _).
      by rewrite (sum_only (j := q)) => [|j /negbTE ->]; rewrite ?eqxx.
    by rewrite /U /V; case: eqP => [->|_]; ring.
  move=> /(_ line) lim.
  have fV : feasible (fun k i j => H k i j + V k i j).
    by move=> k i j; rewrite /V Rplus_0_r; exact: feas.
  have := low U V fV _ lim.
  rewrite (zeros0 (f := fun k => omega k * _)) => [|k]; last first.
    rewrite zeros0 ?Rmult_0_r // => i; rewrite sumZr.
    by rewrite [X in X * _](_ : _ = 1); [ring | exact: (sum_softmax _ k)].
  rewrite (zeros0 (f := fun k => \sum_i (2 * _))) => [|k]; last first.
    apply: zeros0 => i; rewrite /dot zeros0 ?Rmult_0_r // => j; rewrite /V; ring.
  have -> : \sum_k (2 * dot (W k) (U k)) = 2 * (s * \sum_k W k q).
    rewrite sumZ; congr (_ * _); rewrite -sumZ; apply: sum_ext => k.
    rewrite /dot (sum_only (j := q)) => [|j /negbTE e]; rewrite /U ?eqxx ?e; ring.
  by lra.
have a := slope 1; have b := slope (- 1).
have : lW * (\sum_k W k q) = 0 by lra.
by move/Rmult_integral => [] // ?; lra.
Qed.

Let pull : R :=
  / N P * (\sum_k (omega k * \sum_i (\sum_m (softmax (z k i) m * z k i m) - z k i k))).

Lemma pull_scaled s :
  / N P * (\sum_k (omega k * \sum_i (\sum_m (softmax (z k i) m * (s * z k i m)) - s * z k i k)))
  = s * pull.
Proof.
rewrite /pull -!sumZ; apply: sum_ext => k; rewrite (sum_ext (g := fun i => s * (\sum_m
  (softmax (z k i) m * z k i m) - z k i k))) => [|i]; first by rewrite sumZ; ring.
by rewrite Rmult_minus_distr_l -sumZ; congr (_ - _); apply: sum_ext => m; ring.
Qed.

(** Both decays are equal: each pays for what the logits pull. *)
Theorem decays_equal : lW * (\sum_k norm2 (W k)) = lH * (\sum_k \sum_i norm2 (H k i)).
Proof.
have [feas low] := still.
have of_W s : 0 <= s * (pull + lW * \sum_k norm2 (W k)).
  pose U : classifiers P d := fun k j => s * W k j.
  pose V : features P d := fun k i j => 0.
  have line t k i m : dot (fun j => W m j + t * U m j) (fun j => H k i j + t * V k i j) =
      z k i m + t * (s * z k i m).
    by rewrite /z /logits /dot -!sumZ -sumD; apply: sum_ext => j; rewrite /U /V; ring.
  have fV : feasible (fun k i j => H k i j + V k i j).
    by move=> k i j; rewrite /V Rplus_0_r; exact: feas.
  have := low U V fV _ (slope_linear line); rewrite pull_scaled.
  rewrite (zeros0 (f := fun k => \sum_i (2 * _))) => [|k]; last first.
    apply: zeros0 => i; rewrite /dot zeros0 ?Rmult_0_r // => j; rewrite /V; ring.
  rewrite (sum_ext (f := fun k => 2 * dot (W k) (U k)) (g := fun k => (2 * s) * norm2 (W k)))
    => [|k]; last by rewrite /U dotZr /norm2; ring.
  by rewrite sumZ; lra.
have of_H s : -1 <= s -> 0 <= s * (pull + lH * \sum_k \sum_i norm2 (H k i)).
  move=> s1.
  pose U : classifiers P d := fun k j => 0.
  pose V : features P d := fun k i j => s * H k i j.
  have line t k i m : dot (fun j => W m j + t * U m j) (fun j => H k i j + t * V k i j) =
      z k i m + t * (s * z k i m).
    by rewrite /z /logits /dot -!sumZ -sumD; apply: sum_ext => j; rewrite /U /V; ring.
  have fV : feasible (fun k i j => H k i j + V k i j).
    by move=> k i j; have := feas k i j; rewrite /V; nra.
  have := low U V fV _ (slope_linear line); rewrite pull_scaled.
  rewrite (zeros0 (f := fun k => 2 * _)) => [|k]; last first.
    by rewrite /dot zeros0 ?Rmult_0_r // => j; rewrite /U; ring.
  rewrite (sum_ext (f := fun k => \sum_i (2 * dot (H k i) (V k i)))
    (g := fun k => (2 * s) * \sum_i norm2 (H k i))) => [|k].
    by rewrite sumZ; lra.
  by rewrite -sumZ; apply: sum_ext => i; rewrite /V dotZr /norm2; ring.
have a := of_W 1; have b := of_W (- 1).
have c := of_H 1 ltac:(lra); have e := of_H (- 1) ltac:(lra).
lra.
Qed.
End Stationary.
