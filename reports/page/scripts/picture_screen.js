// Picture: the screen, how large each claim's errors were over millions of configurations in floating point.

const decadeOf = (name) => Number(name.slice(2));
// The first bar holds all smaller errors too, zeros among them, and the last one all larger ones.
const firstDecade = -18, lastDecade = 3;
const binName = (decade) => decade === firstDecade ? `below 1e${decade + 1}` : decade === lastDecade ? `1e${decade} and more` : `1e${decade} to 1e${decade + 1}`;
/** "inf" and "nan" are larger than any error. */
const errorSize = (text) => Number.isFinite(Number(text)) ? Number(text) : Infinity;

/** Screens of different cases, added up by claim. */
function screensAdded(screens) {
  const claims = new Map();
  for (const claim of screens.flatMap((screen) => screen.claims)) {
    const sum = claims.get(claim.id) ?? { id: claim.id, checked: 0, unresolved: 0, suspects: 0, confirmed: 0, largest: "0", histogram: new Map() };
    for (const key of ["checked", "unresolved", "suspects", "confirmed"]) sum[key] += claim[key];
    if (errorSize(claim.max_error) > errorSize(sum.largest)) sum.largest = claim.max_error;
    for (const [name, cases] of Object.entries(claim.histogram)) sum.histogram.set(decadeOf(name), (sum.histogram.get(decadeOf(name)) ?? 0) + cases);
    claims.set(claim.id, sum);
  }
  return [...claims.values()];
}

function reasonsAdded(screens) {
  const reasons = new Map();
  for (const [reason, cases] of screens.flatMap((screen) => Object.entries(screen.reasons))) reasons.set(reason, (reasons.get(reason) ?? 0) + cases);
  return [...reasons].sort((a, b) => b[1] - a[1]);
}

function largestWords(text) {
  const size = errorSize(text);
  return size === 0 ? "no error at all" : size === Infinity ? "largest: no number" : `largest ${size.toExponential(1).replace("-", "−")}`;
}

const reasonWords = {
  "confirmed": "against a formula that is refuted there", "local minimum": "in a local minimum", "shared coordinates": "with coordinates that classes share",
  "not converged": "not converged", "ill-conditioned": "close to a threshold, where the point is not determined well", "unexplained": "unexplained",
};

function screenPlot(claims, width) {
  const bars = claims.flatMap((claim) => [...claim.histogram].map(([decade, cases]) => ({ id: claim.id, decade, cases, share: cases / claim.checked })));
  const low = d3.min(bars, (bar) => bar.decade), high = d3.max(bars, (bar) => bar.decade) + 1;
  const narrow = width < 560;
  return Plot.plot({
    width: Math.min(width, 860), height: 48 + 26 * claims.length, marginLeft: narrow ? 150 : 190, marginRight: narrow ? 8 : 150, marginBottom: 44,
    ariaLabel: `Histograms of the error of ${claims.length} claims, from 1e${low} to 1e${high}; the largest: ` +
      claims.map((claim) => `${claim.id} ${claim.largest}`).join(", ") + ".",
    x: { label: narrow ? "error (log scale) →" : "error, in units of the quantity’s natural scale (log scale) →", domain: [low, high], ticks: narrow ? 4 : 8, tickFormat: (value) => value === firstDecade ? "less" : `10${superscript(value)}` },
    // The root shows the few cases at the far end beside the many in the middle.
    y: { type: "sqrt", axis: null, domain: [0, d3.max(bars, (bar) => bar.share)] },
    fy: { domain: claims.map((claim) => claim.id), label: null, padding: 0.12 },
    marks: [
      Plot.ruleY([0], { stroke: "var(--rule)" }),
      Plot.rectY(bars, { fy: "id", x1: "decade", x2: (bar) => bar.decade + 1, y: "share", fill: "var(--series-1)", insetLeft: 0.5, insetRight: 0.5,
        title: (bar) => `${bar.id}: ${bar.cases} cases, ${binName(bar.decade)}` }),
      Plot.axisFy({ anchor: "left", tickSize: 0, textAnchor: "end", fill: "var(--ink)" }),
      narrow ? null : Plot.text(claims, { fy: "id", frameAnchor: "right", dx: 10, textAnchor: "start", fill: "var(--quiet)", text: (claim) => largestWords(claim.largest) }),
    ],
  });
}

/** @param misreadings  identifiers of the wrong formulas among the screens' claims */
function screenPicture(screens, misreadings) {
  const all = screensAdded(screens);
  const claims = all.filter((claim) => !misreadings.includes(claim.id) && claim.checked > 0), wrong = all.filter((claim) => misreadings.includes(claim.id));
  const total = (key) => d3.sum(screens, (screen) => screen[key]);
  const confirmed = claims.filter((claim) => claim.confirmed > 0), reasons = reasonsAdded(screens);
  const unexplained = reasons.find(([reason]) => reason === "unexplained")?.[1] ?? 0;
  const interrupted = screens.some((screen) => screen.interrupted);
  const weighted = d3.sum(screens, (screen) => screen.weights ? screen.configurations : 0);
  const precisions = [...new Set(screens.map((screen) => screen.precision))];
  return figure({
    id: "screen", title: "Millions more, in floating point",
    lead: `${grouped(total("configurations"))} random configurations${weighted > 0 ? ` (${grouped(weighted)} with class weights)` : ""}, each solved in ${listed(precisions)} from one random start and compared with the closed forms in double precision. ` +
      "The errors are the float path’s own; bars are shares of a claim’s cases, on a root scale. What lies beyond the tolerance derived for its case is solved again at arbitrary precision, whose word is final.",
    plots: [confirmed.length + unexplained > 0 ? element("p", { class: "warning", role: "note" },
      confirmed.length > 0 ? `Refuted there: ${listed(confirmed.map((claim) => `${claim.id} (${grouped(claim.confirmed)})`))}. ` : null,
      unexplained > 0 ? `${grouped(unexplained)} without an explanation.` : null) : null,
    interrupted ? element("p", { class: "warning", role: "note" }, "The screen was interrupted: not every suspect was judged again.") : null,
    claims.some((claim) => claim.histogram.size > 0) ? responsive((width) => screenPlot(claims.filter((claim) => claim.histogram.size > 0), width)) : null],
    note: [`${grouped(total("rejudged"))} cases judged again`,
      reasons.length > 0 ? `: ${listed(reasons.map(([reason, cases]) => `${grouped(cases)} ${reasonWords[reason] ?? reason}`))}` : "",
      `. ${grouped(total("revived_from_local_minima"))} met a local minimum and left it, ${grouped(total("local_minima"))} ended in one; ` +
      `${grouped(total("stagnated") + total("exhausted"))} did not converge.`,
      wrong.length > 0 ? ` Wrong formulas put among them on purpose: ${listed(wrong.map((claim) => `${claim.id} stood out in ${grouped(claim.suspects)} of ${grouped(claim.checked)} cases`))}.` : "",
      ` Seed${screens.length > 1 ? "s" : ""} ${listed(screens.map((screen) => screen.seed))}.`],
    numbers: {
      columns: ["Claim", "Cases", "Largest error", "Suspects", "Refuted at arbitrary precision", "Too inaccurate to judge"],
      rows: all.flatMap((claim) => [[claim.id, grouped(claim.checked), claim.largest, grouped(claim.suspects), grouped(claim.confirmed), grouped(claim.unresolved)],
        ...[...claim.histogram].sort((a, b) => a[0] - b[0]).map(([decade, cases]) => [`${claim.id}, errors ${binName(decade)}`, grouped(cases), "", "", "", ""])]),
    },
  });
}
