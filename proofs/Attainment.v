(** L* is attained exactly where there is a coordinate for every class that
    does not collapse; there, the global minimisers are the points of the
    structure of Theorem 1. *)

From NeuralCollapse Require Import Setting Margins Factors LowerBound Theorem1.

Section Attainment.
Variables (P : problem) (d : nat).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation r k := (sqrt (n k)).

(** The rest of the structure follows from (a)-(d). *)
Lemma structure_of_abcd (W : classifiers P d) (H : features P d) (h : 'I_K -> vec d) :
  (forall k i j, H k i j = h k j) ->
  (forall k l : 'I_K, k != l -> dot (h k) (h l) = 0) ->
  (forall k, norm2 (h k) = feature_norm2 k) ->
  (forall k j, W k j = classifier_of h k j) ->
  structure W H h.
Proof.
move=> a b c' dual; have K2 := K_ge2 P.
have centred j : \sum_k W k j = 0.
  rewrite (sum_ext (fun k => dual k j)) /classifier_of sumZ sumB sum_constn.
  rewrite (sum_ext (g := fun k => K * (r k * h k j))) ?sumZ; first by ring.
  by move=> k; ring.
have e m k : dot (W m) (h k) =
    dual_factor P * ((if m == k then K - 1 else -1) * r k * norm2 (h k)).
  rewrite (dot_ext (u' := fun j => dual_factor P * (K * r m * h m j - \sum_m (r m * h m j)))
                   (v' := h k)) //; last by move=> j; exact: dual.
  rewrite dotZl dotBl dotZl dot_suml (sum_only (j := k)); last first.
    by move=> l lk; rewrite dotZl b //; ring.
  rewrite dotZl; case: eqP => [->|/eqP mk]; last rewrite b //; rewrite /norm2; ring.
have f k : dual_factor P * (r k * norm2 (h k)) = M k / K.
  have fk := factors k; rewrite c' /feature_norm2 -/(norm_factor k).
  have -> : dual_factor P * (r k * (norm_factor k * M k)) =
    K * dual_factor P * r k * norm_factor k * (M k / K) by field; lra.
  by rewrite fk; ring.
split=> //.
- move=> k; rewrite e eqxx.
  have -> : (K - 1) / K * M k = (K - 1) * (M k / K) by field; lra.
  by rewrite -f; ring.
- move=> k m /negbTE mk; rewrite e mk.
  have -> : - M k / K = - (M k / K) by field; lra.
  by rewrite -f; ring.
move=> k; rewrite -M_eq0; have f0 := norm_factor_gt0 k; split=> [/norm2_zero|m0].
  by rewrite c' /feature_norm2 -/(norm_factor k) => /Rmult_integral; lra.
by apply: norm2_eq0; rewrite c' /feature_norm2 m0; ring.
Qed.

Definition alive : {set 'I_K} := [set k | is_left (Rlt_dec 0 (M k))].

Lemma aliveP k : reflect (0 < M k) (k \in alive).
Proof. by rewrite inE; case: Rlt_dec => h; constructor. Qed.

Lemma active_alive : active P = #|alive|.
Proof. by rewrite /active cardsE. Qed.

Lemma feature_norm2_ge0 (k : 'I_K) : 0 <= feature_norm2 k.
Proof. by apply: Rmult_le_pos; [exact: sqrt_pos | exact: M_ge0]. Qed.

(** A minimiser: every class that does not collapse has a coordinate of its own. *)
Definition place (k : 'I_K) : nat := index k (enum alive).
Definition axis (k : 'I_K) : vec d := fun j =>
  if place k == j then sqrt (feature_norm2 k) else 0.

Lemma dead_axis k j : k \notin alive -> axis k j = 0.
Proof.
move=> /aliveP dead; rewrite /axis; case: eqP => // _.
have -> : feature_norm2 k = 0 by rewrite /feature_norm2 (_ : M k = 0);
  [ring | have := M_ge0 k; lra].
exact: sqrt_0.
Qed.

Lemma axis_norm2 k : (active P <= d)%N -> norm2 (axis k) = feature_norm2 k.
Proof.
rewrite active_alive => room; case: (boolP (k \in alive)) => live; last first.
  rewrite norm2_zero => [|j]; last exact: dead_axis.
  rewrite /feature_norm2 (_ : M k = 0); first by ring.
  by move/aliveP: live; have := M_ge0 k; lra.
have pk : (place k < d)%N by rewrite (leq_trans _ room) // cardE index_mem mem_enum.
rewrite /norm2 /dot (sum_only (j := Ordinal pk)); last first.
  by move=> j; rewrite /axis -val_eqE eq_sym /= => /negbTE ->; ring.
by rewrite /axis eqxx sqrt_sqrt //; exact: feature_norm2_ge0.
Qed.

Lemma axis_orthogonal k l : k != l -> dot (axis k) (axis l) = 0.
Proof.
move=> kl; apply: big1 => j _.
case: (boolP (k \in alive)) => ka; last by rewrite dead_axis //; ring.
case: (boolP (l \in alive)) => la; last by rewrite (dead_axis _ la); ring.
rewrite /axis; case: eqP => [e|_]; last by ring.
case: eqP => [e2|_]; last by ring.
case/eqP: kl; rewrite -(nth_index k (_ : k \in enum alive)) ?mem_enum //.
by rewrite -/(place k) e -e2 nth_index // mem_enum.
Qed.

Lemma attained_of_room : (active P <= d)%N ->
  exists (W : classifiers P d) (H : features P d), feasible H /\ L0 W H = Lstar P.
Proof.
move=> room; exists (fun k => classifier_of axis k), (fun k _ => axis k).
have H0 : feasible (P := P) (fun k (_ : 'I_(n k)) => axis k).
  by move=> k i j; rewrite /axis; case: eqP => _; [exact: sqrt_pos | lra].
split=> //; apply: minimum_of_structure => //; apply: structure_of_abcd => //.
  exact: axis_orthogonal.
by move=> k; exact: axis_norm2.
Qed.

(** Orthogonal non-negative vectors have disjoint supports: as many non-zero
    ones as there are, as many coordinates are needed. *)
Lemma room_of_attained (W : classifiers P d) (H : features P d) :
  feasible H -> L0 W H = Lstar P -> (active P <= d)%N.
Proof.
pose h := mean H.
move=> H0 /(equality_iff W H0) [a b c' _ _ _ _ _]; rewrite -/h in a b c'.
have h0 k j : 0 <= h k j by rewrite -(a k (sample0 k)).
pose own k : option 'I_d := [pick j | is_left (Rlt_dec 0 (h k j))].
have ownP k : k \in alive -> exists2 j, own k = Some j & 0 < h k j.
  move/aliveP => m0; rewrite /own; case: pickP => [j|none].
    by case: Rlt_dec => // hj _; exists j.
  have : norm2 (h k) = 0.
    apply: norm2_zero => j; have nj := none j; have hj := h0 k j.
    by move: nj; case: Rlt_dec => //= /Rnot_lt_le ? _; lra.
  rewrite c' => /Rmult_integral [e|]; last by lra.
  by have := norm_factor_gt0 k; rewrite /norm_factor e; lra.
have own_inj : {in alive &, injective own}.
  move=> k l /ownP [j -> hk] /ownP [j' -> hl] [jj]; rewrite -{}jj in hl.
  apply/eqP/contraT => kl.
  have := sum_eq0 (fun i => Rmult_le_pos _ _ (h0 k i) (h0 l i)) (b k l kl) j.
  by case/Rmult_integral; lra.
rewrite active_alive -(card_in_imset own_inj) -[X in (_ <= X)%N](card_ord d).
have some_inj : injective (@Some 'I_d) by move=> x y [].
rewrite -(card_imset _ some_inj); apply/subset_leq_card/subsetP => o.
by case/imsetP => k /ownP [j -> _] ->; apply: imset_f.
Qed.

Theorem attained_iff :
  (exists (W : classifiers P d) (H : features P d), feasible H /\ L0 W H = Lstar P)
  <-> (active P <= d)%N.
Proof.
by split; [move=> [W [H [H0 e]]]; exact: (room_of_attained H0 e) | exact: attained_of_room].
Qed.

(** With fewer coordinates every point lies strictly above. *)
Theorem not_attained (W : classifiers P d) (H : features P d) :
  feasible H -> (d < active P)%N -> Lstar P < L0 W H.
Proof.
move=> H0 few; case: (lower_bound W H0) => // e.
by have := room_of_attained H0 (esym e); rewrite leqNgt few.
Qed.

(** A coordinate for every class that stands is enough, and fewer are not. *)
Theorem dimension :
  ((active P <= d)%N ->
     exists (W : classifiers P d) (H : features P d), global_minimiser W H /\ L0 W H = Lstar P) /\
  ((d < active P)%N ->
     forall (W : classifiers P d) (H : features P d), feasible H -> Lstar P < L0 W H).
Proof.
split=> [room|few W H H0]; last exact: not_attained.
have [W [H [H0 e]]] := attained_of_room room; exists W, H; split=> //; split=> // W' H' H'0.
by rewrite e; exact: lower_bound.
Qed.

Theorem minimum_is_Lstar (W : classifiers P d) (H : features P d) : (active P <= d)%N ->
  global_minimiser W H <-> feasible H /\ L0 W H = Lstar P.
Proof.
move=> room; split=> [[H0 least]|[H0 e]]; split=> //; last first.
  by move=> W' H' H'0; rewrite e; exact: lower_bound.
have [W' [H' [H'0 e]]] := attained_of_room room.
by apply: Rle_antisym; [rewrite -e; exact: least | exact: lower_bound].
Qed.

(** Theorem 1 and its converse. *)
Theorem theorem1 (W : classifiers P d) (H : features P d) : (active P <= d)%N ->
  global_minimiser W H <-> feasible H /\ structure W H (mean H).
Proof.
move=> room; rewrite minimum_is_Lstar //.
by split=> -[H0 e]; split=> //; apply/(equality_iff W H0).
Qed.

End Attainment.
