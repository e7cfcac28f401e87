// Gap: how far from the optimum over the training, and which of the five parts it was made of.

const partColours = { logits: "var(--series-1)", classifier: "var(--series-2)", orthogonality: "var(--series-3)", within_class: "var(--series-4)", collapsed: "var(--quiet)" };

/** Shares of the five terms, stacked to the whole gap. */
function partsPlot(run, width) {
  const rows = run.points.filter(({ entry }) => entry.gap && valueAt(entry, "gap.gap") > 0).flatMap(({ entry, at }) => {
    const sizes = gapTerms.map((term) => Math.max(0, valueAt(entry, `gap.terms.${term.key}`) ?? 0)), whole = d3.sum(sizes);
    return whole > 0 ? gapTerms.map((term, index) => ({ at, term: term.key, share: sizes[index] / whole, title: `${entry.name}: ${term.name} ${shareWords(sizes[index], whole - sizes[index])}` })) : [];
  });
  const shown = rows.slice(-gapTerms.length);
  return overEpochs([run], width, {
    height: 280,
    ariaLabel: `The gap’s parts over the snapshots; at the last: ${shown.map((one) => `${gapTerms.find((term) => term.key === one.term).name} ${Math.round(100 * one.share)} %`).join(", ")}.`,
    y: { label: "↑ share of the gap", domain: [0, 1], ticks: 5, tickFormat: (value) => `${Math.round(100 * value)} %` },
    marks: [
      Plot.areaY(rows, { x: "at", y: "share", z: "term", fill: (one) => partColours[one.term], fillOpacity: 0.8, order: gapTerms.map((term) => term.key), title: "title" }),
      Plot.ruleY([0]),
    ],
  });
}

function trajectoryGap(runs) {
  if (!runs.every((run) => run.points.some(({ entry }) => valueAt(entry, "gap.gap") > 0))) return null;
  const rows = runs.flatMap((run) => run.points.filter(({ entry }) => entry.gap).map(({ entry }) =>
    [runs.length > 1 ? `${run.name}: ${entry.name}` : entry.name, entry.gap.loss, entry.gap.lower_bound, entry.gap.gap, ...gapTerms.map((term) => entry.gap.terms[term.key])]));
  const implied = runs.some((run) => run.training.lambda_w === "" || run.training.lambda_h === "");
  return element("section", { id: "gap", "aria-labelledby": "gap-heading" },
    element("h2", { id: "gap-heading" }, "How far from the optimum"),
    figure({
      id: "gap", title: "The gap, over the training",
      lead: ["The loss above what no ", mathematics("W"), " and no ", mathematics("H"), " without negative entries go below, in nats, on a logarithmic axis."],
      plots: [...runLegend(runs), responsive((width) => curve(runs, { path: "gap.gap", name: "Gap" }, Math.min(width, 900)))],
      note: implied ? "No weight decays were given: each snapshot is measured at those at which it would be stationary, so that its bound is its own." : null,
    }),
    figure({
      id: "parts", title: "What it was made of",
      lead: "The five parts add up to the gap exactly; here each has its share of it.",
      plots: [legend(gapTerms.map((term) => ({ name: term.name, colour: partColours[term.key], symbol: "square" }))),
        element("div", { class: runs.length > 1 ? "panels two" : "panels" }, runs.map((run) => element("div", { class: "panel" },
          runs.length > 1 ? element("h4", {}, run.name) : null, responsive((width) => partsPlot(run, Math.min(width, 900))))))],
      numbers: { columns: ["Snapshot", "Loss", "Lower bound", "Gap", ...gapTerms.map((term) => term.name)], rows },
    }));
}
