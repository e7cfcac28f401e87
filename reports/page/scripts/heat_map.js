// Heat map: a square matrix over the classes, sizes along its edges.

/** Colours from the page's own, so that they follow its theme: 0 is paper, 1 and -1 are full. */
function heat(share) {
  const strength = Math.round(100 * Math.min(1, Math.abs(share)));
  return `color-mix(in oklab, var(${share < 0 ? "--series-2" : "--series-1"}) ${strength}%, var(--panel))`;
}

/** The entries that are numbers; others, of classes without a direction, stay blank. */
function heatMap(name, rows, counts, largest) {
  const cells = rows.flatMap((row, i) => row.map((text, j) => ({ i, j, text, value: Number(text) }))).filter((cell) => cell.text !== null);
  const every = Math.ceil(counts.length / 12);
  const tick = (index) => index % every === 0 ? grouped(counts[index]) : "";
  return element("div", { class: "panel" },
    element("h4", {}, name),
    responsive((width) => Plot.plot({
      width, height: width + 8, marginLeft: 38, marginTop: 6, marginRight: 2, marginBottom: 44,
      ariaLabel: `${name}: ${rows.length} by ${rows.length} heat map, diagonal from ${rows[0][0] ?? "–"} to ${rows.at(-1).at(-1) ?? "–"}, beside it ${rows[0][1] ?? "–"}.`,
      x: { type: "band", domain: d3.range(counts.length), padding: 0.04, tickFormat: tick, tickSize: 0, tickRotate: -90, label: null },
      y: { type: "band", domain: d3.range(counts.length), padding: 0.04, tickFormat: tick, tickSize: 0, label: null },
      color: { type: "identity" },
      marks: [Plot.cell(cells, { x: "j", y: "i", fill: (cell) => heat(cell.value / largest), title: (cell) => `row ${cell.i + 1}, column ${cell.j + 1}: ${cell.text}` })],
    })));
}
