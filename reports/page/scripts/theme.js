// Theme: light, dark, or as the system has it.

const themes = ["system", "light", "dark"];

/** A button that goes through the themes and remembers the choice where it can. */
function themeButton() {
  const root = document.documentElement;
  const current = () => root.dataset.theme ?? "system";
  const label = () => `Theme: ${current()}`;
  const button = element("button", {
    type: "button", class: "quiet-button", id: "theme",
    click: () => {
      const next = themes[(themes.indexOf(current()) + 1) % themes.length];
      if (next === "system") delete root.dataset.theme;
      else root.dataset.theme = next;
      try {
        localStorage.setItem("ncverify-theme", next);
      } catch {
        // Then it lasts until the page is left.
      }
      button.textContent = label();
    },
  }, label());
  return button;
}
