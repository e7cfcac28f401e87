// Picture: margins, thresholds and norms against class size, under the usual class weights.

const weightings = {
  none: { name: "none", formula: "1", colour: "var(--series-1)", symbol: "circle", dash: null },
  balanced: { name: "balanced (inverse frequency)", formula: "N/(K nₖ)", colour: "var(--series-2)", symbol: "triangle", dash: "7 3" },
  "inverse-sqrt": { name: "inverse square root", formula: "√(N/(K nₖ))", colour: "var(--series-3)", symbol: "square", dash: "2 3" },
  "effective-number": { name: "effective number of samples", formula: "∝ (1−b)/(1−bⁿᵏ), b = 0.999", colour: "var(--series-4)", symbol: "diamond", dash: "9 3 2 3" },
};

const weightPanels = [
  { key: "over_threshold", column: 1, name: "Distance from collapse, ωₖ²nₖ/T", limit: true },
  { key: "margin", column: 2, name: "Margin, Mₖ (nats)" },
  { key: "feature_norm", column: 3, name: "Length of the class mean, ‖hₖ‖" },
  { key: "classifier_norm", column: 4, name: "Length of the classifier, ‖wₖ‖" },
];

/** What is drawn of one of a picture's weightings, curves and classes as numbers. */
function weightingSeries(one) {
  const look = weightings[one.rule];
  return {
    ...look, certified: one.certified, config: one.config,
    curve: one.curve.map((point) => point.map(Number)),
    classes: one.classes.map((each) => ({ ...each, ...Object.fromEntries(["weight", ...weightPanels.map((panel) => panel.key)].map((key) => [key, Number(each[key])])) })),
    agrees: one.classes.every((each) => each.zero === each.collapses),
  };
}

function weightPanel(series, panel) {
  const ends = d3.extent(series.flatMap((one) => one.curve), (point) => point[0]);
  const values = series.flatMap((one) => one.curve.map((point) => point[panel.column]));
  const low = d3.min(values), high = d3.max(values);
  const floor = Math.min(low, 0.4) / 1.6;
  return element("div", { class: "panel" },
    element("h4", {}, panel.name),
    responsive((width) => Plot.plot({
      width, height: 270, marginLeft: 52, marginBottom: 42, marginTop: 20, insetTop: 6,
      ariaLabel: `${panel.name} against class size from ${short(ends[0], 2)} to ${short(ends[1], 2)} samples: four curves, and on each the classes of the solver’s minimiser. ` +
        series.map((one) => `${one.name}: ${short(d3.least(one.classes, (each) => each.count)[panel.key], 3)} for the smallest class, ${short(d3.greatest(one.classes, (each) => each.count)[panel.key], 3)} for the largest`).join("; ") + ".",
      x: { type: "log", label: "samples in the class, nₖ (log scale) →", ticks: 4, tickFormat: shortCount },
      y: panel.limit ? { type: "log", domain: [floor, high * 1.3], label: "↑ (log scale)", grid: true, ticks: 4, tickFormat: shortCount } : { label: null, grid: true, ticks: 5, nice: true },
      marks: [
        panel.limit ? [
          Plot.rect([0], { x1: ends[0], x2: ends[1], y1: floor, y2: 1, fill: "var(--refuted)", fillOpacity: 0.09 }),
          Plot.ruleY([1], { stroke: "var(--quiet)" }),
          Plot.text([0], { x: Math.sqrt(ends[0] * ends[1]), y: 1, text: () => "collapsed", dx: 24, dy: 11, fill: "var(--quiet)" }),
        ] : [],
        series.map((one) => Plot.line(one.curve, { x: (point) => point[0], y: (point) => point[panel.column], stroke: one.colour, strokeWidth: 2, strokeDasharray: one.dash })),
        series.map((one) => Plot.dot(one.classes, {
          x: "count", y: panel.key, symbol: one.symbol, r: 4.2, fill: one.certified ? one.colour : "var(--paper)", stroke: one.colour,
          title: (each) => `${one.name}, ${grouped(each.count)} samples: weight ${short(each.weight)}, ${panel.name}: ${short(each[panel.key])}`,
        })),
      ],
    })));
}

/** How the classes that collapse are said: "none", "all", or their sizes. */
function collapsedWords(classes) {
  const zero = classes.filter((each) => each.zero);
  if (zero.length === 0) return "none";
  return zero.length === classes.length ? "all" : `${inWords(zero.length)}: ${listed(zero.map((each) => grouped(each.count)))}`;
}

/** A row for each weighting, from the largest class to the smallest. */
function weightTable(series) {
  const across = (one, key) => {
    const [large, small] = [d3.greatest(one.classes, (each) => each.count), d3.least(one.classes, (each) => each.count)];
    return `${short(large[key], 3)} … ${short(small[key], 3)}`;
  };
  return element("div", { class: "weights-table" }, table(["Weights", "ωₖ, largest … smallest class", "Margins, likewise", "Least margin", "Classes that collapse"], series.map((one) => [
    `${one.name}, ${one.formula}`, across(one, "weight"), across(one, "margin"), short(d3.min(one.classes, (each) => each.margin), 3), collapsedWords(one.classes)]),
  { "aria-label": "The four weightings" }));
}

function weightsPicture(list) {
  const drawn = list.map((picture) => ({ ...picture, series: picture.weightings.map(weightingSeries) }));
  const all = drawn.flatMap((picture) => picture.series);
  const proven = all.filter((one) => one.certified).length;
  return figure({
    id: "weights", title: "Four ways to weight the classes",
    lead: "Curves are the closed forms, as functions of one class’s size with all else as it is; marks are the classes of minimisers that the solver found without them. " +
      "Above, the paper’s configuration: nothing is near collapse, and weights only trade margins. Below, a long tail under stronger weight decay.",
    plots: [
      legend(Object.values(weightings)),
      drawn.map((picture) => element("div", { class: "norms-row" },
        element("p", { class: "quiet panel-title" }, shellCode(picture.config), `, T = ${short(picture.threshold)}`),
        element("div", { class: "panels two" }, weightPanels.map((panel) => weightPanel(picture.series, panel))),
        weightTable(picture.series))),
    ],
    note: (proven === all.length ? `All ${all.length} minimisers are proven globally optimal` : `${all.length - proven} of ${all.length} minimisers are not proven globally optimal; they are drawn hollow`) +
      (all.every((one) => one.agrees) ? ", and their class means are zero in exactly the classes with ωₖ²nₖ ≤ T." : "; their zero class means are not those with ωₖ²nₖ ≤ T."),
    numbers: {
      columns: ["Configuration", "Weights", "Samples", "ωₖ", "ωₖ²nₖ/T", "Mₖ", "‖hₖ‖", "‖wₖ‖"],
      rows: list.flatMap((picture) => picture.weightings.flatMap((one) => [
        ...one.classes.map((each) => [picture.config, `${one.rule}, solver`, String(each.count), each.weight, each.over_threshold, each.margin, each.feature_norm, each.classifier_norm]),
        ...one.curve.filter((_, index) => index % 12 === 0).map(([count, ...values]) => [picture.config, `${one.rule}, theorem`, count, "", ...values])])),
    },
  });
}
