// Page: the report's sections, top to bottom.

start((data) => {
  aboutPaper(data.paper);
  show(header(data), [
    ["claims", "Claims", claimsSection(data)],
    ["dependencies", "Dependencies", dependenciesSection(data)],
    ["findings", "What does not hold", findingsSection(data)],
    ["pictures", "Pictures", picturesSection(data)],
    ["class-weights", "Class weights", classWeightsSection(data)],
    ["record", "The run", recordSection(data)],
  ], data.report.run.version);
});
