(** Weaker and weaker decay, lW lH -> 0 with counts and class weights fixed: all margins
    grow alike, so that the ratios of norms and the directions of the logits have limits. *)

From NeuralCollapse Require Import Setting Gibbs Margins Factors Attainment Structure Proposition1
  Corollary2 Consequences Dimension.

(** The same classes with other decays. *)
Definition with_decays (P : problem) (lW lH : R) (w0 : 0 < lW) (h0 : 0 < lH) : problem :=
  @Problem (classes P) (@count P) (@omega P) lW lH (classes_ge2 P) (@count_ge1 P)
  (@omega_pos P) w0 h0.

Lemma Rabs_bounds x y : Rabs x <= y -> - y <= x <= y.
Proof. by rewrite /Rabs; case: Rcase_abs => ? ?; lra. Qed.

(** ** Two margins, where c is small *)
Section Close.
Variable P : problem.
Notation K := (classes P).
Notation c := (c P).
Implicit Types i j k : 'I_K.
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.
Let c0 : 0 < c. Proof. exact: c_gt0. Qed.

Definition root k : R := omega k * sqrt (count k).

Lemma stands k : 2 * c < root k -> 0 < M k /\ M k = ln ((K - 1) * (root k / c - 1)).
Proof.
move=> lt; have t : T P < omega k ^ 2 * count k.
  apply: Rnot_le_lt => /le_T le; have : c * K / (K - 1) <= 2 * c;
    last by rewrite -/(root k) in le; lra.
  apply: (Rmult_le_reg_r (K - 1)); first lra.
  have -> : c * K / (K - 1) * (K - 1) = c * K by field; lra.
  by have := Rmult_le_compat_l c 2 K (Rlt_le _ _ c0) K2; lra.
by have [e m0] := M_above t.
Qed.

Lemma M_difference_le i j :
  2 * c < root j -> root j <= root i -> 0 <= M i - M j <= 2 * (ln (root i) - ln (root j)).
Proof.
move=> lj le; have li : 2 * c < root i by lra.
have [_ ->] := stands li; have [_ ->] := stands lj.
have u : 0 < root i / c - 1 by apply: (Rmult_lt_reg_r c) => //;
  have -> : (root i / c - 1) * c = root i - c by [field; lra]; lra.
have v : 0 < root j / c - 1 by apply: (Rmult_lt_reg_r c) => //;
  have -> : (root j / c - 1) * c = root j - c by [field; lra]; lra.
rewrite (ln_mult (K - 1) (root i / c - 1)); [| lra | exact: u].
rewrite (ln_mult (K - 1) (root j / c - 1)); [| lra | exact: v].
have -> : ln (K - 1) + ln (root i / c - 1) - (ln (K - 1) + ln (root j / c - 1))
  = ln ((root i - c) / (root j - c)).
  have -> : (root i - c) / (root j - c) = (root i / c - 1) / (root j / c - 1) by field; lra.
  by rewrite (ln_div u v); ring.
have q0 : 0 < (root i - c) / (root j - c) by apply: Rdiv_lt_0_compat; lra.
split.
  rewrite -ln_1; case: (Req_dec (root i) (root j)) => [->|ne].
    by right; congr ln; field; lra.
  left; apply: ln_increasing; first lra.
  apply: (Rmult_lt_reg_r (root j - c)); first lra.
  by have -> : (root i - c) / (root j - c) * (root j - c) = root i - c by [field; lra]; lra.
have -> : 2 * (ln (root i) - ln (root j)) = ln ((root i / root j) * (root i / root j)).
  have r0 : 0 < root i / root j by apply: Rdiv_lt_0_compat; lra.
  by rewrite (ln_mult _ _ r0 r0) (ln_div (x := root i) (y := root j)); lra.
have le2 : (root i - c) / (root j - c) <= root i / root j * (root i / root j).
  apply: (Rmult_le_reg_r ((root j - c) * (root j * root j))).
    by apply: Rmult_lt_0_compat; [lra | apply: Rmult_lt_0_compat; lra].
  have -> : (root i - c) / (root j - c) * ((root j - c) * (root j * root j))
    = (root i - c) * (root j * root j) by field; lra.
  have -> : root i / root j * (root i / root j) * ((root j - c) * (root j * root j))
    = root i * root i * (root j - c) by field; lra.
  have a : 0 <= (root i - root j) * (root i * root j - c * (root i + root j)).
    apply: Rmult_le_pos; first lra.
    have := Rmult_le_compat_l (root i) (2 * c) (root j) ltac:(lra) ltac:(lra).
    by have := Rmult_le_compat_l c (root i + root j) (2 * root i) ltac:(lra) ltac:(lra); lra.
  by lra.
case: le2 => [lt|->]; [left; exact: ln_increasing | by right].
Qed.

Lemma M_large k B : c * (exp B + 3) < root k -> B <= M k.
Proof.
move=> lt; have e0 := exp_pos B; have ce : 0 < c * exp B by exact: Rmult_lt_0_compat.
have [_ ->] : 0 < M k /\ M k = ln ((K - 1) * (root k / c - 1)) by apply: stands; lra.
have u : exp B < root k / c - 1.
  by apply: (Rmult_lt_reg_r c) => //; have -> : (root k / c - 1) * c = root k - c
    by [field; lra]; lra.
rewrite -{1}(ln_exp B); left; apply: ln_increasing => //.
by have := Rmult_le_compat_r (root k / c - 1) 1 (K - 1) ltac:(lra) ltac:(lra); lra.
Qed.

(** The ratio of two margins, by a bound L on the logarithms of the roots. *)
Lemma ratio_close i j L B : 0 < B -> Rabs (ln (root i)) <= L -> Rabs (ln (root j)) <= L ->
  c * (exp B + 3) < root i -> c * (exp B + 3) < root j -> Rabs (M i / M j - 1) <= 4 * L / B.
Proof.
move=> B0 Li Lj ci cj; have e0 := exp_pos B; have ce : 0 < c * exp B by exact: Rmult_lt_0_compat.
have mj := M_large cj; have mi := M_large ci.
have bi := Rabs_bounds Li; have bj := Rabs_bounds Lj.
have d : Rabs (M i - M j) <= 4 * L.
  case: (Rle_dec (root j) (root i)) => [le|/Rnot_le_lt lt].
    have [a b] := @M_difference_le i j ltac:(lra) le; rewrite Rabs_right; lra.
  have [a b] := @M_difference_le j i ltac:(lra) ltac:(lra); rewrite Rabs_minus_sym Rabs_right; lra.
have -> : M i / M j - 1 = (M i - M j) / M j by field; lra.
rewrite /Rdiv Rabs_mult (Rabs_right (/ M j)); last by apply: Rle_ge; left;
  apply: Rinv_0_lt_compat; lra.
apply: Rle_trans (Rmult_le_compat_r _ _ _ _ d) _; first by left; apply: Rinv_0_lt_compat; lra.
apply: Rmult_le_compat_l; first by have := Rabs_pos (M i - M j); lra.
by apply: Rinv_le_contravar.
Qed.
End Close.

(** ** Roots and quotients near 1 *)

Lemma sqrt_close x : 0 <= x -> Rabs (sqrt x - 1) <= Rabs (x - 1).
Proof.
move=> x0; have s0 := sqrt_pos x; have e : x - 1 = (sqrt x - 1) * (sqrt x + 1)
  by rewrite -{1}(sqrt_sqrt x x0); ring.
rewrite e Rabs_mult (Rabs_right (sqrt x + 1)); last lra.
by have := Rmult_le_compat_l _ 1 (sqrt x + 1) (Rabs_pos (sqrt x - 1)) ltac:(lra); lra.
Qed.

(** Entries of two proportional matrices, whose norms are z and s for an entry 1. *)
Lemma quotient_close e s z : 0 < e <= 1 / 2 -> 1 <= s ->
  (1 - e) * s <= z <= (1 + e) * s -> Rabs (/ z - / s) <= 2 * e.
Proof.
move=> e0 s1 [lo hi]; have es : 0 <= (1 / 2 - e) * s by apply: Rmult_le_pos; lra.
have z0 : 0 < z by lra.
have -> : / z - / s = (s - z) * / (z * s) by field; lra.
have zs : 0 < z * s by apply: Rmult_lt_0_compat; lra.
rewrite Rabs_mult (Rabs_right (/ (z * s))); last by apply: Rle_ge; left; exact: Rinv_0_lt_compat.
apply: (Rmult_le_reg_r (z * s)) => //; rewrite Rmult_assoc Rinv_l ?Rmult_1_r; last lra.
have a : Rabs (s - z) <= e * s by apply: Rabs_le; lra.
have b : 2 * e * (s * / 2 * s) <= 2 * e * (z * s).
  by apply: Rmult_le_compat_l; [lra | apply: Rmult_le_compat_r; lra].
have : e * s * 1 <= e * s * s by apply: Rmult_le_compat_l => //; apply: Rmult_le_pos; lra.
by lra.
Qed.

Section Limit.
Variable P : problem.
Notation K := (classes P).
Let K2 : 2 <= K. Proof. exact: K_ge2. Qed.

(** c falls below any positive number. *)
Lemma small_c Z m : 0 < Z -> 0 < m -> exists2 delta, 0 < delta &
  forall lW lH (w0 : 0 < lW) (h0 : 0 < lH), lW * lH < delta -> c (with_decays P w0 h0) * Z < m.
Proof.
move=> Z0 m0; have N0 := N_gt0 P; pose b := m / (N P * Z).
have b0 : 0 < b by apply: Rdiv_lt_0_compat => //; exact: Rmult_lt_0_compat.
exists (b ^ 2); first by apply: pow_lt.
move=> lW lH w0 h0 lt; have p0 : 0 < lW * lH by exact: Rmult_lt_0_compat.
have cc : c (with_decays P w0 h0) < N P * b.
  rewrite /c -[Problem.N (with_decays P w0 h0)]/(N P); apply: Rmult_lt_compat_l => //.
  rewrite -(sqrt_pow2 b); last lra.
  apply: sqrt_lt_1_alt; split; first by left; exact: (under_root_gt0 (with_decays P w0 h0)).
  apply: Rle_lt_trans lt; rewrite Rmult_assoc -[X in _ <= X]Rmult_1_l; apply: Rmult_le_compat_r;
    first exact: (Rlt_le _ _ p0).
  by left; exact: share_lt1.
have := Rmult_lt_compat_r Z _ _ Z0 cc.
by have -> : N P * b * Z = m by rewrite /b; field; lra.
Qed.

(** All margins are as large as one likes, and their ratios as near 1. *)
Lemma margins_close B e : 0 < e -> exists2 delta, 0 < delta &
  forall lW lH (w0 : 0 < lW) (h0 : 0 < lH), lW * lH < delta -> forall i j : 'I_K,
  B <= M (P := with_decays P w0 h0) j /\ 0 < M (P := with_decays P w0 h0) j /\
  Rabs (M (P := with_decays P w0 h0) i / M (P := with_decays P w0 h0) j - 1) <= e.
Proof.
move=> e0; pose L := \sum_(k : 'I_K) Rabs (ln (root k)).
have L0 : 0 <= L by apply: sum_ge0 => k; exact: Rabs_pos.
have Lk (k : 'I_K) : Rabs (ln (root k)) <= L
  by exact: (sum_le1 k (fun i => Rabs_pos (ln (root i)))).
pose A := Rmax B (4 * L / e + 1).
have A1 : 4 * L / e + 1 <= A by exact: Rmax_r.
have le0 : 0 <= 4 * L / e by apply: Rmult_le_pos; [lra | left; exact: Rinv_0_lt_compat].
have [m m0 below] := below_all (p := xpredT) (f := fun k : 'I_K => root k) (fun k _ => root_gt0 k).
have Z0 : 0 < exp A + 3 by have := exp_pos A; lra.
have [delta d0 small] := small_c Z0 m0; exists delta => // lW lH w0 h0 lt i j.
have cm (k : 'I_K) : c (with_decays P w0 h0) * (exp A + 3) < root (P := with_decays P w0 h0) k.
  by apply: Rlt_le_trans (small _ _ w0 h0 lt) _; exact: (below k isT).
have mj := M_large (cm j).
split; first by apply: Rle_trans mj; exact: Rmax_l.
split; first lra.
have A0 : 0 < A by lra.
apply: Rle_trans (@ratio_close (with_decays P w0 h0) i j L A A0 (Lk i) (Lk j) (cm i) (cm j)) _.
apply: (Rmult_le_reg_r A); first lra.
have -> : 4 * L / A * A = 4 * L / e * e by field; lra.
by rewrite Rmult_comm; apply: Rmult_le_compat_l; lra.
Qed.

(** The norms' limits: roots of the roots of the counts' quotients. *)
Lemma features_close e : 0 < e -> exists2 delta, 0 < delta &
  forall lW lH (w0 : 0 < lW) (h0 : 0 < lH), lW * lH < delta ->
  forall d (W : classifiers (with_decays P w0 h0) d) H, (classes P <= d)%N ->
  global_minimiser W H ->
  forall i j : 'I_K, 0 < norm2 (mean H j) /\
  Rabs (sqrt (norm2 (mean H i)) / sqrt (norm2 (mean H j)) - sqrt (sqrt (count j / count i))) <= e.
Proof.
move=> e0; have N0 := N_gt0 P.
pose Q := \sum_(i : 'I_K) \sum_(j : 'I_K) sqrt (sqrt (count j / count i)).
have Qij (i j : 'I_K) : sqrt (sqrt (count j / count i)) <= Q.
  apply: Rle_trans (sum_le1 j (fun l => sqrt_pos (sqrt (count l / count i)))) _.
  apply: (sum_le1 i) => k; apply: sum_ge0 => l; exact: sqrt_pos.
have Q0 : 0 <= Q by apply: sum_ge0 => i; apply: sum_ge0 => j; exact: sqrt_pos.
have [delta d0 close] := @margins_close 0 (e / (Q + 1)) ltac:(by apply: Rdiv_lt_0_compat; lra).
exists delta => // lW lH w0 h0 lt d W H dK least i j.
set P' := with_decays P w0 h0 in W H least *; have room : (active P' <= d)%N
  by exact: (room_enough (P := P')).
have [_ [mj ratio]] := close _ _ w0 h0 lt i j; have [_ [mi _]] := close _ _ w0 h0 lt j i.
have hj : 0 < norm2 (mean H j).
  by rewrite (thm1_c room least); apply: Rmult_lt_0_compat mj; exact: norm_factor_gt0.
split=> //; have r := cor2_features room least i mj.
have r0 : 0 <= M (P := P') i / M (P := P') j by left; exact: Rdiv_lt_0_compat.
have q0 : 0 <= count j / count i by left; apply: Rdiv_lt_0_compat; exact: n_gt0.
rewrite -sqrt_div_alt // r sqrt_mult //; last exact: sqrt_pos.
set q := sqrt (sqrt _); have -> : q * sqrt (M (P := P') i / M (P := P') j) - q
  = q * (sqrt (M (P := P') i / M (P := P') j) - 1) by ring.
have qq : 0 <= q <= Q by split; [exact: sqrt_pos | exact: (Qij i j)].
rewrite Rabs_mult (Rabs_right q); last lra.
have s := Rle_trans _ _ _ (sqrt_close r0) ratio.
apply: Rle_trans (Rmult_le_compat q Q _ (e / (Q + 1)) ltac:(lra) (Rabs_pos _) ltac:(lra) s) _.
apply: (Rmult_le_reg_r (Q + 1)); first lra.
have -> : Q * (e / (Q + 1)) * (Q + 1) = Q * e by field; lra.
by have := Rmult_le_compat_r e Q (Q + 1) ltac:(lra) ltac:(lra); lra.
Qed.

(** The SELI matrix: row m, column k. *)
Definition seli (m k : 'I_K) : R := (if m == k then 1 else 0) - 1 / K.

Lemma seli_column k : \sum_m (seli m k) ^ 2 = (K - 1) / K.
Proof.
rewrite (sum_ext (g := fun m => if m == k then (1 - 1 / K) ^ 2 else (1 / K) ^ 2)) => [|m].
  by rewrite sum_but_one card_ord; field; lra.
by rewrite /seli; case: eqP => _; ring.
Qed.

Lemma seli_norm : \sum_m \sum_k (seli m k) ^ 2 = K - 1.
Proof. by rewrite sum_exchange (sum_ext seli_column) sum_constn; field; lra. Qed.

Lemma seli_le1 m k : Rabs (seli m k) <= 1.
Proof.
have i0 : 0 < 1 / K by apply: Rdiv_lt_0_compat; lra.
have i1 : 1 / K <= 1 by apply: (Rmult_le_reg_r K); [lra | rewrite /Rdiv Rmult_assoc Rinv_l; lra].
by rewrite /seli; apply: Rabs_le; case: eqP => _; lra.
Qed.

Lemma logits_close e : 0 < e -> exists2 delta, 0 < delta &
  forall lW lH (w0 : 0 < lW) (h0 : 0 < lH), lW * lH < delta ->
  forall d (W : classifiers (with_decays P w0 h0) d) H, (classes P <= d)%N ->
  global_minimiser W H ->
  let norm (Z : 'I_K -> 'I_K -> R) := sqrt (\sum_m \sum_k (Z m k) ^ 2) in
  let Z m k := dot (W m) (mean H k) in
  0 < norm Z /\ forall m k : 'I_K, Rabs (Z m k / norm Z - seli m k / norm seli) <= e.
Proof.
move=> e0; pose a := Rmin (1 / 2) (e / 2).
have a0 : 0 < a by apply: Rmin_glb_lt; lra.
have a1 : a <= 1 / 2 := Rmin_l _ _; have a2 : a <= e / 2 := Rmin_r _ _.
have [delta d0 close] := @margins_close 1 a a0.
exists delta => // lW lH w0 h0 lt d W H dK least norm Z.
set P' := with_decays P w0 h0 in W H least Z *; have room : (active P' <= d)%N
  by exact: (room_enough (P := P')).
pose M' (k : 'I_K) := M (P := P') k.
have M0 k : 0 < M' k by have [_ []] := close _ _ w0 h0 lt k k.
have ZM m k : Z m k = seli m k * M' k.
  rewrite /Z /seli /M'; case: eqP => [->|/eqP mk]; first
    by rewrite (thm1_e_own room least) -[INR (classes P')]/(INR K); field; lra.
  by rewrite (thm1_e_other room least mk) -[INR (classes P')]/(INR K); field; lra.
have nZ : \sum_m \sum_k (Z m k) ^ 2 = (K - 1) / K * \sum_k (M' k) ^ 2.
  rewrite sum_exchange -sumZ; apply: sum_ext => k; rewrite -(seli_column k) -sumZr.
  by apply: sum_ext => m; rewrite ZM; ring.
have share := share_gt0 P.
have S0 : 0 < \sum_k (M' k) ^ 2.
  by apply: (sum_gt0 (j := class0 P)) => [k|]; [exact: pow2_ge_0 | apply: pow_lt].
have z0 : 0 < norm Z by rewrite /norm nZ; apply: sqrt_lt_R0; exact: Rmult_lt_0_compat.
split=> // m k; have s1 : 1 <= norm seli.
  by rewrite /norm seli_norm -{1}sqrt_1; apply: sqrt_le_1_alt; lra.
have r2 l : (1 - a) ^ 2 * (M' k) ^ 2 <= (M' l) ^ 2 <= (1 + a) ^ 2 * (M' k) ^ 2.
  have [_ [_ /Rabs_bounds [lo hi]]] := close _ _ w0 h0 lt l k; rewrite -/(M' l) -/(M' k) in lo hi.
  have mk := M0 k; have e2 : M' l = M' l / M' k * M' k by field; lra.
  rewrite e2 -!Rpow_mult_distr; split; apply: pow_incr; split.
  - by apply: Rmult_le_pos; lra.
  - by apply: Rmult_le_compat_r; lra.
  - by apply: Rmult_le_pos; [left; exact: Rdiv_lt_0_compat | lra].
  by apply: Rmult_le_compat_r; lra.
have bounds : (1 - a) * norm seli <= norm Z / M' k <= (1 + a) * norm seli.
  have mk := M0 k.
  have sq x : 0 <= x -> x * norm seli * M' k = sqrt ((K - 1) / K * (K * (x ^ 2 * (M' k) ^ 2))).
    move=> x0; have -> : (K - 1) / K * (K * (x ^ 2 * (M' k) ^ 2)) = (x * M' k) ^ 2 * (K - 1)
      by field; lra.
    rewrite sqrt_mult; [| exact: pow2_ge_0 | lra].
    by rewrite sqrt_pow2; [rewrite /norm seli_norm; ring | apply: Rmult_le_pos; lra].
  have lo : K * ((1 - a) ^ 2 * (M' k) ^ 2) <= \sum_l (M' l) ^ 2.
    by rewrite -sum_constn; apply: sum_le => l; have [] := r2 l.
  have hi : \sum_l (M' l) ^ 2 <= K * ((1 + a) ^ 2 * (M' k) ^ 2).
    by rewrite -sum_constn; apply: sum_le => l; have [] := r2 l.
  split; apply: (Rmult_le_reg_r (M' k)) => //; have -> : norm Z / M' k * M' k = norm Z
    by field; lra.
    rewrite sq; last lra.
    by rewrite /norm nZ; apply: sqrt_le_1_alt; apply: Rmult_le_compat_l; lra.
  rewrite sq; last lra.
  by rewrite /norm nZ; apply: sqrt_le_1_alt; apply: Rmult_le_compat_l; lra.
have mk := M0 k; have -> : Z m k / norm Z - seli m k / norm seli
  = seli m k * (/ (norm Z / M' k) - / norm seli).
  by rewrite ZM; field; repeat split; lra.
rewrite Rabs_mult.
apply: Rle_trans (Rmult_le_compat _ 1 _ _ (Rabs_pos _) (Rabs_pos _) (seli_le1 m k)
  (quotient_close (conj a0 a1) s1 bounds)) _; lra.
Qed.
End Limit.
