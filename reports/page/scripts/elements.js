// Elements: the only way in which this page makes markup. Text stays text, so no report can add any.

/** Characters that would be invisible or reorder a line, written out. */
function visible(text) {
  return String(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : visible(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : visible(child));
  }
  return node;
}

/** An HTML element. A function among the attributes listens to the event of its name; nothing among the children is left out. */
function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element. */
function drawing(name, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

/** What is typed into a shell, no option of it broken in two. */
function shellCode(text) {
  return element("code", {}, text.split(/(?<= )|(?= )/).map((word) => word.startsWith("--") ? element("span", { class: "option" }, word) : word));
}

/** A table of numbers or words. */
function table(columns, rows, attributes = {}) {
  return element("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": attributes["aria-label"] ?? "Table" },
    element("table", { class: "numbers" },
      element("thead", {}, element("tr", {}, columns.map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, rows.map((row) => element("tr", {}, row.map((cell, column) =>
        element(column === 0 ? "th" : "td", column === 0 ? { scope: "row" } : {}, cell)))))));
}
