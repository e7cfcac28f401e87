// Commands: text to paste into a shell, with a button that copies it.

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Some browsers give pages from files no clipboard, but still copy a selection.
    const field = element("textarea", { class: "offscreen", "aria-hidden": "true", tabindex: -1 });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("no clipboard");
  }
}

/** A command that can be copied. */
function command(text) {
  const said = element("span", { class: "offscreen", role: "status" });
  const button = element("button", {
    type: "button", class: "copy", "aria-label": `Copy: ${text}`,
    click: async () => {
      let word = "Copied";
      try {
        await copy(text);
      } catch {
        word = "Select it instead";
      }
      button.textContent = word;
      said.textContent = word;
      setTimeout(() => {
        button.textContent = "Copy";
        said.textContent = "";
      }, 1600);
    },
  }, "Copy");
  return element("div", { class: "command" }, shellCode(text), button, said);
}
