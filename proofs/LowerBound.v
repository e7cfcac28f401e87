(** The minimum of the loss is at least L*, in every dimension. *)

From NeuralCollapse Require Import Setting Duality Margins.

Theorem lower_bound (P : problem) (d : nat) (W : classifiers P d) (H : features P d) :
  feasible H -> Lstar P <= L0 W H.
Proof. by move=> H0; rewrite Lstar_D; apply: weak_duality H0 (@best_feasible P). Qed.
