// Claims: the dashboard, one row per claim in the paper's order, with a filter.

function claimRow(claim, data) {
  const digits = digitsAgreed(claim);
  const row = element("details", { class: "claim", id: `claim-${claim.id}` },
    element("summary", {},
      element("span", { class: "claim-name" },
        element("span", { class: "identifier" }, identifier(claim.id)),
        element("span", { class: "quiet" }, claim.source)),
      element("span", { class: "claim-statement" }, statement(claim.statement)),
      element("span", { class: "claim-verdict" }, verdictLabel(claim),
        isUnexpected(claim) ? element("span", { class: "unexpected" }, `expected ${verdictWords[claim.expected]}`) : null),
      element("span", { class: "claim-evidence" }, claim.evidence),
      element("span", { class: "claim-cases", title: casesWords(claim.cases) },
        element("span", { class: "row-label" }, "Cases "),
        claim.cases.passed === claim.cases.checked ? grouped(claim.cases.passed) : `${grouped(claim.cases.passed)} / ${grouped(claim.cases.checked)}`),
      element("span", { class: "claim-digits", title: `worst relative deviation ${claim.worst_error}` },
        digits === null ? "–" : digits === Infinity ? "exact" : [String(digits), element("span", { class: "row-label" }, " digits agreed")])));
  row.addEventListener("toggle", () => {
    if (row.open && row.childElementCount === 1) row.append(claimDetail(claim, data));
  });
  return row;
}

const kindWords = { claim: "the paper’s", extension: "ours", misreading: "misread" };
const stateWords = { verified: "hold", refuted: "refuted", inconclusive: "undecided", control: "controls refuted" };

function claimsSection(data) {
  const { claims } = data.report;
  const rows = new Map(claims.map((claim) => [claim, claimRow(claim, data)]));
  const groups = byPart(claims).map((part) => ({ ...part, node: element("div", { class: "part" },
    element("h3", {}, part.name),
    part.name === "Misreadings" ? element("p", { class: "quiet", id: "controls" }, "Controls: formulas close to the paper’s, each wrong in one place. " +
      "A trial that let one of them pass could not be trusted with the others.") : null,
    part.claims.map((claim) => rows.get(claim))) }));
  const words = (claim) => [claim.id, claim.source, claim.statement, claim.domain, claim.verdict, claim.evidence, partOf(claim)].join(" ").toLowerCase();
  const fits = (claim, wanted) => wanted.text.split(/\s+/).every((word) => words(claim).includes(word)) &&
    (!wanted.state || stateOf(claim) === wanted.state) && (!wanted.kind || claim.kind === wanted.kind) &&
    (!wanted.evidence || claim.evidence === wanted.evidence);
  const apply = (wanted) => {
    let count = 0;
    for (const [claim, row] of rows) {
      row.hidden = !fits(claim, wanted);
      count += row.hidden ? 0 : 1;
    }
    for (const group of groups) group.node.hidden = group.claims.every((claim) => rows.get(claim).hidden);
    return count === claims.length ? `${count} statements` : `${count} of ${claims.length} statements`;
  };
  const filterBy = (label, key, order, value, word) => ({
    label, key, options: order.map((each) => [each, claims.filter((claim) => value(claim) === each).length]).filter(([, count]) => count > 0)
      .map(([each, count]) => [each, word(each, count)]),
  });
  return element("section", { id: "claims", "aria-labelledby": "claims-heading" },
    element("h2", { id: "claims-heading" }, "Every claim, in the paper’s order"),
    element("p", { class: "lead" }, "Open a row for its domain, coverage, hardest cases and the command that runs it again. " +
      "Digits are those to which claim and evidence agree in the worst case."),
    filterBar([
      filterBy("Verdict", "state", Object.keys(stateWords), stateOf, (state, count) => `${signs[state] ?? signs.refuted} ${count} ${stateWords[state]}`),
      filterBy("Kind", "kind", Object.keys(kindWords), (claim) => claim.kind, (kind) => kindWords[kind]),
      filterBy("Evidence", "evidence", Object.keys(evidenceWords), (claim) => claim.evidence, (evidence) => evidence)], apply),
    element("div", { class: "claims-head", "aria-hidden": "true" },
      ["Claim", "Statement", "Verdict", "Evidence", "Cases", "Digits"].map((name) => element("span", {}, name))),
    groups.map((group) => group.node));
}
