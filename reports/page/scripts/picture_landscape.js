// Picture: the landscape, the losses at which plain descents end, by dead set.

function landscapePicture(picture) {
  const name = (set) => set.dead.length === 0 ? "none: global" : `{${set.dead.join(", ")}}`;
  const sets = [...picture.sets].sort((a, b) => Number(a.claimed) - Number(b.claimed)).map((set) => ({ ...set, name: name(set), value: Number(set.claimed) }));
  const met = sets.filter((set) => set.runs > 0);
  const last = sets.indexOf(met.at(-1));
  const shown = sets.slice(0, last + 1);
  const most = d3.max(met, (set) => set.runs);
  const worst = d3.max(met, (set) => Number(set.disagreement));
  const draw = (width) => Plot.plot({
    width: Math.min(width, 820), height: 64 + 30 * shown.length, marginLeft: width < 560 ? 104 : 130, marginBottom: 44, marginRight: 56, insetLeft: 24,
    ariaLabel: `Losses at which ${picture.descents} descents ended, by dead classes: ` + met.map((set) => `${set.runs} at ${set.loss} with dead ${set.name}`).join("; ") + ".",
    x: { label: "loss (nats) →", grid: true, ticks: 6 },
    y: { type: "band", domain: shown.map((set) => set.name), label: null, tickSize: 0 },
    r: { type: "identity" },
    marks: [
      Plot.tickX(shown, { x: "value", y: "name", stroke: "var(--quiet)", strokeWidth: 2 }),
      Plot.dot(met, { x: (set) => Number(set.loss), y: "name", r: (set) => 3 + 14 * Math.sqrt(set.runs / most), fill: (set) => set.dead.length === 0 ? "var(--series-3)" : "var(--series-2)", fillOpacity: 0.55, title: (set) => `${set.runs} descents` }),
      Plot.text(met, { x: (set) => Number(set.loss), y: "name", text: (set) => `${set.runs}×`, dx: 24, textAnchor: "start", fill: "var(--ink)", fontSize: 12 }),
    ],
  });
  // The way down from two local minima: merging at constant loss (steps below 0), then the descent.
  const ways = picture.ways ?? [];
  const wayNames = ways.map((way) => ({ name: way.name, colour: way.name === "a dead class" ? "var(--series-2)" : "var(--series-1)" }));
  const wayPoints = (way) => [...way.merging.map((loss, i) => ({ step: i - way.merging.length + 1, loss: Number(loss) })),
    ...way.down.map((loss, i) => ({ step: i + 1, loss: Number(loss) }))];
  const drawWays = (width) => Plot.plot({
    width: Math.min(width, 820), height: 260, marginLeft: 58, marginBottom: 44,
    ariaLabel: "The loss on the way down from a local minimum: " + ways.map((way) =>
      `from ${way.name}, constant at ${way.merging[0]} while two coordinates merge, then down to ${way.down.at(-1)} in ${way.down.length} steps`).join("; ") + ".",
    x: { label: "merging, then steps of the descent →", ticks: 8 },
    y: { label: "↑ loss (nats)", grid: true },
    marks: [Plot.ruleX([0], { stroke: "var(--quiet)" }),
      ways.map((way, i) => Plot.line(wayPoints(way), { x: "step", y: "loss", stroke: wayNames[i].colour, strokeWidth: 2 }))],
  });
  // The values met, with what was proven of each.
  const setOf = (counts) => `{${counts.join(", ")}}`;
  const blockText = (block) => setOf(block.classes) + (block.coordinates > 1 ? ` in ${block.coordinates}` : "");
  const values = (picture.values ?? []).map((one) => ({
    title: `Values met: ${one.name}, ${one.config.replace("--counts ", "counts ").replace(/ --lambda-w .*/, "")}, ${one.descents} descents`,
    columns: ["Loss (nats)", "Blocks (sizes of their classes, coordinates; of the first such end)", "Dead classes", "Descents", "Proven to be", "Bounds apart by"],
    rows: one.rows.map((row) => [row.loss, row.blocks === null ? "–" : row.blocks.map(blockText).join(" ") || "none", row.dead.length === 0 ? "none" : setOf(row.dead), String(row.runs), row.proven ?? "–", row.error ?? "–"]),
  }));
  return figure({
    id: "landscape", title: "The landscape: local minima and their dead classes",
    lead: [`${picture.descents} descents from random points without the moves that free coordinates, for `, shellCode(picture.config),
      ". Each row is a set of dead classes, named by their sizes; its tick is the value that `beyond.landscape` foretells, the disc what the descents found. ".replaceAll("`", "")],
    plots: ways.length === 0 ? responsive(draw) : [responsive(draw), legend(wayNames.map((one) => ({ ...one, dash: null }))), responsive(drawWays)],
    note: [`${met[0]?.dead.length === 0 ? met[0].runs : 0} of ${picture.descents} reached the global minimum`,
      picture.shared > 0 ? `; ${picture.shared} ended with a coordinate shared by two classes and are not shown` : "",
      `. Found and foretold values differ by at most ${worst.toExponential(0).replace("e-", " · 10^−").replace(/\^(\S+)/, (_, power) => superscript(power))}, relative.`,
      ...ways.map((way) => ` From ${way.name} (${way.config.replace("--counts ", "counts ").replace(/ --lambda-w .*/, "")}; coordinates serve ${way.serves.map((counts) => `{${counts.join(", ")}}`).join(" ")}): ${way.merging[0]} while two coordinates merge, then down to ${way.down.at(-1)}.`)],
    tables: values,
    numbers: {
      columns: ["Dead classes (sizes)", "Foretold loss (nats)", "Descents", "Loss found (nats)", "Relative difference"],
      rows: sets.map((set) => [set.name, set.claimed, String(set.runs), set.loss ?? "–", set.disagreement ?? "–"]),
    },
  });
}
