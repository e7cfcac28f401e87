// Dependency graph: which claim the paper derives from which, coloured by verdict; by mouse and by keyboard.

/** Everything that can be reached from a node by steps along `key`. */
function reachable(node, key, found = new Set()) {
  for (const other of node[key]) {
    if (!found.has(other)) reachable(other, key, found.add(other));
  }
  return found;
}

const nodeHeight = 26;

function graphNode(node) {
  const { claim } = node;
  return drawing("a", {
    href: `#claim-${claim.id}`, class: `node ${stateOf(claim)}`, tabindex: -1, "data-claim": claim.id,
    "aria-label": `${claim.id}: ${verdictWords[claim.verdict]}, ${claim.evidence}. ` +
      (node.below.length > 0 ? `Rests on ${listed(node.below.map((other) => other.claim.id))}. ` : "Rests on nothing on trial. ") +
      (node.above.length > 0 ? `Carries ${listed(node.above.map((other) => other.claim.id))}.` : ""),
    transform: `translate(${node.x.toFixed(1)},${node.y.toFixed(1)})`,
  },
  drawing("rect", { x: -node.width / 2, y: -nodeHeight / 2, width: node.width, height: nodeHeight, rx: 4 }),
  drawing("text", { y: "0.34em", "text-anchor": "middle" }, `${signs[claim.verdict]} ${claim.id}`));
}

/** Curves between rows, and straight down through them. */
function graphEdge(from, to) {
  const stops = [from, ...from.way(to), to];
  const point = (x, y) => `${x.toFixed(1)},${y.toFixed(1)}`;
  const pieces = d3.pairs(stops, (above, below) => {
    const top = above.y + nodeHeight / 2, bottom = below.y - nodeHeight / 2, middle = (top + bottom) / 2;
    return `L${point(above.x, top)}C${point(above.x, middle)} ${point(below.x, middle)} ${point(below.x, bottom)}`;
  });
  return drawing("path", { class: "edge", "data-from": from.claim.id, "data-to": to.claim.id, d: `M${point(from.x, from.y + nodeHeight / 2)}${pieces.join("")}` });
}

/** Where an arrow key leads from a node: along edges, or to the neighbour in its row. */
function neighbourOf(node, key, nodes) {
  const nearest = (others) => d3.least(others, (other) => Math.abs(other.x - node.x));
  const row = nodes.filter((other) => other.row === node.row).sort((a, b) => a.x - b.x);
  switch (key) {
    case "ArrowUp": return nearest(node.below);
    case "ArrowDown": return nearest(node.above);
    case "ArrowLeft": return row[row.indexOf(node) - 1];
    case "ArrowRight": return row[row.indexOf(node) + 1];
    case "Home": return nodes[0];
    case "End": return nodes.at(-1);
    default: return undefined;
  }
}

function dependencyGraph(claims) {
  const layout = layOut(claims, { node: (id) => 30 + 7.3 * id.length, gap: 11, row: 56, widest: 1140 });
  // Reading order, for Home and End and for those who listen.
  const nodes = layout.nodes.sort((a, b) => a.row - b.row || a.x - b.x);
  const edges = nodes.flatMap((node) => node.below.map((below) => ({ from: below, to: node, drawn: graphEdge(below, node) })));
  for (const node of nodes) node.drawn = graphNode(node);
  const margin = 12;
  const svg = drawing("svg", {
    viewBox: `${-margin} 0 ${layout.width + 2 * margin} ${layout.height}`, width: layout.width + 2 * margin, height: layout.height, role: "group",
    "aria-label": `${nodes.length} claims and ${edges.length} steps between them, from the proof at the top to the corollaries at the bottom. Arrow keys follow the steps, Enter opens a claim.`,
  }, edges.map((edge) => edge.drawn), nodes.map((node) => node.drawn));
  const said = element("p", { class: "graph-said quiet", role: "status" }, "");
  const nothing = "Point at a claim, or move to it with the arrow keys: what it rests on and what it carries stays lit.";
  const light = (node) => {
    const below = node ? reachable(node, "below") : new Set(), above = node ? reachable(node, "above") : new Set();
    const lit = new Set([...below, ...above, node]);
    svg.classList.toggle("lighting", Boolean(node));
    for (const other of nodes) other.drawn.classList.toggle("lit", lit.has(other));
    for (const edge of edges) {
      const inside = (set) => (set.has(edge.from) || edge.from === node) && (set.has(edge.to) || edge.to === node);
      edge.drawn.classList.toggle("lit", Boolean(node) && (inside(below) || inside(above)));
    }
    said.textContent = !node ? nothing : `${node.claim.id} ${verdictWords[node.claim.verdict]}. It rests on ${below.size} claim${below.size === 1 ? "" : "s"}` +
      (below.size > 0 ? `${failing(below)}` : "") + ` and carries ${above.size}.`;
  };
  const failing = (set) => {
    const refuted = [...set].filter((other) => other.claim.verdict === "refuted");
    return refuted.length === 0 ? ", none of them refuted," : `, of which ${refuted.length} ${refuted.length === 1 ? "is" : "are"} refuted (${listed(refuted.map((other) => other.claim.id))}),`;
  };
  let current = nodes[0];
  current.drawn.setAttribute("tabindex", 0);
  const focus = (node) => {
    current.drawn.setAttribute("tabindex", -1);
    current = node;
    current.drawn.setAttribute("tabindex", 0);
    current.drawn.focus();
  };
  for (const node of nodes) {
    node.drawn.addEventListener("pointerenter", () => light(node));
    node.drawn.addEventListener("pointerleave", () => light(null));
    node.drawn.addEventListener("focus", () => light(node));
    node.drawn.addEventListener("blur", () => light(null));
    node.drawn.addEventListener("keydown", (event) => {
      const next = neighbourOf(node, event.key, nodes);
      if (!next) return;
      event.preventDefault();
      focus(next);
    });
  }
  light(null);
  return element("div", {}, said, element("div", { class: "graph" }, svg));
}

function dependenciesSection(data) {
  const known = new Set(data.report.claims.map((claim) => claim.id));
  const resting = data.report.claims.map((claim) => ({ ...claim, rests_on: (claim.rests_on ?? []).filter((id) => known.has(id)) }));
  const used = new Set(resting.flatMap((claim) => claim.rests_on));
  const shown = resting.filter((claim) => claim.rests_on.length > 0 || used.has(claim.id));
  if (shown.length < 2) return null;
  return element("section", { id: "dependencies", "aria-labelledby": "dependencies-heading" },
    element("h2", { id: "dependencies-heading" }, "What rests on what"),
    element("p", { class: "lead" }, `${paper.argument} ` +
      "That a step is refuted as stated does not mean that what rests on it fails: each claim was tried on its own."),
    dependencyGraph(shown),
    element("details", {}, element("summary", {}, "The same as a table"),
      table(["Claim", "Verdict", "Rests on"], shown.map((claim) => [
        element("a", { class: "identifier", href: `#claim-${claim.id}` }, claim.id), verdictWords[claim.verdict],
        claim.rests_on.length > 0 ? listed(claim.rests_on) : "–"]), { "aria-label": "What rests on what" })));
}
