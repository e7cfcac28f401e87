// Header: how far the network is from what the theorem says, in a sentence.

function headline({ gap, metrics, theory }) {
  if (!gap) return `NC1 is ${short(metrics.nc1)}, NC2 ${short(metrics.nc2)}.`;
  const relative = Number(gap.relative_gap);
  const least = theory?.attained === false ? "the lower bound" : "the least possible";
  if (!Number.isFinite(relative)) return `The loss stands ${short(gap.gap)} nats above ${least}.`;
  if (relative < -1e-12) return "The loss lies below the bound for features without negative entries.";
  return relative < 1e-9 ? `The loss agrees with ${least} to ${Math.floor(-Math.log10(Math.max(relative, 1e-15)))} digits.`
    : relative < 0.001 ? `The loss is within ${short(gap.relative_gap, 2)} of ${least}, relatively.`
      : relative < 1 ? `The loss stands ${shareWords(relative, 1 - relative)} above ${least}.`
        : `The loss is ${short(1 + relative, 2)} times ${least}.`;
}

function standfirst({ gap, theory, feature_entries: entries }) {
  if (!gap) return "Without weight decays (--lambda-w and --lambda-h) there is nothing to hold the loss and the geometry against; what follows is the network’s own.";
  if (entries.negatives > 0) return "Some features are negative: the theorem is about features after a ReLU, and neither its bound nor its geometry need hold for these.";
  const [first, second] = termsOf(gap);
  if (first.value === 0 && Number(gap.gap) === 0) return "Nothing is left to gain: in double precision, the network is at a global minimum of problem (4).";
  if (first.share === null) return `The largest part of the gap, ${short(first.text)} nats, is ${first.name.toLowerCase()}: ${first.what}.`;
  return [`${capital(first.shareWords)} of the gap is ${first.name.toLowerCase()}: ${first.what}.`,
    second.share >= 0.1 ? ` Another ${second.shareWords}: ${second.name.toLowerCase()}.` : "",
    theory ? "" : " The theorem’s numbers could not be printed; see the notes."];
}

function measureHeader({ measure }) {
  const { metrics, config } = measure;
  const facts = [
    [short(metrics.nc1), "NC1 (19), spread within classes"],
    [short(metrics.nc2), "NC2 (20), classifier beside the features’ combination"],
    measure.gap ? [short(metrics.nc3), "NC3 (21), logits beside the theorem’s"] : null,
    [shareWords(measure.correct, measure.samples - measure.correct), `of ${grouped(measure.samples)} samples classified right`],
    [grouped(config.counts.length), `classes of ${grouped(d3.min(config.counts))} to ${grouped(d3.max(config.counts))} samples, ${grouped(config.dim)} features`],
  ].filter(Boolean);
  return element("header", {},
    element("p", { class: "eyebrow" }, "A last layer beside “Neural Collapse for Cross-entropy Class-Imbalanced Learning with Unconstrained ReLU Feature Model”"),
    heading(headline(measure)),
    element("p", { class: "standfirst" }, standfirst(measure)),
    measure.notes.map((note) => element("p", { class: "warning", role: "note" }, "Note: ", note, ".")),
    element("ul", { class: "facts" }, facts.map(([value, what]) => element("li", {}, element("strong", {}, value), " ", what))));
}
