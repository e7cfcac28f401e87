// Picture: digits agreed against working precision.

const precisionSeries = [
  { name: "logits", key: "logits", symbol: "circle", colour: "var(--series-1)" },
  { name: "features", key: "features", symbol: "square", colour: "var(--series-2)" },
  { name: "loss", key: "loss", symbol: "triangle", colour: "var(--series-3)" },
];

function precisionPicture(picture) {
  const points = picture.points;
  const most = d3.max(points, (point) => point.working);
  const draw = (width) => Plot.plot({
    width: Math.min(width, 640), height: 360, marginLeft: 54, marginBottom: 44, marginTop: 28,
    ariaLabel: `Digits agreed against working digits, from ${points[0].working} to ${most}: ` +
      precisionSeries.map((series) => `${series.name} from ${Math.floor(points[0][series.key])} to ${Math.floor(points.at(-1)[series.key])}`).join(", ") + ".",
    x: { label: "digits the solver works with →", domain: [0, most], nice: true, ticks: 6 },
    y: { label: "↑ digits agreed", grid: true, ticks: 6 },
    marks: [
      Plot.line([[0, 0], [most, most]], { stroke: "var(--quiet)", strokeDasharray: "2 3" }),
      Plot.line([[0, 0], [most, 2 * most]], { stroke: "var(--quiet)", strokeDasharray: "2 3" }),
      precisionSeries.map((series) => Plot.dot(points, {
        x: "working", y: (point) => Number(point[series.key]), symbol: series.symbol, stroke: series.colour, strokeWidth: 2, r: series.key === "features" ? 6 : 4,
        title: (point) => `${series.name}: ${Math.floor(point[series.key])} digits at ${point.working}`,
      })),
    ],
  });
  return figure({
    id: "precision", title: "Digits for digits",
    lead: ["Solver and theorem, compared at rising precision for ", shellCode(picture.config), ". A formula that is wrong by a little would make the marks level off; " +
      "they stay on the line. The loss is flat at a minimum, so that it agrees to twice as many digits."],
    plots: [legend(precisionSeries), responsive(draw)],
    numbers: {
      columns: ["Working digits", ...precisionSeries.map((series) => series.name)],
      rows: points.map((point) => [String(point.working), ...precisionSeries.map((series) => point[series.key])]),
    },
  });
}
