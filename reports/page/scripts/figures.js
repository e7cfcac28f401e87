// Figures: a plot with its caption, a text that stands for it, and its numbers as a table.

/** A place that `draw(width)` fills once it is on the page, and again whenever its width changes. */
function responsive(draw) {
  const place = element("div", { class: "plot" });
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.floor(place.clientWidth);
    if (width === 0 || width === drawn) return;
    drawn = width;
    place.replaceChildren(draw(width));
    for (const svg of place.querySelectorAll("svg[aria-label]")) svg.setAttribute("role", "img");
  }).observe(place);
  return place;
}

/** @param numbers  {columns, rows} of the table behind "The numbers" */
function figure({ id, title, lead, plots, note, numbers }) {
  return element("figure", { class: "picture", id: `picture-${id}` },
    element("h3", {}, title),
    element("figcaption", {}, lead),
    plots,
    note ? element("p", { class: "quiet" }, note) : null,
    numbers ? element("details", {}, element("summary", {}, "The numbers"), table(numbers.columns, numbers.rows, { "aria-label": title })) : null);
}
