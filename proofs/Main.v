(** The main theorems, each stated in full once more: with class weights, and at
    omega = 1 as the paper has them. Whoever weakens one of them elsewhere has to
    change this file as well, or it fails. *)

From Coq Require Import FunctionalExtensionality.
From NeuralCollapse Require Import Setting Identity Duality Margins LowerBound Theorem1 Attainment.

(** ** With class weights *)
Section Weighted.
(** K >= 2 classes of n_k >= 1 samples with weights omega_k > 0, weight decays
    lW, lH > 0; any dimension d. *)
Variables (P : problem) (d : nat).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Notation N := (N P).
Notation c := (c P).

(** A bound for every feasible slopes, and what the loss exceeds it by. *)
Theorem weighted_dual_bound (beta : 'I_K -> R) (W : classifiers P d) (H : features P d) :
  feasible H ->
  (forall k, 0 <= beta k < 1 /\ (omega k * beta k) ^ 2 * n k <= c ^ 2) ->
  D beta <= L0 W H.
Proof. exact: weak_duality. Qed.

Theorem weighted_gap_identity (beta : 'I_K -> R) (W : classifiers P d) (H : features P d) :
  let h2 m := \sum_i norm2 (H m i) in
  let s m : vec d := fun j => \sum_i H m i j in
  let y m : vec d := fun j => omega m * beta m * s m j in
  let Y : vec d := fun j => \sum_m y m j in
  let v m : vec d := fun j => (K * y m j - Y j) / ((K - 1) * N * lW) in
  L0 W H - D beta =
    (\sum_k (omega k * \sum_i (CE (logits W (H k i)) k
                    + beta k * margin (logits W (H k i)) k - bracket K (beta k)))) / N
    + lW / 2 * (\sum_m norm2 (fun j => W m j - v m j))
    + K / (2 * lW * ((K - 1) * N) ^ 2) * (norm2 Y - (\sum_m norm2 (y m)))
    + K / (2 * lW * (K - 1) * N ^ 2)
        * (\sum_m ((omega m * beta m) ^ 2 * (n m * h2 m - norm2 (s m))))
    + K / (2 * lW * (K - 1) * N ^ 2) * (\sum_m ((c ^ 2 - (omega m * beta m) ^ 2 * n m) * h2 m)).
Proof. exact: five_terms. Qed.

(** L* in closed form; b = c / (omega_k sqrt n_k). *)
Theorem weighted_minimum_value :
  let b k := c / (omega k * sqrt (n k)) in
  Lstar P = (\sum_k (omega k * n k *
    (if Rle_dec (omega k ^ 2 * n k) (T P) then ln K
     else - (1 - b k) * ln (1 - b k) - b k * ln (b k / (K - 1))))) / N.
Proof. by []. Qed.

Theorem weighted_no_gap : D (@best P) = Lstar P.
Proof. by rewrite Lstar_D. Qed.

Theorem weighted_minimum_bound (W : classifiers P d) (H : features P d) :
  feasible H -> Lstar P <= L0 W H.
Proof. exact: lower_bound. Qed.

Theorem weighted_minimum_equality (W : classifiers P d) (H : features P d) :
  feasible H -> (L0 W H = Lstar P <-> structure W H (mean H)).
Proof. exact: equality_iff. Qed.

Theorem weighted_minimum_attained :
  (exists (W : classifiers P d) (H : features P d), feasible H /\ L0 W H = Lstar P)
  <-> (active P <= d)%N.
Proof. exact: attained_iff. Qed.

Theorem weighted_global_minimisers (W : classifiers P d) (H : features P d) :
  (active P <= d)%N ->
  (global_minimiser W H <-> feasible H /\ structure W H (mean H)).
Proof. exact: theorem1. Qed.

Theorem weighted_structure_says (W : classifiers P d) (H : features P d) (h : 'I_K -> vec d) :
  let m k := Rmax 0 (ln ((K - 1) * (omega k * sqrt (n k) / c - 1))) in
  structure W H h <->
  (forall k i j, H k i j = h k j) /\
  (forall k l : 'I_K, k != l -> dot (h k) (h l) = 0) /\
  (forall k, norm2 (h k) = sqrt ((K - 1) / K * (lW / lH) / n k) * m k) /\
  (forall k j, W k j = sqrt (1 / (K * (K - 1))) * sqrt (lH / lW) *
     (K * sqrt (n k) * h k j - \sum_m (sqrt (n m) * h m j))) /\
  (forall j, \sum_k W k j = 0) /\
  (forall k, dot (W k) (h k) = (K - 1) / K * m k) /\
  (forall k m' : 'I_K, m' != k -> dot (W m') (h k) = - m k / K) /\
  (forall k, (forall j, h k j = 0) <-> omega k ^ 2 * n k <= T P).
Proof. by split=> [[*]|[? [? [? [? [? [? []]]]]]]]; split. Qed.

End Weighted.

(** ** The paper's problem: all class weights are 1 *)
Section Main.
(** K >= 2 classes of n_k >= 1 samples, weight decays lW, lH > 0; any dimension d. *)
Variables (P : problem) (d : nat).
Hypothesis one : forall k, omega (p := P) k = 1.
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Notation N := (N P).
Notation c := (c P).

(** The loss and the margins of the paper. *)
Theorem loss (W : classifiers P d) (H : features P d) :
  L0 W H = (\sum_k \sum_i CE (logits W (H k i)) k) / N
    + lW / 2 * (\sum_k norm2 (W k)) + lH / 2 * (\sum_k \sum_i norm2 (H k i)).
Proof.
by rewrite /L0; congr (_ / _ + _ + _); apply: sum_ext => k; rewrite one Rmult_1_l.
Qed.

Theorem margins (k : 'I_K) : M k = Rmax 0 (ln ((K - 1) * (sqrt (n k) / c - 1))).
Proof. by rewrite /M unweighted_root. Qed.

(** A bound for every feasible slopes, and what the loss exceeds it by. *)
Theorem dual_bound (beta : 'I_K -> R) (W : classifiers P d) (H : features P d) :
  feasible H ->
  (forall k, 0 <= beta k < 1 /\ beta k ^ 2 * n k <= c ^ 2) ->
  D beta <= L0 W H.
Proof.
by move=> H0 slopes; apply: weak_duality => // k; rewrite one Rmult_1_l; exact: slopes.
Qed.

Theorem dual_bound_value (beta : 'I_K -> R) : D beta = (\sum_k (n k * bracket K (beta k))) / N.
Proof. by rewrite /D; congr (_ / _); apply: sum_ext => k; rewrite one Rmult_1_l. Qed.

Theorem gap_identity (beta : 'I_K -> R) (W : classifiers P d) (H : features P d) :
  let h2 m := \sum_i norm2 (H m i) in
  let s m : vec d := fun j => \sum_i H m i j in
  let y m : vec d := fun j => beta m * s m j in
  let Y : vec d := fun j => \sum_m y m j in
  let v m : vec d := fun j => (K * y m j - Y j) / ((K - 1) * N * lW) in
  L0 W H - D beta =
    (\sum_k \sum_i (CE (logits W (H k i)) k
                    + beta k * margin (logits W (H k i)) k - bracket K (beta k))) / N
    + lW / 2 * (\sum_m norm2 (fun j => W m j - v m j))
    + K / (2 * lW * ((K - 1) * N) ^ 2) * (norm2 Y - (\sum_m norm2 (y m)))
    + K / (2 * lW * (K - 1) * N ^ 2) * (\sum_m (beta m ^ 2 * (n m * h2 m - norm2 (s m))))
    + K / (2 * lW * (K - 1) * N ^ 2) * (\sum_m ((c ^ 2 - beta m ^ 2 * n m) * h2 m)).
Proof.
have o1 : omega (p := P) = (fun=> 1) := functional_extensionality _ _ one.
have y1 : y beta H = (fun m j => beta m * feature_sum H m j).
  apply: functional_extensionality => m; apply: functional_extensionality => j.
  by rewrite /y one Rmult_1_l.
cbv zeta; rewrite five_terms /logits_term /classifier_term /orthogonality_term
  /within_class_term /collapsed_term /v /Y y1 o1.
by congr (_ / _ + _ + _ + _ * _ + _ * _); apply: sum_ext => m; rewrite !Rmult_1_l.
Qed.

(** L* in closed form; b = c / sqrt n_k, and 1 - b is the own softmax of a class that stands. *)
Theorem minimum_value :
  Lstar P = (\sum_k (n k *
    (if Rle_dec (n k) (T P) then ln K
     else - (1 - c / sqrt (n k)) * ln (1 - c / sqrt (n k))
          - c / sqrt (n k) * ln (c / sqrt (n k) / (K - 1))))) / N.
Proof.
rewrite /Lstar; congr (_ / _); apply: sum_ext => k.
by rewrite (unweighted_root k one) (unweighted_count k one) one Rmult_1_l.
Qed.

Theorem no_gap : D (@best P) = Lstar P.
Proof. by rewrite Lstar_D. Qed.

Theorem minimum_bound (W : classifiers P d) (H : features P d) :
  feasible H -> Lstar P <= L0 W H.
Proof. exact: lower_bound. Qed.

Theorem minimum_equality (W : classifiers P d) (H : features P d) :
  feasible H -> (L0 W H = Lstar P <-> structure W H (mean H)).
Proof. exact: equality_iff. Qed.

Theorem minimum_attained :
  (exists (W : classifiers P d) (H : features P d), feasible H /\ L0 W H = Lstar P)
  <-> (active P <= d)%N.
Proof. exact: attained_iff. Qed.

(** Theorem 1 of the paper, with its converse, and for every d with room. *)
Theorem global_minimisers (W : classifiers P d) (H : features P d) :
  (active P <= d)%N ->
  (global_minimiser W H <-> feasible H /\ structure W H (mean H)).
Proof. exact: theorem1. Qed.

(** Structure, spelt out: h_k is the mean of class k. *)
Theorem structure_says (W : classifiers P d) (H : features P d) (h : 'I_K -> vec d) :
  structure W H h <->
  (forall k i j, H k i j = h k j) /\
  (forall k l : 'I_K, k != l -> dot (h k) (h l) = 0) /\
  (forall k, norm2 (h k) = sqrt ((K - 1) / K * (lW / lH) / n k) * M k) /\
  (forall k j, W k j = sqrt (1 / (K * (K - 1))) * sqrt (lH / lW) *
     (K * sqrt (n k) * h k j - \sum_m (sqrt (n m) * h m j))) /\
  (forall j, \sum_k W k j = 0) /\
  (forall k, dot (W k) (h k) = (K - 1) / K * M k) /\
  (forall k m : 'I_K, m != k -> dot (W m) (h k) = - M k / K) /\
  (forall k, (forall j, h k j = 0) <-> n k <= T P).
Proof.
split=> [[a b c' e f g i coll]|[a [b [c' [e [f [g [i coll]]]]]]]].
  refine (conj a (conj b (conj c' (conj e (conj f (conj g (conj i _))))))) => k.
  by rewrite -(unweighted_count k one); exact: coll.
by split=> // k; rewrite unweighted_count.
Qed.

End Main.
