// Picture: where classes collapse, exact thresholds and what the solver finds.

const phaseKinds = [
  { name: "no class collapses", symbol: "circle", colour: "var(--series-1)", fits: (point) => point.minority === 0 && point.majority === 0 },
  { name: "the minority collapses", symbol: "triangle", colour: "var(--series-2)", fits: (point, group) => point.minority === group && point.majority === 0 },
  { name: "all collapse", symbol: "square", colour: "var(--series-4)", fits: (point, group) => point.minority === group && point.majority === group },
];

function phasesPicture(picture) {
  const lines = picture.lines.map((line) => ({ ratio: line.ratio, minority: Number(line.minority_decimal), complete: Number(line.complete_decimal) }));
  const critical = (ratio) => d3.least(lines, (line) => Math.abs(line.ratio - ratio));
  const points = picture.points.map((point) => ({
    ...point, value: Number(point.product),
    kind: phaseKinds.find((kind) => kind.fits(point, picture.classes_per_group)) ?? { name: "something else", symbol: "times", colour: "var(--refuted)" },
  }));
  const strange = points.filter((point) => !phaseKinds.includes(point.kind));
  const kinds = [...phaseKinds, ...(strange.length > 0 ? [strange[0].kind] : [])];
  const [low, high] = d3.extent(points, (point) => point.value);
  const unproven = points.filter((point) => !point.certified).length;
  const draw = (width) => Plot.plot({
    width, height: Math.min(480, Math.max(320, 0.5 * width)), marginLeft: 58, marginBottom: 44, marginTop: 28,
    ariaLabel: `Phase diagram over imbalance ratio 1 to ${lines.at(-1).ratio} and regularisation: two exact curves that meet at ratio 1, and ${points.length} outcomes of the solver: ` +
      kinds.map((kind) => `${kind.name} at ${points.filter((point) => point.kind === kind).length}`).join(", ") + ".",
    x: { type: "log", label: "imbalance ratio R (log scale) →", tickFormat: shortCount, ticks: 5 },
    y: { type: "log", domain: [low / 2, high * 2], grid: true, label: "↑ product of the two weight decays (log scale)", tickFormat: powerOfTen, ticks: 6 },
    marks: [
      Plot.areaY(lines, { x: "ratio", y1: low / 2, y2: "minority", fill: "var(--series-1)", fillOpacity: 0.09 }),
      Plot.areaY(lines, { x: "ratio", y1: "minority", y2: "complete", fill: "var(--series-2)", fillOpacity: 0.13 }),
      Plot.areaY(lines, { x: "ratio", y1: "complete", y2: high * 2, fill: "var(--series-4)", fillOpacity: 0.09 }),
      Plot.line(lines, { x: "ratio", y: "minority", stroke: "var(--ink)", strokeWidth: 1.5 }),
      Plot.line(lines, { x: "ratio", y: "complete", stroke: "var(--ink)", strokeWidth: 1.5 }),
      kinds.map((kind) => Plot.dot(points.filter((point) => point.kind === kind), {
        x: "ratio", y: "value", symbol: kind.symbol, r: 3, fill: kind.colour, fillOpacity: (point) => point.certified ? 1 : 0, stroke: kind.colour,
        title: (point) => `R = ${point.ratio}, λW λH = ${point.product}: ${kind.name}${point.place === "inside" ? "" : ` (${placeWords[point.place]})`}`,
      })),
    ],
  });
  const placeWords = { at: "exactly on a curve", below: "1 % below a curve", above: "1 % above a curve" };
  return figure({
    id: "phases", title: "Where classes collapse",
    lead: `Corollary 4 for ${inWords(picture.classes_per_group)} classes of ${picture.minority_count} samples and ${inWords(picture.classes_per_group)} of R times as many. The curves are the exact thresholds, rational numbers; ` +
      "the marks are minimisers that the solver found, told apart by which of their class means are zero. On a curve, and within a hundredth of it, they must still tell right.",
    plots: [legend(kinds), responsive(draw)],
    note: unproven === 0 ? `All ${points.length} points are proven globally optimal.` : `${unproven} of ${points.length} points are not proven globally optimal; they are drawn hollow.`,
    numbers: {
      columns: ["R", "λW λH", "Place", "Minority classes at zero", "Majority classes at zero", "Minority threshold near there", "Complete collapse near there"],
      rows: [...picture.points].sort((a, b) => a.ratio - b.ratio || Number(a.product) - Number(b.product)).map((point) => [
        String(point.ratio), point.product, point.place === "inside" ? "" : placeWords[point.place], String(point.minority), String(point.majority),
        String(critical(point.ratio).minority), String(critical(point.ratio).complete)]),
    },
  });
}
