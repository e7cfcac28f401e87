// Trained networks: the last snapshot of each beside the least possible loss, and its own page.

const gapParts = { logits: "logits", classifier: "classifier", orthogonality: "orthogonality", within_class: "spread within classes", collapsed: "collapsed classes" };

const shortNumber = (text) => text === null ? "–" : Number(text).toPrecision(3).replace("e", " · 10^").replace("^+", "^");

/** The part of a training's gap that is largest, and its share; null where the gap is unknown. */
function largestPart(training) {
  const known = Object.entries(training.terms).filter(([, size]) => size !== null).map(([part, size]) => [part, Number(size)]);
  const gap = Number(training.gap);
  if (training.gap === null || !(gap > 0) || known.length === 0) return null;
  const [part, size] = known.reduce((best, one) => one[1] > best[1] ? one : best);
  return { part: gapParts[part] ?? part, share: size / gap };
}

function trainingRow(training) {
  const largest = largestPart(training);
  return [
    training.page === null ? training.name : element("a", { href: training.page }, training.name),
    `${training.last}, of ${grouped(training.snapshots)}`,
    `${grouped(training.correct)} of ${grouped(training.samples)}`,
    training.relative_gap === null ? "–" : `${(100 * Number(training.relative_gap)).toPrecision(3)} %`,
    largest === null ? "–" : `${largest.part}, ${(100 * largest.share).toPrecision(3)} %`,
    grouped(training.dead_classes),
    shortNumber(training.nc1), shortNumber(training.nc2), shortNumber(training.nc3),
  ];
}

function trainingPicture(trainings) {
  return figure({
    id: "training", title: "Trained networks beside the theorem",
    lead: "Networks that were trained, not minimisers that were computed: how far the last layer of each came, and what keeps it from the optimum. " +
      "Above the least: the loss over the dual bound, which no network with these counts and decays can undercut.",
    plots: [table(["Training", "Last snapshot", "On their own side", "Above the least", "Mostly", "Dead classes", "NC1", "NC2", "NC3"], trainings.map(trainingRow),
      { "aria-label": "Trained networks" })],
    note: null, numbers: null,
  });
}
