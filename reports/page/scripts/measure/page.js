// Page: a measured network, top to bottom.

start((data) => show(measureHeader(data), [
  ["gap", "Gap", splitSection(data)],
  ["metrics", "Metrics", metricsSection(data)],
  ["decays", "Decays", decaysSection(data)],
  ["geometry", "Geometry", geometrySection(data)],
  ["classes", "Classes", classesSection(data)],
  ["spectrum", "Between classes", spectrumSection(data)],
  ["inputs", "Inputs", inputsSection(data)],
], data.version));
