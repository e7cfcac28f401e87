// Dependency layout: the paper's argument in rows, what rests on nothing at the top, with lanes for what passes rows by.

/**
 * Places nodes so that every edge points down, few edges cross, nodes stand below what they rest on, and no edge runs through a node.
 * @param claims  {id, rests_on} of each node; what they rest on is among them
 * @param size    {node: width of a node by id, gap, row: distance of rows, widest: width that rows are split to keep to}
 * @return {nodes: [{claim, below, above, row, x, y, way}], width, height}; x and y are centres. `way(to)` are the lanes, {x, y}, of the edge from a
 *         node down to another
 */
function layOut(claims, size) {
  let laid;
  for (let widest = size.widest; !laid || (laid.width > size.widest && widest > size.widest / 2); widest -= size.widest / 10) laid = laidOut(claims, size, widest);
  return laid;
}

function laidOut(claims, size, widest) {
  const nodes = new Map(claims.map((claim) => [claim.id, { claim, width: size.node(claim.id), below: [], above: [], up: [], down: [] }]));
  for (const node of nodes.values()) {
    for (const id of node.claim.rests_on) {
      node.below.push(nodes.get(id));
      nodes.get(id).above.push(node);
    }
  }
  const full = rowsOf([...nodes.values()]);
  for (const node of nodes.values()) [node.up, node.down] = [node.below, node.above];
  untangle(full);
  const rows = splitRows(full, size.gap, widest);
  for (const node of nodes.values()) [node.up, node.down] = [[], []];
  for (const node of nodes.values()) addLanes(node, rows);
  untangle(rows);
  const width = place(rows, size.gap);
  rows.forEach((row, index) => row.forEach((item) => { item.y = (index + 0.5) * size.row; }));
  return { nodes: [...nodes.values()], width, height: rows.length * size.row };
}

/** Rows by the longest way from a node that rests on nothing; such nodes come down to just above their first use. */
function rowsOf(nodes) {
  const rowOf = (node) => node.row ??= node.below.length === 0 ? 0 : 1 + Math.max(...node.below.map(rowOf));
  nodes.forEach(rowOf);
  for (const node of nodes) {
    if (node.below.length === 0 && node.above.length > 0) node.row = Math.min(...node.above.map((other) => other.row)) - 1;
  }
  const rows = [];
  for (const node of nodes) (rows[node.row] ??= []).push(node);
  return rows;
}

/** Rows that are too wide become several, every second or third node in each. */
function splitRows(rows, gap, widest) {
  const split = rows.flatMap((row) => {
    const parts = Math.ceil((d3.sum(row, (node) => node.width + gap)) / widest);
    return d3.range(parts).map((part) => row.filter((_, index) => index % parts === part));
  });
  split.forEach((row, index) => row.forEach((node) => { node.row = index; }));
  return split;
}

/** Where edges of a node pass rows by they share a lane, which takes its place in each of these rows. */
function addLanes(node, rows) {
  const lanes = [];
  const last = Math.max(node.row, ...node.above.map((other) => other.row - 1));
  for (let row = node.row + 1, from = node; row <= last; ++row) {
    const lane = { width: 2, up: [from], down: [] };
    from.down.push(lane);
    rows[row].push(lane);
    lanes.push(lane);
    from = lane;
  }
  node.way = (to) => lanes.slice(0, to.row - node.row - 1);
  for (const to of node.above) {
    const from = node.way(to).at(-1) ?? node;
    from.down.push(to);
    to.up.push(from);
  }
}

const meanOf = (neighbours, value, otherwise) => neighbours.length === 0 ? otherwise : d3.mean(neighbours, value);

/** Orders each row by the mean place of its neighbours, down and up, a few times. */
function untangle(rows) {
  const number = (row) => row.forEach((node, index) => { node.order = (index + 0.5) / row.length; });
  rows.forEach(number);
  for (let round = 0; round < 24; ++round) {
    const down = round % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      const wish = new Map(row.map((node) => [node, meanOf(down ? node.up : node.down, (other) => other.order, node.order)]));
      row.sort((a, b) => wish.get(a) - wish.get(b));
      number(row);
    }
  }
}

/** Moves nodes towards the mean of all their neighbours while those of a row keep their distance; returns the width. */
function place(rows, gap) {
  const widthOf = (row) => d3.sum(row, (node) => node.width) + gap * (row.length - 1);
  const width = Math.max(...rows.map(widthOf));
  for (const row of rows) {
    let x = (width - widthOf(row)) / 2;
    for (const node of row) {
      node.x = x + node.width / 2;
      x += node.width + gap;
    }
  }
  for (let round = 0; round < 40; ++round) {
    for (const row of round % 2 === 0 ? rows : [...rows].reverse()) {
      const neighbours = (node) => [...node.up, ...node.down];
      const wish = row.map((node) => meanOf(neighbours(node), (other) => other.x, node.x));
      separate(row, wish, gap, width);
    }
  }
  return width;
}

/** The places closest to `wish` at which neighbours in a row keep their distance: pushed right, then left, and the mean. */
function separate(row, wish, gap, width) {
  const right = [], left = [];
  let least = 0;
  row.forEach((node, i) => {
    right[i] = Math.max(wish[i], least + node.width / 2);
    least = right[i] + node.width / 2 + gap;
  });
  let most = width;
  for (let i = row.length - 1; i >= 0; --i) {
    left[i] = Math.min(right[i], most - row[i].width / 2);
    most = left[i] - row[i].width / 2 - gap;
  }
  row.forEach((node, i) => { node.x = left[i]; });
}
