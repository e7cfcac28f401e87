// Metrics: the paper's and those that most people compute, each beside its value at the optimum.

const metricRows = [
  { key: "nc1", name: "NC1 (19)", tex: String.raw`\tfrac1K\operatorname{tr}(S_W S_B^+)`, what: "spread within classes against that between them" },
  { key: "nc2", name: "NC2 (20)", tex: String.raw`\big\| W/\|W\| - V/\|V\| \big\|`, what: "the classifier beside the features’ combination" },
  { key: "nc3", name: "NC3 (21)", tex: String.raw`\big\| Z/\|Z\| - Z^*/\|Z^*\| \big\|`, what: "logits beside the theorem’s" },
  { key: "sw_inv_sb", tex: String.raw`\operatorname{tr}(S_W S_B^+)`, what: "as NC1, about the mean of the class means, not divided by K" },
  { key: "norm_m_cov", tex: String.raw`\operatorname{std}\|a_k\| / \operatorname{mean}\|a_k\|`, what: "class means of unequal length" },
  { key: "norm_w_cov", tex: String.raw`\operatorname{std}\|w_k\| / \operatorname{mean}\|w_k\|`, what: "classifiers of unequal length" },
  { key: "cos_m", tex: String.raw`\operatorname{mean}_{k\ne l} |\cos(a_k, a_l) + \tfrac1{K-1}|`, what: "class means away from a simplex’s angles" },
  { key: "cos_w", tex: String.raw`\operatorname{mean}_{k\ne l} |\cos(w_k, w_l) + \tfrac1{K-1}|`, what: "classifiers away from a simplex’s angles" },
  { key: "w_m_dist", tex: String.raw`\big\| W/\|W\| - A/\|A\| \big\|^2`, what: "the classifier beside the centred class means" },
  { key: "ncc_mismatch", tex: String.raw`\Pr[\operatorname{argmax} z \ne \operatorname{argmin} \|h - h_k\|]`, what: "samples whose largest logit is not their nearest class mean’s" },
  { key: "cdnv", tex: String.raw`\operatorname{mean}_{k\ne l} \tfrac{v_k + v_l}{2 \|h_k - h_l\|^2}`, what: "class-distance normalised variance" },
  { key: "etf_error", tex: String.raw`\big\| G/\|G\| - (I - \tfrac1K 11^\top)/\sqrt{K-1} \big\|`, what: "inner products of the centred class means, beside a simplex’s" },
  { key: "etf_error_w", tex: String.raw`\text{the same of } WW^\top`, what: "inner products of the classifiers, beside a simplex’s" },
];

/** A circle for the network and a bar for the optimum on one logarithmic axis; what is zero stands at its left end. */
function metricsPlot({ metrics, targets }, width) {
  const rows = metricRows.map((row) => ({ ...row, label: row.name ?? row.key, here: metrics[row.key], there: targets?.[row.key] ?? null }));
  const size = (text) => text === null ? null : Math.max(0, Number(text));
  const positive = rows.flatMap((row) => [size(row.here), size(row.there)]).filter((value) => value > 0 && Number.isFinite(value));
  const low = 10 ** Math.max(-12, Math.floor(Math.log10(d3.min(positive) ?? 0.1)) - 1), high = 10 ** Math.ceil(Math.log10(d3.max(positive) ?? 1));
  const place = (value) => Math.min(high, Math.max(low, value));
  const shown = (side) => rows.filter((row) => row[side] !== null && Number.isFinite(Number(row[side])));
  const span = Math.log10(high / low), room = Math.max(3, Math.floor(width / 80));
  return Plot.plot({
    width: Math.min(width, 820), height: 60 + 24 * rows.length, marginLeft: 104, marginRight: 20, marginTop: 4, marginBottom: 42,
    ariaLabel: `Metrics here and at the optimum: ${rows.map((row) => `${row.label} ${short(row.here)}${targets ? ` against ${short(row.there)}` : ""}`).join("; ")}.`,
    x: { type: "log", domain: [low, high], label: "value (log scale; zero at the left end) →", grid: true, ticks: d3.range(0, span + 1, Math.ceil(span / room)).map((step) => low * 10 ** step),
      tickFormat: (value) => value <= low * 1.01 ? "0" : powerOfTen(value) },
    y: { type: "band", domain: rows.map((row) => row.label), label: null, tickSize: 0 },
    marks: [
      targets ? Plot.link(rows.filter((row) => shown("here").includes(row) && shown("there").includes(row)),
        { x1: (row) => place(size(row.here)), x2: (row) => place(size(row.there)), y: "label", stroke: "var(--quiet)", strokeDasharray: "2 3" }) : null,
      targets ? Plot.tickX(shown("there"), { x: (row) => place(size(row.there)), y: "label", stroke: "var(--series-1)", strokeWidth: 3, inset: 3, title: (row) => `${row.label} at the optimum: ${row.there}` }) : null,
      Plot.dot(shown("here"), { x: (row) => place(size(row.here)), y: "label", r: 4.5, fill: "var(--paper)", stroke: "var(--series-2)", strokeWidth: 2, title: (row) => `${row.label} here: ${row.here}` }),
    ],
  });
}

/** By how much a convention moves the number here. */
function conventionRow({ metric, choice, value }, metrics) {
  const here = Number(metrics[metric]), other = Number(value);
  const moved = value === null || metrics[metric] === null || here === 0 ? "–" : Math.abs(other / here - 1) < roundingOfMetrics ? "nothing" : `${other > here ? "+" : "−"}${short(100 * Math.abs(other / here - 1), 3)} %`;
  return [metric, choice, short(value), moved];
}

function metricsSection({ measure }) {
  const { metrics, targets, metrics_sample_mean: other, targets_sample_mean: otherTargets } = measure;
  const name = (row) => [element("code", {}, row.name ?? row.key), " ", mathematics(row.tex)];
  const zeros = targets && metricRows.filter((row) => Number(targets[row.key]) > roundingOfMetrics);
  return element("section", { id: "metrics", "aria-labelledby": "metrics-heading" },
    element("h2", { id: "metrics-heading" }, "The usual metrics, and what they can become"),
    figure({
      id: "metrics", title: targets ? "Here, and at the optimum" : "Here",
      lead: [targets
        ? `Classes of different sizes have an optimum that is no simplex: ${zeros.length > 0 ? `${inWords(zeros.length)} of these metrics are not zero there` : "here, where all are equal, every metric is zero there"}. A network is collapsed where its numbers are the optimum’s. `
        : "What the optimum has is known with the weight decays. ",
        mathematics("a_k = h_k - m"), " with ", mathematics("m"), " the mean of the class means; ", mathematics("A"), " has the rows ", mathematics("a_k"), "; standard deviations divide by ", mathematics("K-1"), "."],
      plots: [legend(classSeries.map((series) => ({ ...series, name: series.name === "network" ? "here" : "at the optimum" })).filter((series) => targets || series.name === "here")),
        responsive((width) => metricsPlot(measure, width)),
        element("div", { class: "metrics-table" }, table(["Metric", "Here", ...(targets ? ["At the optimum"] : []), "Says"],
          metricRows.map((row) => [name(row), short(metrics[row.key]), ...(targets ? [short(targets[row.key])] : []), row.what]), { "aria-label": "Metrics here and at the optimum" }))],
      numbers: {
        columns: ["Metric", "Here", "At the optimum", "Here, about the sample mean", "At the optimum, about the sample mean"],
        rows: metricRows.map((row) => [row.name ?? row.key, metrics[row.key] ?? "–", targets?.[row.key] ?? "–", other[row.key] ?? "–", otherTargets?.[row.key] ?? "–"]),
      },
    }),
    element("h3", {}, "What other programs print"),
    element("p", { class: "lead" }, "They differ by convention. This is by how much each choice would move the number of this network."),
    element("div", { class: "conventions" }, table(["Metric", "Done otherwise", "Value", "Moves by"], measure.conventions.map((one) => conventionRow(one, metrics)), { "aria-label": "Conventions" })));
}
