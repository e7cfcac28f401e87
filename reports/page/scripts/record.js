// Record: how the run was set up, and how the solver did.

function recordSection(data) {
  const { run, solver } = data.report;
  const item = (name, ...content) => [element("dt", {}, name), element("dd", {}, ...content)];
  return element("section", { id: "record", "aria-labelledby": "record-heading" },
    element("h2", { id: "record-heading" }, "The run"),
    element("dl", { class: "facts-list" },
      paper.certified ? [item("Minimisers", `${grouped(solver.certified)} proven globally optimal, ${grouped(solver.not_certified)} not`),
      item("Starts", `${grouped(solver.starts_total)} in all, at most ${grouped(solver.starts_largest)} for one ${paper.instance}`),
      item("Local minima met", `${grouped(solver.local_minima_met)} that are not global`)] : null,
      run.mutants ? item("Wrong theorems", `${grouped(run.mutants.killed)} of ${grouped(run.mutants.total - run.mutants.equivalent)} put in the theorem’s place were refuted by some claim`,
        run.mutants.survivors?.length > 0 ? `; not noticed: ${listed(run.mutants.survivors)}` : "",
        run.mutants.equivalent > 0 ? `. ${grouped(run.mutants.equivalent)} more say the same as the theorem, and ${run.mutants.wrongly_refuted?.length > 0 ? `${listed(run.mutants.wrongly_refuted)} was refuted all the same` : "none of these was refuted"}` : "", ".",
        run.mutants.untested?.length > 0 ? ` Claims that cannot fail, or compare less than is on record: ${listed(run.mutants.untested)}.` : "") : null,
      run.search ? item("Search", run.search) : null,
      item("Cases", `${grouped(run.cases)} of ${grouped(run.cases_planned)} planned`),
      run.configurations.fixed.length > 0 ? item(`Given ${paper.instances}`, run.configurations.fixed.map((text) => element("div", {}, element("code", {}, text)))) : null,
      item(`Random ${paper.instances}`, grouped(run.configurations.random), " asked for; more are drawn until every kind of input was seen often enough"),
      item("Digits, seed, version", `${run.digits}, ${run.seed}, ${run.version}`)),
    element("p", { class: "quiet" }, "The same version, seed and options give this page again, byte for byte. ",
      element("code", {}, "report.json"), " beside it holds the same for programs."));
}
