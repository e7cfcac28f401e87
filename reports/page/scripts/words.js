// Words: how verdicts, numbers and configurations are said.

const signs = { verified: "✓", refuted: "✗", inconclusive: "?" };
const verdictWords = { verified: "holds", refuted: "refuted", inconclusive: "undecided" };
const evidenceWords = {
  sampled: "Sampled: random points, or points that only approximate what the claim is about, compared with rigorous error bounds.",
  enclosed: "Enclosed: every case decided in exact arithmetic or by rigorous enclosures.",
  certified: "Certified: compared with what a certificate proves.",
  proved: "Proved: a proof over a whole range of parameters, not over cases.",
};

/** The paper on trial: its title, its parts in its order (the first whose pattern fits an identifier has it) and its words. */
let paper;
function aboutPaper(words) {
  paper = { ...words, parts: words.parts.map((part) => ({ name: part.name, pattern: new RegExp(part.pattern) })) };
  evidenceWords.certified = words.certified_evidence;
}

const isMisreading = (claim) => claim.kind === "misreading";
const isCorrected = (claim) => claim.id.endsWith(".corrected");
/** How a verdict is shown: a misreading that was refuted is no bad news. */
const stateOf = (claim) => isMisreading(claim) && claim.verdict === "refuted" ? "control" : claim.verdict;
/** Whether a verdict is what a reader hopes for: controls must be refuted. */
const isAsHoped = (claim) => claim.verdict === (isMisreading(claim) ? "refuted" : "verified");

function partOf(claim) {
  if (isMisreading(claim)) return "Misreadings";
  return paper.parts.find((part) => part.pattern.test(claim.id))?.name ?? "Other statements";
}

/** Claims by part, in the paper's order, parts without any left out. */
function byPart(claims) {
  return [...paper.parts.map((part) => part.name), "Other statements", "Misreadings"]
    .map((name) => ({ name, claims: claims.filter((claim) => partOf(claim) === name) }))
    .filter((part) => part.claims.length > 0);
}

/** Digits to which both sides agree in the worst case: a number, Infinity where exact, null where no case passed. */
function digitsAgreed(claim) {
  if (claim.cases.passed === 0) return null;
  return digitsOf(claim.worst_error);
}

/** The digits that a relative error leaves: "2.6e-51" leaves 50. */
function digitsOf(error) {
  if (error === "0") return Infinity;
  const match = /^(\d\.\d)e([+-]\d+)$/.exec(error);
  return match ? Math.max(0, -Number(match[2]) - (match[1] === "1.0" ? 0 : 1)) : 0;
}

const countWords = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const inWords = (count) => countWords[count] ?? String(count);
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
/** "a", "a and b", "a, b and c" */
const listed = (words) => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
