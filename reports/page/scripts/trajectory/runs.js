// Runs: one trajectory, or two side by side, as points over epochs.

const runColours = ["var(--series-1)", "var(--series-2)"], runDashes = [null, "5 3"];

/** Entries with their place on the horizontal axis: the numbers in their names, where these rise throughout, else the order given. */
function runsOf({ runs }) {
  const numbered = runs.every(({ trajectory }) => trajectory.every((one, index) => one.number !== null && (index === 0 || one.number > trajectory[index - 1].number)));
  return runs.map((run, index) => ({
    name: run.name, colour: runColours[index], dash: runDashes[index], config: run.config, training: run.training, numbered,
    points: run.trajectory.map((entry, place) => ({ entry, place, at: numbered ? entry.number : place + 1 })),
  }));
}

const every = (runs, test) => runs.every(({ points }) => points.every(({ entry }) => test(entry)));
/** Whether a training's own records are shown, which Python's Tracker calls "epoch 3", and no files. */
const areRecords = (runs) => every(runs, ({ name, number }) => name === `epoch ${number}`);
const epochLabel = (runs) => !runs[0].numbered ? "snapshot, in the order given →"
  : every(runs, ({ name }) => /epoch[^a-z]?\d/i.test(name)) ? "epoch →" : "number in the file’s name →";
const runLegend = (runs) => runs.length > 1 ? [legend(runs.map(({ name, colour, dash }) => ({ name, colour, dash })))] : [];

/** A number of an entry by its path, "gap.terms.logits": null where it has none or where it is beyond a double's range. */
function valueAt(entry, path) {
  const text = path.split(".").reduce((place, key) => place?.[key], entry);
  if (text === null || text === undefined || text === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** Plot.plot over epochs. */
const overEpochs = (runs, width, options) => Plot.plot({
  width, height: 240, marginLeft: 58, marginBottom: 42, marginTop: 24, marginRight: 14,
  ...options,
  x: { label: epochLabel(runs), labelAnchor: "center", labelArrow: "none", ticks: Math.max(2, Math.min(8, Math.floor(width / 70))), tickFormat: (value) => Number.isInteger(value) ? grouped(value) : "", ...options.x },
});

/**
 * A quantity of all runs on a logarithmic axis; its target, where there is one above zero, as a dotted line. What is not above zero has no
 * place on such an axis: how often that is so is said.
 */
function curve(runs, { path, name, target }, width) {
  const series = runs.map((run) => ({ ...run, values: run.points.map((point) => ({ ...point, value: valueAt(point.entry, path), text: path.split(".").reduce((place, key) => place?.[key], point.entry) })) }));
  const shown = series.map((run) => run.values.filter((one) => one.value > 0));
  const targets = series.map((run) => run.values.map((one) => ({ at: one.at, value: target ? valueAt(one.entry, target) : null })).filter((one) => one.value > roundingOfMetrics));
  const all = [...shown.flat(), ...targets.flat()].map((one) => one.value);
  const low = d3.min(all), high = d3.max(all);
  const decades = Math.log10(high / low);
  const last = shown.map((values) => values.at(-1)).filter(Boolean);
  return overEpochs(runs, width, {
    ariaLabel: `${name} over ${runs[0].points.length} snapshots: ${shown.map((values, index) => values.length > 0 ? `${runs.length > 1 ? `${runs[index].name}, ` : ""}from ${short(values[0].text)} to ${short(values.at(-1).text)}` : "nothing above zero").join("; ")}${targets.some((one) => one.length > 0) ? `; target ${short(targets.find((one) => one.length > 0).at(-1).value)}` : ""}.`,
    y: { type: "log", label: null, grid: true, domain: [low / 1.3, high * 1.3], ticks: decades > 1 ? Math.min(6, Math.ceil(decades)) : 4, tickFormat: decades > 1 ? powerOfTen : (value) => short(value, 2) },
    marks: [
      targets.map((values, index) => values.length > 0 ? Plot.line(values, { x: "at", y: "value", stroke: "var(--ink)", strokeWidth: 1.5, strokeDasharray: "2 3" }) : null),
      series.map((run) => Plot.line(run.values.map((one) => ({ ...one, value: one.value > 0 ? one.value : NaN })), { x: "at", y: "value", stroke: run.colour, strokeWidth: 2, strokeDasharray: run.dash })),
      series.map((run) => Plot.dot(run.values.filter((one) => one.value > 0), { x: "at", y: "value", r: run.points.length > 60 ? 1 : 2, fill: run.colour, title: (one) => `${one.entry.name}: ${one.text}` })),
      runs.length === 1 && last.length > 0 ? Plot.text(last, { x: "at", y: "value", text: (one) => short(one.text, 3), dy: -10, textAnchor: "end", fill: "var(--ink)" }) : null,
    ],
  });
}
