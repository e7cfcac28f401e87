// Findings: every statement that does not hold, why, and what holds instead.

function verdictLabel(claim) {
  return element("span", { class: `verdict ${stateOf(claim)}` },
    element("span", { "aria-hidden": "true" }, signs[claim.verdict]), " ", verdictWords[claim.verdict]);
}

/** The smallest counterexample: where, and what was found there. */
function counterexample(claim, at) {
  const found = claim.counterexample;
  const values = Object.entries(found.values);
  return element("div", { class: "counterexample" },
    instance(at.tex),
    // A single value often is the message over again.
    found.message && !values.some(([, value]) => value === found.message)
      ? element("p", {}, prose(/^[a-z]{2,}\b/.test(found.message) ? capital(found.message) : found.message), ".") : null,
    element("dl", { class: "values" }, values.map(([name, value]) => [
      element("dt", {}, prose(name)),
      element("dd", {}, /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(value)
        ? element("span", { class: "number", title: value }, value.replace("-", "−")) : prose(value))])));
}

/** A claim's statement and the words that belong to it. */
function statedAs(claim, heading, state) {
  return element("div", { class: `stated ${state}` },
    element("h4", {}, heading),
    element("p", {}, statement(claim.statement)),
    claim.domain ? element("p", { class: "quiet" }, "For ", prose(claim.domain), ".") : null,
    claim.reading ? element("p", { class: "quiet" }, "Read as: ", prose(claim.reading), ".") : null);
}

function finding(claim, data) {
  const { claims } = data.report;
  const found = data.counterexamples[claim.id];
  const corrected = claims.find((other) => other.id === `${claim.id}.corrected`);
  return element("article", { class: "finding", id: `finding-${claim.id}` },
    element("h3", {}, claim.source === "ours" ? "Beyond the paper" : capital(claim.source), " ", element("a", { class: "identifier", href: `#claim-${claim.id}` }, identifier(claim.id)), verdictLabel(claim)),
    element("div", { class: "beside" },
      statedAs(claim, "As stated", "refuted"),
      corrected ? element("div", {},
        statedAs(corrected, `What holds instead (${corrected.evidence})`, corrected.verdict)) : null),
    element("div", { class: "beside why" },
      element("div", {},
        element("h4", {}, "Smallest counterexample"),
        claim.counterexample ? counterexample(claim, found) : element("p", {}, "None was kept."),
        element("p", { class: "quiet" }, `It failed in ${grouped(claim.cases.refuted)} of ${grouped(claim.cases.checked)} cases.`)),
      element("div", {},
        element("h4", {}, "Confirm it by hand"),
        found?.by_hand ? command(found.by_hand) : null,
        data.commands[claim.id] ? command(data.commands[claim.id]) : null)));
}

function findingsSection(data) {
  const { claims } = data.report;
  const refuted = claims.filter((claim) => !isMisreading(claim) && claim.verdict === "refuted");
  const undecided = claims.filter((claim) => claim.verdict === "inconclusive");
  const survivors = claims.filter((claim) => isMisreading(claim) && claim.verdict === "verified");
  return element("section", { id: "findings", "aria-labelledby": "findings-heading" },
    element("h2", { id: "findings-heading" }, "What does not hold"),
    refuted.length === 0 ? element("p", {}, "Every statement that was decided holds.") : refuted.map((claim) => finding(claim, data)),
    survivors.length > 0 ? element("p", { class: "warning" },
      `Not refuted, although they are wrong: ${listed(survivors.map((claim) => claim.id))}. The suite has a blind spot there.`) : null,
    undecided.length > 0 ? element("div", { class: "undecided" },
      element("h3", {}, "Undecided"),
      element("ul", {}, undecided.map((claim) => element("li", {},
        element("a", { class: "identifier", href: `#claim-${claim.id}` }, claim.id), " ", claim.source,
        claim.message ? [": ", prose(claim.message)] : null, ".")))) : null);
}
