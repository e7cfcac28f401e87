// Margins: how far each class's own logit stands above the others, beside M_k; and which classes have died.

const marginColour = (run, k) => d3.interpolateViridis(run.config.counts.length > 1 ? 0.9 * k / (run.config.counts.length - 1) : 0);

/** The margins of all classes of a run over the training, those of the optimum dotted. */
function marginsPlot(run, width) {
  const targets = run.points.at(-1).entry.margins.targets ?? [];
  const rows = run.points.flatMap(({ entry, at }) => entry.margins.measured.map((text, k) => ({ at, k, value: text === null ? NaN : Number(text),
    title: `${entry.name}: class ${k} of ${grouped(run.config.counts[k])} samples, margin ${short(text)}${targets[k] === undefined ? "" : `, at the optimum ${short(targets[k])}`}` })));
  const last = run.points.at(-1).entry.margins.measured;
  return overEpochs([run], width, {
    height: 300,
    ariaLabel: `Margins over the snapshots; at the last: ${last.map((text, k) => `class ${k} ${text === null ? "has no sample" : short(text, 3)}${targets[k] === undefined ? "" : `, at the optimum ${short(targets[k], 3)}`}`).join("; ")}.`,
    y: { label: "↑ margin (nats)", nice: true, grid: true },
    marks: [
      Plot.ruleY(targets.map((text, k) => ({ value: Number(text), k })), { y: "value", stroke: (one) => marginColour(run, one.k), strokeDasharray: "2 3", strokeWidth: 1.5 }),
      Plot.line(rows, { x: "at", y: "value", z: "k", stroke: (one) => marginColour(run, one.k), strokeWidth: 2 }),
      Plot.dot(rows.filter((one) => Number.isFinite(one.value)), { x: "at", y: "value", r: 1.5, fill: (one) => marginColour(run, one.k), title: "title" }),
      Plot.ruleY([0]),
    ],
  });
}

/** Which classes stand at zero although the optimum's do not, at the last snapshot and before. */
function deadWords(run) {
  const dead = run.points.map(({ entry }) => entry.dead_classes);
  if (dead.some((one) => one === null)) return null;
  const last = dead.at(-1), ever = [...new Set(dead.flat())].sort((a, b) => a - b);
  const named = (classes) => `${classes.length > 1 ? "classes" : "class"} ${listed(classes.map(String))}`;
  const before = runWords(run);
  if (ever.length === 0) return `${before}No class was dead at any snapshot.`;
  if (last.length === 0) return `${before}Dead at some snapshot, alive at the last: ${named(ever)}.`;
  return `${before}Dead at the last snapshot: ${named(last)}.`;
}

const runWords = (run) => run.several ? `${run.name}: ` : "";

function trajectoryMargins(runs) {
  if (!runs.every((run) => run.points.every(({ entry }) => entry.margins))) return null;
  const several = runs.length > 1;
  const rows = runs.flatMap((run) => run.config.counts.map((count, k) => {
    const { measured, targets } = run.points.at(-1).entry.margins;
    return [...(several ? [run.name] : []), String(k), grouped(count), measured[k] ?? "–", targets?.[k] ?? "–"];
  }));
  return element("section", { id: "margins", "aria-labelledby": "margins-heading" },
    element("h2", { id: "margins-heading" }, "Margins, class by class"),
    figure({
      id: "margins", title: "Margins over the training",
      lead: ["How far the mean of a class stands on its own side: its own logit less the mean of the others. Dotted: ", mathematics("M_k"), ", the margin at the optimum. Dark is the first class, bright the last."],
      plots: [element("div", { class: several ? "panels two" : "panels" }, runs.map((run) => element("div", { class: "panel" },
        several ? element("h4", {}, run.name) : null, responsive((width) => marginsPlot(run, Math.min(width, 900))))))],
      note: runs.map((run) => deadWords({ ...run, several })).filter(Boolean).join(" ") || null,
      numbers: { columns: [...(several ? ["Training"] : []), "Class", "Samples", "Margin at the last snapshot", "At the optimum"], rows },
    }));
}
