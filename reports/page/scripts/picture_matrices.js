// Picture: the Gram matrix of the features and the logits as heat maps, the solver's beside the theorem's.

/** Colours from the page's own, so that they follow its theme: 0 is paper, 1 and -1 are full. */
function heat(share) {
  const strength = Math.round(100 * Math.min(1, Math.abs(share)));
  return `color-mix(in oklab, var(${share < 0 ? "--series-2" : "--series-1"}) ${strength}%, var(--panel))`;
}

function heatMap(name, rows, counts, largest) {
  const cells = rows.flatMap((row, i) => row.map((text, j) => ({ i, j, text, value: Number(text) })));
  const every = counts.length > 12 ? 2 : 1;
  const tick = (index) => index % every === 0 ? grouped(counts[index]) : "";
  return element("div", { class: "panel" },
    element("h4", {}, name),
    responsive((width) => Plot.plot({
      width, height: width + 8, marginLeft: 38, marginTop: 6, marginRight: 2, marginBottom: 44,
      ariaLabel: `${name}: ${rows.length} by ${rows.length} heat map, diagonal from ${rows[0][0]} to ${rows.at(-1).at(-1)}, beside it ${rows[0][1]}.`,
      x: { type: "band", domain: d3.range(counts.length), padding: 0.04, tickFormat: tick, tickSize: 0, tickRotate: -90, label: null },
      y: { type: "band", domain: d3.range(counts.length), padding: 0.04, tickFormat: tick, tickSize: 0, label: null },
      color: { type: "identity" },
      marks: [Plot.cell(cells, { x: "j", y: "i", fill: (cell) => heat(cell.value / largest), title: (cell) => `row ${cell.i + 1}, column ${cell.j + 1}: ${cell.text}` })],
    })));
}

function matricesPicture(picture) {
  const { counts } = picture;
  const names = [["feature_gram", "HᵀH"], ["logits", "WH"]];
  const panels = names.flatMap(([key, name]) => {
    const pair = picture[key];
    const largest = d3.max([...pair.solver, ...pair.theorem].flat(), (text) => Math.abs(Number(text))) || 1;
    return [heatMap(`${name}, solver`, pair.solver, counts, largest), heatMap(`${name}, theorem`, pair.theorem, counts, largest)];
  });
  const rows = names.flatMap(([key, name]) => ["solver", "theorem"].flatMap((side) => picture[key][side].map((row, i) =>
    [`${name}, ${side}, ${i + 1}`, ...row])));
  return figure({
    id: "matrices", title: "The geometry, found and foretold",
    lead: ["Class means and logits at the minimiser, class by class (sizes along the edges), for ", element("code", {}, picture.config),
      ". The features are orthogonal and the small classes’ are long, as in the paper’s Figure 3. Positive entries are blue, negative ones orange."],
    plots: element("div", { class: "panels four" }, panels),
    note: [`The two columns agree to ${digitsOf(picture.feature_gram.disagreement)} digits in HᵀH and ${digitsOf(picture.logits.disagreement)} in WH`,
      picture.certified ? "; the solver’s point is proven globally optimal." : "; the solver’s point was not proven globally optimal."],
    numbers: { columns: ["Row", ...counts.map((count, index) => `${index + 1} (${count})`)], rows },
  });
}
