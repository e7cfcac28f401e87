// Frame: what every page has around its sections, and what happens where one cannot be made.

function openTarget() {
  let [name] = location.hash.slice(1).split("&");  // a filter may follow
  try {
    name = decodeURIComponent(name);
  } catch {
    return;  // "#100%" names nothing
  }
  const target = document.getElementById(name);
  if (target?.tagName === "DETAILS") {
    target.hidden = false;
    target.parentElement.hidden = false;  // the part of the paper that a filter may have put away
    target.open = true;
    target.scrollIntoView({ block: "start" });
  }
}

/** The page's headline, in type that fits its length. @param set  the same with its quantities set */
const heading = (text, set = text) => element("h1", { class: text.length > 64 ? "long" : null }, set);

/** @param sections  [id, name, node] each; those without a node are left out */
function show(header, sections, version) {
  const present = sections.filter(([, , node]) => node);
  document.getElementById("page").append(
    element("nav", { "aria-label": "Sections" }, element("a", { href: "#page", class: "brand" }, "ncverify"),
      present.map(([id, name]) => element("a", { href: `#${id}` }, name)), themeButton()),
    header,
    element("main", {}, present.map(([, , node]) => node)),
    element("footer", {}, element("p", {}, `ncverify ${version}`)));
  addEventListener("hashchange", openTarget);
  openTarget();
  document.getElementById("plain").remove();
  setFirstFormulas();
  addEventListener("beforeprint", setFormulas);
  // The first screen is painted: now the rest is laid out, and what a link points at has moved.
  requestAnimationFrame(() => setTimeout(() => {
    setFormulas();
    document.documentElement.classList.add("settled");
    openTarget();
  }));
}

/** Makes the page out of its data. Where that fails, the plain table is better than half a page. */
function start(build) {
  try {
    build(JSON.parse(document.getElementById("data").textContent));
  } catch (error) {
    document.documentElement.classList.remove("scripted");
    document.getElementById("page").replaceChildren();
    throw error;
  }
}
