// Spectrum: the singular values of the class means, and which of them count towards the rank.

function spectrumSection(data) {
  const between = data.measure.between_classes;
  const values = between.singular_values.map((text, index) => ({ index: index + 1, text, value: Number(text) }));
  const threshold = Number(between.rank_threshold);
  const shown = values.filter((one) => one.value > 0);
  if (shown.length === 0) return null;
  const draw = (width) => Plot.plot({
    width: Math.min(width, 640), height: 260, marginLeft: 64, marginBottom: 44, marginTop: 30,
    ariaLabel: `Singular values of the centred class means: ${shown.length} from ${short(shown[0].text)} to ${short(shown.at(-1).text)}; ${between.rank} lie above the threshold ${short(between.rank_threshold)}.`,
    x: { label: "singular values, the largest first →", ticks: Math.min(8, values.length), tickFormat: (value) => Number.isInteger(value) ? String(value) : "", domain: [0.5, values.length + 0.5] },
    y: { type: "log", label: "↑ size (log scale)", grid: true, ticks: 5, tickFormat: powerOfTen, domain: [Math.min(threshold > 0 ? threshold : Infinity, shown.at(-1).value) / 2, shown[0].value * 2] },
    marks: [
      threshold > 0 ? Plot.ruleY([threshold], { stroke: "var(--quiet)", strokeDasharray: "2 3" }) : null,
      Plot.dot(shown, { x: "index", y: "value", r: 4, stroke: "var(--series-1)", strokeWidth: 2, title: (one) => `${one.index}: ${one.text}` }),
    ],
  });
  return element("section", { id: "spectrum", "aria-labelledby": "spectrum-heading" },
    element("h2", { id: "spectrum-heading" }, "Between the classes"),
    figure({
      id: "spectrum", title: "Singular values of the centred class means",
      lead: [`NC1 divides the spread within classes by that between them, in the directions in which class means differ: ${between.rank} of at most ${Math.min(data.measure.config.counts.length - 1, data.measure.config.dim)}. `,
        "Values below the dotted threshold are rounding, and count as zero in the pseudo-inverse of ", mathematics("S_B"), "."],
      plots: responsive(draw),
      note: ["The trace of ", mathematics("S_W"), ` is ${short(data.measure.within_classes.trace)}, that of `, mathematics("S_B"), ` ${short(between.trace)}.`],
      numbers: { columns: ["Place", "Singular value"], rows: [...values.map((one) => [String(one.index), one.text]), ["threshold", between.rank_threshold]] },
    }));
}
