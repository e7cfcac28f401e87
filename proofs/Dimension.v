(** With fewer coordinates than classes that stand, the loss keeps a distance from
    L*: of two classes that share a coordinate the inner product of the weighted
    sums y_k is not small unless one y_k is; and where y_k is small, the logits
    of class k are, which its term of the identity pays for. *)

From NeuralCollapse Require Import Setting Gibbs Identity Duality Margins Attainment Step4.

Lemma largest_coordinate d (u : vec d) : 0 < norm2 u -> exists j, norm2 u <= d * u j ^ 2.
Proof.
move=> u0; case: (pickP [pred j | is_left (Rle_dec (norm2 u) (d * u j ^ 2))]) => [j|none].
  by rewrite /=; case: Rle_dec => // le _; exists j.
have lt j : d * u j ^ 2 < norm2 u.
  by have := none j; rewrite /=; case: Rle_dec => //= nle _; exact: Rnot_le_lt.
have e : norm2 u = \sum_j u j ^ 2 by apply: sum_ext => j; ring.
have d1 : (0 < d)%N.
  rewrite lt0n; apply/eqP => d0; move: u0; rewrite e big1 => [|j _]; first lra.
  by have : (j < 0)%N by rewrite -[X in (_ < X)%N]d0.
have D0 : 0 < d by apply: (lt_INR 0); apply/ltP.
have : 0 < \sum_j (norm2 u - d * u j ^ 2).
  by apply: (sum_gt0 (j := Ordinal d1)) => [j|]; have := lt (Ordinal d1); try have := lt j; lra.
by rewrite sumB sumZ -e sum_constn; lra.
Qed.

(** A number below finitely many positive ones. *)
Lemma below_all (I : finType) (p : pred I) (f : I -> R) : (forall i, p i -> 0 < f i) ->
  exists2 eps, 0 < eps & forall i, p i -> eps <= f i.
Proof.
move=> f0; pose g i := if p i then / f i else 0.
have g0 i : 0 <= g i by rewrite /g; case: ifP => [pi|_];
  [left; apply: Rinv_0_lt_compat; exact: f0 | lra].
have s0 := sum_ge0 g0; exists (/ (\sum_i g i + 1)); first by apply: Rinv_0_lt_compat; lra.
move=> i pi; have inv : 0 < / f i by apply: Rinv_0_lt_compat; exact: f0.
rewrite -(Rinv_inv (f i)).
apply: Rinv_le_contravar => //; have := sum_le1 i g0; rewrite /g pi; lra.
Qed.

Section Distance.
Variables (P : problem) (d : nat).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation N := (N P).
Notation s := ((K - 1) / K).
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

Definition kappa : R := K / (2 * lW * ((K - 1) * N) ^ 2).
(** What K w_k - sum w comes to along y_k, for each unit of the gap. *)
Definition along : R := K ^ 2 / ((K - 1) * N * lW) * (d / kappa) + K * (2 / lW + d / kappa).
(** What class k alone keeps the loss above L* by, where y_k is small. *)
Definition level (k : 'I_K) : R :=
  omega k * best k * n k * (ln K - bracket K (best k)) / (best k * N
    + (s - best k) * (along / (K - 1))).

Lemma kappa_gt0 : 0 < kappa. Proof. exact: kappa1_gt0. Qed.

Lemma along_ge0 : 0 <= along.
Proof.
have k0 := kappa_gt0; have l0 := lW_gt0 P; have N0 := N_gt0 P.
have dk : 0 <= d / kappa by apply: Rmult_le_pos; [exact: pos_INR | left; exact: Rinv_0_lt_compat].
apply: Rplus_le_le_0_compat; apply: Rmult_le_pos => //; try lra.
  apply: Rmult_le_pos; first exact: pow2_ge_0.
  by left; apply: Rinv_0_lt_compat; do 2 (apply: Rmult_lt_0_compat => //); lra.
by have := Rinv_0_lt_compat _ l0; rewrite /Rdiv in dk *; lra.
Qed.

Lemma best_standing (k : 'I_K) : 0 < M k -> best k < s.
Proof. by move=> /M_gt0 t; rewrite best_above //; exact: above_slope. Qed.

Lemma denominator_gt0 (k : 'I_K) : 0 < M k -> 0 < best k * N + (s - best k) * (along / (K - 1)).
Proof.
move=> /best_standing lt; have a0 := along_ge0.
have : 0 < best k * N by apply: Rmult_lt_0_compat; [exact: best_gt0 | exact: N_gt0].
suff : 0 <= (s - best k) * (along / (K - 1)) by lra.
apply: Rmult_le_pos; first lra.
by apply: Rmult_le_pos => //; left; apply: Rinv_0_lt_compat; lra.
Qed.

Lemma level_gt0 (k : 'I_K) : 0 < M k -> 0 < level k.
Proof.
move=> m0; have b0 := best_gt0 k; have b1 := best_standing m0.
apply: Rdiv_lt_0_compat; last exact: denominator_gt0.
apply: Rmult_lt_0_compat.
  by apply: Rmult_lt_0_compat; [apply: Rmult_lt_0_compat => //; exact: omega_gt0 | exact: n_gt0].
suff : bracket K (best k) < ln K by lra.
by apply: bracket_lt; [have := best_lt1 k | ]; lra.
Qed.

Section AtPoint.
Variables (W : classifiers P d) (H : features P d).
Arguments H : clear implicits.
Hypothesis H0 : feasible H.
Notation y := (y (@best P) H).
Notation v := (v (@best P) H).
Let g := L0 W H - Lstar P.
Let slopes := @best_feasible P.

Lemma terms_below :
  [/\ logits_term (@best P) W H <= g, lW / 2 * (\sum_m norm2 (fun j => W m j - v m j)) <= g
  & kappa * (norm2 (Y (@best P) H) - \sum_m norm2 (y m)) <= g].
Proof.
have a := five_terms (@best P) W H; have b := logits_term_ge0 W H slopes.
have e := classifier_term_ge0 (@best P) W H; have f := orthogonality_term_ge0 H0 slopes.
have i := within_class_term_ge0 (@best P) H; have j := collapsed_term_ge0 H slopes.
by rewrite /g Lstar_D; rewrite /classifier_term in e a; rewrite /orthogonality_term -/kappa in f a;
  split; lra.
Qed.

Lemma gap_ge0 : 0 <= g.
Proof. by have [a _ _] := terms_below; have := logits_term_ge0 W H slopes; lra. Qed.

Let y0 : forall k j, 0 <= y k j. Proof. exact: y_ge0 H0 slopes. Qed.

Lemma shared_coordinate (k l : 'I_K) j : k != l -> y k j * y l j <= g / kappa.
Proof.
move=> kl; have [_ _] := terms_below; have k0 := kappa_gt0; rewrite crossed.
pose x m := dot (y m) (fun i => Y (@best P) H i - y m i).
have rest m i : 0 <= Y (@best P) H i - y m i by exact: (others_ge0 y0).
have x0 m : 0 <= x m by exact: (dot_ge0 (y0 m) (rest m)).
have a := sum_le1 k x0; move=> b.
have c1 : y k j * y l j <= y k j * (Y (@best P) H j - y k j).
  by apply: Rmult_le_compat_l => //; exact: (others_ge y0).
have c2 : y k j * (Y (@best P) H j - y k j) <= x k.
  exact: (sum_le1 j (fun i => Rmult_le_pos _ _ (y0 k i) (rest k i))).
apply: (Rmult_le_reg_l kappa) => //.
have -> : kappa * (g / kappa) = g by field; lra.
by apply: Rle_trans b; apply: Rmult_le_compat_l; [lra | exact: Rle_trans c1 (Rle_trans _ _ _ c2 a)].
Qed.

(** One of the classes that stand has a small y_k. *)
Lemma small_class : (d < active P)%N -> exists2 k : 'I_K, 0 < M k & norm2 (y k) <= d * (g / kappa).
Proof.
move=> few; have k0 := kappa_gt0; have g0 := gap_ge0.
case: (pickP [pred k : 'I_K | is_left (Rlt_dec 0 (M k)) && is_left
  (Rle_dec (norm2 (y k)) (d * (g / kappa)))]).
  by move=> k /=; case: Rlt_dec => // m0; case: Rle_dec => // le _; exists k.
move=> none; exfalso.
have dg : 0 <= d * (g / kappa).
  apply: Rmult_le_pos; first exact: pos_INR.
  by apply: Rmult_le_pos => //; left; exact: Rinv_0_lt_compat.
have big (k : 'I_K) : k \in alive P -> d * (g / kappa) < norm2 (y k).
  move/aliveP => m0; have := none k; rewrite /=; case: Rlt_dec => // _ /=.
  by case: Rle_dec => //= nle _; exact: Rnot_le_lt.
pose own (k : 'I_K) : option 'I_d := [pick j | is_left (Rle_dec (norm2 (y k)) (d * y k j ^ 2))].
have ownP (k : 'I_K) : k \in alive P -> exists2 j, own k = Some j & norm2 (y k) <= d * y k j ^ 2.
  move/big => lt; rewrite /own; case: pickP => [j|no]; first by case: Rle_dec => // le _; exists j.
  have [j le] := @largest_coordinate d (y k) (Rle_lt_trans _ _ _ dg lt).
  by have := no j; case: Rle_dec.
have own_inj : {in alive P &, injective own}.
  move=> k l ka la; have [j -> hk] := ownP k ka; have [j' -> hl] := ownP l la => -[jj];
    rewrite -{}jj in hl.
  apply/eqP/contraT => kl; have bk := big k ka; have bl := big l la;
    have sh := shared_coordinate j kl.
  have yy : 0 <= y k j * y l j by apply: Rmult_le_pos.
  have D0 := pos_INR d; have p1 : norm2 (y k) * norm2 (y l) <= (d * y k j ^ 2) * (d * y l j ^ 2).
    by apply: Rmult_le_compat => //; lra.
  have p2 : (d * y k j ^ 2) * (d * y l j ^ 2) = (d * (y k j * y l j)) ^ 2 by ring.
  have p3 : (d * (y k j * y l j)) ^ 2 <= (d * (g / kappa)) ^ 2.
    by apply: pow_incr; split; [exact: Rmult_le_pos | exact: Rmult_le_compat_l].
  have p4 : (d * (g / kappa)) ^ 2 < norm2 (y k) * norm2 (y l).
    have -> : (d * (g / kappa)) ^ 2 = (d * (g / kappa)) * (d * (g / kappa)) by ring.
    exact: Rmult_le_0_lt_compat.
  by exfalso; lra.
move: few; rewrite active_alive -(card_in_imset own_inj) ltnNge -[X in ~~ (_ <= X)%N](card_ord d).
have some_inj : injective (@Some 'I_d) by move=> a b [].
rewrite -(card_imset _ some_inj) => /negP []; apply/subset_leq_card/subsetP => o.
by case/imsetP => k /ownP [j -> _] ->; apply: imset_f.
Qed.

(** The weighted margins of one class. *)
Lemma class_margins (k : 'I_K) : omega k * best k * (\sum_i margin (logits W (H k i)) k) =
  (K * dot (W k) (y k) - \sum_m dot (W m) (y k)) / (K - 1).
Proof.
have ey u : dot u (y k) = omega k * best k * \sum_i dot u (H k i).
  by rewrite /Identity.y dotZr /feature_sum dot_sumr.
have em (i : 'I_(n k)) : margin (logits W (H k i)) k
  = (K * dot (W k) (H k i) - \sum_m dot (W m) (H k i)) * / (K - 1).
  by rewrite /margin /logits (sum_split k); field; lra.
rewrite (sum_ext (fun m => ey (W m))) ey sumZ sum_exchange (sum_ext em) sumZr sumB sumZ; field; lra.
Qed.

Lemma inner_le u (w : vec d) :
  dot u w <= (norm2 u + norm2 w) / 2 /\ - dot u w <= (norm2 u + norm2 w) / 2.
Proof.
have a := norm2_ge0 (fun j => u j - w j); rewrite norm2B in a.
have b := norm2_ge0 (fun j => u j - (-1) * w j); rewrite norm2B norm2Z dotZr in b.
by split; lra.
Qed.

Lemma along_small (k : 'I_K) : norm2 (y k) <= d * (g / kappa) ->
  K * dot (W k) (y k) - \sum_m dot (W m) (y k) <= along * g.
Proof.
move=> small; have [_ cl _] := terms_below; have l0 := lW_gt0 P; have N0 := N_gt0 P;
  have k0 := kappa_gt0.
pose e m : vec d := fun j => W m j - v m j; pose E := \sum_m norm2 (e m);
  set q := norm2 (y k) in small *.
have E2 : E <= 2 / lW * g.
  apply: (Rmult_le_reg_l (lW / 2)); first lra.
  have -> : lW / 2 * (2 / lW * g) = g by field; lra.
  exact: cl.
have q0 : 0 <= q := norm2_ge0 _.
have E0 : 0 <= E by apply: sum_ge0 => m; exact: norm2_ge0.
have split_W m : dot (W m) (y k) = dot (v m) (y k) + dot (e m) (y k).
  by rewrite /e dotBl; ring.
have v_sum : \sum_m dot (v m) (y k) = 0.
  rewrite -dot_suml; apply: big1 => j _; rewrite (_ : \sum_m v m j = 0); first by ring.
  rewrite (sum_ext (g := fun m => / ((K - 1) * N * lW) * (K * y m j - Y (@best P) H j))) => [|m].
    by rewrite sumZ sumB sumZ sum_constn -/(Y (@best P) H j); ring.
  by rewrite /Identity.v; field; lra.
have v_own : dot (v k) (y k) <= K * q / ((K - 1) * N * lW).
  have -> : dot (v k) (y k) = / ((K - 1) * N * lW) * (K * q - dot (Y (@best P) H) (y k)).
    rewrite /q /norm2 -dotZl -dotBl -dotZl; apply: dot_ext => // j; rewrite /Identity.v; field; lra.
  have Y0 : 0 <= dot (Y (@best P) H) (y k).
    by apply: dot_ge0 => // j; apply: sum_ge0 => m.
  rewrite /Rdiv Rmult_comm; apply: Rmult_le_compat_r; last lra.
  by left; apply: Rinv_0_lt_compat; do 2 (apply: Rmult_lt_0_compat => //); lra.
rewrite (sum_ext split_W) sumD v_sum split_W.
have own := (inner_le (e k) (y k)).1; rewrite -/q in own.
have ek : norm2 (e k) <= E by exact: (sum_le1 k (fun m => norm2_ge0 (e m))).
have rest : - (\sum_m dot (e m) (y k)) <= (E + K * q) / 2.
  have -> : (E + K * q) / 2 = \sum_m ((norm2 (e m) + q) / 2).
    by rewrite /Rdiv sumZr sumD sum_constn.
  by rewrite -sumN; apply: sum_le => m; exact: (inner_le (e m) (y k)).2.
have t1 : K * dot (v k) (y k) <= K ^ 2 / ((K - 1) * N * lW) * q.
  have -> : K ^ 2 / ((K - 1) * N * lW) * q = K * (K * q / ((K - 1) * N * lW)) by field; lra.
  by apply: Rmult_le_compat_l; lra.
have t2 : K * dot (e k) (y k) <= K * ((E + q) / 2) by apply: Rmult_le_compat_l; lra.
have t3 : (E + K * q) / 2 <= K * (E + q) / 2.
  by have : 0 <= (K - 1) * E by [apply: Rmult_le_pos; lra]; lra.
have t4 : K ^ 2 / ((K - 1) * N * lW) * q <= K ^ 2 / ((K - 1) * N * lW) * (d * (g / kappa)).
  apply: Rmult_le_compat_l => //; apply: Rmult_le_pos; first exact: pow2_ge_0.
  by left; apply: Rinv_0_lt_compat; do 2 (apply: Rmult_lt_0_compat => //); lra.
have t5 : K * (E + q) <= K * (2 / lW * g + d * (g / kappa)) by apply: Rmult_le_compat_l; lra.
have -> : along * g = K ^ 2 / ((K - 1) * N * lW) * (d * (g / kappa))
  + K * (2 / lW * g + d * (g / kappa)).
  by rewrite /along; field; lra.
lra.
Qed.

(** Small logits cost class k what its slope falls short of the uniform one by. *)
Lemma level_le (k : 'I_K) : 0 < M k -> norm2 (y k) <= d * (g / kappa) -> level k <= g.
Proof.
move=> m0 small; have N0 := N_gt0 P; have o0 := omega_gt0 k; have b0 := best_gt0 k.
have b1 := best_lt1 k; have bs := best_standing m0; have s0 := share_gt0 P; have s1 := share_lt1 P.
pose mu := \sum_i margin (logits W (H k i)) k; pose delta := ln K - bracket K (best k).
pose gap i := logit_gap (logits W (H k i)) k (best k).
have each i : delta - (s - best k) * margin (logits W (H k i)) k <= gap i.
  have := logit_gap_ge0 (logits W (H k i)) k K2 (conj (Rlt_le _ _ s0) s1).
  by rewrite /logit_gap bracket_uniform /gap /logit_gap /delta; lra.
have sum : n k * delta - (s - best k) * mu <= \sum_i gap i.
  by rewrite /mu -sumZ -sum_constn -sumB; exact: sum_le.
have [lt _ _] := terms_below.
have own : omega k * (\sum_i gap i) <= N * g.
  have part0 l : 0 <= omega l * \sum_i logit_gap (logits W (H l i)) l (best l).
    apply: Rmult_le_pos; first by left; exact: omega_gt0.
    apply: sum_ge0 => i; apply: logit_gap_ge0 => //; have := best_gt0 l; have := best_lt1 l; lra.
  have a := sum_le1 k part0; apply: Rle_trans a _.
  apply: (Rmult_le_reg_r (/ N)); first exact: Rinv_0_lt_compat.
  have -> : N * g * / N = g by field; lra.
  exact: lt.
have al := along_small small; have cm := class_margins k; rewrite -/mu in cm.
have m1 : omega k * best k * mu <= along / (K - 1) * g.
  rewrite cm; have -> : along / (K - 1) * g = along * g / (K - 1) by field; lra.
  by apply: Rmult_le_compat_r => //; left; apply: Rinv_0_lt_compat; lra.
have m2 : (s - best k) * (omega k * best k * mu) <= (s - best k) * (along / (K - 1) * g).
  by apply: Rmult_le_compat_l; lra.
have m3 : best k * (omega k * (n k * delta - (s - best k) * mu)) <= best k * (N * g).
  apply: Rmult_le_compat_l; first lra.
  by apply: Rle_trans own; apply: Rmult_le_compat_l; lra.
have D0 := denominator_gt0 m0.
apply: (Rmult_le_reg_r (best k * N + (s - best k) * (along / (K - 1)))) => //.
rewrite /level -/delta /Rdiv Rmult_assoc Rinv_l ?Rmult_1_r; last by apply: Rgt_not_eq.
rewrite /Rdiv in m1 m2 m3 *; lra.
Qed.
End AtPoint.

(** The infimum lies above L*, not only each point. *)
Theorem distance : (d < active P)%N ->
  exists2 eps, 0 < eps & forall (W : classifiers P d) (H : features P d), feasible H ->
  Lstar P + eps <= L0 W H.
Proof.
move=> few; have [eps eps0 below] := below_all (p := [pred k : 'I_K | is_left (Rlt_dec 0 (M k))])
  (f := level)
  (fun k => ltac:(by rewrite /=; case: Rlt_dec => // m0 _; exact: level_gt0)).
exists eps => // W H H0; have [k m0 small] := small_class W H0 few.
have := level_le H0 m0 small; have : eps <= level k by apply: below; rewrite /=; case: Rlt_dec.
lra.
Qed.
End Distance.
