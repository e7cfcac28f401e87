(** The claims beyond the paper, class weights among them, and the misreadings, each
    restated in full as one theorem under the claim's own name; as Statements.v explains. *)

From NeuralCollapse Require Import Setting Identity Duality Margins LowerBound Attainment Structure
  Proposition1 Weights ClassMeans Dimension Wrong Consequences MisreadTheorem1
  MisreadCorollaries.

(** ** Beyond the paper: the dual bound and the identity *)
(** *** The dual bound *)
Theorem beyond_dual_bound (P : problem) d (beta : 'I_(classes P) -> R) (W : classifiers P d)
  (H : features P d) :
  feasible H -> (forall k, 0 <= beta k < 1 /\ (omega k * beta k) ^ 2 * count k <= c P ^ 2) ->
  D beta <= L0 W H.
Proof. exact: weak_duality. Qed.

(** *** The identity in five terms *)
(** At all feasible slopes; at the best ones, the five terms are zero exactly at the global
    minimisers. *)
Theorem beyond_identity (P : problem) d (beta : 'I_(classes P) -> R) (W : classifiers P d)
  (H : features P d) :
  feasible H -> (forall k, 0 <= beta k < 1 /\ (omega k * beta k) ^ 2 * count k <= c P ^ 2) ->
  let zero b := [/\ logits_term b W H = 0, classifier_term b W H = 0, orthogonality_term b H = 0,
                    within_class_term b H = 0 & collapsed_term b H = 0] in
  [/\ L0 W H - D beta = logits_term beta W H + classifier_term beta W H + orthogonality_term beta H
        + within_class_term beta H + collapsed_term beta H,
      [/\ 0 <= logits_term beta W H, 0 <= classifier_term beta W H, 0 <= orthogonality_term beta H,
          0 <= within_class_term beta H & 0 <= collapsed_term beta H],
      zero beta -> global_minimiser W H
    & (active P <= d)%N -> (zero (@best P) <-> global_minimiser W H)].
Proof. exact: identity_at_minimisers. Qed.

(** *** No gap *)
Theorem beyond_dual_gap (P : problem) d : (classes P <= d)%N ->
  let beta (k : 'I_(classes P)) :=
    Rmin (c P / (omega k * sqrt (count k))) ((classes P - 1) / classes P) in
  (forall k, 0 <= beta k < 1 /\ (omega k * beta k) ^ 2 * count k <= c P ^ 2) /\
  (exists (W : classifiers P d) (H : features P d), feasible H /\ L0 W H = D beta) /\
  (forall (W : classifiers P d) (H : features P d),
     global_minimiser W H <-> feasible H /\ L0 W H = D beta) /\
  (forall (W : classifiers P d) (H : features P d), feasible H -> D beta <= L0 W H).
Proof. exact: no_gap_attained. Qed.

(** *** Fewer coordinates *)
(** [active P] is the number of classes with M_k > 0. With fewer coordinates the infimum is
    higher. *)
Theorem beyond_dimension (P : problem) d :
  ((active P <= d)%N ->
     exists (W : classifiers P d) (H : features P d), global_minimiser W H /\ L0 W H = Lstar P) /\
  ((d < active P)%N -> exists2 eps, 0 < eps &
     forall (W : classifiers P d) (H : features P d), feasible H -> Lstar P + eps <= L0 W H).
Proof. by split; [case: (dimension P d) | exact: distance]. Qed.

(** *** The gradient of the class-means form *)
(** In the class-means form: the derivative in coordinate q of h_k, where class j uses q. *)
Theorem beyond_multipliers (P : problem) d (W : classifiers P d) (h : 'I_(classes P) -> vec d) :
  unweighted P -> (classes P <= d)%N -> means_minimiser W h -> let K := INR (classes P) in
  forall (k j : 'I_(classes P)) (q : 'I_d), k != j -> 0 < h j q ->
  derivable_pt_lim (fun t => Lmeans W (moved_mean h k (axis_vector q) t)) 0
    (count k / N P * (exp (- M k) / (1 + (K - 1) * exp (- M k))) * K
     * (sqrt (lambdaH P / lambdaW P) / sqrt (K * (K - 1))) * sqrt (count j) * h j q).
Proof.
move=> one /room_enough room least K k j q kj hj.
by have := means_multipliers room least kj hj; rewrite one Rmult_1_l.
Qed.

(** ** Beyond the paper: class weights *)
(** *** The minimum *)
Theorem weights_minimum (P : problem) d (W : classifiers P d) (H : features P d) :
  [/\ forall beta : 'I_(classes P) -> R,
        (forall k, 0 <= beta k < 1 /\ (omega k * beta k) ^ 2 * count k <= c P ^ 2) ->
        feasible H -> D beta <= L0 W H,
      feasible H -> D (@best P) <= L0 W H
    & (active P <= d)%N ->
        (exists (W' : classifiers P d) (H' : features P d),
           feasible H' /\ L0 W' H' = D (@best P)) /\
        (global_minimiser W H <-> feasible H /\ L0 W H = D (@best P))].
Proof. exact: weights_minimum. Qed.

(** *** Theorem 1 (a) to (e) with weights *)
Theorem weights_structure (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> let K := INR (classes P) in let h := mean H in
  let m (k : 'I_(classes P)) := Rmax 0 (ln ((K - 1) * (omega k * sqrt (count k) / c P - 1))) in
  [/\ forall (k : 'I_(classes P)) (i : 'I_(count k)) (j : 'I_d), H k i j = h k j,
      forall k l : 'I_(classes P), k != l -> dot (h k) (h l) = 0,
      forall k, norm2 (h k) = sqrt ((K - 1) / K * (lambdaW P / lambdaH P) / count k) * m k,
      forall k j, W k j = sqrt (1 / (K * (K - 1))) * sqrt (lambdaH P / lambdaW P) *
        (K * sqrt (count k) * h k j - \sum_l (sqrt (count l) * h l j))
    & (forall j, \sum_k W k j = 0) /\
      forall (k l : 'I_(classes P)) (i : 'I_(count k)),
        dot (W l) (H k i) = if l == k then (K - 1) / K * m k else - m k / K].
Proof. by move=> /room_enough; exact: weights_structure. Qed.

(** *** Collapse with weights *)
Theorem weights_collapse (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H ->
  forall k : 'I_(classes P), (forall i j, H k i j = 0) <-> omega k ^ 2 * count k <= T P.
Proof. by move=> /room_enough; exact: weights_collapse. Qed.

(** *** Proposition 1 with weights *)
Theorem weights_classifiers (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> let K := INR (classes P) in
  let p := sqrt (lambdaH P / lambdaW P) / (K * sqrt (K * (K - 1))) in
  let a (k : 'I_(classes P)) :=
    sqrt (count k) * Rmax 0 (ln ((K - 1) * (omega k * sqrt (count k) / c P - 1))) in
  (forall k, norm2 (W k) = p * ((K - 1) ^ 2 * a k + \sum_(l | l != k) a l)) /\
  (forall k j, k != j -> dot (W k) (W j) =
     p * (- (K - 1) * a k - (K - 1) * a j + \sum_(l | (l != k) && (l != j)) a l)) /\
  (0 < \sum_k a k -> forall k j, k != j ->
     dot (W k) (W j) / (sqrt (norm2 (W k)) * sqrt (norm2 (W j))) =
       (- (K - 1) * a k - (K - 1) * a j + \sum_(l | (l != k) && (l != j)) a l) /
       sqrt (((K - 1) ^ 2 * a k + \sum_(l | l != k) a l) *
             ((K - 1) ^ 2 * a j + \sum_(l | l != j) a l))).
Proof. by move=> /room_enough; exact: weights_classifiers. Qed.

(** *** The identity with weights *)
Theorem weights_identity (P : problem) d (W : classifiers P d) (H : features P d)
  (beta : 'I_(classes P) -> R) :
  let K := INR (classes P) in let N := N P in
  let h2 m := \sum_i norm2 (H m i) in
  let s m : vec d := fun j => \sum_i H m i j in
  let y m : vec d := fun j => omega m * beta m * s m j in
  let Y : vec d := fun j => \sum_m y m j in
  let v m : vec d := fun j => (K * y m j - Y j) / ((K - 1) * N * lambdaW P) in
  let logits := (\sum_k (omega k * \sum_i (CE (logits W (H k i)) k
                  + beta k * margin (logits W (H k i)) k - bracket (classes P) (beta k)))) / N in
  let classifier := lambdaW P / 2 * (\sum_m norm2 (fun j => W m j - v m j)) in
  let orthogonality := K / (2 * lambdaW P * ((K - 1) * N) ^ 2) * (norm2 Y - (\sum_m norm2 (y m))) in
  let within := K / (2 * lambdaW P * (K - 1) * N ^ 2) *
    (\sum_m ((omega m * beta m) ^ 2 * (count m * h2 m - norm2 (s m)))) in
  let collapsed := K / (2 * lambdaW P * (K - 1) * N ^ 2) *
    (\sum_m ((c P ^ 2 - (omega m * beta m) ^ 2 * count m) * h2 m)) in
  L0 W H - D beta = logits + classifier + orthogonality + within + collapsed /\
  (feasible H -> feasible_slopes beta ->
     [/\ 0 <= logits, 0 <= classifier, 0 <= orthogonality, 0 <= within & 0 <= collapsed] /\
     (L0 W H = D beta <->
        [/\ logits = 0, classifier = 0, orthogonality = 0, within = 0 & collapsed = 0])).
Proof. exact: weights_identity. Qed.

(** *** Weights proportional to 1/sqrt(n_k) *)
(** omega_k proportional to 1/sqrt n_k. *)
Theorem weights_inverse_sqrt (P : problem) d (W : classifiers P d) (H : features P d) (s : R) :
  (forall k : 'I_(classes P), omega k = s / sqrt (count k)) ->
  (forall k : 'I_(classes P), M k = Rmax 0 (ln ((classes P - 1) * (s / c P - 1)))) /\
  ((classes P <= d)%N -> global_minimiser W H ->
     forall k : 'I_(classes P), (forall i j, H k i j = 0) <-> s ^ 2 <= T P).
Proof.
move=> inv; have [a b] := weights_inverse_sqrt W H inv.
by split=> // /room_enough; exact: b.
Qed.

(** *** Weights proportional to 1/n_k *)
(** omega_k proportional to 1/n_k. *)
Theorem weights_inverse (P : problem) d (W : classifiers P d) (H : features P d) (s : R) :
  (forall k : 'I_(classes P), omega k = s / count k) ->
  forall i k : 'I_(classes P), (count k < count i)%N ->
  [/\ M i <= M k, 0 < M k -> M i < M k
    & (classes P <= d)%N -> global_minimiser W H ->
        (forall l j, H k l j = 0) -> forall l j, H i l j = 0].
Proof.
move=> inv i k lt; have [a b e] := weights_inverse W H inv lt.
by split=> // /room_enough; exact: e.
Qed.

(** *** The weight of a margin *)
(** The weight that gives a margin m. *)
Theorem weights_design (P : problem) d (W : classifiers P d) (H : features P d) (k : 'I_(classes P))
  (m : R) : 0 < m ->
  let weight := c P / sqrt (count k) * (1 + exp m / (classes P - 1)) in
  (omega k = weight <-> M k = m) /\
  (omega k = weight -> (classes P <= d)%N -> global_minimiser W H ->
     forall (l : 'I_(classes P)) (i : 'I_(count k)), l != k ->
     dot (W k) (H k i) - dot (W l) (H k i) = m).
Proof.
move=> m0; have [a b] := weights_design W H k m0.
by split=> // e /room_enough; exact: b.
Qed.

(** ** Misreadings, refuted *)
(** *** (11) with K and K-1 swapped *)
Theorem misread_eq11 :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall k : 'I_(classes P), dot (W k) (mean H k) = classes P / (classes P - 1) * M k.
Proof. exact: eq11_wrong. Qed.

(** *** Proposition 1 with the sum over all m *)
Theorem misread_prop1 :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      let K := INR (classes P) in let a k := sqrt (count k) * M k in forall k : 'I_(classes P),
      norm2 (W k) = sqrt (lambdaH P / lambdaW P) / (K * sqrt (K * (K - 1))) *
        ((K - 1) ^ 2 * a k + \sum_m a m).
Proof. exact: prop1_wrong. Qed.

(** *** Orthogonal classifiers *)
Theorem misread_theorem_for_mse :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall k j : 'I_(classes P), k != j -> dot (W k) (W j) = 0.
Proof. exact: mse_wrong. Qed.

(** *** (6) with the root over its first factor *)
Theorem misread_eq6 :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      let scanned := N P * (sqrt ((classes P - 1) / classes P) * lambdaW P * lambdaH P) in
      forall (k m : 'I_(classes P)) (i : 'I_(count k)), m != k ->
      dot (W k) (H k i) - dot (W m) (H k i) =
        Rmax 0 (ln ((classes P - 1) * (sqrt (count k) / scanned - 1))).
Proof. exact: eq6_wrong. Qed.

(** *** (9) with M_k inside the root *)
Theorem misread_eq9 :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H -> forall k : 'I_(classes P),
      norm2 (mean H k) =
        sqrt ((classes P - 1) / classes P * (lambdaW P / lambdaH P) / count k * M k).
Proof. exact: eq9_wrong. Qed.

(** *** (10) without the roots of counts *)
Theorem misread_eq10 :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall (k : 'I_(classes P)) (j : 'I_d),
      W k j = sqrt (1 / (classes P * (classes P - 1))) * sqrt (lambdaH P / lambdaW P) *
        (classes P * mean H k j - \sum_m mean H m j).
Proof. exact: eq10_wrong. Qed.

(** *** (14) with the margins inside the root *)
Theorem misread_eq14 :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall i j : 'I_(classes P), 0 < M i -> 0 < M j ->
      norm2 (mean H i) / norm2 (mean H j) = sqrt (count j / count i * (M i / M j)).
Proof. exact: eq14_wrong. Qed.

(** *** (15) with K_A and K_B swapped *)
Theorem misread_eq15 :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d)
      (major : pred 'I_(classes P)) (nA nB : nat),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      (exists m : 'I_(classes P), 0 < M m) ->
      (forall k, major k -> count k = nA) -> (forall k, ~~ major k -> count k = nB) ->
      let K := INR (classes P) in let KA := INR #|[pred k | major k]| in
      let a n := sqrt n * Rmax 0 (ln ((K - 1) * (sqrt n / c P - 1))) in
      forall k j : 'I_(classes P), k != j -> major k -> major j ->
      cosine (W k) (W j) = 1 - K ^ 2 * a nA / (K ^ 2 * a nA - K * a nA - KA * a nA + KA * a nB).
Proof. exact: eq15_wrong. Qed.

(** *** (17) with a root of lW lH *)
Theorem misread_eq17 :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d)
      (major : pred 'I_(classes P)) (nA nB : nat),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      (forall k, major k -> count k = nA) -> (forall k, ~~ major k -> count k = nB) ->
      (exists k, major k) -> (exists k, ~~ major k) ->
      let K := INR (classes P) in let KA := INR #|[pred k | major k]| in
      let KB := INR #|[pred k | ~~ major k]| in
      (forall k, ~~ major k -> forall j, mean H k j = 0) <->
      nA / nB >= 1 / KA * ((K - 1) / (N P * K * sqrt (lambdaW P * lambdaH P)) - KB).
Proof. exact: eq17_wrong. Qed.

(** *** (18) with the smallest count *)
Theorem misread_eq18 :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall B : 'I_(classes P), (forall k : 'I_(classes P), (count B <= count k)%N) ->
      N P ^ 2 / count B >= (classes P - 1) / (classes P * lambdaW P * lambdaH P) ->
      (forall k j, W k j = 0) /\ (forall k i j, H k i j = 0).
Proof. exact: eq18_wrong. Qed.

(** *** (37) with lH / lW *)
Theorem misread_eq37 :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      (exists k : 'I_(classes P), 0 < M k) ->
      let K := INR (classes P) in let h := mean H in
      let hat (m : 'I_(classes P)) : vec d :=
        fun j => \sum_k (sqrt (count k) * h k j) - K * (sqrt (count m) * h m j) in
      (\sum_m norm2 (hat m)) / (\sum_m norm2 (W m)) = lambdaH P / lambdaW P * K * (K - 1).
Proof. exact: eq37_wrong. Qed.

(** *** c_2 before (40) with n_k for its root *)
Theorem misread_step4 :
  ~ forall (P : problem) (k : 'I_(classes P)) (x : R),
      let K := INR (classes P) in
      let t :=
        1 / (K - 1) *
        exp (sqrt (K / (K - 1)) * sqrt (lambdaH P / lambdaW P) * sqrt (count k) * x) in
      1 / (1 + t) * ln ((1 + t) * (K - 1)) + t / (1 + t) * ln ((1 + t) / t) =
        sqrt (lambdaH P / lambdaW P * (K / (K - 1))) * count k * x / (1 + t) + ln ((1 + t) / t).
Proof. exact: step4_wrong. Qed.

(** *** Class weights as counts *)
Theorem misread_weights_counts :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      (classes P <= d)%N -> global_minimiser W H ->
      let c' := (\sum_(k < classes P) (omega k * count k)) *
                sqrt ((classes P - 1) / classes P * lambdaW P * lambdaH P) in
      forall (k m : 'I_(classes P)) (i : 'I_(count k)), m != k ->
      dot (W k) (H k i) - dot (W m) (H k i) =
        Rmax 0 (ln ((classes P - 1) * (sqrt (omega k * count k) / c' - 1))).
Proof. exact: counts_wrong. Qed.

(** *** Class weights inside the root *)
Theorem misread_weights_inside :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      (classes P <= d)%N -> global_minimiser W H ->
      forall (k m : 'I_(classes P)) (i : 'I_(count k)), m != k ->
      dot (W k) (H k i) - dot (W m) (H k i) =
        Rmax 0 (ln ((classes P - 1) * (sqrt (omega k * count k) / c P - 1))).
Proof. exact: inside_wrong. Qed.
