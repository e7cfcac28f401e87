(** The slope of the loss where one sample's features move in a direction. *)

From Coq Require Import FunctionalExtensionality.
From NeuralCollapse Require Import Setting Gibbs.

Lemma limit_eq f g x l : (forall t, f t = g t) -> derivable_pt_lim f x l -> derivable_pt_lim g x l.
Proof. by move=> fg; have -> : f = g by apply: functional_extensionality. Qed.

Lemma limit_sum (I : finType) (f : I -> R -> R) (l : I -> R) x :
  (forall i, derivable_pt_lim (f i) x (l i)) ->
  derivable_pt_lim (fun t => \sum_i f i t) x (\sum_i l i).
Proof.
move=> fl; elim: (index_enum I) => [|i s IH].
  rewrite big_nil; apply: (limit_eq (f := fct_cte 0)); last exact: derivable_pt_lim_const.
  by move=> t; rewrite big_nil.
rewrite big_cons; apply: (limit_eq (f := (f i + fun t => \big[Rplus/R0]_(j <- s) f j t)%F)).
  by move=> t; rewrite big_cons.
exact: derivable_pt_lim_plus.
Qed.

Lemma limit_affine a b x : derivable_pt_lim (fun t => a + t * b) x b.
Proof.
apply: (limit_eq (f := (fct_cte a + mult_real_fct b id)%F)).
  by move=> t; rewrite /plus_fct /fct_cte /mult_real_fct /id; ring.
rewrite -[X in derivable_pt_lim _ _ X](_ : 0 + b * 1 = b); last by ring.
apply: derivable_pt_lim_plus; first exact: derivable_pt_lim_const.
by apply: derivable_pt_lim_scal; exact: derivable_pt_lim_id.
Qed.

Lemma limit_scal a f x l : derivable_pt_lim f x l -> derivable_pt_lim (fun t => a * f t) x (a * l).
Proof. exact: derivable_pt_lim_scal. Qed.

Lemma limit_add f g x l m : derivable_pt_lim f x l -> derivable_pt_lim g x m ->
  derivable_pt_lim (fun t => f t + g t) x (l + m).
Proof. exact: derivable_pt_lim_plus. Qed.

Lemma limit_const a x : derivable_pt_lim (fun _ => a) x 0.
Proof. exact: derivable_pt_lim_const. Qed.

Lemma limit_exp f x l : derivable_pt_lim f x l -> derivable_pt_lim (fun t => exp (f t)) x
  (exp (f x) * l).
Proof. by move=> fl; apply: (derivable_pt_lim_comp f exp) => //; exact: derivable_pt_lim_exp. Qed.

Lemma limit_ln f x l : 0 < f x -> derivable_pt_lim f x l -> derivable_pt_lim (fun t => ln (f t)) x
  (/ f x * l).
Proof. by move=> f0 fl; apply: (derivable_pt_lim_comp f ln) => //; exact: derivable_pt_lim_ln. Qed.

(** Cross-entropy along a line of logits: the softmax against the label. *)
Definition softmax K (z : 'I_K -> R) (m : 'I_K) : R := exp (z m) / \sum_l exp (z l).

Lemma limit_CE K (z u : 'I_K -> R) (k : 'I_K) :
  derivable_pt_lim (fun t => CE (fun m => z m + t * u m) k) 0 (\sum_m (softmax z m * u m) - u k).
Proof.
have S0 := sum_exp_gt0 z k.
have at0 m : z m + 0 * u m = z m by ring.
rewrite /CE; apply: (limit_add (g := fun t => - (z k + t * u k))); last first.
  apply: (limit_eq (f := fun t => - z k + t * - u k)); first by move=> t; ring.
  exact: limit_affine.
have -> : \sum_m (softmax z m * u m) =
    / (\sum_m exp (z m + 0 * u m)) * \sum_m (exp (z m + 0 * u m) * u m).
  rewrite (sum_ext (f := fun m => exp (z m + 0 * u m)) (g := fun m => exp (z m))); last first.
    by move=> m; rewrite at0.
  rewrite -sumZ; apply: sum_ext => m; rewrite at0 /softmax; field; lra.
apply: (limit_ln (f := fun t => \sum_m exp (z m + t * u m))).
  by rewrite (sum_ext (g := fun m => exp (z m))) // => m; rewrite at0.
by apply: limit_sum => m; apply: limit_exp; exact: limit_affine.
Qed.

Section Moving.
Variables (P : problem) (d : nat) (W : classifiers P d) (H : features P d).
Notation K := (classes P).
Notation n := (count (p := P)).
Arguments H : clear implicits.

(** The features of sample i of class k, moved by t times e; the others stay. *)
Definition moved (k : 'I_K) (i : 'I_(n k)) (e : vec d) (t : R) : features P d := fun l m j =>
  H l m j + t * (if (l == k) && (nat_of_ord m == i) then e j else 0).

Arguments moved [k] i e t l m j : rename.

(** The slope of the loss there, in closed form. *)
Definition slope (k : 'I_K) (i : 'I_(n k)) (e : vec d) : R :=
  omega k * (\sum_m (softmax (logits W (H k i)) m * dot (W m) e) - dot (W k) e) / N P
  + lambdaH P * dot (H k i) e.

(** The gradient with respect to the features, sample by sample. *)
Definition gradient : features P d := fun k i j =>
  omega k * (\sum_m (softmax (logits W (H k i)) m * W m j) - W k j) / N P + lambdaH P * H k i j.
Arguments gradient : clear implicits.

Lemma slope_gradient (k : 'I_K) (i : 'I_(n k)) (e : vec d) : slope i e = dot (gradient k i) e.
Proof.
rewrite /slope; have -> : \sum_m (softmax (logits W (H k i)) m * dot (W m) e) =
    dot (fun j => \sum_m (softmax (logits W (H k i)) m * W m j)) e.
  by rewrite dot_suml; apply: sum_ext => m; rewrite dotZl.
rewrite -dotBl /Rdiv -dotZl (Rmult_comm _ (/ N P)) -!dotZl /dot -sumD; apply: sum_ext => j.
by rewrite /gradient /Rdiv; ring.
Qed.

Lemma limit_norm2 (h u : vec d) :
  derivable_pt_lim (fun t => norm2 (fun j => h j + t * u j)) 0 (2 * dot h u).
Proof.
apply: (limit_eq (f := fun t => norm2 h + t * (2 * dot h u) + t * (t * norm2 u))).
  move=> t; rewrite /norm2 /dot -!sumZ -!sumD; apply: sum_ext => j; ring.
rewrite -[X in derivable_pt_lim _ _ X](_ : 2 * dot h u + 0 = _); last by ring.
apply: limit_add; first exact: limit_affine.
apply: (limit_eq (f := (mult_real_fct (norm2 u) (id * id))%F)).
  by move=> t; rewrite /mult_real_fct /mult_fct /id; ring.
rewrite -[X in derivable_pt_lim _ _ X](_ : norm2 u * (1 * 0 + 0 * 1) = 0); last by ring.
apply: derivable_pt_lim_scal; apply: derivable_pt_lim_mult; exact: derivable_pt_lim_id.
Qed.

Theorem slope_of_loss (k : 'I_K) (i : 'I_(n k)) (e : vec d) :
  derivable_pt_lim (fun t => L0 W (moved i e t)) 0 (slope i e).
Proof.
pose here l (m : 'I_(n l)) := (l == k) && (nat_of_ord m == i).
pose u l (m : 'I_(n l)) : vec d := fun j => if here l m then e j else 0.
pose du l (m : 'I_(n l)) := if here l m then
  \sum_q (softmax (logits W (H k i)) q * dot (W q) e) - dot (W k) e else 0.
pose dh l (m : 'I_(n l)) := if here l m then dot (H k i) e else 0.
have only (a : R) : \sum_l \sum_(m < n l) (if here l m then a else 0) = a.
  rewrite (sum_only (j := k)); last first.
    by move=> l /negbTE lk; apply: big1 => m _; rewrite /here lk.
  rewrite (sum_only (j := i)) /here ?eqxx // => m mi.
  by rewrite /= ifN.
have zero l (m : 'I_(n l)) : ~~ here l m -> forall q, dot q (u l m) = 0.
  move=> /negbTE no q; rewrite /u no; apply: big1 => j _; ring.
have same l (m : 'I_(n l)) : here l m -> forall (f : forall l, 'I_(n l) -> R), f l m = f k i.
  case/andP => /eqP lk; move: m; rewrite lk => m /eqP mi f.
  by congr (f _ _); apply: val_inj.
have dCE l (m : 'I_(n l)) :
    derivable_pt_lim (fun t => CE (logits W (moved i e t l m)) l) 0 (du l m).
  apply: (limit_eq (f := fun t => CE (fun q => logits W (H l m) q + t * dot (W q) (u l m)) l)).
    move=> t; congr (CE _ l); apply: functional_extensionality => q.
    by rewrite /logits /dot -sumZ -sumD; apply: sum_ext => j; rewrite /moved /u /here; ring.
  have -> : du l m = \sum_q (softmax (logits W (H l m)) q * dot (W q) (u l m)) - dot (W l) (u l m).
    rewrite /du; case: (boolP (here l m)) => here_lm; last first.
      by rewrite big1 => [|q _]; rewrite zero //; ring.
    rewrite (same l m here_lm (fun l m => \sum_q (softmax (logits W (H l m)) q * dot (W q) (u l m))
      - dot (W l) (u l m))).
    have ue : u k i = e by apply: functional_extensionality => j; rewrite /u /here !eqxx.
    by rewrite ue.
  exact: limit_CE.
have dN l (m : 'I_(n l)) :
    derivable_pt_lim (fun t => norm2 (moved i e t l m)) 0 (2 * dh l m).
  have -> : dh l m = dot (H l m) (u l m).
    rewrite /dh; case: (boolP (here l m)) => here_lm; last by rewrite zero.
    rewrite (same l m here_lm (fun l m => dot (H l m) (u l m))).
    by apply: dot_ext => // j; rewrite /u /here !eqxx.
  apply: (limit_eq (f := fun t => norm2 (fun j => H l m j + t * u l m j))) => //.
  exact: limit_norm2.
have -> : slope i e = / N P * (\sum_l (omega l * \sum_(m < n l) du l m)) + 0
    + lambdaH P / 2 * (\sum_l \sum_(m < n l) (2 * dh l m)).
  have -> : \sum_l (omega l * \sum_(m < n l) du l m) =
      omega k * (\sum_q (softmax (logits W (H k i)) q * dot (W q) e) - dot (W k) e).
    rewrite -[in RHS](only (\sum_q _ - _)) -sumZ; apply: sum_ext => l.
    case: (eqVneq l k) => [-> //|/negbTE lk].
    by rewrite /du /here lk !big1 //; ring.
  rewrite (sum_ext (f := fun l => \sum_(m < n l) (2 * dh l m))
    (g := fun l => 2 * \sum_(m < n l) dh l m)) => [|l]; last by rewrite sumZ.
  by rewrite sumZ /dh only /slope; field; have := N_gt0 P; lra.
rewrite /L0; apply: limit_add; first apply: limit_add.
- apply: (limit_eq (f := fun t =>
    / N P * \sum_l (omega l * \sum_m CE (logits W (moved i e t l m)) l))).
    by move=> t; rewrite Rmult_comm.
  by apply: limit_scal; apply: limit_sum => l; apply: limit_scal; apply: limit_sum => m; exact: dCE.
- exact: limit_const.
by apply: limit_scal; apply: limit_sum => l; apply: limit_sum => m; exact: dN.
Qed.
Theorem gradient_of_loss (k : 'I_K) (i : 'I_(n k)) (e : vec d) :
  derivable_pt_lim (fun t => L0 W (moved i e t)) 0 (dot (gradient k i) e).
Proof. by rewrite -slope_gradient; exact: slope_of_loss. Qed.
End Moving.

Arguments gradient {P d} W H k i j.
