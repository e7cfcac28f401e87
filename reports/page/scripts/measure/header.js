// Header: how far the network is from the optimum, mostly because of what, and what to do.

/** The numbers of a sentence as a person reads them: "1.07e-05" as 1.07 · 10⁻⁵. */
const numbersSet = (text) => text.replace(/(\d(?:\.\d+)?)e([+-]\d+)/g, (_, mantissa, power) => `${mantissa === "1" ? "" : `${mantissa} · `}10${superscript(Number(power))}`);
const said = (text) => prose(numbersSet(text));

function findingNode({ headline, explanation, advice }) {
  return element("div", { class: "measure-finding" },
    element("p", {}, element("strong", {}, said(headline)), " ", said(explanation)),
    advice ? element("p", {}, element("em", {}, "What to do: "), said(advice)) : null);
}

function accuracyWords({ samples, correct, first_largest: first }) {
  const words = `of ${grouped(samples)} samples classified right`;
  return first === correct ? words : `${words}, by the first of equal logits; strictly ${shareWords(correct, samples - correct)}`;
}

function measureHeader({ measure }) {
  const { metrics, config } = measure;
  const [first, ...others] = measure.diagnosis;
  const sizes = measure.classes.map((one) => one.count);
  const facts = [
    measure.gap ? [short(measure.gap.loss, 5), `nats of loss; none below ${short(measure.gap.lower_bound, 5)}`] : measure.loss !== null ? [short(measure.loss, 5), "nats of loss"] : [short(measure.cross_entropy, 5), "nats of cross-entropy"],
    [shareWords(measure.first_largest, measure.samples - measure.first_largest), accuracyWords(measure)],
    [short(metrics.nc1), "NC1 (19), spread within classes"],
    [short(metrics.nc2), "NC2 (20), classifier beside the features’ combination"],
    measure.theory ? [short(metrics.nc3), "NC3 (21), logits beside the theorem’s"] : null,
    [grouped(sizes.length), `classes of ${grouped(d3.min(sizes))} to ${grouped(d3.max(sizes))} samples, ${grouped(config.dim)} features`],
  ].filter(Boolean);
  const plainHeadline = numbersSet(first.headline);
  return element("header", {},
    element("p", { class: "eyebrow" }, "A last layer beside “Neural Collapse for Cross-entropy Class-Imbalanced Learning with Unconstrained ReLU Feature Model”"),
    heading(plainHeadline, said(first.headline)),
    first.explanation ? element("p", { class: "standfirst" }, said(first.explanation)) : null,
    first.advice ? element("p", { class: "advice" }, element("strong", {}, "What to do. "), said(first.advice)) : null,
    others.map(findingNode),
    measure.notes.map((note) => element("p", { class: "warning", role: "note" }, "Note: ", said(note), ".")),
    element("ul", { class: "facts" }, facts.map(([value, what]) => element("li", {}, element("strong", {}, value), " ", what))));
}
