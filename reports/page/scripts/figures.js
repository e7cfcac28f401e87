// Figures: a plot with its caption, a text that stands for it, and its numbers as a table.

/** A place that `draw(width)` fills once it is on the page, and again whenever its width changes. */
function responsive(draw) {
  const place = element("div", { class: "plot" });
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.floor(place.getBoundingClientRect().width);  // clientWidth may have been rounded up
    if (width === 0 || width === drawn) return;
    drawn = width;
    place.replaceChildren(draw(width));
    for (const svg of place.querySelectorAll("svg[aria-label]")) svg.setAttribute("role", "img");
  }).observe(place);
  return place;
}

/** @param numbers  {columns, rows} of the table behind "The numbers"
    @param tables   further tables that stand open, {title, columns, rows} each */
function figure({ id, title, lead, plots, note, numbers, tables = [] }) {
  return element("figure", { class: "picture", id: `picture-${id}` },
    element("figcaption", {}, element("h3", {}, title), element("p", {}, lead)),
    plots,
    note ? element("p", { class: "quiet" }, note) : null,
    tables.map((one) => [element("h4", {}, one.title), table(one.columns, one.rows, { "aria-label": one.title })]),
    numbers ? element("details", {}, element("summary", {}, "The numbers"), table(numbers.columns, numbers.rows, { "aria-label": title })) : null);
}

/** What the colours, dashes and symbols of `series` ({name, colour, dash or symbol or both, hollow}) stand for. */
function legend(series) {
  return element("ul", { class: "legend" }, series.map((one) => element("li", {},
    drawing("svg", { width: 26, height: 12, viewBox: "-13 -6 26 12", "aria-hidden": "true" },
      one.symbol && one.dash === undefined ? null : drawing("path", { d: "M-13,0H13", stroke: one.colour, "stroke-width": 2, "stroke-dasharray": one.dash }),
      one.symbol ? drawing("path", { d: d3.symbol(Plot.symbolTypes?.[one.symbol] ?? symbolShapes[one.symbol], 70)(), ...(one.hollow ? { fill: "none", stroke: one.colour, "stroke-width": 2 } : { fill: one.colour }) }) : null),
    one.name)));
}

const symbolShapes = { circle: d3.symbolCircle, triangle: d3.symbolTriangle, square: d3.symbolSquare, diamond: d3.symbolDiamond, times: d3.symbolTimes };

const superscript = (number) => String(number).replace(/[-−]/, "⁻").replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]);
/** Whether a tick is a power of ten: log10 of one is off by less than 308 epsilon, and no tick lies nearer to one than 9 · 10ⁿ. */
const isPowerOfTen = (value) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1000 * Number.EPSILON;
/** 1e-5 as 10⁻⁵; ticks that are no power of ten stay bare. */
function powerOfTen(value) {
  return isPowerOfTen(value) ? `10${superscript(Math.round(Math.log10(value)))}` : "";
}
/** 1, 10, 100, 1 000 and so on; other ticks stay bare. */
function shortCount(value) {
  return isPowerOfTen(value) ? (value < 1 ? String(value) : grouped(value)) : "";
}
