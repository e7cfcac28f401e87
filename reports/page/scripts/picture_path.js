// Picture: the metrics of neural collapse along the solver's path.

const pathSeries = [
  { name: "loss above the minimum (nats)", key: 1, colour: "var(--series-4)", dash: "1 3" },
  { name: "NC1", key: 2, colour: "var(--series-1)", dash: null },
  { name: "NC2", key: 3, colour: "var(--series-2)", dash: "7 3" },
  { name: "NC3", key: 4, colour: "var(--series-3)", dash: "3 3" },
];
const smallestDrawn = 1e-18;  // below, doubles only show their own rounding

function pathPicture(picture) {
  const lines = pathSeries.map((series) => ({
    ...series,
    points: picture.steps.filter((step) => step[series.key] !== "" && Number(step[series.key]) >= smallestDrawn)
      .map((step) => ({ step: step[0], value: Number(step[series.key]) })),
  })).filter((line) => line.points.length > 0);
  const draw = (width) => {
    const height = Math.min(420, Math.max(280, 0.45 * width)), narrow = width < 560;
    const domain = [smallestDrawn, 1e3];
    const marginRight = narrow ? 12 : 176, marginTop = 24, marginBottom = 44;
    const y = d3.scaleLog(domain, [height - marginBottom, marginTop]);
    // Names at the ends of the lines, moved apart where they would overlap.
    const ends = lines.map((line) => ({ ...line, ...line.points.at(-1) })).sort((a, b) => b.value - a.value);
    let last = -Infinity;
    for (const end of ends) {
      end.at = Math.max(y(end.value), last + 15);
      last = end.at;
    }
    const excess = Math.max(0, last - (height - marginBottom));
    for (const end of ends) end.label = y.invert(end.at - excess);
    return Plot.plot({
      width, height, marginLeft: 58, marginRight, marginTop, marginBottom,
      ariaLabel: `NC1, NC2, NC3 and the excess loss over ${picture.steps.at(-1)[0]} steps of descent, on a logarithmic scale; all fall, from about one to below one in a million.`,
      x: { label: "steps of the descent →", ticks: Math.max(3, width / 110) },
      y: { type: "log", domain, grid: true, ticks: 7, tickFormat: powerOfTen, label: "↑ metric, or loss in nats (log scale)" },
      marks: [
        lines.map((line) => Plot.line(line.points, { x: "step", y: "value", stroke: line.colour, strokeWidth: 2, strokeDasharray: line.dash })),
        narrow ? null : ends.map((end) => Plot.text([end], { x: "step", y: "label", text: (line) => line.name.replace(" (nats)", ""), fill: end.colour, dx: 8, textAnchor: "start", fontSize: 13 })),
      ],
    });
  };
  return figure({
    id: "path", title: "Collapse on the way to the minimum",
    lead: ["The paper’s Figures 1 and 2 for the model itself: its metrics (19) to (21) along the solver’s descent from a random point, every sample’s " +
      "feature vector a variable of its own. ", shellCode(picture.config), " keeps the paper’s margins with a tenth of its samples."],
    plots: [legend(lines), responsive(draw)],
    note: "Double precision ends the fall; the certified digits elsewhere on this page come from the refinement that follows.",
    numbers: { columns: ["Step", ...pathSeries.map((series) => series.name)], rows: picture.steps.map((step) => step.map(String)) },
  });
}
