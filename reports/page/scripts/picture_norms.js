// Picture: norms and angles against class size, the solver's classes on the theorem's curves.

const normPanels = [
  { key: "feature_norm", column: 1, name: "Length of the class mean, ‖hₖ‖", turning: true },
  { key: "classifier_norm", column: 2, name: "Length of the classifier, ‖wₖ‖" },
  { key: "cosine", column: 3, name: "Cosine of two classifiers, equal sizes" },
];

function normPanel(picture, panel) {
  const curve = picture.curve.map((point) => ({ count: Number(point[0]), value: Number(point[panel.column]) }));
  const classes = picture.classes.filter((one) => one[panel.key] !== null).map((one) => ({ count: one.count, value: Number(one[panel.key]) }));
  const [low, high] = d3.extent(curve, (point) => point.count);
  const inside = (text) => Number(text) >= low && Number(text) <= high ? [Number(text)] : [];
  const turning = panel.turning ? inside(picture.turning_point) : [], threshold = inside(picture.threshold);
  return element("div", { class: "panel" },
    element("h4", {}, panel.name),
    responsive((width) => Plot.plot({
      width, height: 250, marginLeft: 48, marginBottom: 42, marginTop: 20, insetTop: 6,
      ariaLabel: `${panel.name} against class size from ${low.toPrecision(2)} to ${high.toPrecision(2)}: the theorem’s curve and ${classes.length} classes of the solver on it` +
        (turning.length > 0 ? `; the curve turns at ${turning[0].toPrecision(3)} samples.` : "."),
      x: { type: "log", label: "samples in the class, nₖ (log scale) →", ticks: 4, tickFormat: shortCount },
      y: { label: null, grid: true, ticks: 5, nice: true },
      marks: [
        Plot.ruleX(threshold, { stroke: "var(--quiet)", strokeDasharray: "2 3" }),
        Plot.text(threshold, { x: (x) => x, frameAnchor: "top", dy: -10, text: () => "threshold", fill: "var(--quiet)", textAnchor: "start" }),
        Plot.ruleX(turning, { stroke: "var(--series-2)", strokeDasharray: "6 3" }),
        Plot.text(turning, { x: (x) => x, frameAnchor: "top", dy: -10, text: (x) => `turns at ${x.toPrecision(3)}`, fill: "var(--series-2)", textAnchor: "start" }),
        Plot.line(curve, { x: "count", y: "value", stroke: "var(--series-1)", strokeWidth: 2 }),
        Plot.dot(classes, { x: "count", y: "value", r: 4.5, fill: "var(--paper)", stroke: "var(--series-2)", strokeWidth: 2, title: (one) => `${one.count} samples: ${one.value}` }),
      ],
    })));
}

function normsPicture(list) {
  return figure({
    id: "norms", title: "Large classes, small classes",
    lead: "What Theorem 1 and Proposition 1 say of a class by its size (curve), and the classes of the solver’s minimiser (circles). The classifier’s norm rises with " +
      "the class; the feature’s rises from the threshold of collapse to a turning point and falls from there. Under the paper’s weight decay that point lies below one " +
      "sample, so that only the fall is seen; under a stronger decay it lies among the classes.",
    plots: list.map((picture) => element("div", { class: "norms-row" },
      element("p", { class: "quiet panel-title" }, shellCode(picture.config), picture.certified ? null : " (the solver’s point was not proven optimal)"),
      element("div", { class: "panels three" }, normPanels.map((panel) => normPanel(picture, panel))))),
    numbers: {
      columns: ["Configuration", "Samples", "‖hₖ‖", "‖wₖ‖", "Cosine"],
      rows: list.flatMap((picture) => [
        ...picture.classes.map((one) => [`${picture.config}, solver`, String(one.count), one.feature_norm, one.classifier_norm, one.cosine ?? "–"]),
        ...picture.curve.filter((_, index) => index % 8 === 0).map((point) => [`${picture.config}, theorem`, ...point]),
        [`${picture.config}, turning point`, picture.turning_point, "", "", ""], [`${picture.config}, threshold`, picture.threshold, "", "", ""]]),
    },
  });
}
