// Distribution: how closely a claim held in its cases, as a histogram.

/** A histogram of digits agreed or of slack, with its numbers; null where every case was exact. */
function distributionOf(claim) {
  const spread = claim.distribution;
  if (!spread) return null;
  const slack = spread.slack_decades.length > 0;
  const bins = (slack ? spread.slack_decades : spread.digits).map(([value, cases]) => ({ value, cases }));
  if (bins.length === 0) {
    return spread.exact > 0 ? element("p", { class: "quiet" }, `All ${grouped(spread.exact)} cases that passed were decided exactly.`) : null;
  }
  const label = slack ? "slack, as a power of ten" : "digits agreed";
  // Long tails: neighbouring values share a bar where there are many.
  const low = d3.min(bins, (bin) => bin.value), high = d3.max(bins, (bin) => bin.value) + 1;
  const step = Math.max(1, Math.ceil((high - low) / 36));
  const bars = d3.rollups(bins, (group) => d3.sum(group, (bin) => bin.cases), (bin) => low + step * Math.floor((bin.value - low) / step))
    .map(([from, cases]) => ({ from, to: from + step, cases }));
  const plot = responsive((width) => Plot.plot({
    width: Math.min(width, 460), height: 164, marginLeft: 52, marginBottom: 40, marginTop: 26,
    ariaLabel: `Histogram of ${label} over ${d3.sum(bins, (bin) => bin.cases)} cases, from ${low} to ${high}.`,
    x: { label, ticks: 6, tickFormat: (value) => String(value).replace("-", "−") },
    y: { label: "cases", ticks: 3, grid: true },
    marks: [Plot.rectY(bars, { x1: "from", x2: "to", y: "cases", fill: "var(--series-1)", insetLeft: 0.5, insetRight: 0.5 }), Plot.ruleY([0])],
  }));
  return element("div", { class: "distribution" }, plot,
    spread.exact > 0 ? element("p", { class: "quiet" }, `${grouped(spread.exact)} more were decided exactly.`) : null,
    spread.tight > 0 ? element("p", { class: "quiet" }, `${grouped(spread.tight)} held with equality.`) : null,
    element("details", {}, element("summary", {}, "The numbers"),
      table([label, "cases"], bins.map((bin) => [String(bin.value), grouped(bin.cases)]), { "aria-label": label })));
}
