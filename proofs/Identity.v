(** The five-term identity: what the loss exceeds the dual bound by, split into
    five parts that add up exactly, at every point and for all slopes. *)

From NeuralCollapse Require Import Setting Gibbs.

Section Terms.
Variables (P : problem) (d : nat).
Notation K := (classes P).
Notation n := (count (p := P)).
Notation lW := (lambdaW P).
Notation lH := (lambdaH P).
Notation N := (N P).
Notation c := (c P).
Variables (beta : 'I_K -> R) (W : classifiers P d) (H : features P d).
Arguments H : clear implicits.

(** Sums of features, weighted sums, and the classifiers that these call for. *)
Definition feature_sum (m : 'I_K) : vec d := fun j => \sum_i H m i j.
Definition y (m : 'I_K) : vec d := fun j => omega m * beta m * feature_sum m j.
Definition Y : vec d := fun j => \sum_m y m j.
Definition v (m : 'I_K) : vec d := fun j => (K * y m j - Y j) / ((K - 1) * N * lW).
Definition features_norm2 (m : 'I_K) : R := \sum_i norm2 (H m i).

Definition logits_term : R :=
  (\sum_k (omega k * \sum_i (CE (logits W (H k i)) k
                  + beta k * margin (logits W (H k i)) k - bracket K (beta k)))) / N.

Definition classifier_term : R :=
  lW / 2 * \sum_m norm2 (fun j => W m j - v m j).

Definition orthogonality_term : R :=
  K / (2 * lW * ((K - 1) * N) ^ 2) * (norm2 Y - \sum_m norm2 (y m)).

Definition within_class_term : R :=
  K / (2 * lW * (K - 1) * N ^ 2) *
  \sum_m ((omega m * beta m) ^ 2 * (n m * features_norm2 m - norm2 (feature_sum m))).

Definition collapsed_term : R :=
  K / (2 * lW * (K - 1) * N ^ 2) *
  \sum_m ((c ^ 2 - (omega m * beta m) ^ 2 * n m) * features_norm2 m).

(** The sum of all margins, times slopes and weights, as an inner product of W with y. *)
Lemma weighted_margins :
  \sum_k \sum_(i < n k) (omega k * beta k * margin (logits W (H k i)) k) =
  (K * (\sum_k dot (W k) (y k)) - dot (fun j => \sum_m W m j) Y) / (K - 1).
Proof.
have k2 := K_ge2 P.
have e k (h : vec d) : margin (logits W h) k =
    (K * dot (W k) h - dot (fun j => \sum_m W m j) h) / (K - 1).
  rewrite dot_suml (sum_split k) /margin /logits; field; lra.
have ey u k : dot u (y k) = omega k * beta k * \sum_i dot u (H k i).
  by rewrite /y dotZr /feature_sum dot_sumr.
rewrite /Y dot_sumr -sumZ -sumB /Rdiv -sumZr; apply: sum_ext => k.
by rewrite !ey sumZ (sum_ext (fun i => e k (H k i))) /Rdiv sumZr sumB sumZ; ring.
Qed.

Theorem five_terms :
  L0 W H - D beta =
    logits_term + classifier_term + orthogonality_term + within_class_term + collapsed_term.
Proof.
have k2 := K_ge2 P; have N0 := N_gt0 P; have w0 := lW_gt0 P.
set data := \sum_k (omega k * \sum_i CE (logits W (H k i)) k).
set w2 := \sum_k norm2 (W k).
set wy := \sum_k dot (W k) (y k).
set BY := dot (fun j => \sum_m W m j) Y.
set Q := \sum_m norm2 (y m).
set HH := \sum_k features_norm2 k.
set bH := \sum_k ((omega k * beta k) ^ 2 * n k * features_norm2 k).
have -> : L0 W H = data / N + lW / 2 * w2 + lH / 2 * HH by [].
have -> : logits_term = data / N + (K * wy - BY) / (K - 1) / N - D beta.
  rewrite -weighted_margins /logits_term /D -/data.
  rewrite (sum_ext (g := fun k => omega k * (\sum_i CE (logits W (H k i)) k)
     + \sum_(i < n k) (omega k * beta k * margin (logits W (H k i)) k)
     - omega k * n k * bracket K (beta k))).
    by rewrite sumB sumD -/data; field; lra.
  by move=> k; rewrite sumB sumD sum_constn !sumZ; ring.
have -> : classifier_term = lW / 2 * (w2 - 2 * ((K * wy - BY) / ((K - 1) * N * lW))
    + (K ^ 2 * Q - K * norm2 Y) / ((K - 1) * N * lW) ^ 2).
  rewrite /classifier_term; congr (_ * _).
  have ev m j : v m j = / ((K - 1) * N * lW) * (K * y m j - Y j) by rewrite /v; field; lra.
  have dv u m : dot u (v m) = / ((K - 1) * N * lW) * (K * dot u (y m) - dot u Y).
    by rewrite (dot_ext (u' := u) (v' := fun j => / ((K - 1) * N * lW) * (K * y m j - Y j))) //
               dotZr dotBr dotZr.
  rewrite (sum_ext (g := fun m => norm2 (W m) - 2 * dot (W m) (v m) + norm2 (v m))); last first.
    by move=> m; rewrite norm2B.
  rewrite sumD sumB sumZ -/w2 (sum_ext (fun m => dv (W m) m)) sumZ sumB sumZ -/wy.
  rewrite -dot_suml -/BY.
  have -> : \sum_m norm2 (v m) = (K ^ 2 * Q - K * norm2 Y) / ((K - 1) * N * lW) ^ 2.
    rewrite (sum_ext (g := fun m => (K ^ 2 * norm2 (y m) - 2 * K * dot (y m) Y + norm2 Y)
                              * / ((K - 1) * N * lW) ^ 2)); last first.
      by move=> m; rewrite /norm2 dv !(dotC (v m)) !dv (dotC Y (y m)); field; lra.
    by rewrite sumZr sumD sumB !sumZ -/Q sum_constn -dot_suml -/Y -/(norm2 Y); field; lra.
  by field; lra.
have -> : within_class_term = K / (2 * lW * (K - 1) * N ^ 2) * (bH - Q).
  rewrite /within_class_term
    (sum_ext (g := fun m => (omega m * beta m) ^ 2 * n m * features_norm2 m - norm2 (y m)))
    ?sumB //.
  by move=> m; rewrite norm2Z; ring.
have -> : collapsed_term = K / (2 * lW * (K - 1) * N ^ 2) * (c ^ 2 * HH - bH).
  rewrite /collapsed_term (sum_ext (g := fun m => c ^ 2 * features_norm2 m
     - (omega m * beta m) ^ 2 * n m * features_norm2 m)) ?sumB ?sumZ //.
  by move=> m; ring.
rewrite c_sqr /orthogonality_term -/Q; field; lra.
Qed.

End Terms.
