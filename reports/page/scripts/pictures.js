// Pictures: the section that holds them, for the data that the run has.

const pictureMakers = [
  ["matrices", matricesPicture], ["path", pathPicture], ["norms", normsPicture],
  ["phases", phasesPicture], ["precision", precisionPicture], ["landscape", landscapePicture],
];

function picturesSection(data) {
  const pictures = data.report.pictures ?? {};
  const drawn = pictureMakers.filter(([name]) => pictures[name]).map(([name, make]) => make(pictures[name]));
  if (data.report.screens.length > 0) drawn.push(screenPicture(data.report.screens, data.misreadings));
  return drawn.length === 0 ? null : element("section", { id: "pictures", "aria-labelledby": "pictures-heading" },
    element("h2", { id: "pictures-heading" }, "In pictures"), drawn);
}
