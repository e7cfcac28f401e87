// Page: a trajectory, top to bottom.

function trajectoryHeader(runs) {
  const [run] = runs, first = run.points[0].entry, last = run.points.at(-1).entry;
  const share = (entry) => entry.first_largest === undefined ? null : shareWords(entry.first_largest, entry.samples - entry.first_largest);
  const words = (one) => {
    const before = one.points[0].entry.gap?.gap, after = one.points.at(-1).entry.gap?.gap;
    return before && after ? `${Number(after) <= Number(before) ? "fell" : "rose"} from ${short(before, 3)} to ${short(after, 3)} nats` : null;
  };
  const headline = words(run) ? runs.length > 1 && words(runs[1]) ? `The gap ${words(run)}, beside it ${words(runs[1])}` : `The gap to the optimum ${words(run)} over ${run.points.length} snapshots` : `${run.points.length} snapshots of a last layer`;
  const largestPart = last.gap ? termsOf(last.gap)[0] : null;
  const facts = [
    largestPart?.shareWords ? [largestPart.shareWords, `of the last gap is ${largestPart.name.toLowerCase()}`] : null,
    last.gap ? [short(last.gap.loss, 5), `nats of loss at the last snapshot; none below ${short(last.gap.lower_bound, 5)}`] : null,
    share(last) ? [share(last), `of ${grouped(last.samples)} samples classified right at the last, ${share(first)} at the first`] : null,
    [short(last.metrics.nc1), `NC1 (19) at the last, ${short(first.metrics.nc1)} at the first`],
    [grouped(run.config.counts.length), `classes of ${grouped(d3.min(run.config.counts))} to ${grouped(d3.max(run.config.counts))} samples, ${grouped(run.config.dim)} features`],
  ].filter(Boolean);
  return element("header", {},
    element("p", { class: "eyebrow" }, runs.length > 1 ? `Two trainings side by side: ${run.name} and ${runs[1].name}` : "A training beside the theorem, snapshot by snapshot"),
    heading(headline),
    element("ul", { class: "facts" }, facts.map(([value, what]) => element("li", {}, element("strong", {}, value), " ", what))));
}

function trajectorySnapshots(runs) {
  return element("section", { id: "snapshots", "aria-labelledby": "snapshots-heading" },
    element("h2", { id: "snapshots-heading" }, "Snapshots"),
    element("p", { class: "lead" }, areRecords(runs) ? "The tracker’s history has every number." :
      "trajectory.json and trajectory.csv beside this page have every number. A snapshot that they hold is not read again while its files stay as they are."),
    runs.map((run) => [runs.length > 1 ? element("h3", {}, run.name) : null,
      table(["Snapshot", "Gap (nats)", "NC1", "NC2", "NC3", "Classified right"], run.points.map(({ entry }) =>
        [entry.name, short(entry.gap?.gap), short(entry.metrics.nc1), short(entry.metrics.nc2), short(entry.metrics.nc3), `${grouped(entry.correct)} of ${grouped(entry.samples)}`]), { "aria-label": `Snapshots of ${run.name}` })]));
}

start((data) => {
  const runs = runsOf(data);
  show(trajectoryHeader(runs), [
    ["gap", "Gap", trajectoryGap(runs)],
    ["metrics", "Metrics", trajectoryMetrics(runs)],
    ["margins", "Margins", trajectoryMargins(runs)],
    ["geometry", "Geometry", trajectoryGeometry(runs)],
    ["snapshots", "Snapshots", trajectorySnapshots(runs)],
  ], data.version);
});
