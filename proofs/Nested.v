(** One coordinate, vanishing decays: the infimum is that of nested separation, the classes in
    descending order of omega_k n_k, the first told from all others, the second from all that
    are left, and so on. *)

From Coq Require Import FunctionalExtensionality.
From NeuralCollapse Require Import Setting Gibbs Derivatives Limit.

(** ** Sums over a descending order *)
(** Summation by parts: descending weights of partial sums that are not negative. *)
Lemma abel (n : nat) (a b : nat -> R) :
  (forall i, (i.+1 < n)%N -> a i.+1 <= a i) -> (forall i, (i < n)%N -> 0 <= a i) ->
  (forall r, (r <= n)%N -> 0 <= \sum_(i < r) b i) -> 0 <= \sum_(i < n) (a i * b i).
Proof.
move=> fall pos part; case: n fall pos part => [|n] fall pos part.
  by rewrite big_ord0; lra.
have all m : (m <= n)%N -> a m * (\sum_(i < m.+1) b i) <= \sum_(i < m.+1) (a i * b i).
  elim: m => [|m IH] mn; first by rewrite !big_ord_recl !big_ord0 /=; lra.
  have i := IH (ltnW mn); have f := fall m mn; have s0 := part m.+1 (leqW mn).
  set s := \big[_/_]_(i < m.+1) b i in i s0.
  set p := \big[_/_]_(i < m.+1) (a i * b i) in i.
  have -> : \sum_(i < m.+2) b i = s + b m.+1 by rewrite big_ord_recr.
  have -> : \sum_(i < m.+2) (a i * b i) = p + a m.+1 * b m.+1 by rewrite big_ord_recr.
  by have := Rmult_le_compat_r s _ _ s0 f; lra.
apply: (Rle_trans _ (a n * (\sum_(i < n.+1) b i))); last exact: all.
apply: Rmult_le_pos; first exact: pos.
exact: part.
Qed.

(** The least of some numbers. *)
Lemma least_in (T : eqType) (f : T -> R) (s : seq T) : s != [::] ->
  exists2 k, k \in s & forall m, m \in s -> f k <= f m.
Proof.
elim: s => // x s IH _; case: (altP (s =P [::])) => [->|/IH [k ks low]].
  by exists x; rewrite ?inE // => m; rewrite inE => /eqP ->; lra.
case: (Rle_dec (f x) (f k)) => xk.
  exists x; first by rewrite inE eqxx.
  by move=> m; rewrite inE => /orP [/eqP ->|/low]; lra.
exists k; first by rewrite inE ks orbT.
by move=> m; rewrite inE => /orP [/eqP ->|/low]; lra.
Qed.

(** ln 1 + .. + ln r. *)
Definition nested_logs (r : nat) : R := \sum_(i < r) ln (INR i.+1).

(** How many classes have an entry of W that is no smaller. *)
Definition standing (T : finType) (f : T -> R) (k : T) : nat :=
  #|[pred m | is_left (Rle_dec (f k) (f m))]|.

Lemma standing_logs (T : finType) (f : T -> R) (s : seq T) : uniq s ->
  nested_logs (size s) <= \sum_(k <- s) ln (INR (standing f k)).
Proof.
move: {2}(size s) (erefl (size s)) => r; elim: r s => [|r IH] s sr us.
  by rewrite sr /nested_logs big_ord0 (size0nil sr) big_nil; lra.
have [k ks low] : exists2 k, k \in s & forall m, m \in s -> f k <= f m.
  by apply: least_in; rewrite -size_eq0 sr.
have su : size (rem k s) = r by rewrite size_rem // sr.
have := IH _ su (rem_uniq k us); rewrite su.
have -> : \sum_(k <- s) ln (INR (standing f k)) =
    ln (INR (standing f k)) + \sum_(k <- rem k s) ln (INR (standing f k)).
  by rewrite (perm_big _ (perm_to_rem ks)) big_cons.
rewrite sr.
have -> : nested_logs r.+1 = nested_logs r + ln (INR r.+1) by rewrite /nested_logs big_ord_recr.
move=> le.
have many : (r.+1 <= standing f k)%N.
  rewrite -sr -(card_uniqP us); apply: subset_leq_card; apply/subsetP => m ms.
  by rewrite inE; case: Rle_dec => // n; case: n; exact: low.
have : ln (INR r.+1) <= ln (INR (standing f k)).
  have r0 : 0 < INR r.+1 by apply: (lt_INR 0); apply/ltP.
  have := le_INR _ _ (elimT leP many) => /Rle_lt_or_eq_dec [lt|->]; last by right.
  by left; apply: ln_increasing.
by move=> le2; rewrite Rplus_comm; exact: Rplus_le_compat.
Qed.

(** Weights in descending order, whatever the order of f. *)
Lemma rearranged (K : nat) (a f : 'I_K -> R) (order : 'I_K -> 'I_K) :
  injective order -> (forall k, 0 <= a k) ->
  (forall i j : 'I_K, (i <= j)%N -> a (order j) <= a (order i)) ->
  \sum_i (a (order i) * ln (INR i.+1)) <= \sum_k (a k * ln (INR (standing f k))).
Proof.
move=> inj pos fall; case: (posnP K) => [K0|K0].
  by subst K; rewrite !big_ord0; lra.
have k0 : 'I_K by exact: Ordinal K0.
rewrite [X in _ <= X](reindex_inj inj) /=.
pose o (i : nat) := order (insubd k0 i).
have oi (i : 'I_K) : o i = order i by rewrite /o valKd.
suff : 0 <= \sum_(i < K) (a (o i) * (ln (INR (standing f (o i))) - ln (INR i.+1))).
  rewrite (sum_ext (g := fun i : 'I_K => a (order i) * ln (INR (standing f (order i))) -
    a (order i) * ln (INR i.+1))) => [|i]; last by rewrite oi; ring.
  by rewrite sumB => h; apply: Rge_le; apply: Rminus_ge; exact: Rle_ge.
have small i : (i < K)%N -> val (insubd k0 i) = i by move=> iK; rewrite val_insubd iK.
apply: (abel (a := fun i => a (o i))
    (b := fun i => ln (INR (standing f (o i))) - ln (INR i.+1))) => [i iK|i iK|r rK].
- by apply: fall; rewrite !small // ltnW.
- exact: pos.
have us : uniq (map o (iota 0 r)).
  rewrite map_inj_in_uniq ?iota_uniq // => i j; rewrite !mem_iota /= !add0n => ir jr /inj e.
  by rewrite -(small i) ?e ?small //; apply: leq_trans rK.
have := standing_logs f us; rewrite size_map size_iota big_map.
have -> : iota 0 r = index_iota 0 r by rewrite /index_iota subn0.
rewrite big_mkord sumB => le; apply: Rge_le; apply: Rge_minus; exact: Rle_ge.
Qed.

(** ** One coordinate *)
Section Single.
Variable P : problem.
Notation K := (classes P).
Notation n := (count (p := P)).
Variable order : 'I_K -> 'I_K.
Hypothesis inj : injective order.
Hypothesis fall : forall i j : 'I_K, (i <= j)%N ->
  omega (order j) * n (order j) <= omega (order i) * n (order i).

Definition nested_infimum : R := (\sum_i (omega (order i) * n (order i) * ln (INR i.+1))) / N P.

(** A class that m classes stand at least as high as has m exponentials of 1 or more. *)
Lemma CE_standing (W : classifiers P 1) (h : vec 1) (k : 'I_K) : 0 <= h ord0 ->
  ln (INR (standing (fun m => W m ord0) k)) <= CE (logits W h) k.
Proof.
move=> h0; set f := fun m => W m ord0; set z := logits W h.
have e m : z m = f m * h ord0 by rewrite /z /logits /dot big_ord_recl big_ord0; exact: Rplus_0_r.
have many : 0 < INR (standing f k).
  apply: (lt_INR 0); apply/ltP/card_gt0P; exists k; rewrite inE.
  by case: Rle_dec => // nle; case: nle; lra.
have S0 := exp_pos (z k).
have le : INR (standing f k) * exp (z k) <= \sum_m exp (z m).
  have -> : INR (standing f k) * exp (z k) =
      \sum_(m | is_left (Rle_dec (f k) (f m))) exp (z k).
    rewrite big_const /standing; elim: #|_| => [|r IH]; first by rewrite /=; ring.
    by rewrite iterS -IH S_INR; ring.
  rewrite (big_mkcond (fun m => is_left _)) /=; apply: sum_le => m.
  case: Rle_dec => /= [up|_]; last by left; exact: exp_pos.
  have : z k <= z m by rewrite !e; nra.
  by case/Rle_lt_or_eq_dec => [lt|->]; [left; exact: exp_increasing | right].
have : ln (INR (standing f k) * exp (z k)) <= ln (\sum_m exp (z m)).
  case: (Rle_lt_or_eq_dec _ _ le) => [lt|->]; last by right.
  by left; apply: ln_increasing => //; exact: Rmult_lt_0_compat.
by rewrite ln_mult // ln_exp /CE; lra.
Qed.

(** Whatever the decays, no loss is lower. *)
Theorem nested_below (W : classifiers P 1) (H : features P 1) : feasible H ->
  nested_infimum <= L0 W H.
Proof.
move=> feas; have N0 := N_gt0 P; have w0 := lW_gt0 P; have h0 := lH_gt0 P.
have sW : 0 <= \sum_k norm2 (W k) by apply: sum_ge0 => k; exact: norm2_ge0.
have sH : 0 <= \sum_k \sum_i norm2 (H k i).
  by apply: sum_ge0 => k; apply: sum_ge0 => i; exact: norm2_ge0.
have pos (k : 'I_K) : 0 <= omega k * n k.
  by apply: Rmult_le_pos; left; [exact: omega_pos | exact: n_gt0].
pose f (m : 'I_K) := W m ord0.
have le := rearranged f inj pos fall.
have : \sum_k (omega k * n k * ln (INR (standing f k))) <=
    \sum_k (omega k * \sum_i CE (logits W (H k i)) k).
  apply: sum_le => k; rewrite Rmult_assoc; apply: Rmult_le_compat_l.
    by left; exact: omega_pos.
  rewrite -sum_constn; apply: sum_le => i; apply: CE_standing; exact: feas.
move=> le2; have {}le := Rle_trans _ _ _ le le2.
have := Rmult_le_compat_r _ _ _ (Rlt_le _ _ (Rinv_0_lt_compat _ N0)) le.
rewrite /nested_infimum /L0 /Rdiv => {}le.
have : 0 <= lambdaW P * / 2 * (\sum_k norm2 (W k)) by apply: Rmult_le_pos; lra.
have : 0 <= lambdaH P * / 2 * (\sum_k \sum_i norm2 (H k i)) by apply: Rmult_le_pos; lra.
lra.
Qed.

(** ** Points that come near *)
Section Near.
Variable t : R.
Hypothesis t1 : 1 <= t.

(** w_r = - t^(2r), h_r = t^-(2r+1), r from 0 on. *)
Definition height (r : nat) : R := t ^ (2 * r).
Definition inverse (r : nat) : R := / (t * height r).

Lemma height_gt0 r : 0 < height r. Proof. by apply: pow_lt; lra. Qed.
Lemma inverse_gt0 r : 0 < inverse r.
Proof. by apply: Rinv_0_lt_compat; apply: Rmult_lt_0_compat; [lra | exact: height_gt0]. Qed.

Lemma height_inverse r : height r * inverse r = / t.
Proof. by rewrite /inverse; have := height_gt0 r => h; field; lra. Qed.

(** The logit of rank s less that of rank r, at the feature of rank r. *)
Lemma logit_near (r s : nat) : (height r - height s) * inverse r <= / t.
Proof.
rewrite Rmult_minus_distr_r height_inverse.
by have := Rmult_lt_0_compat _ _ (height_gt0 s) (inverse_gt0 r); lra.
Qed.

Lemma logit_far (r s : nat) : (r < s)%N -> (height r - height s) * inverse r <= / t - t.
Proof.
move=> rs; rewrite Rmult_minus_distr_r height_inverse.
have : t ^ 2 * height r <= height s.
  rewrite /height -pow_add; apply: Rle_pow => //; apply/leP.
  by rewrite -[(2 + _)%coq_nat]/(2 + 2 * r)%N -mulnS leq_mul2l.
move/(Rmult_le_compat_r (inverse r) _ _ (Rlt_le _ _ (inverse_gt0 r))).
rewrite Rmult_assoc height_inverse.
have -> : t ^ 2 * / t = t by field; lra.
lra.
Qed.

Lemma sum_below (r : 'I_K) (a : R) :
  \sum_(s < K) (if (s <= r)%N then a else 0) = INR r.+1 * a.
Proof.
rewrite -big_mkcond -sum_constn (big_ord_widen_cond K predT (fun=> a)) //=.
Qed.

(** Cross-entropy where the class of rank s has the logit - height s * inverse r. *)
Lemma CE_near (z : 'I_K -> R) (r : 'I_K) :
  (forall s, z (order s) = - (height s * inverse r)) ->
  CE z (order r) <= ln (INR r.+1) + (INR K + 1) / t.
Proof.
move=> ez; have K2 := K_ge2 P; set k := order r.
have q0 : 0 < / t by apply: Rinv_0_lt_compat; lra.
have small : exp (- t) <= / t.
  rewrite exp_Ropp; apply: Rinv_le_contravar; first lra.
  by have := exp_ineq1 t ltac:(lra); lra.
have e1 := exp_pos (/ t); have em := exp_pos (- t).
have r1 : 1 <= INR r.+1 by rewrite S_INR; have := pos_INR r; lra.
have S0 := sum_exp_gt0 z k.
have eCE : CE z k = ln (\sum_m exp (z m - z k)).
  have -> : \sum_m exp (z m - z k) = (\sum_m exp (z m)) / exp (z k).
    by rewrite /Rdiv -sumZr; apply: sum_ext => m; rewrite /Rminus exp_plus exp_Ropp.
  by rewrite ln_div ?ln_exp //; exact: exp_pos.
have sum0' : 0 < \sum_m exp (z m - z k).
  by apply: (sum_gt0 (j := k)) => [i|]; [left|]; exact: exp_pos.
have le : \sum_m exp (z m - z k) <= exp (/ t) * (INR r.+1 + INR K * exp (- t)).
  apply: (Rle_trans _ (\sum_(s < K) ((if (s <= r)%N then exp (/ t) else 0) +
    exp (/ t) * exp (- t)))).
    rewrite (reindex_inj inj) /=; apply: sum_le => s.
    have -> : z (order s) - z k = (height r - height s) * inverse r.
      by rewrite /k !ez; ring.
    have p0 : 0 < exp (/ t) * exp (- t) by exact: Rmult_lt_0_compat.
    case: leqP => [_|lt].
      by have := logit_near r s => /Rle_lt_or_eq_dec [/exp_increasing|->]; lra.
    rewrite Rplus_0_l -exp_plus.
    by have := logit_far lt => /Rle_lt_or_eq_dec [/exp_increasing|->]; rewrite /Rminus; lra.
  rewrite sumD sum_below sum_constn; right; ring.
have : ln (\sum_m exp (z m - z k)) <= ln (exp (/ t) * (INR r.+1 + INR K * exp (- t))).
  case: (Rle_lt_or_eq_dec _ _ le) => [lt|->]; last by right.
  by left; apply: ln_increasing.
have Ke : 0 < INR K * exp (- t) by apply: Rmult_lt_0_compat; lra.
have -> : INR r.+1 + INR K * exp (- t) = INR r.+1 * (1 + INR K * exp (- t) / INR r.+1).
  by field; lra.
set x := INR K * exp (- t) / INR r.+1.
have x0 : 0 < x by apply: Rdiv_lt_0_compat; lra.
rewrite !ln_mult ?ln_exp; try lra; last by apply: Rmult_lt_0_compat; lra.
have lx := ln_le_sub1 (y := 1 + x) ltac:(lra).
have xx : x <= INR K / t.
  apply: (Rle_trans _ (INR K * exp (- t))).
    rewrite /x -[X in _ <= X]Rmult_1_r; apply: Rmult_le_compat_l; first lra.
    by rewrite -Rinv_1; apply: Rinv_le_contravar; lra.
  by apply: Rmult_le_compat_l; lra.
by rewrite eCE /Rdiv; rewrite /Rdiv in xx; lra.
Qed.
End Near.

(** As near as one likes, where both decays are small enough. *)
Theorem nested_near (e : R) : 0 < e -> exists2 delta, 0 < delta &
  forall lW lH (w0 : 0 < lW) (h0 : 0 < lH), lW * lH < delta ->
  exists (W : classifiers (with_decays P w0 h0) 1) (H : features (with_decays P w0 h0) 1),
    feasible H /\ L0 W H <= nested_infimum + e.
Proof.
move=> e0; have N0 := N_gt0 P; have K2 := K_ge2 P.
pose share := (\sum_k (omega k * n k)) / N P.
have share0 : 0 < share.
  apply: Rdiv_lt_0_compat => //; apply: (sum_gt0 (j := class0 P)) => [k|].
    by left; apply: Rmult_lt_0_compat; [exact: omega_pos | exact: n_gt0].
  by apply: Rmult_lt_0_compat; [exact: omega_pos | exact: n_gt0].
have c0 : 0 < share * (INR K + 1) by apply: Rmult_lt_0_compat; lra.
pose t := 1 + 2 * (share * (INR K + 1)) / e.
have more : 0 < 2 * (share * (INR K + 1)) / e by apply: Rdiv_lt_0_compat; lra.
have t1 : 1 <= t by rewrite /t; lra.
have near_t : share * ((INR K + 1) / t) <= e / 2.
  apply: (Rmult_le_reg_r t); first lra.
  have -> : share * ((INR K + 1) / t) * t = share * (INR K + 1) by field; lra.
  have -> : e / 2 * t = e / 2 + share * (INR K + 1) by rewrite /t; field; lra.
  lra.
pose rank := invF inj.
have rank_order s : rank (order s) = s by exact: invF_f.
have order_rank k : order (rank k) = k by exact: f_invF.
pose size := (\sum_k height t (rank k) ^ 2) + \sum_k (n k * inverse t (rank k) ^ 2).
have size0 : 0 <= size.
  have a : 0 <= \sum_k height t (rank k) ^ 2 by apply: sum_ge0 => k; exact: pow2_ge_0.
  have b : 0 <= \sum_k (n k * inverse t (rank k) ^ 2).
    by apply: sum_ge0 => k; apply: Rmult_le_pos; [left; exact: n_gt0 | exact: pow2_ge_0].
  by rewrite /size; lra.
have d0 : 0 < e / (size + 1) by apply: Rdiv_lt_0_compat; lra.
exists ((e / (size + 1)) ^ 2); first exact: pow_lt.
move=> lW lH w0 h0 lt.
have wh0 : 0 < lW * lH by exact: Rmult_lt_0_compat.
pose l := sqrt (lW * lH).
have l0 : 0 < l by exact: sqrt_lt_R0.
have ll : l * l = lW * lH by apply: sqrt_sqrt; lra.
have l1 : l <= e / (size + 1).
  rewrite /l -(sqrt_pow2 (e / (size + 1))); last lra.
  by apply: sqrt_le_1_alt; lra.
(* What makes both decays equally expensive. *)
pose q := sqrt (l / lW).
have lw0 : 0 < l / lW by exact: Rdiv_lt_0_compat.
have q0 : 0 < q by exact: sqrt_lt_R0.
have qq : q ^ 2 = l / lW by rewrite /q pow2_sqrt //; lra.
pose W : classifiers (with_decays P w0 h0) 1 := fun k _ => - (q * height t (rank k)).
pose v (k : 'I_K) : vec 1 := fun _ => inverse t (rank k) / q.
pose H : features (with_decays P w0 h0) 1 := fun k _ => v k.
exists W, H; split.
  move=> k i j; apply: Rmult_le_pos; left; last exact: Rinv_0_lt_compat.
  exact: inverse_gt0.
have one_coordinate (x : vec 1) : norm2 x = x ord0 ^ 2.
  by rewrite /norm2 /dot big_ord_recl big_ord0 Rplus_0_r /= Rmult_1_r.
have ridge : lW / 2 * (\sum_k norm2 (W k)) + lH / 2 * (\sum_k \sum_i norm2 (H k i)) =
    l / 2 * size.
  have -> : \sum_k norm2 (W k) = (l / lW) * \sum_k height t (rank k) ^ 2.
    by rewrite -sumZ; apply: sum_ext => k; rewrite one_coordinate /W -qq; ring.
  have -> : \sum_k \sum_i norm2 (H k i) = (l / lH) * \sum_k (n k * inverse t (rank k) ^ 2).
    rewrite -sumZ; apply: sum_ext => k.
    rewrite (sum_ext (g := fun=> inverse t (rank k) ^ 2 * (l / lH))) => [|i].
      by rewrite sum_constn /=; ring.
    rewrite one_coordinate /H /v; have -> : l / lH = / q ^ 2.
      rewrite qq; have -> : lH = l * l / lW by rewrite ll; field; lra.
      by field; lra.
    by field; lra.
  by rewrite /size; field; lra.
have data : (\sum_k (omega k * \sum_i CE (logits W (H k i)) k)) / N P <=
    nested_infimum + share * ((INR K + 1) / t).
  rewrite /nested_infimum /share /Rdiv.
  have -> : forall x y z, x * / N P + y * / N P * z = (x + y * z) * / N P by move=> x y z; ring.
  apply: Rmult_le_compat_r; first by left; exact: Rinv_0_lt_compat.
  rewrite -sumZr (reindex_inj inj) [X in _ + X](reindex_inj inj) /= -sumD.
  apply: sum_le => r; rewrite (sum_ext (g := fun=> CE (logits W (v (order r)))
    (order r))) // sum_constn.
  have pos : 0 <= omega (order r) * n (order r).
    by apply: Rmult_le_pos; left; [exact: omega_pos | exact: n_gt0].
  have := @CE_near t t1 (logits W (v (order r))) r.
  have line s : logits W (v (order r)) (order s) = - (height t s * inverse t r).
    rewrite /logits /dot big_ord_recl big_ord0 Rplus_0_r /W /v !rank_order; field; lra.
  move/(_ line); rewrite -Rmult_plus_distr_l -Rmult_assoc => near.
  by apply: Rmult_le_compat_l.
have small : l / 2 * size <= e / 2.
  have : l * size <= e / (size + 1) * (size + 1) by apply: Rmult_le_compat; lra.
  have -> : e / (size + 1) * (size + 1) = e by field; lra.
  lra.
rewrite /L0 -[N (with_decays P w0 h0)]/(N P).
rewrite -[lambdaW _]/lW -[lambdaH _]/lH.
move: ridge data; set a := lW / 2 * _; set b := lH / 2 * _; lra.
Qed.
End Single.
