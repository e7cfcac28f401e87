(** Blocks: at a local minimum a coordinate serves at most K - 1 classes, classes
    outside a block have equal entries of W in its coordinates, and the loss is a sum
    over blocks. *)

From Coq Require Import FunctionalExtensionality.
From NeuralCollapse Require Import Setting Gibbs Derivatives ClassMeans Landscape.

(** ** The loss, block by block, at every point *)
Section Sum.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Arguments H : clear implicits.
Variables (B : finType) (of_class : 'I_K -> B) (of_coordinate : 'I_d -> B).
Hypothesis apart : forall k i j, H k i j <> 0 -> of_coordinate j = of_class k.

(** What block t has of the loss: its classes, and in W its coordinates. *)
Definition block_value (t : B) : R :=
  / N P * (\sum_(k | of_class k == t) (omega k *
    \sum_i CE (fun m => \sum_(j | of_coordinate j == t) (W m j * H k i j)) k))
  + lambdaW P / 2 * (\sum_(j | of_coordinate j == t) \sum_k (W k j * W k j))
  + lambdaH P / 2 * (\sum_(k | of_class k == t) \sum_i norm2 (H k i)).

Lemma by_block (I : finType) (of_ : I -> B) (f : I -> R) :
  \sum_i f i = \sum_t \sum_(i | of_ i == t) f i.
Proof. exact: (partition_big of_ xpredT). Qed.

Theorem sum_of_blocks : L0 W H = \sum_t block_value t.
Proof.
rewrite /block_value !sumD !sumZ -!by_block /L0 (sum_exchange (fun j k => W k j * W k j)).
rewrite /Rdiv (Rmult_comm _ (/ N P)); congr (_ * _ + _ + _).
rewrite (by_block of_class); apply: eq_bigr => t _; apply: eq_bigr => k /eqP kt.
congr (_ * _); apply: sum_ext => i; congr CE; apply: functional_extensionality => m.
rewrite /logits /dot [RHS]big_mkcond; apply: sum_ext => j.
case: eqP => // jt; case: (Req_dec (H k i j) 0) => [->|/apart e]; first by ring.
by case: jt; rewrite e.
Qed.

End Sum.

(** ** At a local minimum *)
Section LocalMinimum.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Arguments H : clear implicits.
Hypothesis least : local_minimiser W H.

Let p k (i : 'I_(n k)) := softmax (logits W (H k i)).
Arguments p : clear implicits.

(** A positive entry of H has no slope. *)
Lemma gradient_at_positive k i q : 0 < H k i q -> gradient W H k i q = 0.
Proof.
move=> h0; have [feas [e [e0 low]]] := least.
pose r := Rmin e (H k i q).
have r0 : 0 < r by apply: Rmin_glb_lt.
have one sign : sign = 1 \/ sign = - 1 -> 0 <= sign * gradient W H k i q.
  move=> sign1; have lim := gradient_of_loss W H i (fun j => sign * axis_vector q j).
  have -> : sign * gradient W H k i q = dot (gradient W H k i) (fun j => sign * axis_vector q j).
    by rewrite dotZr dot_axis.
  apply: (slope_ge0 lim r0) => t [t0 tr].
  have te := Rle_trans _ _ _ tr (Rmin_l _ _); have th := Rle_trans _ _ _ tr (Rmin_r _ _).
  have -> : L0 W (moved H i (fun j => sign * axis_vector q j) 0) = L0 W H.
    congr L0; do 3 (apply: functional_extensionality_dep => ?).
    by rewrite /moved Rmult_0_l Rplus_0_r.
  apply: low => [l m j|].
    rewrite /moved /axis_vector; have := feas l m j; case: ifP => [/andP [/eqP lk /eqP mi]|_];
      last lra.
    case: (eqVneq j q) => [jq|_]; last lra.
    have -> : H l m j = H k i q.
      move: m mi; rewrite lk => m mi; rewrite jq; congr (H _ _ _); exact: val_inj.
    by case: sign1 => ->; lra.
  split => [l j|l m j].
    by rewrite /Rminus Rplus_opp_r Rabs_R0; lra.
  rewrite /moved /axis_vector; have -> : forall x y, x + y - x = y by move=> x y; ring.
  case: ifP => _; last by rewrite Rmult_0_r Rabs_R0; lra.
  case: eqP => _; last by rewrite !Rmult_0_r Rabs_R0; lra.
  rewrite !Rabs_mult Rabs_R1 (Rabs_right t); last lra.
  have -> : Rabs sign = 1 by case: sign1 => ->; rewrite ?Rabs_Ropp Rabs_R1.
  lra.
by have := one 1 (or_introl erefl); have := one (- 1) (or_intror erefl); lra.
Qed.

(** A class uses a coordinate only where its classifier's entry there is above the mean. *)
Lemma used_above k i q : 0 < H k i q -> \sum_m (p k i m * W m q) < W k q.
Proof.
move=> h0; have := gradient_at_positive h0; rewrite /gradient -/(p k i).
have N0 := N_gt0 P; have o0 := omega_gt0 k; have l0 := lH_gt0 P => e.
have lh : 0 < lambdaH P * H k i q by apply: Rmult_lt_0_compat.
set s := \sum_m _ in e *; apply: Rnot_le_lt => le.
have : 0 <= omega k * (s - W k q) / N P.
  apply: Rmult_le_pos; last by left; apply: Rinv_0_lt_compat.
  by apply: Rmult_le_pos; lra.
lra.
Qed.

(** So some class does not use it: that of the least entry. *)
Theorem serves_not_all q : exists k, forall i, H k i q = 0.
Proof.
have [feas _] := least; have K2 : (0 < K)%N by apply: leq_trans (classes_ge2 P).
pose k0 : 'I_K := Ordinal K2.
have [k least_k] : exists k, forall m, W k q <= W m q.
  have : forall s : seq 'I_K, exists k, forall m, m \in s -> W k q <= W m q.
    elim=> [|a s [k IH]]; first by exists k0.
    case: (Rle_dec (W a q) (W k q)) => le.
      exists a => m; rewrite inE => /orP [/eqP ->|/IH]; first lra.
      lra.
    by exists k => m; rewrite inE => /orP [/eqP ->|/IH //]; lra.
  by case/(_ (enum 'I_K)) => k le; exists k => m; apply: le; rewrite mem_enum.
exists k => i; case: (Req_dec (H k i q) 0) => // h.
have h0 : 0 < H k i q by have := feas k i q; lra.
have : W k q <= \sum_m (p k i m * W m q).
  have e : \sum_m p k i m = 1 by apply: sum_softmax.
  have -> : W k q = \sum_m (p k i m * W k q) by rewrite sumZr e; ring.
  apply: sum_le => m; apply: Rmult_le_compat_l => //.
  by left; apply: softmax_gt0.
by have := used_above h0; lra.
Qed.

(** What is stationary in one entry of W. *)
Lemma classifier_entry m q :
  lambdaW P * W m q =
  / N P * (\sum_k (omega k * \sum_i (((if m == k then 1 else 0) - p k i m) * H k i q))).
Proof.
have [feas [e [e0 low]]] := least; have N0 := N_gt0 P.
pose V sign : classifiers P d := fun k j => if (k == m) && (j == q) then sign else 0.
pose W' sign t : classifiers P d := fun k j => W k j + t * V sign k j.
pose slope sign := / N P * (\sum_k (omega k * \sum_i ((p k i m - (if m == k then 1 else 0)) *
  (sign * H k i q)))) + (lambdaW P / 2 * (2 * (sign * W m q)) + 0).
have dotV sign k (h : vec d) : dot (V sign k) h = if k == m then sign * h q else 0.
  case: (eqVneq k m) => [->|/negbTE km].
    rewrite /dot (sum_only (j := q)) /V ?eqxx //= => j /negbTE ->; rewrite /=; ring.
  by apply: big1 => j _; rewrite /V km /=; ring.
have lim sign : derivable_pt_lim (fun t => L0 (W' sign t) H) 0 (slope sign).
  apply: (limit_eq (f := fun t => / N P * (\sum_k (omega k *
      \sum_i CE (fun l => logits W (H k i) l + t * dot (V sign l) (H k i)) k)) +
      (lambdaW P / 2 * (\sum_k norm2 (W' sign t k)) + lambdaH P / 2 * (\sum_k \sum_i norm2 (H k
        i))))).
    move=> t; rewrite /L0 /Rdiv (Rmult_comm _ (/ N P)) Rplus_assoc; congr (_ * _ + _).
    apply: sum_ext => k; congr (_ * _); apply: sum_ext => i; congr CE.
    apply: functional_extensionality => l; rewrite /logits /dot -sumZ -sumD; apply: sum_ext => j.
    by rewrite /W'; ring.
  apply: limit_add; last apply: limit_add.
  - apply: limit_scal; apply: limit_sum => k; apply: limit_scal; apply: limit_sum => i.
    have -> : (p k i m - (if m == k then 1 else 0)) * (sign * H k i q) =
        \sum_l (softmax (logits W (H k i)) l * dot (V sign l) (H k i)) - dot (V sign k) (H k i).
      rewrite (sum_only (j := m)) => [|l /negbTE lm]; last by rewrite dotV lm; ring.
      by rewrite !dotV eqxx (eq_sym k) /p; case: eqP => _; ring.
    exact: limit_CE.
  - apply: limit_scal.
    have -> : 2 * (sign * W m q) = \sum_k (2 * dot (W k) (V sign k)).
      rewrite (sum_only (j := m)) => [|k /negbTE km]; last by rewrite dotC dotV km; ring.
      by rewrite dotC dotV eqxx.
    by apply: limit_sum => k; exact: limit_norm2.
  exact: limit_const.
have one sign : sign = 1 \/ sign = - 1 -> 0 <= slope sign.
  move=> sign1; apply: (slope_ge0 (lim sign) e0) => t [t0 te].
  have -> : L0 (W' sign 0) H = L0 W H.
    by congr L0; do 2 (apply: functional_extensionality => ?); rewrite /W' Rmult_0_l Rplus_0_r.
  apply: low => //; split => [k j|k i j]; last by rewrite /Rminus Rplus_opp_r Rabs_R0; lra.
  rewrite /W' /V; have -> : forall x y, x + y - x = y by move=> x y; ring.
  case: ifP => _; last by rewrite Rmult_0_r Rabs_R0; lra.
  rewrite Rabs_mult (Rabs_right t); last lra.
  have -> : Rabs sign = 1 by case: sign1 => ->; rewrite ?Rabs_Ropp Rabs_R1.
  lra.
have split_sign sign : slope sign = sign * (lambdaW P * W m q -
    / N P * (\sum_k (omega k * \sum_i (((if m == k then 1 else 0) - p k i m) * H k i q)))).
  rewrite /slope; have -> : \sum_k (omega k * \sum_i ((p k i m - (if m == k then 1 else 0)) *
      (sign * H k i q))) = - sign *
      \sum_k (omega k * \sum_i (((if m == k then 1 else 0) - p k i m) * H k i q)).
    rewrite -sumZ; apply: sum_ext => k.
    rewrite (sum_ext (g := fun i => - sign * (((if m == k then 1 else 0) - p k i m) * H k i q)))
      => [|i].
      by rewrite sumZ; ring.
    by ring.
  by field; lra.
have := one 1 (or_introl erefl); have := one (- 1) (or_intror erefl).
by rewrite !split_sign; lra.
Qed.

(** Outside a block all classes are equal in its coordinates. *)
Section Outside.
Variables (B : finType) (of_class : 'I_K -> B) (of_coordinate : 'I_d -> B).
Hypothesis apart : forall k i j, H k i j <> 0 -> of_coordinate j = of_class k.

Theorem equal_outside t m m' : of_class m != t -> of_class m' != t ->
  forall j, of_coordinate j = t -> W m j = W m' j.
Proof.
move=> mt mt'; have l0 := lW_gt0 P; have N0 := N_gt0 P.
pose c j : R := if of_coordinate j == t then 1 else 0.
pose x j := W m j - W m' j.
have c01 j : c j = 0 \/ c j = 1 by rewrite /c; case: eqP; [right | left].
have entry j : c j * (lambdaW P * x j) =
    c j * (/ N P * (\sum_k (omega k * \sum_i ((p k i m' - p k i m) * H k i j)))).
  rewrite {1 2}/c; case: (eqVneq (of_coordinate j) t) => jt; last by ring.
  congr (_ * _); rewrite /x Rmult_minus_distr_l !classifier_entry -Rmult_minus_distr_l -sumB.
  congr (_ * _); apply: sum_ext => k; rewrite -Rmult_minus_distr_l -sumB; congr (_ * _).
  apply: sum_ext => i; case: (Req_dec (H k i j) 0) => [->|/apart jk]; first by ring.
  have kt : of_class k = t by rewrite -jk.
  have -> : (m == k) = false by apply/eqP => mk; move: mt; rewrite mk kt eqxx.
  have -> : (m' == k) = false by apply/eqP => mk; move: mt'; rewrite mk kt eqxx.
  by ring.
have below : lambdaW P * (\sum_j (c j * x j ^ 2)) <= 0.
  have -> : lambdaW P * (\sum_j (c j * x j ^ 2)) =
      / N P * (\sum_k (omega k * \sum_i ((p k i m' - p k i m) * (\sum_j (c j * x j * H k i j))))).
    have -> : lambdaW P * (\sum_j (c j * x j ^ 2)) = \sum_j \sum_k \sum_i
        (/ N P * (omega k * ((p k i m' - p k i m) * (c j * x j * H k i j)))).
      rewrite -sumZ; apply: sum_ext => j.
      have -> : lambdaW P * (c j * x j ^ 2) = x j * (c j * (lambdaW P * x j)) by ring.
      rewrite entry -!sumZ; apply: sum_ext => k; rewrite -!sumZ; apply: sum_ext => i; ring.
    rewrite sum_exchange -sumZ; apply: sum_ext => k; rewrite sum_exchange -!sumZ;
      apply: sum_ext => i.
    by rewrite -!sumZ; apply: sum_ext => j; ring.
  rewrite -[X in _ <= X](Rmult_0_r (/ N P)); apply: Rmult_le_compat_l; first by left;
    apply: Rinv_0_lt_compat.
  apply: (Rle_trans _ (\sum_(k : 'I_K) 0)); last by rewrite sum0; lra.
  apply: sum_le => k.
  rewrite -[X in _ <= X](Rmult_0_r (omega k)); apply: Rmult_le_compat_l; first by left;
    exact: omega_gt0.
  apply: (Rle_trans _ (\sum_(i : 'I_(n k)) 0)); last by rewrite sum0; lra.
  apply: sum_le => i.
  have -> : \sum_j (c j * x j * H k i j) = (if of_class k == t then 1 else 0) *
      (logits W (H k i) m - logits W (H k i) m').
    rewrite /logits /dot -sumB -sumZ; apply: sum_ext => j.
    case: (Req_dec (H k i j) 0) => [->|/apart jk]; first by ring.
    by rewrite /c jk /x; case: eqP => _; ring.
  case: eqP => _; last by right; ring.
  rewrite Rmult_1_l /p /softmax; set S := \sum_l _.
  have S0 : 0 < S by apply: sum_exp_gt0 k.
  have i0 : 0 < / S by apply: Rinv_0_lt_compat.
  set z1 := logits W (H k i) m; set z2 := logits W (H k i) m'.
  have : (exp z2 - exp z1) * (z1 - z2) <= 0.
    case: (Rtotal_order z1 z2) => [lt|[->|lt]]; last 2 first.
    - by right; ring.
    - by have := exp_increasing _ _ lt; nra.
    by have := exp_increasing _ _ lt; nra.
  have -> : (exp z2 / S - exp z1 / S) * (z1 - z2) = (exp z2 - exp z1) * (z1 - z2) * / S by field;
    lra.
  by move=> neg; nra.
have terms j : 0 <= c j * x j ^ 2.
  by apply: Rmult_le_pos; [case: (c01 j) => ->; lra | exact: pow2_ge_0].
have total : \sum_j (c j * x j ^ 2) = 0.
  have ge := sum_ge0 terms; apply: Rle_antisym => //; apply: Rnot_lt_le => gt.
  by have := Rmult_lt_0_compat _ _ l0 gt; lra.
move=> j jt; have := sum_eq0 terms total j; rewrite /c jt eqxx Rmult_1_l => e.
by have : x j = 0; [case: (Req_dec (x j) 0) => // /(pow_nonzero _ 2) | rewrite /x; lra].
Qed.

End Outside.
End LocalMinimum.
