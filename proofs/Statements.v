(** The claims about the paper's results, each restated in full as one theorem under the claim's
    own name: thm1_a is the claim thm1.a of `ncverify claims`. Nothing stands here in a section, so
    that each says all that it assumes; claims.txt calls a claim proved, or refuted, by a theorem of
    these files and by no other (StatementsProof and StatementsSteps have the paper's proof,
    StatementsBeyond what goes beyond it); statements.txt records what Coq prints for each.

    [mean H k] is h_k, [W k] is w_k, [count k] is n_k, [classes P] is K. Class weights [omega] may
    be any where [unweighted P] is not asked for; the paper's are all 1. *)

From NeuralCollapse Require Import Setting Attainment Structure Proposition1 Corollary2 Corollary3
  Corollary4 Weights Section41 Consequences.

(** ** Section 4: Theorem 1 *)
(** *** (6): the sign of the margin *)
Theorem eq6_sign (P : problem) : unweighted P -> forall k : 'I_(classes P),
  0 < ln ((classes P - 1) * (sqrt (count k) / c P - 1)) <->
  N P / sqrt (count k) * sqrt (lambdaW P * lambdaH P) < sqrt ((classes P - 1) / classes P).
Proof. by move=> one k; rewrite -Mbar_gt0 //; exact: eq6_sign. Qed.

(** *** Theorem 1: the minimum *)
(** Some point is as the theorem says; all that are have the loss L*, which is the global
    minimum. *)
Theorem thm1_minimum (P : problem) d : (classes P <= d)%N ->
  (exists (W : classifiers P d) (H : features P d), feasible H /\ structure W H (mean H)) /\
  (forall (W : classifiers P d) (H : features P d), feasible H -> structure W H (mean H) ->
     L0 W H = Lstar P /\
     forall (W' : classifiers P d) (H' : features P d), feasible H' -> L0 W H <= L0 W' H') /\
  (forall (W : classifiers P d) (H : features P d), global_minimiser W H -> L0 W H = Lstar P).
Proof.
move=> dK; split; last split=> [W H|W H least];
  [exact: structure_exists | exact: structure_least |].
exact: (thm1_minimum (room_enough dK) least).
Qed.

(** *** (7), Theorem 1 (a): features *)
Theorem thm1_a (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H ->
  forall (k : 'I_(classes P)) (i : 'I_(count k)) (j : 'I_d), H k i j = mean H k j.
Proof. by move=> /room_enough; exact: thm1_a. Qed.

(** *** (8), Theorem 1 (b): class means are orthogonal *)
Theorem thm1_b (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H ->
  forall k l : 'I_(classes P), k != l -> dot (mean H k) (mean H l) = 0.
Proof. by move=> /room_enough; exact: thm1_b. Qed.

(** *** (9), Theorem 1 (c): norms of class means *)
Theorem thm1_c (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> forall k : 'I_(classes P),
  norm2 (mean H k) = sqrt ((classes P - 1) / classes P * (lambdaW P / lambdaH P) / count k) * M k.
Proof. by move=> /room_enough; exact: thm1_c. Qed.

(** *** (10), Theorem 1 (d): classifiers *)
Theorem thm1_d (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> forall (k : 'I_(classes P)) (j : 'I_d),
  W k j = sqrt (1 / (classes P * (classes P - 1))) * sqrt (lambdaH P / lambdaW P) *
    (classes P * sqrt (count k) * mean H k j - \sum_m (sqrt (count m) * mean H m j)).
Proof. by move=> /room_enough; exact: thm1_d. Qed.

(** *** After (10), Theorem 1 (d) *)
Theorem thm1_d_sum (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> forall j : 'I_d, \sum_k W k j = 0.
Proof. by move=> /room_enough; exact: thm1_d_sum. Qed.

(** *** (11) and (12), Theorem 1 (e): logits *)
Theorem thm1_e (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> forall (k m : 'I_(classes P)) (i : 'I_(count k)),
  dot (W m) (H k i) = if m == k then (classes P - 1) / classes P * M k else - M k / classes P.
Proof. by move=> /room_enough; exact: thm1_e. Qed.

(** *** After (12), Theorem 1 (e) *)
Theorem thm1_e_sum (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> forall (k : 'I_(classes P)) (i : 'I_(count k)),
  \sum_m dot (W m) (H k i) = 0.
Proof. by move=> /room_enough; exact: thm1_e_sum. Qed.

(** *** Theorem 1: collapsed classes *)
Theorem thm1_collapse (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H -> forall k : 'I_(classes P),
  N P / sqrt (count k) * sqrt (lambdaW P * lambdaH P) >= sqrt ((classes P - 1) / classes P) ->
  (forall j, mean H k j = 0) /\ structure W H (mean H).
Proof. by move=> one /room_enough room least; exact: thm1_collapse. Qed.

(** *** (13): margins *)
Theorem eq13_margin (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H ->
  forall (k m : 'I_(classes P)) (i : 'I_(count k)), m != k ->
  dot (W k) (H k i) - dot (W m) (H k i) = M k.
Proof. by move=> /room_enough; exact: eq13_margin. Qed.

(** *** After Theorem 1: a general orthogonal frame *)
Theorem text4_gof (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> forall (k l : 'I_(classes P)) (j : 'I_d), k != l ->
  0 <= mean H k j /\ mean H k j * mean H l j = 0.
Proof. by move=> /room_enough; exact: text4_gof. Qed.

(** *** After Theorem 1: not the SELI matrix *)
(** Whenever the logits are a multiple of the SELI matrix, it is the multiple 0. *)
Theorem text4_seli (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  (exists k l : 'I_(classes P), count k <> count l) ->
  forall a, (forall i m : 'I_(classes P),
    dot (W m) (mean H i) = a * ((if m == i then 1 else 0) - 1 / classes P)) ->
  a = 0.
Proof.
move=> one /room_enough room least [k [l kl]]; have [lt|lt|//] := ltngtP (count k) (count l).
  exact: (seli_factor one room least lt).
exact: (seli_factor one room least lt).
Qed.

(** ** Section 4: Corollary 1, where every class has n0 samples *)
(** *** Corollary 1: duality *)
Theorem cor1_duality (P : problem) d (W : classifiers P d) (H : features P d) (n0 : nat) :
  unweighted P -> (forall k : 'I_(classes P), count k = n0) -> (classes P <= d)%N ->
  global_minimiser W H ->
  exists2 a, 0 < a & forall (k : 'I_(classes P)) (j : 'I_d),
    W k j = a * (mean H k j - (\sum_m mean H m j) / classes P).
Proof. by move=> one same /room_enough room least; exact: (balanced_duality room least same). Qed.

(** *** Corollary 1: H'H *)
Theorem cor1_of (P : problem) d (W : classifiers P d) (H : features P d) (n0 : nat) :
  unweighted P -> (forall k : 'I_(classes P), count k = n0) -> (classes P <= d)%N ->
  global_minimiser W H ->
  exists a, (0 <= a /\ (0 < a <-> T P < n0)) /\
  forall k l : 'I_(classes P), dot (mean H k) (mean H l) = a * (if k == l then 1 else 0).
Proof. by move=> one same /room_enough room least; exact: (balanced_of room least one same). Qed.

(** *** Corollary 1: WW' *)
Theorem cor1_etf_w (P : problem) d (W : classifiers P d) (H : features P d) (n0 : nat) :
  unweighted P -> (forall k : 'I_(classes P), count k = n0) -> (classes P <= d)%N ->
  global_minimiser W H ->
  exists a, (0 <= a /\ (0 < a <-> T P < n0)) /\
  forall k l : 'I_(classes P), dot (W k) (W l) = a * ((if k == l then 1 else 0) - 1 / classes P).
Proof. by move=> one same /room_enough room least; exact: (balanced_w room least one same). Qed.

(** *** Corollary 1: WH *)
Theorem cor1_etf_z (P : problem) d (W : classifiers P d) (H : features P d) (n0 : nat) :
  unweighted P -> (forall k : 'I_(classes P), count k = n0) -> (classes P <= d)%N ->
  global_minimiser W H ->
  exists a, (0 <= a /\ (0 < a <-> T P < n0)) /\
  forall k m : 'I_(classes P),
  dot (W m) (mean H k) = a * ((if m == k then 1 else 0) - 1 / classes P).
Proof. by move=> one same /room_enough room least; exact: (balanced_z room least one same). Qed.

(** ** Section 4.1: Proposition 1 *)
(** *** Proposition 1: norms *)
Theorem prop1_norm (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> let K := INR (classes P) in
  let a k := sqrt (count k) * M k in forall k : 'I_(classes P),
  norm2 (W k) = sqrt (lambdaH P / lambdaW P) / (K * sqrt (K * (K - 1))) *
    ((K - 1) ^ 2 * a k + \sum_(m | m != k) a m).
Proof. by move=> /room_enough room least K a k; exact: (prop1_norm room least). Qed.

(** *** Proposition 1: inner products *)
Theorem prop1_inner (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> let K := INR (classes P) in
  let a k := sqrt (count k) * M k in forall k j : 'I_(classes P), k != j ->
  dot (W k) (W j) = sqrt (lambdaH P / lambdaW P) / (K * sqrt (K * (K - 1))) *
    (- (K - 1) * a k - (K - 1) * a j + \sum_(m | (m != k) && (m != j)) a m).
Proof. by move=> /room_enough room least K a k j; exact: (prop1_inner room least). Qed.

(** *** Proposition 1: cosines *)
(** Where some class stands; where none does, the cosine is 0/0. *)
Theorem prop1_cosine (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> (exists m : 'I_(classes P), 0 < M m) ->
  let K := INR (classes P) in let a k := sqrt (count k) * M k in
  forall k j : 'I_(classes P), k != j ->
  dot (W k) (W j) / (sqrt (norm2 (W k)) * sqrt (norm2 (W j))) =
    (- (K - 1) * a k - (K - 1) * a j + \sum_(m | (m != k) && (m != j)) a m) /
    sqrt (((K - 1) ^ 2 * a k + \sum_(m | m != k) a m) *
          ((K - 1) ^ 2 * a j + \sum_(m | m != j) a m)).
Proof.
by move=> /room_enough room least /weights_gt0 w0 K a k j kj; exact: (prop1_cosine room least kj).
Qed.

(** ** Section 4.1: its text *)
(** *** After Proposition 1: balanced classes *)
Theorem text41_balanced (P : problem) d (W : classifiers P d) (H : features P d) (n0 : nat) :
  unweighted P -> (forall k : 'I_(classes P), count k = n0) -> T P < n0 -> (classes P <= d)%N ->
  global_minimiser W H -> forall k j : 'I_(classes P), k != j ->
  cosine (W k) (W j) = - 1 / (classes P - 1).
Proof.
move=> one same stands /room_enough room least k j kj.
by apply: (Corollary1.text41_balanced room least one same kj); apply/(common_margin_gt0 one same).
Qed.

(** *** Start of 4.1: norms of classifiers, refuted *)
(** The larger class would have the smaller norm. *)
Theorem text41_norm_decreasing :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      forall i k : 'I_(classes P), (count k < count i)%N -> norm2 (W i) <= norm2 (W k).
Proof. exact: norm_decreasing_refuted. Qed.

(** *** After Proposition 1: norms of classifiers *)
Theorem text41_norm_increasing (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  forall i k : 'I_(classes P), (count k < count i)%N ->
  norm2 (W k) <= norm2 (W i) /\ (norm2 (W k) = norm2 (W i) <-> classes P = 2%N \/ M i = 0).
Proof. by move=> one /room_enough room least; exact: (norm_increasing one room least). Qed.

(** *** Start of 4.1: norms of classifiers, corrected *)
Theorem text41_norm_decreasing_corrected (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  forall i k : 'I_(classes P), (count k < count i)%N ->
  norm2 (W k) <= norm2 (W i) /\ (norm2 (W k) = norm2 (W i) <-> classes P = 2%N \/ M i = 0).
Proof. exact: text41_norm_increasing. Qed.

(** *** Start of 4.1: cosines, refuted *)
Theorem text41_cosine_decreasing :
  ~ forall (P : problem) d (W : classifiers P d) (H : features P d),
      unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
      (exists m : 'I_(classes P), 0 < M m) ->
      forall i k j : 'I_(classes P), j != i -> j != k -> (count k < count i)%N ->
      cosine (W i) (W j) <= cosine (W k) (W j).
Proof. exact: cosine_decreasing_refuted. Qed.

(** *** Start of 4.1: cosines, corrected *)
(** With a_k = sqrt(n_k) M_k and their sum S: it falls where class j does not dominate, and rises
    where it does. *)
Theorem text41_cosine_decreasing_corrected (P : problem) d (W : classifiers P d)
  (H : features P d) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  (exists m : 'I_(classes P), 0 < M m) ->
  let K := INR (classes P) in let a k := sqrt (count k) * M k in let S := \sum_k a k in
  forall i k j : 'I_(classes P), j != i -> j != k -> (count k < count i)%N -> 0 < M i ->
  ((K - 2) * (a j - a k) <= S -> cosine (W i) (W j) < cosine (W k) (W j)) /\
  ((K - 2) * (a j - a i) >= S -> cosine (W k) (W j) < cosine (W i) (W j)).
Proof.
move=> one /room_enough room least /weights_gt0 w0 K a S i k j ji jk lt mi.
exact: (cosine_corrected room least w0 one ji jk lt mi).
Qed.

(** ** Section 4.1: Corollary 2 *)
(** *** (14), Corollary 2: classifiers *)
Theorem cor2_classifiers (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> (exists m : 'I_(classes P), 0 < M m) ->
  let K := INR (classes P) in let a k := sqrt (count k) * M k in forall i j : 'I_(classes P),
  norm2 (W i) / norm2 (W j) =
    ((K - 1) ^ 2 * a i + \sum_(m | m != i) a m) / ((K - 1) ^ 2 * a j + \sum_(m | m != j) a m).
Proof.
by move=> /room_enough room least /weights_gt0 w0 K a i j; exact: (cor2_classifiers room least).
Qed.

(** *** (14), Corollary 2: features *)
Theorem cor2_features (P : problem) d (W : classifiers P d) (H : features P d) :
  (classes P <= d)%N -> global_minimiser W H -> forall i j : 'I_(classes P), 0 < M j ->
  norm2 (mean H i) / norm2 (mean H j) = sqrt (count j / count i) * (M i / M j).
Proof. by move=> /room_enough; exact: cor2_features. Qed.

(** *** Corollary 2: order *)
Theorem cor2_monotone (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  forall i j : 'I_(classes P), (count j <= count i)%N -> norm2 (W j) <= norm2 (W i).
Proof. by move=> one /room_enough room least i j; exact: (cor2_monotone room least one). Qed.

(** ** Section 4.1: Corollary 3, where K_A classes have nA samples and K_B have nB *)
(** *** (15), Corollary 3 *)
Theorem cor3_major (P : problem) d (W : classifiers P d) (H : features P d)
  (major : pred 'I_(classes P)) (nA nB : nat) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  (exists m : 'I_(classes P), 0 < M m) ->
  (forall k, major k -> count k = nA) -> (forall k, ~~ major k -> count k = nB) ->
  let K := INR (classes P) in let KB := INR #|[pred k | ~~ major k]| in
  let a n := sqrt n * Rmax 0 (ln ((K - 1) * (sqrt n / c P - 1))) in
  forall k j : 'I_(classes P), k != j -> major k -> major j ->
  cosine (W k) (W j) = 1 - K ^ 2 * a nA / (K ^ 2 * a nA - K * a nA - KB * a nA + KB * a nB).
Proof.
move=> one /room_enough room least /weights_gt0 w0 eA eB K KB a k j.
exact: (cor3_major room least w0 one eA eB).
Qed.

(** *** (16), Corollary 3 *)
Theorem cor3_minor (P : problem) d (W : classifiers P d) (H : features P d)
  (major : pred 'I_(classes P)) (nA nB : nat) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  (exists m : 'I_(classes P), 0 < M m) ->
  (forall k, major k -> count k = nA) -> (forall k, ~~ major k -> count k = nB) ->
  let K := INR (classes P) in let KA := INR #|[pred k | major k]| in
  let a n := sqrt n * Rmax 0 (ln ((K - 1) * (sqrt n / c P - 1))) in
  forall k j : 'I_(classes P), k != j -> ~~ major k -> ~~ major j ->
  cosine (W k) (W j) = 1 - K ^ 2 * a nB / (K ^ 2 * a nB - K * a nB - KA * a nB + KA * a nA).
Proof.
move=> one /room_enough room least /weights_gt0 w0 eA eB K KA a k j.
exact: (cor3_minor room least w0 one eA eB).
Qed.

(** *** Corollary 3: order *)
Theorem cor3_order (P : problem) d (W : classifiers P d) (H : features P d)
  (major : pred 'I_(classes P)) (nA nB : nat) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  (exists m : 'I_(classes P), 0 < M m) ->
  (forall k, major k -> count k = nA) -> (forall k, ~~ major k -> count k = nB) -> (nB < nA)%N ->
  forall k j k' j' : 'I_(classes P), k != j -> major k -> major j ->
  k' != j' -> ~~ major k' -> ~~ major j' ->
  cosine (W k) (W j) < cosine (W k') (W j').
Proof.
move=> one /room_enough room least /weights_gt0 w0 eA eB lt k j k' j'.
exact: (cor3_order room least w0 one eA eB).
Qed.

(** *** After Corollary 3: equal counts *)
Theorem cor3_same (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  (exists m : 'I_(classes P), 0 < M m) ->
  forall k j k' j' : 'I_(classes P), k != j -> k' != j' ->
  count k = count j -> count k' = count j' -> count k = count k' ->
  cosine (W k) (W j) = cosine (W k') (W j').
Proof.
by move=> one /room_enough room least /weights_gt0 w0 k j k' j'; exact: (cor3_same room least w0).
Qed.

(** ** Section 4.2: Corollary 4 *)
(** *** Corollary 4: the threshold *)
Theorem cor4_threshold (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  forall k : 'I_(classes P), (forall j, mean H k j = 0) <->
    count k <= N P ^ 2 * (classes P / (classes P - 1)) * lambdaW P * lambdaH P.
Proof. by move=> one /room_enough room least k; exact: (cor4_threshold room least). Qed.

(** *** Corollary 4: one classifier *)
Theorem cor4_equal (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  forall k l : 'I_(classes P), count k <= T P -> count l <= T P -> forall j, W k j = W l j.
Proof. by move=> one /room_enough room least k l; exact: (cor4_equal room least). Qed.

(** *** (17), Corollary 4 *)
Theorem cor4_minority (P : problem) d (W : classifiers P d) (H : features P d)
  (major : pred 'I_(classes P)) (nA nB : nat) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  (forall k, major k -> count k = nA) -> (forall k, ~~ major k -> count k = nB) ->
  (exists k, major k) -> (exists k, ~~ major k) ->
  let K := INR (classes P) in let KA := INR #|[pred k | major k]| in
  let KB := INR #|[pred k | ~~ major k]| in
  (forall k, ~~ major k -> forall j, mean H k j = 0) <->
  nA / nB >= 1 / KA * ((K - 1) / (N P * K * lambdaW P * lambdaH P) - KB).
Proof.
move=> one /room_enough room least eA eB [k mk] some K KA KB.
apply: (cor4_minority room least one eA eB) => //; apply: (lt_INR 0); apply/ltP.
by apply/card_gt0P; exists k.
Qed.

(** *** (18), Corollary 4 *)
(** A is a class with the most samples. *)
Theorem cor4_complete (P : problem) d (W : classifiers P d) (H : features P d) :
  unweighted P -> (classes P <= d)%N -> global_minimiser W H ->
  forall A : 'I_(classes P), (forall k : 'I_(classes P), (count k <= count A)%N) ->
  N P ^ 2 / count A >= (classes P - 1) / (classes P * lambdaW P * lambdaH P) ->
  (forall k j, W k j = 0) /\ (forall k i j, H k i j = 0).
Proof. by move=> one /room_enough room least; exact: complete_of_largest. Qed.
