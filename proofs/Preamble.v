(** Real numbers, MathComp, its options, and the scope of real numbers. [Setting] exports it, and
    [Numbers] does not: what a generated file imports sets no option there. *)

From Coq Require Export Reals Lra.
From mathcomp Require Export all_ssreflect.

#[export] Set Implicit Arguments.
#[export] Unset Strict Implicit.
#[export] Unset Printing Implicit Defensive.

Open Scope R_scope.
