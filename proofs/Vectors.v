(** Inner products and squared norms in R^d. *)

From NeuralCollapse Require Import Preamble Sums Problem.

Section Vectors.
Variable d : nat.
Implicit Types u v w : vec d.

Lemma dot_ext u u' v v' : (forall j, u j = u' j) -> (forall j, v j = v' j) -> dot u v = dot u' v'.
Proof. by move=> uu vv; apply: sum_ext => j; rewrite uu vv. Qed.

Lemma dotC u v : dot u v = dot v u.
Proof. by apply: sum_ext => j; ring. Qed.

Lemma dotZl a u v : dot (fun j => a * u j) v = a * dot u v.
Proof. by rewrite /dot -sumZ; apply: sum_ext => j; ring. Qed.

Lemma dotZr a u v : dot u (fun j => a * v j) = a * dot u v.
Proof. by rewrite dotC dotZl dotC. Qed.

Lemma dotBl u v w : dot (fun j => u j - v j) w = dot u w - dot v w.
Proof. by rewrite /dot -sumB; apply: sum_ext => j; ring. Qed.

Lemma dotBr u v w : dot w (fun j => u j - v j) = dot w u - dot w v.
Proof. by rewrite dotC dotBl !(dotC w). Qed.

Lemma dot_suml (I : finType) (f : I -> vec d) v :
  dot (fun j => \sum_i f i j) v = \sum_i dot (f i) v.
Proof. by rewrite /dot sum_exchange; apply: sum_ext => j; rewrite sumZr. Qed.

Lemma dot_sumr (I : finType) (f : I -> vec d) u :
  dot u (fun j => \sum_i f i j) = \sum_i dot u (f i).
Proof. by rewrite dotC dot_suml; apply: sum_ext => i; rewrite dotC. Qed.

Lemma norm2_ge0 u : 0 <= norm2 u.
Proof. by apply: sum_ge0 => j; apply: Rle_0_sqr. Qed.

Lemma norm2_eq0 u : norm2 u = 0 -> forall j, u j = 0.
Proof. by move=> u0 j; apply: Rsqr_0_uniq; apply: (sum_eq0 _ u0) => i; apply: Rle_0_sqr. Qed.

Lemma norm2_zero u : (forall j, u j = 0) -> norm2 u = 0.
Proof. by move=> u0; apply: big1 => j _; rewrite u0; ring. Qed.

Lemma norm2Z a u : norm2 (fun j => a * u j) = a ^ 2 * norm2 u.
Proof. by rewrite /norm2 dotZl dotZr; ring. Qed.

Lemma norm2B u v : norm2 (fun j => u j - v j) = norm2 u - 2 * dot u v + norm2 v.
Proof. by rewrite /norm2 dotBl !dotBr (dotC v u); ring. Qed.

Lemma dot_ge0 u v : (forall j, 0 <= u j) -> (forall j, 0 <= v j) -> 0 <= dot u v.
Proof. by move=> u0 v0; apply: sum_ge0 => j; apply: Rmult_le_pos. Qed.

End Vectors.
