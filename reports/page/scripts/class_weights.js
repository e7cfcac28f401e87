// Class weights: what lies beyond the paper and matters to whoever trains on imbalanced classes.

const weightAdvice = [
  ["No weights", "The larger the class, the larger its margin. Under strong weight decay the smallest classes collapse first: the model says nothing of them."],
  ["Balanced", "Inverse frequency reverses the order: now the smallest classes have the largest margins, and the largest class collapses first."],
  ["Inverse square root", "Every class has the same margin and the same threshold. None collapses before all do."],
  ["Effective number", `In between, and not monotone: like inverse frequency for small classes, like no weights for large ones. Of all sizes, a class of about ${grouped(1256)} samples (for b = 0.999) comes nearest to collapse.`],
];

/** What became of the claims about weights. */
function weightClaims(claims) {
  const ours = claims.filter((claim) => /^weights\b/.test(claim.id) && !isMisreading(claim));
  if (ours.length === 0) return "This run tried none of the statements about weights.";
  const held = ours.filter(isAsHoped).length;
  return [`Not in the paper, and on trial like it: ${held === ours.length ? `all ${inWords(held)}` : `${held} of ${ours.length}`} statements hold (`,
    ours.map((claim, index) => [index > 0 ? ", " : null, element("a", { class: "identifier", href: `#claim-${claim.id}` }, identifier(claim.id))]), ")."];
}

function classWeightsSection(data) {
  const list = data.report.pictures?.weights;
  if (!list) return null;
  return element("section", { id: "class-weights", "aria-labelledby": "class-weights-heading" },
    element("h2", { id: "class-weights-heading" }, "Beyond the paper: class weights"),
    element("p", { class: "lead" }, "Whoever trains on classes of unequal size weights them in the loss: each sample of class ", mathematics("k"), " counts ", mathematics(String.raw`\omega_k`),
      " times. Theorem 1 holds with one factor more. The margin of a class, which is how far its own logit stands above the others, is"),
    element("p", { class: "weights-formula" }, mathematics(String.raw`M_k = \max\Big(0,\ \log\big((K-1)(\omega_k\sqrt{n_k}/c - 1)\big)\Big),`), " ",
      mathematics(String.raw`\text{class } k \text{ collapses} \iff \omega_k^2\, n_k \le T,`)),
    element("p", { class: "lead" }, "with ", mathematics("c"), " and ", mathematics("T"), " as in the paper. So a weight acts as if the class had ", mathematics(String.raw`\omega_k^2\, n_k`),
      " samples, as far as margins and collapse go. ", weightClaims(data.report.claims)),
    element("dl", { class: "facts-list weights-advice" }, weightAdvice.map(([name, words]) => [element("dt", {}, name), element("dd", {}, words)])),
    element("p", { class: "quiet weights-advice" }, "The scale of the weights matters, because only against ", mathematics("c"), " do they mean anything. Here each rule is scaled so that the weights of all samples add up to ",
      mathematics("N"), ", but for the inverse square root, ", mathematics(String.raw`\sqrt{N/(K n_k)}`), ". The weights of the effective number are rounded to 30 digits: as fractions they have thousands. " +
      "A network is no unconstrained feature: this is what the loss and its weight decay ask for, not what an architecture can do."),
    drawnPicture("weights", weightsPicture, list),
    element("h3", {}, "For your own classes"),
    element("p", { class: "quiet" }, "What weights do to them, and, the other way round, the weights for margins of your choice:"),
    command("ncverify theory --counts 5000,500,50 --lambda-w 5e-4 --lambda-h 1e-5 --weights balanced --summary"),
    command("ncverify weights --counts 5000,500,50 --lambda-w 5e-4 --lambda-h 1e-5 --equal-margins 5 --summary"));
}
