// Controls: wrong readings that the run must refute, or it proves nothing.

function controlsSection(data) {
  const misreadings = data.report.claims.filter(isMisreading);
  if (misreadings.length === 0) return null;
  return element("section", { id: "controls", "aria-labelledby": "controls-heading" },
    element("h2", { id: "controls-heading" }, "Controls: wrong readings"),
    element("p", { class: "lead" }, "Formulas close to the paper’s, each wrong in one place. A trial that let one of them pass could not be " +
      "trusted with the others."),
    element("div", { class: "part" }, misreadings.map((claim) => claimRow(claim, data))));
}
