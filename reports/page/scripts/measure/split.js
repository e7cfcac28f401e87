// Split: the gap to the optimum as five terms that add up exactly.

const gapTerms = [
  { key: "logits", name: "Logits", what: "logits away from the best ones for the class’s size; unequal logits of the wrong classes are part of it" },
  { key: "classifier", name: "Classifier", what: "rows of W away from the combination of class means that suits the features best" },
  { key: "orthogonality", name: "Orthogonality", what: "class means that are not at right angles" },
  { key: "within_class", name: "Within-class spread", what: "samples away from their class’s mean" },
  { key: "collapsed", name: "Collapse", what: "features of classes too small to be worth learning, which should be zero" },
];

/** The terms of a gap with their shares of it, the largest first. */
function termsOf(gap) {
  const total = Number(gap.gap);
  return gapTerms.map((term) => ({ ...term, text: gap.terms[term.key], value: Number(gap.terms[term.key]) }))
    .map((term) => ({ ...term, share: total > 0 ? Math.max(0, term.value) / total : 0 }))
    .sort((a, b) => b.value - a.value);
}

function splitPlot(terms, width) {
  const narrow = width < 560;
  return Plot.plot({
    width: Math.min(width, 820), height: 40 + 44 * terms.length, marginLeft: narrow ? 128 : 150, marginRight: 64, marginTop: 4, marginBottom: 36,
    ariaLabel: `The gap by its terms: ${terms.map((term) => `${term.name} ${term.text}, ${percent(term.share)}`).join("; ")}.`,
    x: { label: "share of the loss above the optimum →", ticks: 5, tickFormat: (value) => `${Math.round(100 * value)} %`, domain: [0, Math.max(...terms.map((term) => term.share), 0.01)], grid: true },
    y: { type: "band", domain: terms.map((term) => term.name), label: null, tickSize: 0, padding: 0.32 },
    marks: [
      Plot.ruleX([0]),
      Plot.barX(terms, { x: "share", y: "name", fill: "var(--series-2)", title: (term) => `${term.name}: ${term.text}` }),
      Plot.text(terms, { x: "share", y: "name", text: (term) => percent(term.share), dx: 8, textAnchor: "start", fill: "var(--ink)", fontSize: 12 }),
    ],
  });
}

function splitSection(data) {
  const { gap } = data.measure;
  if (!gap) return null;
  const terms = termsOf(gap);
  return element("section", { id: "gap", "aria-labelledby": "gap-heading" },
    element("h2", { id: "gap-heading" }, "How far from the optimum, and why"),
    figure({
      id: "gap", title: "The gap, term by term",
      lead: [`The loss is ${short(gap.loss, 6)}; none below ${short(gap.lower_bound, 6)} is possible for these class sizes and weight decays. The ${short(gap.gap)} between them are the sum of five terms, ` +
        "none of them negative where features are not, and all of them zero at a global minimiser."],
      plots: [responsive((width) => splitPlot(terms, width)),
        element("dl", { class: "facts-list" }, terms.map((term) => [element("dt", {}, term.name), element("dd", {}, `${short(term.text)}: ${term.what}.`)]))],
      numbers: {
        columns: ["Term", "Value", "Share of the gap"],
        rows: [...terms.map((term) => [term.name, term.text, percent(term.share)]), ["All five", gap.gap, ""], ["Loss", gap.loss, ""], ["Lower bound", gap.lower_bound, ""],
          ["Gap over lower bound", gap.relative_gap, ""]],
      },
    }));
}
