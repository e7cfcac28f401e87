// Metrics: every one of them over the training, with what it is at the optimum.

function trajectoryMetrics(runs) {
  const keys = [...new Set(runs.flatMap((run) => run.points.flatMap(({ entry }) => Object.keys(entry.metrics))))];
  const drawn = keys.filter((key) => runs.some((run) => run.points.some(({ entry }) => valueAt(entry, `metrics.${key}`) > 0)));
  const named = (key) => metricRows.find((row) => row.key === key);
  const end = (key) => runs[0].points.at(-1).entry.targets?.[key] ?? null;
  const targetWords = (key) => end(key) === null ? "" : Number(end(key)) > roundingOfMetrics ? `; at the optimum ${short(end(key))}, dotted` : "; at the optimum 0";
  const rows = runs.flatMap((run) => run.points.map(({ entry }) => [runs.length > 1 ? `${run.name}: ${entry.name}` : entry.name, ...keys.map((key) => entry.metrics[key] ?? "–")]));
  return element("section", { id: "metrics", "aria-labelledby": "metrics-heading" },
    element("h2", { id: "metrics-heading" }, "Metrics, and what they can become"),
    figure({
      id: "metrics", title: "Over the training",
      lead: "On logarithmic axes, as in the paper’s Figures 1 and 2. A dotted line is the value at the optimum of these class sizes and decays, where that is not zero.",
      plots: [...runLegend(runs), element("div", { class: "panels two" }, drawn.map((key) => element("div", { class: "panel" },
        element("h4", {}, named(key)?.name ?? element("code", {}, key)),
        element("p", { class: "quiet" }, `${named(key)?.what ?? "as measure.json has it"}${targetWords(key)}.`),
        responsive((width) => curve(runs, { path: `metrics.${key}`, target: `targets.${key}`, name: named(key)?.name ?? key }, width)))))],
      note: keys.length > drawn.length ? `Zero or undefined throughout: ${listed(keys.filter((key) => !drawn.includes(key)))}.` : null,
      numbers: { columns: ["Snapshot", ...keys], rows },
    }));
}
