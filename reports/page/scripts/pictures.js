// Pictures: the section that holds them, for the data that the run has.

const pictureMakers = [
  ["matrices", matricesPicture], ["path", pathPicture], ["norms", normsPicture],
  ["phases", phasesPicture], ["precision", precisionPicture], ["landscape", landscapePicture],
];

// What a run's file has in a picture's place need not be one: that costs the picture, not the page.
function drawnPicture(name, make, numbers) {
  try {
    return make(numbers);
  } catch (error) {
    return element("p", { class: "warning", role: "note" }, `The picture "${name}" is missing: the report's numbers for it cannot be drawn.`);
  }
}

function picturesSection(data) {
  const pictures = data.report.pictures ?? {};
  const drawn = pictureMakers.filter(([name]) => pictures[name])
    .map(([name, make]) => drawnPicture(name, make, pictures[name]));
  if (data.report.screens.length > 0) drawn.push(screenPicture(data.report.screens, data.misreadings));
  if (data.report.trainings.length > 0) drawn.push(trainingPicture(data.report.trainings));
  return drawn.length === 0 ? null : element("section", { id: "pictures", "aria-labelledby": "pictures-heading" },
    element("h2", { id: "pictures-heading" }, "In pictures"), drawn);
}
