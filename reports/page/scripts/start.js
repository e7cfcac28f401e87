// Runs before anything is shown: hides the plain table where scripts run, and sets the theme that was chosen last.
document.documentElement.classList.add("scripted");
try {
  const chosen = localStorage.getItem("ncverify-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Without storage the system's choice stands.
}
