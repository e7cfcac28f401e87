(** The claims about the paper's proof (section 7), each restated in full as one
    theorem under the claim's own name; as Statements.v explains. *)

From NeuralCollapse Require Import Setting Attainment Structure Step4 GradientL1 Remarks ProofSteps
  ClassMeans CriticalPoints Consequences StepFour.

(** ** Section 7: Steps 1 to 3 *)
(** *** (24) *)
(** y_m, m != k, are the other logits. *)
Theorem proof_jensen24 (P : problem) (y : 'I_(classes P) -> R) (k : 'I_(classes P)) :
  let K := INR (classes P) in let mu := (\sum_(m | m != k) y m) / (K - 1) in
  \sum_(m | m != k) exp (y m) >= (K - 1) * exp mu /\
  (\sum_(m | m != k) exp (y m) = (K - 1) * exp mu <-> forall m l, m != k -> l != k -> y m = y l).
Proof. exact: jensen24. Qed.

(** *** (27) *)
Theorem proof_eq27 (P : problem) (x t : R) : 0 < t -> let K := INR (classes P) in
  ln (1 + (K - 1) * exp x) >=
    1 / (1 + t) * x + (1 / (1 + t) * ln ((1 + t) * (K - 1)) + t / (1 + t) * ln ((1 + t) / t)).
Proof. by move=> t0; case: (eq27_28 P x t0). Qed.

(** *** (28) *)
Theorem proof_eq28 (P : problem) (x t : R) : 0 < t -> let K := INR (classes P) in
  ln (1 + (K - 1) * exp x) =
    1 / (1 + t) * x + (1 / (1 + t) * ln ((1 + t) * (K - 1)) + t / (1 + t) * ln ((1 + t) / t)) <->
  t = / ((K - 1) * exp x).
Proof. by move=> t0; case: (eq27_28 P x t0). Qed.

(** *** (32) *)
(** h^_m = sum_k sqrt(n_k) h_k - K sqrt(n_m) h_m. *)
Theorem proof_eq32 (P : problem) d (h : 'I_(classes P) -> vec d) : let K := INR (classes P) in
  \sum_m norm2 (fun j => \sum_k (sqrt (count k) * h k j) - K * (sqrt (count m) * h m j)) =
  K ^ 2 * (\sum_m norm2 (fun j => sqrt (count m) * h m j))
  - K * norm2 (fun j => \sum_k (sqrt (count k) * h k j)).
Proof. exact: eq32. Qed.

(** *** (33) *)
Theorem proof_eq33 (P : problem) d (h : 'I_(classes P) -> vec d) : (forall k j, 0 <= h k j) ->
  norm2 (fun j => \sum_k (sqrt (count k) * h k j)) >=
    \sum_k norm2 (fun j => sqrt (count k) * h k j) /\
  (norm2 (fun j => \sum_k (sqrt (count k) * h k j)) =
    \sum_k norm2 (fun j => sqrt (count k) * h k j) <->
   forall k l, k != l -> dot (h k) (h l) = 0).
Proof. exact: eq33. Qed.

(** *** (34) *)
Theorem proof_eq34 (P : problem) d (h : 'I_(classes P) -> vec d) : (forall k j, 0 <= h k j) ->
  let K := INR (classes P) in
  let left :=
    \sum_m norm2 (fun j => \sum_k (sqrt (count k) * h k j) - K * (sqrt (count m) * h m j)) in
  let right := K * (K - 1) * (\sum_k (count k * norm2 (h k))) in
  left <= right /\ (left = right <-> forall k l, k != l -> dot (h k) (h l) = 0).
Proof. exact: eq34. Qed.

(** *** (38), for any c_1: refuted *)
(** (38) for any c_1 > 0: no t_k > 0 has c_1 = sqrt(n_k)/(1+t_k) from sqrt(n_k) on, and the
    constants of its right-hand side do not exist, whatever the critical point. *)
Theorem proof_eq38 :
  ~ forall (P : problem) d (W : classifiers P d) (h : 'I_(classes P) -> vec d),
      unweighted P -> (classes P <= d)%N -> critical W h ->
      forall c1, 0 < c1 -> exists t : 'I_(classes P) -> R,
        (forall k, 0 < t k /\ c1 = sqrt (count k) / (1 + t k)) /\
        (\sum_k (count k * ln (1 + (classes P - 1) * exp (exponent W k (h k))))) / N P >=
          - c1 / N P * sqrt (lambdaH P / lambdaW P * (classes P / (classes P - 1))) *
            (\sum_k (count k * norm2 (h k)))
          + \sum_k (count k / N P * c2 P (t k)).
Proof. exact: eq38_refuted. Qed.

(** ** Section 7: Step 4 *)
(** *** Step 4, the constants: refuted *)
(** The sum of (n_k/N) c_2k is that of the g at the best x_k: not so, even where every t_k is
    positive. *)
Theorem proof_step4_constants :
  ~ forall P : problem, unweighted P -> (forall k : 'I_(classes P), c P ^ 2 < count k) ->
      \sum_(k < classes P) (count k / N P * c2 P (sqrt (count k) / c P - 1)) =
      \sum_(k < classes P)
        g k (sqrt ((classes P - 1) / classes P * (lambdaW P / lambdaH P) / count k) * M k).
Proof. exact: sums_refuted. Qed.

(** *** Step 4, the constants: corrected *)
Theorem proof_step4_constants_corrected (P : problem) : unweighted P -> forall k : 'I_(classes P),
  let t := sqrt (count k) / c P - 1 in
  [/\ T P < count k -> count k / N P * c2 P t =
        g k (sqrt ((classes P - 1) / classes P * (lambdaW P / lambdaH P) / count k) * M k),
      c P ^ 2 < count k -> count k <= T P -> count k / N P * c2 P t <= g k 0
    & count k <= c P ^ 2 -> t <= 0].
Proof. exact: constants_unweighted. Qed.

(** ** Section 7: Lemma 2 and the equalities (48) to (50) *)
(** *** (44) to (47) at the minimum: refuted *)
(** (47): sqrt(n_k) / (1 + (1/(K-1)) exp(.. sqrt(n_k) ||h_k||^2)) is one number for all classes. *)
Theorem lemma2_minimum :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall k l : 'I_(classes P), side47 H k = side47 H l.
Proof. exact: lemma2_minimum_refuted. Qed.

(** *** (44) to (47) at the minimum: corrected *)
Theorem lemma2_minimum_corrected (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  let h := mean H in let K := INR (classes P) in
  (forall k l : 'I_(classes P), k != l -> dot (h k) (h l) = 0) /\
  (forall k j, W k j = sqrt (1 / (K * (K - 1))) * sqrt (lambdaH P / lambdaW P) *
     (K * sqrt (count k) * h k j - \sum_m (sqrt (count m) * h m j))) /\
  (forall k, / ((K - 1) * exp (((\sum_m dot (W m) (h k)) - K * dot (W k) (h k)) / (K - 1)))
     = 1 / (K - 1) * exp (growth k * norm2 (h k))) /\
  (forall k, T P <= count k -> side47 H k = c P) /\ (forall k, count k < T P -> side47 H k < c P).
Proof. by move=> one /room_enough room least; exact: lemma2_minimum_corrected. Qed.

(** *** (48) *)
Theorem proof_eq48 (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> forall j : 'I_d, \sum_m W m j = 0.
Proof. by move=> /room_enough; exact: thm1_d_sum. Qed.

(** *** (49) *)
Theorem proof_eq49 (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> forall k m : 'I_(classes P), m != k ->
  dot (W m) (mean H k) =
  - (sqrt (1 / (classes P * (classes P - 1))) * sqrt (lambdaH P / lambdaW P) *
    sqrt (count k) * norm2 (mean H k)).
Proof. by move=> /room_enough; exact: eq49. Qed.

(** *** (50) *)
Theorem proof_eq50 (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> let K := INR (classes P) in let h := mean H in
  forall k : 'I_(classes P),
  [/\ \sum_m dot (W m) (h k) = 0,
      K * dot (W k) (h k) =
        sqrt (K * (K - 1)) * sqrt (lambdaH P / lambdaW P) * sqrt (count k) * norm2 (h k)
    & / ((K - 1) * exp (((\sum_m dot (W m) (h k)) - K * dot (W k) (h k)) / (K - 1))) =
      1 / (K - 1) * exp (growth k * norm2 (h k))].
Proof. by move=> /room_enough; exact: eq50. Qed.

(** ** Section 7.1: the remark *)
(** *** The multipliers: refuted *)
(** The multipliers of H >= 0 would be zero at the optimum. *)
Theorem remark_duals :
  ~ forall (P : problem) d (W : classifiers P d) (H mu : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H -> multipliers_of W H mu ->
      forall (k : 'I_(classes P)) (i : 'I_(count k)) (q : 'I_d), mu k i q = 0.
Proof. exact: multipliers_refuted. Qed.

(** *** The multipliers: corrected *)
(** There are such multipliers, one for each entry of H, summed here over the samples of a class:
    0 along its own feature, positive along that of every other class that stands. *)
Theorem remark_duals_corrected (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  (exists mu, multipliers_of W H mu) /\ forall mu, multipliers_of W H mu ->
  forall k j : 'I_(classes P),
  \sum_i dot (mu k i) (mean H k) = 0 /\
  (k != j ->
     \sum_i dot (mu k i) (mean H j) = count k / N P * (M j / (exp (M k) + (classes P - 1)))) /\
  (k != j -> 0 < M j -> 0 < \sum_i dot (mu k i) (mean H j)).
Proof. by move=> one /room_enough room least; exact: multipliers_corrected. Qed.

(** *** The gradient: refuted *)
(** The gradient of L1 in H would be zero at the optimum. *)
Theorem remark_gradient :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall u, derivable_pt_lim (fun t => L1 W (fun k j => mean H k j + t * u k j)) 0 0.
Proof. exact: gradient_refuted. Qed.
