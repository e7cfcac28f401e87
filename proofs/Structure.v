(** What Theorem 1 says of every global minimiser, claim by claim. *)

From NeuralCollapse Require Import Setting Margins Factors Theorem1 Attainment.

Section Structure.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Arguments H : clear implicits.
Hypothesis room : (active P <= d)%N.
Hypothesis least : global_minimiser W H.
Let h := mean H.
Let s : structure W H h. Proof. by have [] := (theorem1 W H room).1 least. Qed.
Let H0 : feasible H. Proof. by case: least. Qed.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

Theorem thm1_minimum : L0 W H = Lstar P.
Proof. by have [] := (minimum_is_Lstar W H room).1 least. Qed.

Theorem thm1_a k i j : H k i j = h k j.
Proof. exact: within_class s _ _ _. Qed.

Theorem thm1_b (k l : 'I_K) : k != l -> dot (h k) (h l) = 0.
Proof. exact: orthogonal s _ _. Qed.

Theorem thm1_c k : norm2 (h k) = sqrt ((K - 1) / K * (lambdaW P / lambdaH P) / n k) * M k.
Proof. exact: norms s _. Qed.

Theorem thm1_d k j : W k j =
  sqrt (1 / (K * (K - 1))) * sqrt (lambdaH P / lambdaW P) *
  (K * sqrt (n k) * h k j - \sum_m (sqrt (n m) * h m j)).
Proof. exact: self_dual s _ _. Qed.

Theorem thm1_d_sum j : \sum_k W k j = 0.
Proof. exact: classifiers_centred s _. Qed.

Theorem thm1_e_own k : dot (W k) (h k) = (K - 1) / K * M k.
Proof. exact: logit_own s _. Qed.

Theorem thm1_e_other (k m : 'I_K) : m != k -> dot (W m) (h k) = - M k / K.
Proof. exact: logit_other s _ _. Qed.

Theorem thm1_e (k m : 'I_K) i :
  logits W (H k i) m = if m == k then (K - 1) / K * M k else - M k / K.
Proof.
have -> : logits W (H k i) m = dot (W m) (h k) by apply: dot_ext => // j; exact: thm1_a.
by case: eqP => [->|/eqP]; [exact: thm1_e_own | exact: thm1_e_other].
Qed.

Theorem thm1_e_sum k i : \sum_m logits W (H k i) m = 0.
Proof. by rewrite -dot_suml; apply: big1 => j _; rewrite thm1_d_sum; ring. Qed.

(** The condition of (6) and of the end of Theorem 1, as the paper writes it, with weights. *)
Lemma threshold_with_weights k :
  omega k ^ 2 * n k <= T P <->
  N P / (omega k * sqrt (n k)) * sqrt (lambdaW P * lambdaH P) >= sqrt ((K - 1) / K).
Proof.
have w0 := lW_gt0 P; have h0 := lH_gt0 P; have N0 := N_gt0 P; have s0 := sqrt_n_gt0 k.
have o0 := omega_gt0 k; have ww : 0 < lambdaW P * lambdaH P by apply: Rmult_lt_0_compat.
have z0 : 0 < (K - 1) / K := share_gt0 P.
have t0 : 0 < sqrt ((K - 1) / K) by apply: sqrt_lt_R0.
have tt : sqrt ((K - 1) / K) * sqrt ((K - 1) / K) = (K - 1) / K by apply: sqrt_sqrt; lra.
have c_eq : c P = N P * (sqrt ((K - 1) / K) * sqrt (lambdaW P * lambdaH P)).
  by rewrite -sqrt_mult; [rewrite /c !Rmult_assoc | lra | lra].
set x := N P / (omega k * sqrt (n k)) * sqrt (lambdaW P * lambdaH P).
have e : c P / (omega k * sqrt (n k)) = x * sqrt ((K - 1) / K) by rewrite c_eq /x; field; lra.
set q := sqrt ((K - 1) / K) in t0 tt c_eq e *.
split=> [/below_slope|ge].
  by rewrite e -tt => /(Rmult_le_reg_r _ _ _ t0); lra.
apply: Rnot_lt_le => /above_slope; rewrite e -tt => /(Rmult_lt_reg_r _ _ _ t0); lra.
Qed.

Theorem sign_with_weights k :
  0 < M k <-> N P / (omega k * sqrt (n k)) * sqrt (lambdaW P * lambdaH P) < sqrt ((K - 1) / K).
Proof.
rewrite M_gt0; have [a b] := threshold_with_weights k; split=> h'.
  by apply: Rnot_le_lt => h2; have := b (Rle_ge _ _ h2); lra.
by apply: Rnot_le_lt => /a; lra.
Qed.

Theorem collapse_with_weights k :
  N P / (omega k * sqrt (n k)) * sqrt (lambdaW P * lambdaH P) >= sqrt ((K - 1) / K) ->
  (forall j, h k j = 0) /\ structure W H h.
Proof. by move/threshold_with_weights/(collapse s). Qed.

Theorem eq13_margin (k m : 'I_K) i : m != k -> logits W (H k i) k - logits W (H k i) m = M k.
Proof.
move=> mk; have e l : logits W (H k i) l = dot (W l) (h k).
  by apply: dot_ext => // j; exact: thm1_a.
by rewrite !e thm1_e_own thm1_e_other //; field; lra.
Qed.

(** General orthogonal frame: non-negative means of disjoint supports. *)
Theorem text4_gof (k l : 'I_K) j : k != l -> 0 <= h k j /\ h k j * h l j = 0.
Proof.
have h0 m i : 0 <= h m i by rewrite -(thm1_a (sample0 m)); exact: H0.
move=> kl; split=> //.
by apply: (sum_eq0 _ (thm1_b kl)) => i; apply: Rmult_le_pos.
Qed.

(** Margins grow with omega_k sqrt n_k. *)
Theorem margins_order (k l : 'I_K) :
  omega k * sqrt (n k) < omega l * sqrt (n l) -> 0 < M l -> M k < M l.
Proof.
move=> kl m0; have c0 := c_gt0 P; have tl := (M_gt0 _).1 m0.
have [-> _] := M_above tl.
case: (Rle_lt_dec (omega k ^ 2 * n k) (T P)) => tk.
  by rewrite M_below //; have [<-] := M_above tl.
have [ek mk] := M_above tk.
rewrite ek; apply: ln_increasing.
  apply: Rnot_le_lt => neg; move: mk; rewrite ek ln_undefined //; lra.
apply: Rmult_lt_compat_l; first lra.
by apply: Rplus_lt_compat_r; apply: Rmult_lt_compat_r => //; exact: Rinv_0_lt_compat.
Qed.

(** Classes of different margins: the logits are no multiple of the SELI matrix. *)
Lemma margins_not_seli (k l : 'I_K) : M k <> M l ->
  ~ exists a, forall i m : 'I_K, dot (W m) (h i) = a * ((if m == i then 1 else 0) - 1 / K).
Proof.
move=> ne [a e]; apply: ne.
have f (i : 'I_K) : (K - 1) / K * M i = a * (1 - 1 / K) by rewrite -thm1_e_own e eqxx.
have z : (K - 1) / K * M k = (K - 1) / K * M l by rewrite !f.
by apply: Rmult_eq_reg_l z _; have := share_gt0 P; lra.
Qed.

(** Imbalanced, and not all collapsed: the logits are no multiple of the SELI matrix. *)
Theorem seli_with_weights (k l : 'I_K) :
  omega k * sqrt (n k) < omega l * sqrt (n l) -> (exists m : 'I_K, 0 < M m) ->
  ~ exists a, forall i m : 'I_K, dot (W m) (h i) = a * ((if m == i then 1 else 0) - 1 / K).
Proof.
move=> lt [m m0]; case: (Rle_lt_dec (M l) 0) => ml.
  by apply: (@margins_not_seli m l); lra.
by apply: (@margins_not_seli k l); have := margins_order lt ml; lra.
Qed.

(** ** Without weights: the paper's statements *)
Section Unweighted.
Hypothesis one : unweighted P.

Lemma threshold_as_written k :
  n k <= T P <-> N P / sqrt (n k) * sqrt (lambdaW P * lambdaH P) >= sqrt ((K - 1) / K).
Proof. by rewrite -(unweighted_root k one) -threshold_with_weights unweighted_count. Qed.

Theorem eq6_sign k :
  0 < M k <-> N P / sqrt (n k) * sqrt (lambdaW P * lambdaH P) < sqrt ((K - 1) / K).
Proof. by rewrite -(unweighted_root k one) -sign_with_weights. Qed.

Theorem thm1_collapse k :
  N P / sqrt (n k) * sqrt (lambdaW P * lambdaH P) >= sqrt ((K - 1) / K) ->
  (forall j, h k j = 0) /\ structure W H h.
Proof. by rewrite -(unweighted_root k one); exact: collapse_with_weights. Qed.

Lemma roots_increase (k l : 'I_K) : (n k < n l)%N -> omega k * sqrt (n k) < omega l * sqrt (n l).
Proof.
move=> /ltP/lt_INR kl; rewrite !unweighted_root //.
by apply: sqrt_lt_1_alt; have := n_ge1 k; lra.
Qed.

(** At the optimum every class above the threshold has a margin of its own. *)
Theorem margins_increase (k l : 'I_K) : (n k < n l)%N -> 0 < M l -> M k < M l.
Proof. by move/roots_increase; exact: margins_order. Qed.

Theorem text4_seli (k l : 'I_K) : (n k < n l)%N -> (exists m : 'I_K, 0 < M m) ->
  ~ exists a, forall i m : 'I_K, dot (W m) (h i) = a * ((if m == i then 1 else 0) - 1 / K).
Proof. by move/roots_increase; exact: seli_with_weights. Qed.
End Unweighted.

End Structure.
