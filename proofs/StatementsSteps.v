(** The claims about the intermediate steps of the paper's proof, its critical points,
    the metrics, and the limit of weak decay, each restated in full as one theorem under the claim's
    own name; as Statements.v explains. With class weights where they hold with them: the paper's
    formulas are those at omega = 1. *)

From NeuralCollapse Require Import Setting Attainment Step4 ProofSteps GradientL1 Consequences
  Step1 Step23 CriticalPoints OneVariable Remark71 Metrics FeatureNorms Limit.

(** ** Section 7: Step 1 *)
(** *** (25) *)
(** phi_k(h) = log (1 + (K-1) exp ((sum_m w_m h - K w_k h) / (K-1))). *)
Theorem proof_jensen25 (P : problem) d (W : classifiers P d) (H : features P d)
  (k : 'I_(classes P)) :
  let K := INR (classes P) in
  let phi (h : vec d) :=
    ln (1 + (K - 1) * exp (((\sum_m dot (W m) h) - K * dot (W k) h) / (K - 1))) in
  [/\ \sum_i phi (H k i) >= count k * phi (mean H k),
      \sum_i norm2 (H k i) >= 1 / count k * norm2 (fun j => \sum_i H k i j),
      \sum_i norm2 (H k i) = 1 / count k * norm2 (fun j => \sum_i H k i j) <->
      forall i i' j, H k i j = H k i' j
    & (forall i i' j, H k i j = H k i' j) -> \sum_i phi (H k i) = count k * phi (mean H k)].
Proof. exact: jensen25. Qed.

(** *** Step 1 *)
Theorem proof_step1 (P : problem) d (W : classifiers P d) (H : features P d) :
  let K := INR (classes P) in let h := mean H in
  L0 W H >=
    (\sum_k (omega k * count k *
       ln (1 + (K - 1) * exp (((\sum_m dot (W m) (h k)) - K * dot (W k) (h k)) / (K - 1))))) / N P
    + lambdaW P / 2 * (\sum_k norm2 (W k)) + lambdaH P / 2 * (\sum_k (count k * norm2 (h k))).
Proof. by apply: Rle_ge; exact: (step1 W H).1. Qed.

(** ** Section 7: Steps 2 and 3
    For every c_3 > 0, and every c_1 that some t_k > 0 reach for all classes. *)
(** *** (29) to (31) *)
(** g(WH), the c_{2,k} of t_k = sqrt(n_k)/c_1 - 1, and h^_m = sum_k sqrt(n_k) h_k - K sqrt(n_m)
    h_m. *)
Theorem proof_eq30 (P : problem) d (W : classifiers P d) (h : 'I_(classes P) -> vec d) (c1 c3 : R) :
  0 < c1 -> (forall k : 'I_(classes P), c1 < omega k * sqrt (count k)) -> 0 < c3 ->
  let K := INR (classes P) in
  let g := (\sum_k (omega k * count k * ln (1 + (K - 1) * exp (exponent W k (h k))))) / N P in
  let t (k : 'I_(classes P)) := omega k * sqrt (count k) / c1 - 1 in
  let hat (m : 'I_(classes P)) : vec d :=
    fun j => \sum_k (sqrt (count k) * h k j) - K * (sqrt (count m) * h m j) in
  let left := \sum_m dot (W m) (hat m) in
  let right := - (c3 / 2) * (\sum_m norm2 (W m)) - 1 / (2 * c3) * (\sum_m norm2 (hat m)) in
  [/\ N P * (K - 1) / c1 * (g - \sum_k (omega k * count k / N P * c2 P (t k))) >= left,
      left >= right
    & left = right <-> forall m j, c3 * W m j = - hat m j].
Proof. by move=> c10 lt c30; exact: (eq30 W h (conj c10 lt)). Qed.

(** *** (36) *)
Theorem proof_eq36 (P : problem) d (W : classifiers P d) (h : 'I_(classes P) -> vec d) (c1 c3 : R) :
  critical W h -> 0 < c1 -> (forall k : 'I_(classes P), c1 < omega k * sqrt (count k)) -> 0 < c3 ->
  let K := INR (classes P) in
  let g := (\sum_k (omega k * count k * ln (1 + (K - 1) * exp (exponent W k (h k))))) / N P in
  let t (k : 'I_(classes P)) := omega k * sqrt (count k) / c1 - 1 in
  let nx := \sum_k (count k * norm2 (h k)) in
  N P * (K - 1) / c1 * (g - \sum_k (omega k * count k / N P * c2 P (t k))) >=
    - (c3 * lambdaH P / (2 * lambdaW P)) * nx - K * (K - 1) / (2 * c3) * nx.
Proof. by move=> crit; exact: critical_eq36. Qed.

(** *** (37) *)
(** At the optimum, unless all classes collapse: the quotient, and which c_3 meet (31). *)
Theorem proof_eq37 (P : problem) d (W : classifiers P d) (H : features P d) (c3 : R) :
  (classes P <= d)%N -> global_minimiser W H -> (exists k : 'I_(classes P), 0 < M k) -> 0 < c3 ->
  let K := INR (classes P) in let h := mean H in
  let hat (m : 'I_(classes P)) : vec d :=
    fun j => \sum_k (sqrt (count k) * h k j) - K * (sqrt (count m) * h m j) in
  [/\ 0 < \sum_m norm2 (W m),
      (forall m j, c3 * W m j = - hat m j) ->
      c3 ^ 2 = (\sum_m norm2 (hat m)) / (\sum_m norm2 (W m)),
      (\sum_m norm2 (hat m)) / (\sum_m norm2 (W m)) = lambdaW P / lambdaH P * K * (K - 1)
    & (forall m j, c3 * W m j = - hat m j) <-> c3 ^ 2 = lambdaW P / lambdaH P * K * (K - 1)].
Proof. by move=> /room_enough room least; exact: eq37. Qed.

(** *** (38), corrected *)
Theorem proof_eq38_corrected (P : problem) d (W : classifiers P d) (h : 'I_(classes P) -> vec d)
  (c1 : R) :
  critical W h -> 0 < c1 -> (forall k : 'I_(classes P), c1 < omega k * sqrt (count k)) ->
  let K := INR (classes P) in
  let g := (\sum_k (omega k * count k * ln (1 + (K - 1) * exp (exponent W k (h k))))) / N P in
  let t (k : 'I_(classes P)) := omega k * sqrt (count k) / c1 - 1 in
  g >= - c1 / N P * sqrt (lambdaH P / lambdaW P * (K / (K - 1))) * (\sum_k (count k * norm2 (h k)))
    + \sum_k (omega k * count k / N P * c2 P (t k)).
Proof. by move=> crit; exact: critical_eq38. Qed.

(** ** Section 7.1: Lemmas 1 and 2, at every critical point, global or not *)
(** *** (43), Lemma 1 *)
Theorem lemma1 (P : problem) d (W : classifiers P d) (h : 'I_(classes P) -> vec d) : critical W h ->
  \sum_k norm2 (W k) = lambdaH P / lambdaW P * (\sum_k (count k * norm2 (h k))).
Proof. exact: lemma1. Qed.

(** *** (44) to (47), Lemma 2 *)
(** (38) attained for some c_1; (44), (45), (46) with the t_k of (28), and (47). *)
Theorem lemma2 (P : problem) d (W : classifiers P d) (h : 'I_(classes P) -> vec d) : critical W h ->
  let K := INR (classes P) in
  let g := (\sum_k (omega k * count k * ln (1 + (K - 1) * exp (exponent W k (h k))))) / N P in
  let e (k : 'I_(classes P)) :=
    exp (sqrt (K / (K - 1)) * sqrt (lambdaH P / lambdaW P) * sqrt (count k) * norm2 (h k)) in
  (exists c1, [/\ 0 < c1, forall k : 'I_(classes P), c1 < omega k * sqrt (count k) &
     g = - c1 / N P * sqrt (lambdaH P / lambdaW P * (K / (K - 1))) *
           (\sum_k (count k * norm2 (h k))) +
         \sum_(k < classes P)
           (omega k * count k / N P * c2 P (omega k * sqrt (count k) / c1 - 1))]) <->
  [/\ forall k l : 'I_(classes P), k != l -> dot (h k) (h l) = 0,
      forall k j, W k j = sqrt (1 / (K * (K - 1))) * sqrt (lambdaH P / lambdaW P) *
        (K * sqrt (count k) * h k j - \sum_m (sqrt (count m) * h m j)),
      forall k, / ((K - 1) * exp (((\sum_m dot (W m) (h k)) - K * dot (W k) (h k)) / (K - 1))) =
                1 / (K - 1) * e k
    & forall k l : 'I_(classes P), omega k * sqrt (count k) / (1 + 1 / (K - 1) * e k) =
                  omega l * sqrt (count l) / (1 + 1 / (K - 1) * e l)].
Proof. exact: lemma2. Qed.

(** *** The remark's gradient, corrected *)
(** The slope of L1 where h_k moves along itself, and along h_j. *)
Theorem remark_gradient_corrected (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> let h := mean H in forall k j : 'I_(classes P),
  derivable_pt_lim (fun t => L1 W (fun l q => h l q + t * (if l == k then h k q else 0))) 0 0 /\
  (k != j ->
     derivable_pt_lim (fun t => L1 W (fun l q => h l q + t * (if l == k then h j q else 0))) 0
     (omega k * count k / N P * (M j / (exp (M k) + (classes P - 1))))).
Proof. by move=> /room_enough room least; exact: gradient_corrected. Qed.

(** ** Section 7: Step 4, for every x *)
(** *** (39), the identity before (40) *)
Theorem proof_step4_identity (P : problem) (k : 'I_(classes P)) (x : R) :
  let K := INR (classes P) in let rate := sqrt (lambdaH P / lambdaW P * (K / (K - 1))) in
  let t :=
    1 / (K - 1) * exp (sqrt (K / (K - 1)) * sqrt (lambdaH P / lambdaW P) * sqrt (count k) * x) in
  let c2 := 1 / (1 + t) * ln ((1 + t) * (K - 1)) + t / (1 + t) * ln ((1 + t) / t) in
  [/\ c2 = 1 / (1 + t) * ln ((K - 1) * (1 + t)) - 1 / (1 + t) * ln ((1 + t) / t) + ln ((1 + t) / t),
      c2 = 1 / (1 + t) * ln ((K - 1) * t) + ln ((1 + t) / t),
      c2 = rate * sqrt (count k) * x / (1 + t) + ln ((1 + t) / t)
    & - (1 / N P) * rate * (omega k * count k * sqrt (count k) * x / (1 + t))
        + omega k * count k / N P * c2 + lambdaH P * count k * x =
      omega k * count k / N P * ln (1 + (K - 1) *
          exp (- (sqrt (K / (K - 1)) * sqrt (lambdaH P / lambdaW P) * sqrt (count k) * x)))
        + lambdaH P * count k * x].
Proof. exact: step4_identity. Qed.

(** *** (40) *)
(** g of (39), and as simplified: one derivative. *)
Theorem proof_eq40 (P : problem) (k : 'I_(classes P)) (x : R) :
  let K := INR (classes P) in
  let slope := - (omega k * count k / N P) *
      (sqrt (K / (K - 1)) * sqrt (lambdaH P / lambdaW P) * sqrt (count k) /
      (1 + 1 / (K - 1) *
         exp (sqrt (K / (K - 1)) * sqrt (lambdaH P / lambdaW P) * sqrt (count k) * x)))
    + lambdaH P * count k in
  derivable_pt_lim (g39 k) x slope /\ derivable_pt_lim (g k) x slope.
Proof. exact: eq40. Qed.

(** *** (41) and (42) *)
(** [g' k x] is the right side of (40); x* is claimed where its logarithm is defined. *)
Theorem proof_eq42 (P : problem) (k : 'I_(classes P)) :
  let K := INR (classes P) in let r := omega k * sqrt (count k) in
  let x := sqrt ((K - 1) / K * (lambdaW P / lambdaH P) * (1 / count k)) *
           (ln (K - 1) + ln (r / c P - 1)) in
  (c P < r ->
     [/\ g' k x = 0,
         r / (1 + 1 / (K - 1) *
           exp (sqrt (K / (K - 1)) * sqrt (lambdaH P / lambdaW P) * sqrt (count k) * x)) = c P,
         0 < x <-> N P / r * sqrt (lambdaW P * lambdaH P) < sqrt ((K - 1) / K),
         forall y, y < x -> g' k y < 0 & forall y, x < y -> 0 < g' k y]) /\
  (N P / r * sqrt (lambdaW P * lambdaH P) >= sqrt ((K - 1) / K) -> forall y, 0 < y -> 0 < g' k y).
Proof. exact: eq42_with_weights. Qed.

(** *** Step 4 *)
(** x_k^* is the norm (9), 0 where class k collapses: there g is least on x >= 0; and L1 meets the
    sum at the optimum. *)
Theorem proof_step4 (P : problem) d (W : classifiers P d) :
  let x (k : 'I_(classes P)) :=
    sqrt ((classes P - 1) / classes P * (lambdaW P / lambdaH P) / count k) * M k in
  [/\ forall (k : 'I_(classes P)) y, 0 <= y -> g k (x k) <= g k y,
      forall h, (forall k j, 0 <= h k j) -> L1 W h >= \sum_(k < classes P) g k (x k)
    & forall H : features P d, (classes P <= d)%N -> global_minimiser W H ->
        L1 W (mean H) = \sum_(k < classes P) g k (x k)].
Proof.
move=> x; split=> [k y|h h0|H /room_enough room least]; first exact: g_least.
  by apply: Rle_ge; exact: step4.
exact: step4_equal.
Qed.

(** ** Section 4.1: after Corollary 2 *)
(** *** Norms of features *)
(** Some configuration, its minimiser and two classes: the larger has the longer mean, and neither
    is zero. *)
Theorem text41_feature_monotone :
  exists (P : problem) d (W : classifiers P d) (H : features P d) (i j : 'I_(classes P)),
    [/\ unweighted P, (classes P <= d)%N, global_minimiser W H, (count j < count i)%N &
        0 < norm2 (mean H j) < norm2 (mean H i)].
Proof. exact: feature_norm_not_monotone. Qed.

(** ** Section 5.1: the metrics (19) to (21) at every global minimiser *)
(** *** (19): NC1 *)
(** The covariance within classes is zero, so (19) is, whatever matrix B is the inverse of that
    between. *)
Theorem metric_nc1 (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H ->
  let covariance a b := (\sum_k \sum_i ((H k i a - mean H k a) * (H k i b - mean H k b))) / N P in
  forall B : 'I_d -> 'I_d -> R, 1 / classes P * (\sum_a \sum_b (covariance a b * B b a)) = 0.
Proof. by move=> /room_enough room least covariance B; exact: (NC1_zero room least B).2. Qed.

(** *** (20): NC2 *)
(** Frobenius norms are not zero, unless all classes collapse. *)
Theorem metric_nc2 (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> (exists k : 'I_(classes P), 0 < M k) ->
  let norm (V : classifiers P d) := sqrt (\sum_k norm2 (V k)) in
  let U : classifiers P d := fun k j =>
    classes P * sqrt (count k) * mean H k j - \sum_m (sqrt (count m) * mean H m j) in
  [/\ 0 < norm W, 0 < norm U & norm (fun k j => W k j / norm W - U k j / norm U) = 0].
Proof. by move=> /room_enough room least; exact: NC2_zero. Qed.

(** *** (21): NC3 *)
Theorem metric_nc3 (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> (exists k : 'I_(classes P), 0 < M k) ->
  let norm (Z : 'I_(classes P) -> 'I_(classes P) -> R) := sqrt (\sum_m \sum_k (Z m k) ^ 2) in
  let Z (m k : 'I_(classes P)) := dot (W m) (mean H k) in
  let U (m k : 'I_(classes P)) :=
    if m == k then (classes P - 1) / classes P * M k else -1 / classes P * M k in
  [/\ 0 < norm Z, 0 < norm U & norm (fun m k => Z m k / norm Z - U m k / norm U) = 0].
Proof. by move=> /room_enough room least; exact: NC3_zero. Qed.

(** ** Beyond the paper: the limit lW lH -> 0, counts and class weights fixed *)
(** *** Margins, norms and logits in the limit *)
(** To any e > 0 a bound on lW lH below which all margins are positive with ratios within e of 1,
    the means' norms have ratios within e of (n_j/n_i)^(1/4), and the logits, normed, are entry by
    entry within e of the normed SELI matrix. *)
Theorem beyond_limit (P : problem) (e : R) : 0 < e -> exists2 delta, 0 < delta &
  forall lW lH (w0 : 0 < lW) (h0 : 0 < lH), lW * lH < delta ->
  let P' := with_decays P w0 h0 in
  forall d (W : classifiers P' d) (H : features P' d), (classes P <= d)%N -> global_minimiser W H ->
  let norm (Z : 'I_(classes P) -> 'I_(classes P) -> R) := sqrt (\sum_m \sum_k (Z m k) ^ 2) in
  let Z (m k : 'I_(classes P)) := dot (W m) (mean H k) in
  let S (m k : 'I_(classes P)) := (if m == k then 1 else 0) - 1 / classes P in
  (forall i j : 'I_(classes P'), 0 < M j /\ Rabs (M i / M j - 1) <= e) /\
  (forall i j : 'I_(classes P), 0 < norm2 (mean H j) /\
     Rabs (sqrt (norm2 (mean H i)) / sqrt (norm2 (mean H j)) -
           sqrt (sqrt (count j / count i))) <= e) /\
  0 < norm Z /\ forall m k : 'I_(classes P), Rabs (Z m k / norm Z - S m k / norm S) <= e.
Proof.
move=> e0; have [d1 d10 margins] := @margins_close P 0 e e0;
  have [d2 d20 means] := @features_close P e e0.
have [d3 d30 logits] := @logits_close P e e0.
exists (Rmin d1 (Rmin d2 d3)); first by do 2 (apply: Rmin_glb_lt => //).
move=> lW lH w0 h0 lt P' d W H dK least norm Z S.
have l1 := Rmin_l d1 (Rmin d2 d3); have l2 := Rmin_r d1 (Rmin d2 d3); have l3 := Rmin_l d2 d3;
  have l4 := Rmin_r d2 d3.
split; first by move=> i j; have [_] := margins _ _ w0 h0 ltac:(lra) i j.
split; first by move=> i j; exact: (means _ _ w0 h0 ltac:(lra) d W H dK least i j).
exact: (logits _ _ w0 h0 ltac:(lra) d W H dK least).
Qed.
