// Picture: the Gram matrix of the features and the logits as heat maps, the solver's beside the theorem's.

function matricesPicture(picture) {
  const { counts } = picture;
  const names = [["feature_gram", "HᵀH"], ["logits", "WH"]];
  const panels = names.flatMap(([key, name]) => {
    const pair = picture[key];
    const largest = d3.max([...pair.solver, ...pair.theorem].flat(), (text) => Math.abs(Number(text))) || 1;
    return [heatMap(`${name}, solver`, pair.solver, counts, largest), heatMap(`${name}, theorem`, pair.theorem, counts, largest)];
  });
  const rows = names.flatMap(([key, name]) => ["solver", "theorem"].flatMap((side) => picture[key][side].map((row, i) =>
    [`${name}, ${side}, ${i + 1}`, ...row])));
  return figure({
    id: "matrices", title: "The geometry, found and foretold",
    lead: ["Class means and logits at the minimiser, class by class (sizes along the edges), for ", element("code", {}, picture.config),
      ". The features are orthogonal and the small classes’ are long, as in the paper’s Figure 3. Positive entries are blue, negative ones orange."],
    plots: element("div", { class: "panels four" }, panels),
    note: [`The two columns agree to ${digitsOf(picture.feature_gram.disagreement)} digits in HᵀH and ${digitsOf(picture.logits.disagreement)} in WH`,
      picture.certified ? "; the solver’s point is proven globally optimal." : "; the solver’s point was not proven globally optimal."],
    numbers: { columns: ["Row", ...counts.map((count, index) => `${index + 1} (${count})`)], rows },
  });
}
