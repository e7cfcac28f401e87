// Dependency layout: the paper's argument in rows, what rests on nothing at the top.

/**
 * Places nodes so that every edge points down, few edges cross, and nodes stand below what they rest on.
 * @param claims  {id, rests_on} of each node; what they rest on is among them
 * @param size    {node: width of a node by id, gap, row: distance of rows, widest: width at which a row is split}
 * @return {nodes: [{claim, below, above, row, x, y}], width, height}; x and y are centres
 */
function layOut(claims, size) {
  const nodes = new Map(claims.map((claim) => [claim.id, { claim, width: size.node(claim.id), below: [], above: [] }]));
  for (const node of nodes.values()) {
    for (const id of node.claim.rests_on) {
      node.below.push(nodes.get(id));
      nodes.get(id).above.push(node);
    }
  }
  const full = rowsOf([...nodes.values()]);
  untangle(full);
  const rows = splitRows(full, size);
  untangle(rows);
  const width = place(rows, size.gap);
  for (const node of nodes.values()) node.y = (node.row + 0.5) * size.row;
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

/** Rows that are too wide become several, every second or third node in each; edges run on behind them. */
function splitRows(rows, size) {
  const split = rows.flatMap((row) => {
    const parts = Math.ceil((d3.sum(row, (node) => node.width + size.gap)) / size.widest);
    return d3.range(parts).map((part) => row.filter((_, index) => index % parts === part));
  });
  split.forEach((row, index) => row.forEach((node) => { node.row = index; }));
  return split;
}

const meanOf = (neighbours, value, otherwise) => neighbours.length === 0 ? otherwise : d3.mean(neighbours, value);

/** Orders each row by the mean place of its neighbours, down and up, a few times. */
function untangle(rows) {
  const number = (row) => row.forEach((node, index) => { node.order = (index + 0.5) / row.length; });
  rows.forEach(number);
  for (let round = 0; round < 24; ++round) {
    const down = round % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      const wish = new Map(row.map((node) => [node, meanOf(down ? node.below : node.above, (other) => other.order, node.order)]));
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
      const neighbours = (node) => [...node.below, ...node.above];
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
