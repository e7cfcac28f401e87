// Claim detail: everything the run knows of one claim, made when its row is opened.

/** Which share of the cases fell into which class of input, beside what was demanded. */
function coverageOf(claim) {
  if (claim.coverage.length === 0) return null;
  return element("ul", { class: "coverage" }, claim.coverage.map((covered) => {
    const share = covered.cases > 0 ? covered.hits / covered.cases : 0;
    const demanded = Number(covered.demanded);
    return element("li", { class: covered.status },
      element("span", { class: "coverage-name" }, prose(covered.input)),
      element("span", { class: "coverage-bar", "aria-hidden": "true", style: `--share:${share};--demanded:${demanded}` }),
      element("span", { class: "coverage-share", title: `${covered.hits} of ${covered.cases} cases; demanded: ${shareWords(demanded, 1 - demanded)}` },
        shareWords(covered.hits, covered.cases - covered.hits), covered.status === "met" ? "" : ` ${covered.status}`));
  }));
}

function casesWords(cases) {
  const said = [["passed", "passed"], ["refuted", "failed"], ["inconclusive", "undecided"], ["skipped", "outside its domain"]]
    .filter(([key]) => cases[key] > 0).map(([key, word]) => `${grouped(cases[key])} ${word}`);
  return said.length > 0 ? listed(said) : "none";
}

function hardestOf(claim) {
  return element("ol", { class: "hardest" }, claim.hardest.map((hard) => element("li", {},
    element("span", {}, hard.slack !== null ? `slack ${hard.slack.replace("-", "−")}` : `${digitsOf(hard.error)} digits`),
    command(`ncverify verify --replay ${hard.replay}`))));
}

const boxStates = { proved: "verified", refuted: "refuted", undecided: "inconclusive" };
const boxCount = (boxes) => `${grouped(boxes)} box${boxes === 1 ? "" : "es"}`;

function proofsOf(claim) {
  return element("ul", { class: "proofs" }, claim.proofs.map((proof) => element("li", {},
    element("span", { class: `verdict ${boxStates[proof.verdict] ?? "inconclusive"}` }, proof.verdict), " ", prose(proof.statement),
    element("span", { class: "quiet" }, `, in ${boxCount(proof.boxes)}.`),
    proof.argument ? element("p", { class: "quiet" }, prose(proof.argument)) : null,
    element("details", {}, element("summary", {}, `${proof.parts.length} part${proof.parts.length === 1 ? "" : "s"}`),
      element("ul", {}, proof.parts.map((part) => element("li", {}, prose(part.domain), `: ${part.verdict}, ${boxCount(part.boxes)}`,
        part.box ? [", ", prose(part.box)] : null)))))));
}

function theoremOf(claim) {
  return element("div", {},
    element("p", {}, element("code", {}, claim.theorem.name), `, in ${claim.theorem.file}`, claim.theorem.refutes ? ": the claim’s negation" : ""),
    element("pre", { class: "theorem" }, element("code", {}, claim.theorem.statement)));
}

const links = (ids) => ids.map((id, index) => [index > 0 ? ", " : "", element("a", { class: "identifier", href: `#claim-${id}` }, id)]);

function claimDetail(claim, data) {
  const known = (id) => data.report.claims.some((other) => other.id === id);
  const below = (claim.rests_on ?? []).filter(known);
  const above = data.report.claims.filter((other) => (other.rests_on ?? []).includes(claim.id)).map((other) => other.id);
  const row = (name, ...content) => [element("dt", {}, name), element("dd", {}, ...content)];
  const block = (heading, content) => content ? element("div", {}, element("h4", {}, heading), content) : null;
  return element("div", { class: "claim-detail" },
    element("dl", { class: "facts-list" },
      claim.domain ? row("Domain", prose(claim.domain)) : null,
      claim.reading ? row("Read as", prose(claim.reading)) : null,
      row("Evidence", evidenceWords[claim.evidence],
        claim.cases_evidence && claim.cases_evidence !== claim.evidence ? element("span", { class: "quiet" }, ` The cases alone: ${claim.cases_evidence}.`) : null),
      row("Cases", casesWords(claim.cases), claim.searched > 0 ? `; ${grouped(claim.searched)} of them met on a walk towards less slack` : "", "."),
      claim.least_slack !== null ? row("Least slack", claim.least_slack.replace("-", "−"), element("span", { class: "quiet" }, " in units of the inequality’s natural scale")) : null,
      claim.message && claim.verdict === "inconclusive" ? row("Undecided because", prose(claim.message)) : null,
      isUnexpected(claim) ? row("On record", `${claim.expected}; this run differs`) : null,
      below.length > 0 ? row("Rests on", links(below)) : null,
      above.length > 0 ? row("Carries", links(above)) : null,
      claim.mutants_killed?.length > 0 ? row("Wrong theorems it refuted", element("details", {},
        element("summary", {}, `${claim.mutants_killed.length} of those put in the theorem’s place`),
        element("ul", {}, claim.mutants_killed.map((name) => element("li", {}, prose(name)))))) : null),
    claim.counterexample ? block("Smallest counterexample", counterexample(claim, data.counterexamples[claim.id])) : null,
    claim.theorem ? block("Theorem checked by Coq", theoremOf(claim)) : null,
    claim.proofs?.length > 0 ? block("Over boxes of parameters, by interval arithmetic", proofsOf(claim)) : null,
    element("div", { class: "beside" },
      block("How closely it held", distributionOf(claim)),
      block("Inputs seen", coverageOf(claim))),
    claim.hardest?.length > 0 ? block("Hardest cases that passed", hardestOf(claim)) : null,
    data.commands[claim.id] ? block("Run it again", command(data.commands[claim.id])) : null);
}
