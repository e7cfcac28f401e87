(** Of Step 4 and the remark in 7.1, what their statements need: the sums as the
    paper has them, the constants of (38), and the multipliers of H >= 0. *)

From NeuralCollapse Require Import Setting Margins Factors Theorem1 Attainment Structure
  Derivatives Examples Step4 GradientL1 Remarks ClassMeans CriticalPoints.

(** sqrt(n_k)/(1+t) takes exactly the values between 0 and sqrt(n_k) for t > 0. *)
Theorem constants_defined (P : problem) (k : 'I_(classes P)) c1 :
  (exists2 t, 0 < t & c1 = sqrt (count k) / (1 + t)) <-> 0 < c1 < sqrt (count k).
Proof.
have s0 := sqrt_n_gt0 k; split=> [[t t0 ->]|[c0 lt]].
  split; first by apply: Rdiv_lt_0_compat; lra.
  apply: (Rmult_lt_reg_r (1 + t)); first lra.
  rewrite /Rdiv Rmult_assoc Rinv_l; last lra.
  by have := Rmult_lt_0_compat _ _ s0 t0; lra.
exists (sqrt (count k) / c1 - 1); last by field; lra.
suff : 1 < sqrt (count k) / c1 by lra.
by apply: (Rmult_lt_reg_r c1) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
Qed.

(** W = 0, h = 0 is a critical point of L1. *)
Lemma zero_critical (P : problem) d : critical (P := P) (d := d) (fun _ _ => 0) (fun _ _ => 0).
Proof.
pose W0 : classifiers P d := fun _ _ => 0; pose h0 : 'I_(classes P) -> vec d := fun _ _ => 0.
have dl (z u : vec d) : (forall j, z j = 0) -> dot z u = 0 by move=> z0; apply: big1 => j _;
  rewrite z0; ring.
have dr (u z : vec d) : (forall j, z j = 0) -> dot u z = 0 by move=> z0; apply: big1 => j _;
  rewrite z0; ring.
have exW (W : classifiers P d) k : exponent W k (h0 k) = 0.
  have e m : dot (W m) (h0 k) = 0 by exact: dr.
  by rewrite /exponent (sum_ext e) e sum0 /Rdiv; ring.
have exh k (x : vec d) : exponent W0 k x = 0.
  have e m : dot (W0 m) x = 0 by exact: dl.
  by rewrite /exponent (sum_ext e) e sum0 /Rdiv; ring.
split=> [k j|U|k q]; first lra.
  have lim := slope_of_L1_W W0 h0 U.
  have z : slope_phi W0 h0 (fun k => exponent U k (h0 k))
    + lambdaW P * (\sum_k dot (W0 k) (U k)) = 0.
    have -> : \sum_k dot (W0 k) (U k) = 0 by apply: big1 => k _; exact: dl.
    by rewrite /slope_phi big1 => [|k _]; [rewrite /Rdiv; ring | rewrite (exW U); ring].
  by rewrite z in lim; exact: lim.
exists 0; have lim := slope_of_L1 W0 h0 (unit_mean k q).
have z : slope_L1 W0 h0 (unit_mean k q) = 0.
  rewrite /slope_L1; have -> : \sum_l (count l * dot (h0 l) (unit_mean k q l)) = 0.
    by apply: big1 => l _; rewrite dl //; ring.
  by rewrite big1 => [|l _]; [rewrite /Rdiv; ring | rewrite (exh l (unit_mean k q l)); ring].
by rewrite z in lim; split; [lra | ring | exact: lim].
Qed.

Theorem eq38_refuted :
  ~ forall (P : problem) d (W : classifiers P d) (h : 'I_(classes P) -> vec d),
      unweighted P -> (classes P <= d)%N -> critical W h ->
      forall c1, 0 < c1 -> exists t : 'I_(classes P) -> R,
        (forall k, 0 < t k /\ c1 = sqrt (count k) / (1 + t k)) /\
        (\sum_k (count k * ln (1 + (classes P - 1) * exp (exponent W k (h k))))) / N P >=
          - c1 / N P * sqrt (lambdaH P / lambdaW P * (classes P / (classes P - 1))) *
            (\sum_k (count k * norm2 (h k)))
          + \sum_k (count k / N P * c2 P (t k)).
Proof.
move=> claim; pose P := example_standing; pose k := class0 P; have s0 := sqrt_n_gt0 k.
have one : unweighted P by [].
have [t [tk _]] := claim P _ _ _ one (leqnn _) (zero_critical P (classes P)) _ s0.
have [t0 e] := tk k.
have : 0 < sqrt (count k) < sqrt (count k) by apply/constants_defined; exists (t k).
by case=> _ /Rlt_irrefl.
Qed.

(** The constants in the paper's words, without weights. *)
Theorem constants_unweighted (P : problem) : unweighted P -> forall k : 'I_(classes P),
  let t := sqrt (count k) / c P - 1 in
  [/\ T P < count k -> count k / N P * c2 P t =
        g k (sqrt ((classes P - 1) / classes P * (lambdaW P / lambdaH P) / count k) * M k),
      c P ^ 2 < count k -> count k <= T P -> count k / N P * c2 P t <= g k 0
    & count k <= c P ^ 2 -> t <= 0].
Proof. by move=> one k; have := constants_corrected one k; rewrite /t_of unweighted_root. Qed.

(** Both classes of the example collapse above c^2: every term falls short. *)
Theorem sums_refuted :
  ~ forall P : problem, unweighted P -> (forall k : 'I_(classes P), c P ^ 2 < count k) ->
      \sum_(k < classes P) (count k / N P * c2 P (sqrt (count k) / c P - 1)) =
      \sum_(k < classes P)
        g k (sqrt ((classes P - 1) / classes P * (lambdaW P / lambdaH P) / count k) * M k).
Proof.
move=> claim; pose P := example_below.
have one : unweighted P by [].
have T2 : T P = 2 := T_below.
have nk (k : 'I_(classes P)) : INR (count k) = 1 by case: k => [[|[|m]]].
have cc (k : 'I_(classes P)) : c P ^ 2 < count k.
  have : T P = c P ^ 2 * 4.
    rewrite T_c (_ : INR (classes P) = 2); last by rewrite /=; ring.
    by field.
  by rewrite T2 nk; lra.
have short (k : 'I_(classes P)) : count k / N P * c2 P (sqrt (count k) / c P - 1) <
    g k (sqrt ((classes P - 1) / classes P * (lambdaW P / lambdaH P) / count k) * M k).
  have below : omega k ^ 2 * count k < T P by rewrite unweighted_count // nk; lra.
  rewrite (M_below (Rlt_le _ _ below)) Rmult_0_r.
  have lt : c P ^ 2 < omega k ^ 2 * count k by rewrite unweighted_count.
  by have := constants_below lt below; rewrite /t_of unweighted_root // (one k) Rmult_1_l.
have e := claim P one cc.
have :
  0 < \sum_(k < classes P)
  (g k (sqrt ((classes P - 1) / classes P * (lambdaW P / lambdaH P) / count k) * M k)
   - count k / N P * c2 P (sqrt (count k) / c P - 1)).
  by apply: (sum_gt0 (j := class0 P)) => [k|]; [have := short k | have := short (class0 P)]; lra.
by rewrite sumB e Rminus_diag_eq // => /Rlt_irrefl.
Qed.

(** A multiplier of class k in a coordinate of class j, where both stand, is positive. *)
Theorem multipliers_refuted :
  ~ forall (P : problem) d (W : classifiers P d) (H mu : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H -> multipliers_of W H mu ->
      forall (k : 'I_(classes P)) (i : 'I_(count k)) (q : 'I_d), mu k i q = 0.
Proof.
move=> claim; have [room [W [H least]]] := minimiser_exists example_standing.
pose j : 'I_(classes example_standing) := @nth_class example_standing 0 isT.
pose k : 'I_(classes example_standing) := @nth_class example_standing 1 isT.
have one : unweighted example_standing by [].
have m0 : 0 < M j by apply/M_gt0; rewrite unweighted_count //; have := T_standing; rewrite /=; lra.
have kj : k != j by [].
have pos := multiplier_gt0 room least (sample0 k) kj m0.
have zero := claim _ _ W H _ one (leqnn _) least (multipliers_exist room least) k (sample0 k).
by move: pos; rewrite /dot big1 => [|q _]; [lra | rewrite zero; ring].
Qed.

Theorem multipliers_corrected (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (active P <= d)%N -> global_minimiser W H ->
  (exists mu, multipliers_of W H mu) /\ forall mu, multipliers_of W H mu ->
  forall k j : 'I_(classes P),
  \sum_i dot (mu k i) (mean H k) = 0 /\
  (k != j ->
     \sum_i dot (mu k i) (mean H j) = count k / N P * (M j / (exp (M k) + (classes P - 1)))) /\
  (k != j -> 0 < M j -> 0 < \sum_i dot (mu k i) (mean H j)).
Proof.
move=> one room least; split; first by exists (gradient W H); exact: multipliers_exist.
move=> mu kkt k j.
have e (u : vec d) : \sum_i dot (mu k i) u = \sum_i dot (gradient W H k i) u.
  by apply: sum_ext => i; apply: dot_ext => // q; exact: multipliers_unique.
rewrite !e; have [own other] := duals_corrected room least one k j.
split=> //; split=> // kj m0; rewrite other //; have e0 := exp_pos (M k); have K2 := K_ge2 P.
apply: Rmult_lt_0_compat; apply: Rdiv_lt_0_compat => //; try lra.
  exact: n_gt0.
exact: N_gt0.
Qed.
