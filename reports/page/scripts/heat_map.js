// Heat map: a square matrix over the classes, sizes along its edges, with the bar that says what its colours mean.

/** Colours from the page's own, so that they follow its theme: 0 is the panel's, 1 and -1 are full. */
function heat(share) {
  const strength = Math.round(100 * Math.min(1, Math.abs(share)));
  return `color-mix(in oklab, var(${share < 0 ? "--series-2" : "--series-1"}) ${strength}%, var(--panel))`;
}

/** What several matrices' entries range over, 0 among it, so that they can share their colours. */
function heatScale(matrices) {
  const values = matrices.flat(2).filter((text) => text !== null).map(Number).filter(Number.isFinite);
  const low = Math.min(0, d3.min(values) ?? 0), high = Math.max(0, d3.max(values) ?? 0);
  return { low, high, largest: Math.max(-low, high) || 1 };
}

/** The colours from the smallest entry to the largest, and what they stand for. */
function colourBar({ low, high, largest }, unit) {
  const zero = high > low ? 100 * -low / (high - low) : 0;
  const mark = (value, place) => element("span", { style: `left:${place.toFixed(2)}%` }, short(value, 3));
  return element("div", { class: "colour-bar", role: "img", "aria-label": `Colours from ${short(low, 3)} to ${short(high, 3)}${unit ? ` ${unit}` : ""}.` },
    element("div", { class: "colour-strip", style: `background:linear-gradient(to right in oklab, ${heat(low / largest)}, ${heat(0)} ${zero.toFixed(2)}%, ${heat(high / largest)})` }),
    element("div", { class: "colour-marks" },
      // Zero has a mark of its own where there is room for it beside the ends.
      low < 0 ? mark(low, 0) : null, zero === 0 || (zero > 18 && zero < 82) ? mark(0, zero) : null, high > 0 ? mark(high, 100) : null),
    unit ? element("div", { class: "colour-unit" }, unit) : null);
}

/**
 * The entries that are numbers; others, of classes without a direction, stay blank.
 * @param scale  of heatScale, of this matrix and those that share its colours
 * @param rows, columns  what stands along the edges: "class, by its size nₖ"
 */
function heatMap({ name, matrix, counts, scale, unit, rows, columns }) {
  const cells = matrix.flatMap((row, i) => row.map((text, j) => ({ i, j, text, value: Number(text) }))).filter((cell) => cell.text !== null);
  const axis = (label) => ({ type: "band", domain: d3.range(counts.length), padding: 0.04, tickSize: 0, label, labelAnchor: "center", labelArrow: "none" });
  return element("div", { class: "panel" },
    element("h4", {}, name),
    responsive((width) => {
      const marginLeft = 58, marginRight = 2, marginTop = 6, marginBottom = 60;
      const every = Math.ceil(counts.length / Math.max(1, Math.floor((width - marginLeft) / 16)));
      const tick = (index) => index % every === 0 ? grouped(counts[index]) : "";
      return Plot.plot({
        width, height: width - marginLeft - marginRight + marginTop + marginBottom, marginLeft, marginTop, marginRight, marginBottom,
        ariaLabel: `${name}: ${matrix.length} by ${matrix.length} heat map, diagonal from ${matrix[0][0] ?? "–"} to ${matrix.at(-1).at(-1) ?? "–"}, beside it ${matrix[0][1] ?? "–"}.`,
        x: { ...axis(columns), tickFormat: tick, tickRotate: -90, labelOffset: 56 },
        y: { ...axis(rows), tickFormat: tick, labelOffset: 54 },
        color: { type: "identity" },
        marks: [Plot.cell(cells, { x: "j", y: "i", fill: (cell) => heat(cell.value / scale.largest), title: (cell) => `row ${cell.i + 1}, column ${cell.j + 1}: ${cell.text}` })],
      });
    }),
    colourBar(scale, unit));
}
