// Inputs: which arrays were measured, and how their numbers are read.

function inputsSection({ measure }) {
  const item = (name, ...content) => [element("dt", {}, name), element("dd", {}, ...content)];
  const array = ({ file, key, shape, type, order }) => [element("code", {}, key === null ? file : `${file}:${key}`), `, ${shape.join(" × ")}, ${type}, ${order} order`];
  const entries = measure.feature_entries;
  return element("section", { id: "inputs", "aria-labelledby": "inputs-heading" },
    element("h2", { id: "inputs-heading" }, "What was measured"),
    element("dl", { class: "facts-list" },
      item("Features", array(measure.inputs.features)),
      item("Labels", array(measure.inputs.labels)),
      item("Classifier", array(measure.inputs.classifier)),
      measure.inputs.bias ? item("Bias", array(measure.inputs.bias)) : null,
      item("Feature entries", `from ${short(entries.smallest)} to ${short(entries.largest)}, ${grouped(entries.zeros)} of them zero, ${grouped(entries.negatives)} negative`),
      measure.config.lambda_w === null ? null : item("Weight decays", mathematics(`\\lambda_W`), ` = ${measure.config.lambda_w}, `, mathematics(`\\lambda_H`), ` = ${measure.config.lambda_h}`, measure.implied?.used.length > 0 ? " (implied, where not given)" : null),
      measure.angles.features ? item("Angles of class means", angleWords(measure.angles.features)) : null,
      measure.angles.classifier ? item("Angles of classifiers", angleWords(measure.angles.classifier)) : null),
    element("p", { class: "quiet" }, "Metrics are those of the paper’s Section 5.1, with class means that are means: it divides by n and K where classes of different sizes need nₖ and N. ",
      element("code", {}, "measure.json"), " beside this page holds the same for programs."));
}

const angleWords = ({ smallest, mean, largest }) => `${short(smallest)}° to ${short(largest)}°, on average ${short(mean)}°`;
