// Matrices: class means, logits and cosines at a moment that a slider chooses.

const trajectoryMatrices = [
  { key: "feature_gram", name: "Class means, HᵀH, divided by its largest entry", rows: "class, by size nₖ", columns: "class, by size nₖ", normalised: true },
  { key: "logits", name: "Logits, WH", unit: "nats", rows: "logit of class", columns: "mean of class" },
  { key: "feature_cosine", name: "Cosines of class means", rows: "class, by size nₖ", columns: "class, by size nₖ", unit: "cosine" },
  { key: "classifier_cosine", name: "Cosines of classifiers", rows: "class, by size nₖ", columns: "class, by size nₖ", unit: "cosine" },
];

/** Each entry over the largest in size, as the paper's Figure 3 is normalised: what is left is the pattern. */
function overLargest(matrix) {
  const largest = d3.max(matrix.flat(), (text) => text === null ? 0 : Math.abs(Number(text)));
  return largest > 0 ? matrix.map((row) => row.map((text) => text === null ? null : String(Number(text) / largest))) : matrix;
}

function trajectoryGeometry(runs) {
  const kinds = trajectoryMatrices.filter(({ key }) => runs.every((run) => run.points.every(({ entry }) => entry[key])));
  if (kinds.length === 0) return null;
  const matrixOf = (kind, entry) => kind.normalised ? overLargest(entry[kind.key]) : entry[kind.key];
  // One scale for a kind, over all snapshots of all runs: colours can be compared along the slider.
  const scales = kinds.map((kind) => heatScale(runs.flatMap((run) => run.points.map(({ entry }) => matrixOf(kind, entry)))));
  const last = Math.max(...runs.map((run) => run.points.length)) - 1;
  const place = element("div", {}), said = element("output", { for: "moment", "aria-live": "polite" });
  const draw = (moment) => {
    const shown = runs.map((run) => ({ ...run, entry: run.points[Math.min(moment, run.points.length - 1)].entry }));
    said.replaceChildren(shown.map(({ entry }) => visible(entry.name)).filter((name, index, all) => all.indexOf(name) === index).join(", "));
    place.replaceChildren(...shown.map((run) => element("div", {}, runs.length > 1 ? element("h4", { class: "panel-title" }, run.name) : null,
      element("div", { class: "panels four" }, kinds.map((kind, index) => heatMap({ ...kind, matrix: matrixOf(kind, run.entry), counts: run.config.counts, scale: scales[index] }))))));
  };
  const slider = element("input", { id: "moment", type: "range", min: 0, max: last, value: last, step: 1, input: (event) => draw(Number(event.target.value)) });
  draw(last);
  return element("section", { id: "geometry", "aria-labelledby": "geometry-heading" },
    element("h2", { id: "geometry-heading" }, "Geometry, moment by moment"),
    figure({
      id: "geometry", title: "Class means, logits, cosines",
      lead: "Class by class, sizes along the edges; positive entries are blue, negative ones orange, on one scale for the whole training. The slider chooses the snapshot.",
      plots: [element("div", { class: "moment" }, element("label", { for: "moment" }, "Snapshot"), slider, said), place],
    }));
}
