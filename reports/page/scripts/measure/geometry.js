// Geometry: Gram matrices, cosines and logits as heat maps, the network's beside the theorem's.

/** K x K from the classes' own numbers: the diagonal, and what stands beside it in each column. */
const columnsMatrix = (classes, diagonal, beside) => classes.map((_, row) => classes.map((one, column) => row === column ? diagonal(one) : beside(one)));

/** Pairs of heat maps: what the network has, and what the theorem says, where it says something. */
function geometryPairs({ theory, ...measure }) {
  const pairs = [
    { name: "Class means, HᵀH", rows: "class, by size nₖ", columns: "class, by size nₖ", found: measure.feature_gram, foretold: theory && columnsMatrix(theory.classes, (one) => one.feature_norm_squared, () => "0") },
    { name: "Classifier cosines", rows: "class, by size nₖ", columns: "class, by size nₖ", found: measure.classifier_cosine, foretold: theory?.classifier_cosine },
    { name: "Logits, WH", unit: "nats", rows: "logit of class", columns: "mean of class", found: measure.logits, foretold: theory && columnsMatrix(theory.classes, (one) => one.logit_own, (one) => one.logit_other) },
  ];
  return pairs.filter((pair) => pair.found);
}

function geometrySection(data) {
  const pairs = geometryPairs(data.measure);
  const { counts } = data.measure.config;
  if (pairs.length === 0) {
    return element("section", { id: "geometry", "aria-labelledby": "geometry-heading" }, element("h2", { id: "geometry-heading" }, "Geometry"),
      element("p", { class: "lead" }, data.matrices_left_out
        ? `Matrices of ${counts.length} classes are not drawn; measure.json beside this page has them, unless --summary left them out.`
        : "Left out by --summary."));
  }
  const foretold = data.measure.theory !== null;
  const rows = pairs.flatMap((pair) => [["network", pair.found], ["theorem", pair.foretold]].filter(([, matrix]) => matrix)
    .flatMap(([side, matrix]) => matrix.map((row, i) => [`${pair.name}, ${side}, ${i + 1}`, ...row.map((text) => text ?? "–")])));
  return element("section", { id: "geometry", "aria-labelledby": "geometry-heading" },
    element("h2", { id: "geometry-heading" }, "Geometry"),
    figure({
      id: "geometry", title: foretold ? "The network’s, and the theorem’s" : "Class means, classifiers, logits",
      lead: "Class by class, sizes along the edges; positive entries are blue, negative ones orange. Logits stand in columns: column k holds those that the mean of class k gives to every class." +
        (foretold ? " The two of a pair share their colours’ scale: the closer a cell is to the background, the smaller its entry." : ""),
      plots: element("div", { class: foretold ? "panels pairs" : "panels three" }, pairs.flatMap((pair) => {
        const scale = heatScale([pair.found, pair.foretold ?? []]);
        const map = (side, matrix) => heatMap({ ...pair, name: foretold ? `${pair.name}: ${side}` : pair.name, matrix, counts, scale });
        return [map("network", pair.found), pair.foretold ? map("theorem", pair.foretold) : null];
      })),
      numbers: { columns: ["Row", ...counts.map((count, index) => `${index + 1} (${count})`)], rows },
    }));
}
