// Decays: what the network says of its own, and what those of common training code are in the terms of problem (4).

const trainingCode = [
  ["SGD or Adam with weight_decay=w on W", "w", ""],
  ["loss + w/2 * W.square().sum()", "w", ""],
  ["loss + w * W.square().sum(): the half is missing", "2 w", ""],
  ["AdamW with weight_decay=w", "none: not the gradient of any loss", ""],
  ["loss + h/2 * H.square().sum(), H a minibatch of B of N samples", "", "h B/N"],
  ["the same times N/B", "", "h"],
  ["loss + h/2 * H.square().sum(dim=1).mean()", "", "h/N"],
  ["loss + h * H.square().sum(dim=1).mean(): the half is missing", "", "2 h/N"],
  ["cross_entropy(reduction=\"sum\") + w/2 * ||W||^2 + h/2 * ||H||^2 on B samples", "w/B", "h/N"],
  ["no decay on features, weight_decay on all layers", "w", "what is implied above, if anything"],
];

function decaysSection({ measure }) {
  const { implied, config } = measure;
  const contradiction = implied?.contradiction;
  const origin = (key) => config[key] === null ? "not known" : implied?.used.includes(key) ? `${short(config[key])}, taken from the network` : config[key];
  return element("section", { id: "decays", "aria-labelledby": "decays-heading" },
    element("h2", { id: "decays-heading" }, "Weight decays"),
    implied ? [
      element("p", { class: "lead" }, "At a stationary point the network itself says under which decays it is one. ", mathematics(String.raw`\lambda_W`),
        " holds for any network; ", mathematics(String.raw`\lambda_H`), " for features that are free, as in problem (4), and for a network’s only as far as it fits them."),
      table(["", "Given", "Implied", ...(contradiction ? ["Would fit"] : [])], [["lambda_w", mathematics(String.raw`\lambda_W`)], ["lambda_h", mathematics(String.raw`\lambda_H`)]]
        .map(([key, name]) => [name, origin(key), short(implied[key]), ...(contradiction ? [short(contradiction[key])] : [])]), { "aria-label": "Decays given and implied" }),
      element("p", { class: implied.reliable ? "quiet" : "warning" }, implied.reliable ? "Reliable: " : "Not reliable: ", prose(implied.why), "."),
      contradiction ? element("p", {}, prose(`The given lambda_H / lambda_W is ${short(contradiction.factor)} times ||W||^2 / sum ||h||^2 = ${short(implied.ratio)}, to which it is equal at every stationary point.`)) : null,
    ] : element("p", { class: "lead" }, measure.config.lambda_w === null ? "None were given." : "Nothing is implied of them: these are other samples than those of the training, or all features or W are zero."),
    element("h3", {}, "What training code makes of a decay"),
    element("p", { class: "lead" }, "Problem (4) has the mean of the cross-entropy over the ", mathematics("N"), " samples, ", mathematics(String.raw`\tfrac{\lambda_W}2\|W\|^2`), " and ",
      mathematics(String.raw`\tfrac{\lambda_H}2\sum\|h\|^2`), " over all of them. Code adds up less than that at a time."),
    element("div", { class: "training-code" }, table(["Where the code has (cross-entropy a mean over the minibatch)", mathematics(String.raw`\lambda_W`), mathematics(String.raw`\lambda_H`)],
      trainingCode.map(([code, w, h]) => [code, w, h]), { "aria-label": "Decays of common training code" })));
}
