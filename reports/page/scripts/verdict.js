// Verdict: the page's first screen. What holds, what does not, and a mark for every statement.

/** The verdict in a sentence or two, and what a reader should know of the rest. */
function verdictWordsOf(claims, summary) {
  const stated = claims.filter((claim) => claim.kind === "claim");
  const results = stated.filter((claim) => paper.main_parts.includes(partOf(claim)));
  const whole = results.length > 0 && paper.main_parts.every((name) => results.some((claim) => partOf(claim) === name));
  const refuted = stated.filter((claim) => claim.verdict === "refuted");
  if (!whole || results.some((claim) => claim.verdict === "refuted")) {
    const [first, ...rest] = summary.split(/(?<=\.)\s+/);
    return { headline: first, rest: rest.join(" ") };
  }
  const undecided = results.filter((claim) => claim.verdict === "inconclusive").length;
  const headline = undecided === 0 ? paper.main_hold
    : `${paper.main_undecided} hold wherever the run could decide; ${inWords(undecided)} of their ` +
      `${results.length} statements ${undecided === 1 ? "is" : "are"} undecided.`;
  if (refuted.length === 0) return { headline, rest: summary };
  const places = byPart(refuted).map((part) => `${inWords(part.claims.length)} in “${part.name}”`);
  return {
    headline,
    rest: [element("a", { href: "#findings" }, `${capital(inWords(refuted.length))} other statement${refuted.length === 1 ? " does" : "s do"} not hold as written`),
      `: ${listed(places)}.`],
  };
}

function mark(claim) {
  return element("a", {
    class: `mark ${stateOf(claim)}`, href: `#claim-${claim.id}`, title: `${claim.id}: ${verdictWords[claim.verdict]}`,
    "aria-label": `${claim.id}: ${verdictWords[claim.verdict]}`,
  }, signs[claim.verdict]);
}

/** One line of marks for each part of the paper. */
function overview(claims) {
  const shown = claims.filter((claim) => !isCorrected(claim));
  return element("div", { class: "overview", role: "list", "aria-label": "All statements, by part" }, byPart(shown).map((part) => {
    const hoped = part.claims.filter(isAsHoped).length;
    const all = part.claims.length;
    const word = part.name === "Misreadings" ? "refuted" : "hold";
    return element("div", { class: "overview-row", role: "listitem" },
      element("span", { class: "overview-name" }, part.name),
      element("span", { class: "overview-marks" }, part.claims.map(mark)),
      element("span", { class: "overview-count" }, hoped === all ? `all ${all} ${word}`.replace(/^all 1 hold$/, "holds").replace(/^all 1 /, "") : `${hoped} of ${all} ${word}`));
  }));
}

function header(data) {
  const { claims, run, solver } = data.report;
  const said = verdictWordsOf(claims, data.summary);
  const facts = [
    [grouped(run.cases), `${paper.instances} tried`],
    paper.certified && [grouped(solver.certified), paper.certified],
    [run.digits, "digits asked for in every comparison"],
  ].filter(Boolean);
  if (run.mutants) {
    facts.push([`${grouped(run.mutants.killed)} of ${grouped(run.mutants.total - run.mutants.equivalent)}`, "wrong theorems, put in the theorem’s place, were noticed"]);
  }
  const unexpected = claims.filter(isUnexpected);
  return element("header", {},
    element("p", { class: "eyebrow" }, `${paper.title}, on trial`),
    heading(said.headline),
    element("p", { class: "standfirst" }, said.rest),
    run.merged_seeds ? element("p", { class: "merged" }, mergedWords(run)) : null,
    run.interrupted || run.out_of_time || unexpected.length > 0
      ? element("p", { class: "warning", role: "note" }, [
        run.interrupted && earlyEnd(run, "was interrupted"),
        run.out_of_time && earlyEnd(run, "reached its time limit"),
        unexpected.length > 0 && unexpectedWords(unexpected),
      ]) : null,
    overview(claims),
    element("ul", { class: "facts" }, facts.map(([value, what]) =>
      element("li", {}, element("strong", {}, value), " ", what))));
}

/** Where a run that did not come to its end was. After the cases come more of rare kinds, the search for counterexamples, wrong theorems. */
function earlyEnd(run, how) {
  return run.cases < run.cases_planned ? `The run ${how} after ${grouped(run.cases)} of ${grouped(run.cases_planned)} cases. `
    : `The run ${how} after all ${grouped(run.cases)} cases, in what follows them. `;
}

/** What a merged report is made of. */
function mergedWords(run) {
  const seeds = run.merged_seeds;
  const most = 8;
  const named = seeds.length > most ? `${seeds.slice(0, most).join(", ")} and ${grouped(seeds.length - most)} more` : listed(seeds);
  return `Merged from several runs, with seed${seeds.length === 1 ? "" : "s"} ${named}, by version${run.version.includes(",") ? "s" : ""} ${run.version}: ` +
    "cases that several of them tried count once, all others add up, and a refutation in any run is one here.";
}

/** Whether a verdict differs from the one on record. Where no claim has one, nothing was compared. */
function isUnexpected(claim) {
  return claim.expected !== null && claim.expected !== claim.verdict;
}

function unexpectedWords(claims) {
  return `${capital(inWords(claims.length))} verdict${claims.length === 1 ? " differs" : "s differ"} from the record: ` +
    listed(claims.slice(0, 6).map((claim) => claim.id)) + (claims.length > 6 ? " and others." : ".");
}
