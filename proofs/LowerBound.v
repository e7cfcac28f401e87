(** The minimum of the loss is at least L*, in every dimension. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect.
From NeuralCollapse Require Import Sums Problem Duality Margins.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope R_scope.

Theorem lower_bound (P : problem) (d : nat) (W : classifiers P d) (H : features P d) :
  feasible H -> Lstar P <= L0 W H.
Proof. by move=> H0; rewrite Lstar_D; apply: weak_duality H0 (@best_feasible P). Qed.
