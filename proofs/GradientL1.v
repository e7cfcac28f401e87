(** The remark in 7.1 for L1, the lower bound of the paper's Step 1: its gradient
    with respect to the class means does not vanish at the optimum either. *)

From NeuralCollapse Require Import Setting Margins Factors Attainment Structure Derivatives
  Examples.

Section L1.
Variables (P : problem) (d : nat) (W : classifiers P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** The exponent of (23), as a function of class k's feature; L1 of class means h. *)
Definition exponent (k : 'I_K) (x : vec d) : R :=
  ((\sum_m dot (W m) x) - K * dot (W k) x) / (K - 1).
Definition L1 (h : 'I_K -> vec d) : R :=
  (\sum_k (omega k * n k * ln (1 + (K - 1) * exp (exponent k (h k))))) / N P
  + lambdaW P / 2 * (\sum_k norm2 (W k)) + lambdaH P / 2 * (\sum_k (n k * norm2 (h k))).

(** Its slope at h in the direction u. *)
Definition slope_L1 (h u : 'I_K -> vec d) : R :=
  (\sum_k (omega k * n k * (/ (1 + (K - 1) * exp (exponent k (h k)))
                  * ((K - 1) * (exp (exponent k (h k)) * exponent k (u k)))))) / N P
  + lambdaH P * (\sum_k (n k * dot (h k) (u k))).

Lemma exponent_line k (x u : vec d) t :
  exponent k (fun j => x j + t * u j) = exponent k x + t * exponent k u.
Proof.
have e w : dot w (fun j => x j + t * u j) = dot w x + t * dot w u.
  by rewrite /dot -sumZ -sumD; apply: sum_ext => j; ring.
by rewrite /exponent e (sum_ext (fun m => e (W m))) sumD sumZ; field; lra.
Qed.

Theorem slope_of_L1 (h u : 'I_K -> vec d) :
  derivable_pt_lim (fun t => L1 (fun k j => h k j + t * u k j)) 0 (slope_L1 h u).
Proof.
have N0 := N_gt0 P.
have -> : slope_L1 h u = / N P * (\sum_k (omega k * n k * (/ (1 + (K - 1) * exp (exponent k (h k)))
      * ((K - 1) * (exp (exponent k (h k)) * exponent k (u k)))))) + 0
    + lambdaH P / 2 * (\sum_k (n k * (2 * dot (h k) (u k)))).
  rewrite (sum_ext (f := fun k => n k * (2 * dot (h k) (u k)))
    (g := fun k => 2 * (n k * dot (h k) (u k)))).
    by rewrite sumZ /slope_L1; field; lra.
  by move=> k; ring.
rewrite /L1; apply: limit_add; first apply: limit_add; last 2 first.
- exact: limit_const.
- apply: limit_scal; apply: limit_sum => k; apply: limit_scal; exact: limit_norm2.
apply: (limit_eq (f := fun t =>
  / N P
  * \sum_k (omega k * n k * ln (1 + (K - 1) * exp (exponent k (h k) + t * exponent k (u k)))))).
  by move=> t; rewrite Rmult_comm; congr (_ * _); apply: sum_ext => k; rewrite exponent_line.
apply: limit_scal; apply: limit_sum => k; apply: limit_scal.
have at0 : exponent k (h k) + 0 * exponent k (u k) = exponent k (h k) by ring.
have e0 := exp_pos (exponent k (h k)).
have p0 : 0 < (K - 1) * exp (exponent k (h k)) by apply: Rmult_lt_0_compat; lra.
have -> :
  / (1 + (K - 1) * exp (exponent k (h k))) * ((K - 1) * (exp (exponent k (h k)) * exponent k (u k)))
  = / (1 + (K - 1) * exp (exponent k (h k) + 0 * exponent k (u k)))
    * ((K - 1) * (exp (exponent k (h k) + 0 * exponent k (u k)) * exponent k (u k))) by rewrite at0.
apply: (limit_ln (f := fun t => 1 + (K - 1) * exp (exponent k (h k) + t * exponent k (u k)))).
  by rewrite at0; lra.
rewrite -[X in derivable_pt_lim _ _ X]Rplus_0_l; apply: limit_add; first exact: limit_const.
by apply: limit_scal; apply: limit_exp; exact: limit_affine.
Qed.

Section AtMinimum.
Variable H : features P d.
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Let h := mean H.

(** Class k's mean, moved towards that of class j. *)
Definition towards (k j : 'I_K) : 'I_K -> vec d := fun l i => if l == k then h j i else 0.

Theorem slope_L1_at (k j : 'I_K) : k != j ->
  slope_L1 h (towards k j) = omega k * n k / N P * (M j / (exp (M k) + (K - 1))).
Proof.
move=> kj; have e0 := exp_pos (M k); have N0 := N_gt0 P.
have away (l : 'I_K) : l != k -> forall w, dot w (towards k j l) = 0.
  by move=> /negbTE lk w; apply: big1 => i _; rewrite /towards lk; ring.
have here w : dot w (towards k j k) = dot w (h j).
  by apply: dot_ext => // i; rewrite /towards eqxx.
have ex (l m : 'I_K) : exponent l (h m) = - (K * dot (W l) (h m)) / (K - 1).
  rewrite /exponent -dot_suml (_ : dot _ _ = 0); first by field; lra.
  by apply: big1 => i _; rewrite (thm1_d_sum room least); ring.
rewrite /slope_L1 (sum_only (j := k)); last first.
  move=> l lk; have -> : exponent l (towards k j l) = 0; last by ring.
  rewrite /exponent (away l lk) big1 => [|m _]; last exact: (away l lk).
  by field; lra.
rewrite (sum_only (j := k)) => [|l lk]; last by rewrite away //; ring.
rewrite here (thm1_b room least kj) Rmult_0_r.
have -> : exponent k (towards k j k) = exponent k (h j).
  by rewrite /exponent here (sum_ext (fun m => here (W m))).
have jk : k != j by [].
rewrite !ex (thm1_e_own room least) (thm1_e_other room least jk).
have -> : - (K * ((K - 1) / K * M k)) / (K - 1) = - M k by field; lra.
rewrite exp_Ropp; field.
have : 0 < (K - 1) * / exp (M k) by apply: Rmult_lt_0_compat; [lra | exact: Rinv_0_lt_compat].
by move=> p; repeat split; lra.
Qed.
End AtMinimum.
End L1.

Theorem gradient_refuted :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall u, derivable_pt_lim (fun t => L1 W (fun k j => mean H k j + t * u k j)) 0 0.
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists example_standing.
pose j : 'I_(classes example_standing) := @nth_class example_standing 0 isT.
pose k : 'I_(classes example_standing) := @nth_class example_standing 1 isT.
have one : unweighted example_standing by [].
have m0 : 0 < M j by apply/M_gt0; rewrite unweighted_count //; have := T_standing; rewrite /=; lra.
have kj : k != j by [].
have lim := slope_of_L1 W (mean H) (towards H k j).
have := uniqueness_limite _ _ _ _ lim (claim _ _ W H one (leqnn _) least (towards H k j)).
rewrite (slope_L1_at room least kj) => e.
have : 0 < omega k * count k / N example_standing
  * (M j / (exp (M k) + (classes example_standing - 1))).
  have K2 := K_ge2 example_standing; have e0 := exp_pos (M k).
  apply: Rmult_lt_0_compat; apply: Rdiv_lt_0_compat => //; [|exact: N_gt0 | lra].
  by rewrite one Rmult_1_l; exact: n_gt0.
by rewrite e; lra.
Qed.
