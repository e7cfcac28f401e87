(** Three readings close to the right formulas, refuted: controls. *)

From NeuralCollapse Require Import Setting Margins Factors Attainment Structure Proposition1
  Examples.

Section Wrong.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** (11) with K and K-1 swapped: wrong for every class that stands. *)
Theorem misread_eq11 (k : 'I_K) : 0 < M k -> dot (W k) (mean H k) <> K / (K - 1) * M k.
Proof.
move=> m0; rewrite (thm1_e_own room least) => e.
have : (K - 1) / K * M k < K / (K - 1) * M k.
  apply: Rmult_lt_compat_r => //; have lt1 := share_lt1 P.
  have -> : K / (K - 1) = 1 + / (K - 1) by field; lra.
  by have := Rinv_0_lt_compat (K - 1) ltac:(lra); lra.
lra.
Qed.

(** Proposition 1 with the sum over all m: wrong for every class that stands. *)
Theorem misread_prop1 (k : 'I_K) : 0 < M k ->
  norm2 (W k) <> prefactor P * ((K - 1) ^ 2 * weight k + \sum_m weight (P := P) m).
Proof.
move=> m0; rewrite (prop1_norm room least) (sum_split k) => e.
have := Rmult_lt_0_compat _ _ (prefactor_gt0 P) (weight_gt0 m0).
by move: e; rewrite !Rmult_plus_distr_l; lra.
Qed.
(** Orthogonal classifiers, as for the squared loss: wrong unless all classes collapse. *)
Theorem misread_orthogonal (k : 'I_K) : 0 < weights P ->
  ~ forall j, j != k -> dot (W k) (W j) = 0.
Proof.
move=> w0 claim; have := norm2_gt0 room least k w0.
have : dot (W k) (fun i => \sum_j W j i) = 0.
  by apply: big1 => i _; rewrite (thm1_d_sum room least); ring.
by rewrite dot_sumr (sum_only claim) -/(norm2 _); lra.
Qed.
End Wrong.
