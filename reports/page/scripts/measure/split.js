// Split: the gap to the optimum as five terms that add up exactly.

const gapTerms = [
  { key: "logits", name: "Logits", what: "logits away from the best ones for the class’s size; unequal logits of the wrong classes are part of it" },
  { key: "classifier", name: "Classifier", what: "rows of W away from the combination of class means that suits the features best" },
  { key: "orthogonality", name: "Orthogonality", what: "class means that are not at right angles" },
  { key: "within_class", name: "Within-class spread", what: "samples away from their class’s mean" },
  { key: "collapsed", name: "Collapse", what: "features of classes too small to be worth learning, which should be zero" },
];

/** The terms of a gap, the largest first; with their shares of it, as numbers and in words, where these mean something: not where features are
 *  negative and so may be a term, nor beyond a double's range. */
function termsOf(gap) {
  const total = Number(gap.gap);
  const terms = gapTerms.map((term) => ({ ...term, text: gap.terms[term.key], value: Number(gap.terms[term.key]) }));
  const rounding = d3.sum(terms, (term) => Math.abs(term.value)) * roundingOfMetrics;
  const shared = Number.isFinite(total) && total > 0 && terms.every((term) => term.value >= -rounding);
  const size = (term) => Math.max(0, term.value);
  return terms.map((term) => ({
    ...term, share: shared ? size(term) / total : null,
    shareWords: shared ? shareWords(size(term), d3.sum(terms, (other) => other === term ? 0 : size(other))) : null,
  })).sort((a, b) => b.value - a.value);
}

function splitPlot(terms, width) {
  const narrow = width < 560;
  const shared = terms[0].share !== null, size = (term) => shared ? term.share : term.value;
  return Plot.plot({
    width: Math.min(width, 820), height: 44 + 44 * terms.length, marginLeft: narrow ? 128 : 150, marginRight: 76, marginTop: 4, marginBottom: 40,
    ariaLabel: `The gap by its terms: ${terms.map((term) => `${term.name} ${term.text}${shared ? `, ${term.shareWords}` : ""}`).join("; ")}.`,
    x: {
      label: shared ? "share of the gap →" : "part of the gap (nats) →", ticks: 5, grid: true, tickFormat: shared ? (value) => `${Math.round(100 * value)} %` : (value) => short(value, 3),
      domain: [Math.min(0, ...terms.map(size)), Math.max(0, ...terms.map(size))],
    },
    y: { type: "band", domain: terms.map((term) => term.name), label: null, tickSize: 0, padding: 0.32 },
    marks: [
      Plot.ruleX([0]),
      Plot.barX(terms, { x: size, y: "name", fill: "var(--series-2)", title: (term) => `${term.name}: ${term.text}` }),
      Plot.text(terms, { x: (term) => Math.max(0, size(term)), y: "name", text: (term) => term.shareWords ?? short(term.text), dx: 8, textAnchor: "start", fill: "var(--ink)", fontSize: 12 }),
    ],
  });
}

function splitSection({ measure }) {
  const { gap } = measure;
  if (!gap) return null;
  const terms = termsOf(gap);
  const drawable = terms.every((term) => Number.isFinite(term.value)) && terms.some((term) => term.value !== 0);
  const negative = measure.feature_entries.negatives > 0, attained = measure.theory?.attained !== false;
  return element("section", { id: "gap", "aria-labelledby": "gap-heading" },
    element("h2", { id: "gap-heading" }, "How far from the optimum, and why"),
    figure({
      id: "gap", title: "The gap, term by term",
      lead: [`The loss is ${short(gap.loss, 6)} nats. No W and no H without negative entries go below ${short(gap.lower_bound, 6)} for these class sizes and weight decays. The difference, ${short(gap.gap)}, is the sum of five terms`,
        negative ? "; with negative features the third may be below zero." : attained ? ", none of them negative, and all of them zero at a global minimiser." : ", none of them negative."],
      plots: [drawable ? responsive((width) => splitPlot(terms, width)) : null,
        element("dl", { class: "facts-list" }, terms.map((term) => [element("dt", {}, term.name), element("dd", {}, `${short(term.text)}: ${term.what}.`)]))],
      note: Number(gap.of_which_dead) > 0 ? [`Of the gap, ${short(gap.of_which_dead)} nats are what the dead classes alone cost: a loss that no other class’s learning makes good. It overlaps the five terms.`] : null,
      numbers: {
        columns: ["Term", "Value (nats)", "Share of the gap"],
        rows: [...terms.map((term) => [term.name, term.text, term.shareWords ?? "–"]), ["All five", gap.gap, ""], ["Loss", gap.loss, ""],
          ["Lower bound", gap.lower_bound, ""], ["Gap over lower bound", gap.relative_gap, ""]],
      },
    }));
}
