(** The main theorems, each stated in full once more. Whoever weakens one of
    them elsewhere has to change this file as well, or it fails. *)

From NeuralCollapse Require Import Preamble Sums Problem Identity Duality Margins LowerBound Theorem1 Attainment.

Section Main.
(** K >= 2 classes of n_k >= 1 samples, weight decays lW, lH > 0; any dimension d. *)
Variables (P : problem) (d : nat).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Notation N := (N P).
Notation c := (c P).

(** A bound for every feasible slopes, and what the loss exceeds it by. *)
Theorem dual_bound (beta : 'I_K -> R) (W : classifiers P d) (H : features P d) :
  feasible H ->
  (forall k, 0 <= beta k < 1 /\ beta k ^ 2 * n k <= c ^ 2) ->
  D beta <= L0 W H.
Proof. exact: weak_duality. Qed.

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
Proof. exact: five_terms. Qed.

(** L* in closed form; b = c / sqrt n_k, and 1 - b is the own softmax of a class that stands. *)
Theorem minimum_value :
  Lstar P = (\sum_k (n k *
    (if Rle_dec (n k) (T P) then ln K
     else - (1 - c / sqrt (n k)) * ln (1 - c / sqrt (n k))
          - c / sqrt (n k) * ln (c / sqrt (n k) / (K - 1))))) / N.
Proof. by []. Qed.

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
Proof. by split=> [[*]|[? [? [? [? [? [? []]]]]]]]; split. Qed.

End Main.
