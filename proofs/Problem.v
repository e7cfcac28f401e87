(** Problem (4) of the paper, with class weights: the training problem, its
    constants, and the structure that Theorem 1 states. Definitions only.
    The paper's own problem is the one whose weights are all 1: [unweighted].

    A natural number stands for a real one where a real one is due: [sqrt (n k)]
    is the root of the number of samples of class [k]. *)

From NeuralCollapse Require Import Preamble Sums.

Coercion INR : nat >-> R.

(** The data of a problem: K >= 2 classes, n_k >= 1 samples of class k, its
    weight omega_k > 0, and the two positive weight decays. The dimension d is no part of it: it is
    an argument of every statement that depends on it. *)
Record problem := Problem {
  classes : nat;
  count : 'I_classes -> nat;
  omega : 'I_classes -> R;
  lambdaW : R;
  lambdaH : R;
  classes_ge2 : (2 <= classes)%N;
  count_ge1 : forall k, (1 <= count k)%N;
  omega_pos : forall k, 0 < omega k;
  lambdaW_pos : 0 < lambdaW;
  lambdaH_pos : 0 < lambdaH
}.

(** The problem of the paper. *)
Definition unweighted (P : problem) : Prop := forall k, omega (p := P) k = 1.

(** Vectors of R^d, their inner product and squared norm. *)
Definition vec (d : nat) := 'I_d -> R.
Definition dot d (u v : vec d) : R := \sum_j (u j * v j).
Definition norm2 d (u : vec d) : R := dot u u.

(** Cross-entropy of the logits z for the label k. *)
Definition CE K (z : 'I_K -> R) (k : 'I_K) : R := ln (\sum_m exp (z m)) - z k.

(** How far the logit of k stands above the mean of the others. *)
Definition margin K (z : 'I_K -> R) (k : 'I_K) : R :=
  z k - (\sum_(m | m != k) z m) / (K - 1).

(** The value at 0 of the line of slope -b that touches a -> ln (1 + (K-1) e^-a);
    0 ln 0 = 0. *)
Definition bracket (K : nat) (b : R) : R := - (1 - b) * ln (1 - b) - b * ln (b / (K - 1)).

Section Model.
Variable P : problem.
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).

(** One classifier per class; a feature vector for each sample of each class. *)
Definition classifiers (d : nat) := 'I_K -> vec d.
Definition features (d : nat) := forall k : 'I_K, 'I_(n k) -> vec d.

Definition feasible d (H : features d) : Prop := forall k i j, 0 <= H k i j.

(** N, the number of all samples. *)
Definition N : R := \sum_k n k.

Definition logits d (W : classifiers d) (h : vec d) : 'I_K -> R := fun m => dot (W m) h.

(** The loss of problem (4), the samples of class k weighted by omega_k. *)
Definition L0 d (W : classifiers d) (H : features d) : R :=
  (\sum_k (omega k * \sum_i CE (logits W (H k i)) k)) / N
  + lW / 2 * (\sum_k norm2 (W k))
  + lH / 2 * (\sum_k \sum_i norm2 (H k i)).

Definition global_minimiser d (W : classifiers d) (H : features d) : Prop :=
  feasible H /\ forall W' (H' : features d), feasible H' -> L0 W H <= L0 W' H'.

(** ** Constants *)

(** c, one root over everything but N. *)
Definition c : R := N * sqrt ((K - 1) / K * lW * lH).

(** T, the threshold of Corollary 4: class k collapses where omega_k^2 n_k <= T. *)
Definition T : R := N ^ 2 * (K / (K - 1)) * lW * lH.

(** M_k, the margin (6). Coq's [ln] is 0 where the logarithm is undefined. *)
Definition M (k : 'I_K) : R := Rmax 0 (ln ((K - 1) * (omega k * sqrt (n k) / c - 1))).

(** The slopes of the dual bound: any that are feasible, and the best ones. *)
Definition feasible_slopes (beta : 'I_K -> R) : Prop :=
  forall k, 0 <= beta k < 1 /\ (omega k * beta k) ^ 2 * n k <= c ^ 2.

Definition best (k : 'I_K) : R := Rmin (c / (omega k * sqrt (n k))) ((K - 1) / K).

(** The dual bound D(beta). *)
Definition D (beta : 'I_K -> R) : R := (\sum_k (omega k * n k * bracket K (beta k))) / N.

(** L*, the minimum of the loss, in closed form. *)
Definition Lstar : R :=
  (\sum_k (omega k * n k *
    (if Rle_dec (omega k ^ 2 * n k) T then ln K
     else bracket K (c / (omega k * sqrt (n k)))))) / N.

(** ** The structure of Theorem 1 *)

(** (c) the squared norm of the mean of class k. *)
Definition feature_norm2 (k : 'I_K) : R := sqrt ((K - 1) / K * (lW / lH) / n k) * M k.

(** (d) the classifier of class k, coordinate j, given the class means h. *)
Definition classifier_of d (h : 'I_K -> vec d) (k : 'I_K) : vec d := fun j =>
  sqrt (1 / (K * (K - 1))) * sqrt (lH / lW) *
  (K * sqrt (n k) * h k j - \sum_m (sqrt (n m) * h m j)).

(** h_k, the mean of class k. *)
Definition mean d (H : features d) (k : 'I_K) : vec d := fun j => (\sum_i H k i j) / n k.

(** [(W, H)] has the structure of Theorem 1 with class means h. *)
Record structure d (W : classifiers d) (H : features d) (h : 'I_K -> vec d) : Prop := {
  within_class : forall k i j, H k i j = h k j;                           (* (a) *)
  orthogonal : forall k l : 'I_K, k != l -> dot (h k) (h l) = 0;                 (* (b) *)
  norms : forall k, norm2 (h k) = feature_norm2 k;                        (* (c) *)
  self_dual : forall k j, W k j = classifier_of h k j;                    (* (d) *)
  classifiers_centred : forall j, \sum_k W k j = 0;                       (* (d) *)
  logit_own : forall k, dot (W k) (h k) = (K - 1) / K * M k;              (* (e) *)
  logit_other : forall k m : 'I_K, m != k -> dot (W m) (h k) = - M k / K;        (* (e) *)
  collapse : forall k, (forall j, h k j = 0) <-> omega k ^ 2 * n k <= T
}.

(** The number of classes that do not collapse. *)
Definition active : nat := #|[pred k | is_left (Rlt_dec 0 (M k))]|.

End Model.
