(** How a generated file proves a number: write it out, enclose it. *)

From Coq Require Export Reals ZArith.
From Coq Require Import Lra.
From mathcomp Require Export all_ssreflect.
From Interval Require Export Tactic.
From NeuralCollapse Require Export Sums Problem Attainment Lists Given Enclosed Values Certificate
  GivenWeights CertificateWeights.

(** Write out everything that these files define; leave reals alone. *)
Ltac write_out :=
  unfold near, within;
  cbv beta iota zeta delta
    [margin_value norm_value own_value other_value weight_value weights_value prefactor_value
     classifier_value inner_value bracket_value loss_value c_value dual_value means_value
     samples_value numbered CE_value ratio
     lsum ldot zip iota size nth fst snd Z.leb Z.compare Pos.compare Pos.compare_cont].

(** The same where there are class weights. *)
Ltac write_out_weighted :=
  unfold near, within;
  cbv beta iota zeta delta
    [weighted_margin_value weighted_norm_value weighted_own_value weighted_other_value
     product_value products_value prefactor_value weighted_classifier_value weighted_inner_value
     bracket_value class_loss_value weighted_loss_value c_value weighted_dual_value
     means_value_with samples_value_with given_root root_of numbered CE_value ratio
     lsum ldot zip iota size nth fst snd
     Z.leb Z.compare Pos.compare Pos.compare_cont Z.mul Pos.mul Pos.add Pos.add_carry Pos.succ].

(** A decimal, however it is written, as a quotient of integers. *)
Ltac quotient :=
  first [ exact (quotient_Z _) | exact (quotient_Q _ _)
        | simple apply quotient_div; quotient | simple apply quotient_mul; quotient ].

(** What follows from numbers that are enclosed: by integers. *)
Ltac by_integers := first [ quotient | vm_compute; reflexivity ].

(** Exact comparisons of rational numbers. *)
Ltac compare_rationals := cbv beta iota delta [threshold_value]; Lra.lra.

(** Each entry of a table is at least 0. *)
Ltac nonnegative :=
  cbv beta iota delta [all_ge0 rows_ge0 samples_ge0]; repeat split; Lra.lra.
