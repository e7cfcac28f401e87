// Header: how far the network is from what the theorem says, in a sentence.

function headline({ gap, metrics }) {
  if (!gap) return `NC1 is ${short(metrics.nc1)}, NC2 ${short(metrics.nc2)}.`;
  const relative = Number(gap.relative_gap);
  if (!Number.isFinite(relative)) return `The loss stands ${short(gap.gap)} above the least possible.`;
  return relative < 1e-9 ? `The loss agrees with the least possible to ${Math.floor(-Math.log10(Math.max(relative, 1e-17)))} digits.`
    : relative < 0.001 ? `The loss is within ${short(gap.relative_gap, 2)} of the least possible, relatively.`
      : relative < 1 ? `The loss stands ${percent(relative)} above the least possible.`
        : `The loss is ${short(1 + relative, 2)} times the least possible.`;
}

function standfirst({ gap, theory }) {
  if (!gap) return "Without weight decays (--lambda-w and --lambda-h) there is nothing to hold the loss and the geometry against; what follows is the network’s own.";
  const [first, second] = termsOf(gap);
  if (!(first.value > 0)) return "Nothing is left to gain: the network is at a global minimum of problem (4).";
  return [`${capital(percent(first.share))} of the gap ${first.share < 0.1 ? "are" : "is"} ${first.name.toLowerCase()}: ${first.what}.`,
    second.share >= 0.1 ? ` Another ${percent(second.share)}: ${second.name.toLowerCase()}.` : "",
    theory ? "" : " The theorem’s numbers could not be printed; see the notes."];
}

function measureHeader({ measure }) {
  const { metrics, config } = measure;
  const facts = [
    [short(metrics.nc1), "NC1 (19), spread within classes"],
    [short(metrics.nc2), "NC2 (20), classifier beside the features’ combination"],
    measure.gap ? [short(metrics.nc3), "NC3 (21), logits beside the theorem’s"] : null,
    [percent(measure.correct / measure.samples), `of ${grouped(measure.samples)} samples classified right`],
    [grouped(config.counts.length), `classes of ${grouped(d3.min(config.counts))} to ${grouped(d3.max(config.counts))} samples, ${grouped(config.dim)} features`],
  ].filter(Boolean);
  return element("header", {},
    element("p", { class: "eyebrow" }, "A last layer beside “Neural Collapse for Cross-entropy Class-Imbalanced Learning with Unconstrained ReLU Feature Model”"),
    element("h1", {}, headline(measure)),
    element("p", { class: "standfirst" }, standfirst(measure)),
    measure.notes.map((note) => element("p", { class: "warning", role: "note" }, capital(note), ".")),
    element("ul", { class: "facts" }, facts.map(([value, what]) => element("li", {}, element("strong", {}, value), " ", what))));
}
