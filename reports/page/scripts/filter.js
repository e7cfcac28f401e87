// Filter: which claims are shown, kept in the address after the section's name, so that a filtered page can be sent and comes back.

const filterKeys = ["text", "state", "kind", "evidence"];
const nothingWanted = () => ({ text: "", state: null, kind: null, evidence: null });

/** What an address asks for, "#claims&state=refuted&text=norm"; null where it names no filter. */
function filterIn(hash) {
  const [name, ...pairs] = hash.replace(/^#/, "").split("&");
  if (name !== "claims" || pairs.length === 0) return null;
  const asked = new URLSearchParams(pairs.join("&"));
  return { ...nothingWanted(), ...Object.fromEntries(filterKeys.filter((key) => asked.get(key)).map((key) => [key, asked.get(key)])) };
}

/** The address of a filter: "#claims" alone where nothing is asked for. */
function filterAddress(wanted) {
  const asked = new URLSearchParams(filterKeys.filter((key) => wanted[key]).map((key) => [key, wanted[key]]));
  return asked.size > 0 ? `#claims&${asked}` : "#claims";
}

/** A group of choices of which at most one is on; `choose` is told which, or null. Its `show(value)` puts one on. */
function choices(label, options, choose) {
  const buttons = options.map(([value, text]) => element("button", {
    type: "button", "aria-pressed": "false", "data-value": value,
    click: (event) => choose(event.currentTarget.getAttribute("aria-pressed") === "true" ? null : value),
  }, text));
  return {
    node: element("div", { class: "choices", role: "group", "aria-label": label }, buttons),
    show: (value) => buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.value === value))),
  };
}

/**
 * The field, the groups of choices, and a button that takes all of it back.
 * @param groups  {label, key, options: [value, text]} each
 * @param apply   told {text, state, kind, evidence} at once, and whenever it changes; returns what to say of it
 */
function filterBar(groups, apply) {
  let wanted = nothingWanted();
  const change = (part, keep) => {
    wanted = { ...wanted, ...part };
    if (field.value.trim().toLowerCase() !== wanted.text) field.value = wanted.text;
    for (const group of made) group.show(wanted[group.key]);
    reset.hidden = filterKeys.every((key) => !wanted[key]);
    shown.textContent = apply(wanted);
    if (keep) history.replaceState(history.state, "", filterAddress(wanted));
  };
  const field = element("input", {
    type: "search", id: "filter", placeholder: "Filter: cor2, cosine, norm …", "aria-label": "Filter the claims", autocomplete: "off",
    input: () => change({ text: field.value.trim().toLowerCase() }, true),
  });
  const made = groups.filter((group) => group.options.length > 1)
    .map((group) => ({ ...group, ...choices(group.label, group.options, (value) => change({ [group.key]: value }, true)) }));
  const known = (key, value) => key === "text" || made.some((group) => group.key === key && group.options.some(([each]) => each === value)) ? value : null;
  const reset = element("button", { type: "button", class: "quiet-button", id: "reset", click: () => { change(nothingWanted(), true); field.focus(); } }, "Show all");
  const shown = element("p", { class: "quiet", role: "status", id: "shown" });
  const follow = () => {
    const asked = filterIn(location.hash);
    if (asked) change(Object.fromEntries(filterKeys.map((key) => [key, known(key, asked[key])])), false);
  };
  change({}, false);
  follow();
  addEventListener("hashchange", follow);
  return element("div", { class: "filter" }, field, made.map((group) => group.node), shown, reset);
}
