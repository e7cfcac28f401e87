// Picture: the Gram matrix of the features and the logits as heat maps, the solver's beside the theorem's.

function matricesPicture(picture) {
  const { counts } = picture;
  const names = [["feature_gram", "HᵀH", "", "class, by size nₖ", "class, by size nₖ"], ["logits", "WH", "nats", "logit of class", "mean of class"]];
  const panels = names.flatMap(([key, name, unit, rows, columns]) => {
    const pair = picture[key];
    const scale = heatScale([pair.solver, pair.theorem]);
    return ["solver", "theorem"].map((side) => heatMap({ name: `${name}, ${side}`, matrix: pair[side], counts, scale, unit, rows, columns }));
  });
  const rows = names.flatMap(([key, name]) => ["solver", "theorem"].flatMap((side) => picture[key][side].map((row, i) =>
    [`${name}, ${side}, ${i + 1}`, ...row])));
  return figure({
    id: "matrices", title: "The geometry, found and foretold",
    lead: ["Class means and logits at the minimiser, class by class (sizes along the edges), for ", shellCode(picture.config),
      ". The features are orthogonal and the small classes’ are long, as in the paper’s Figure 3. Positive entries are blue, negative ones orange, and those near zero close to the background."],
    plots: element("div", { class: "panels four" }, panels),
    note: [`The two columns agree to ${digitsOf(picture.feature_gram.disagreement)} digits in HᵀH and ${digitsOf(picture.logits.disagreement)} in WH`,
      picture.certified ? "; the solver’s point is proven globally optimal." : "; the solver’s point was not proven globally optimal."],
    numbers: { columns: ["Row", ...counts.map((count, index) => `${index + 1} (${count})`)], rows },
  });
}
