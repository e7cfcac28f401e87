// Classes: norms, logits and spread of every class against its size, the theorem's beside them.

const classPanels = [
  { key: "feature_norm_squared", name: "Class mean, ‖hₖ‖²" },
  { key: "classifier_norm_squared", name: "Classifier, ‖wₖ‖²" },
  { key: "logit_own", name: "Own logit at the class mean (nats)" },
  { key: "logit_other", name: "Other logits, on average (nats)" },
  { key: "within_class_variance", name: "Within-class variance", measuredOnly: true },
  { key: "cross_entropy", name: "Cross-entropy, on average (nats)", measuredOnly: true },
];

const classSeries = [
  { name: "network", symbol: "circle", hollow: true, colour: "var(--series-2)" },
  { name: "theorem", colour: "var(--series-1)" },
];

/** The smallest and the largest size, and the powers of ten that are not too near to either. */
function sizeTicks(classes) {
  const [low, high] = d3.extent(classes, (one) => one.count);
  const powers = d3.range(Math.ceil(Math.log10(low)), Math.floor(Math.log10(high)) + 1).map((exponent) => 10 ** exponent);
  const room = Math.max(1.6, (high / low) ** 0.14);
  return [...new Set([low, ...powers.filter((power) => power > room * low && room * power < high), high])];
}

function classPanel({ classes, theory }, panel) {
  const points = (list) => list.map((one) => ({ count: one.count, value: Number(one[panel.key]) })).filter((one) => Number.isFinite(one.value));
  const found = points(classes);
  const foretold = theory && !panel.measuredOnly ? points(theory.classes).sort((a, b) => a.count - b.count) : [];
  return element("div", { class: "panel" },
    element("h4", {}, panel.name),
    responsive((width) => Plot.plot({
      width, height: 230, marginLeft: 54, marginBottom: 42, insetTop: 6, insetLeft: 6, insetRight: 6,
      ariaLabel: `${panel.name} of ${found.length} classes against their size: from ${short(d3.min(found, (one) => one.value))} to ${short(d3.max(found, (one) => one.value))}` +
        (foretold.length > 0 ? `; the theorem has ${short(d3.min(foretold, (one) => one.value))} to ${short(d3.max(foretold, (one) => one.value))}.` : "."),
      x: { type: "log", label: "samples in the class, nₖ (log scale) →", ticks: sizeTicks(classes), tickFormat: grouped },
      y: { label: null, grid: true, ticks: 5, nice: true, zero: panel.measuredOnly },
      marks: [
        Plot.line(foretold, { x: "count", y: "value", stroke: "var(--series-1)", strokeWidth: 2 }),
        Plot.dot(foretold, { x: "count", y: "value", r: 2, fill: "var(--series-1)", title: (one) => `${one.count} samples, theorem: ${one.value}` }),
        Plot.dot(found, { x: "count", y: "value", r: 4, stroke: "var(--series-2)", strokeWidth: 2, title: (one) => `${one.count} samples: ${one.value}` }),
      ],
    })));
}

function classesSection(data) {
  const { measure } = data;
  const { theory } = measure;
  const both = [["count", "Samples"], ["correct", "Classified right"], ...classPanels.map((panel) => [panel.key, panel.name]), ["largest_distance", "Farthest sample from the mean"]];
  return element("section", { id: "classes", "aria-labelledby": "classes-heading" },
    element("h2", { id: "classes-heading" }, "Class by class"),
    figure({
      id: "classes", title: "Large classes, small classes",
      lead: theory ? "Circles are the network’s classes; the line joins what the theorem says of classes of these sizes under these weight decays." : "The network’s classes by their size.",
      plots: [theory ? legend(classSeries) : null, element("div", { class: "panels three" }, classPanels.map((panel) => classPanel(measure, panel)))],
      note: theory?.classes.some((one) => one.collapsed)
        ? `The theorem lets the classes of at most ${short(theory.threshold.decimal)} samples collapse: ${theory.classes.filter((one) => one.collapsed).length} of ${theory.classes.length} here.` : null,
      numbers: {
        columns: ["Class", ...both.map(([, name]) => name), ...(theory ? classPanels.filter((panel) => !panel.measuredOnly).map((panel) => `${panel.name}, theorem`) : [])],
        rows: measure.classes.map((one, k) => [String(k), ...both.map(([key]) => String(one[key] ?? "–")),
          ...(theory ? classPanels.filter((panel) => !panel.measuredOnly).map((panel) => theory.classes[k][panel.key]) : [])]),
      },
    }));
}
