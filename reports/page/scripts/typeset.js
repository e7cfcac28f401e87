// Typeset: TeX by KaTeX, and the few names of quantities that occur in running text.

// Formulas that are not set yet: nine tenths of a page's elements are theirs, and few are on its first screen. Null once
// the page is complete.
let unset = new Map();

/** Mathematics as an element; what KaTeX does not understand is shown as it was written. */
function mathematics(tex, displayMode = false) {
  const node = element("span", { class: "tex" });
  if (unset) {
    node.append(element("code", {}, tex));
    unset.set(node, { tex, displayMode });
  } else {
    setFormula(node, tex, displayMode);
  }
  return node;
}

/** Sets the formulas that are waiting and on the first screen. */
function setFirstFormulas() {
  const onScreen = (node) => node.getBoundingClientRect().top < innerHeight;
  for (const [node, { tex, displayMode }] of unset ?? []) {
    // What contains it is asked first: to ask a node that is not shown would lay it out.
    if (onScreen(node.closest(".part, .finding") ?? node) && onScreen(node)) {
      setFormula(node, tex, displayMode);
      unset.delete(node);
    }
  }
}

/** Sets all formulas that are waiting; from here on each is set at once. */
function setFormulas() {
  const waiting = unset ?? [];
  unset = null;
  for (const [node, { tex, displayMode }] of waiting) setFormula(node, tex, displayMode);
}

function setFormula(node, tex, displayMode) {
  node.replaceChildren();
  try {
    katex.render(tex, node, { displayMode, throwOnError: true, strict: "ignore", trust: false, maxSize: 10, maxExpand: 200 });
  } catch {
    node.replaceChildren(element("code", {}, tex));
  }
}

/** A statement: `$` switches between words and mathematics; without any, what contains TeX is mathematics throughout. */
function statement(text) {
  if (text.includes("$")) {
    return element("span", { class: "statement" },
      text.split("$").map((piece, index) => index % 2 === 1 ? mathematics(piece) : piece));
  }
  return element("span", { class: "statement" }, /[\\_^=<>]/.test(text) ? mathematics(text) : text);
}

// "n_k", "lambda_W", "M_k > 0", "c_{2,k}", "dL1/dh_2", ">=": quantities as words name them.
const quantity = /lambda_([WH])|sqrt\(([a-zA-Z]_\w|[a-zA-Z])\)|\bdL(\d)\/d([a-zA-Z])_(\w+)|\bL([01])\b|\b([a-zA-Z]|mu)_(\{[^}]*\}|\w+)|10\^(-?\d+)|>=|<=|!=|=>|\b([KdNWHRT])\b|-(?=\d)| - |\|\||\^2|'([^']+)'(?!\w)| \. /g;

/** Running text with its quantities set as such. */
function prose(text) {
  const pieces = [];
  let end = 0;
  for (const match of visible(text).matchAll(quantity)) {
    pieces.push(text.slice(end, match.index), quantityNode(match));
    end = match.index + match[0].length;
  }
  return [...pieces, text.slice(end)];
}

function quantityNode(match) {
  const [all, lambda, root, loss, by, byIndex, lossAlone, letter, index, power, single, quoted] = match;
  if (lambda) return indexed("λ", lambda);
  if (root) return element("span", {}, "√", root.includes("_") ? indexed(root[0], root.slice(2)) : element("i", {}, root));
  if (loss) return element("span", {}, "∂", indexed("L", loss), "/∂", indexed(by, byIndex));
  if (lossAlone) return indexed("L", lossAlone);
  if (quoted) return element("span", {}, "‘", prose(quoted), "’");
  if (letter) return indexed(letter === "mu" ? "μ" : letter, index.replace(/[{}]/g, ""));
  if (power) return element("span", {}, "10", element("sup", {}, power.replace("-", "−")));
  if (single) return element("i", {}, single);
  return { ">=": "≥", "<=": "≤", "!=": "≠", "=>": "⇒", "-": "−", " - ": " − ", "||": "‖", "^2": "²", " . ": " · " }[all];
}

const indexed = (letter, index) => element("span", { class: "quantity" }, element("i", {}, letter), element("sub", {}, index));

/** An identifier, which may break after its dots. */
const identifier = (id) => id.split(/(?<=\.)/).flatMap((piece, index) => index > 0 ? [element("wbr"), piece] : [piece]);

/** What a case is about, formula by formula. */
function instance(tex) {
  return element("span", { class: "configuration" }, tex.map((each) => mathematics(each)));
}
