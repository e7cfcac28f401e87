// Pictures: the section that holds them, for the data that the run has.
function picturesSection() { return null; }
