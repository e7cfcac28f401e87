// Page: puts the sections together, and opens what a link points at.

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.tagName === "DETAILS") {
    target.hidden = false;
    target.parentElement.hidden = false;  // the part of the paper that a filter may have put away
    target.open = true;
    target.scrollIntoView({ block: "start" });
  }
}

function build() {
  const data = JSON.parse(document.getElementById("data").textContent);
  const sections = [
    ["claims", "Claims", claimsSection(data)],
    ["dependencies", "Dependencies", dependenciesSection(data)],
    ["findings", "What does not hold", findingsSection(data)],
    ["pictures", "Pictures", picturesSection(data)],
    ["record", "The run", recordSection(data)],
  ].filter(([, , node]) => node);
  const page = document.getElementById("page");
  page.append(
    element("nav", { "aria-label": "Sections" }, element("a", { href: "#page", class: "brand" }, "ncverify"),
      sections.map(([id, name]) => element("a", { href: `#${id}` }, name)), themeButton()),
    header(data),
    element("main", {}, sections.map(([, , node]) => node)),
    element("footer", {}, element("p", {}, `ncverify ${data.report.run.version}`)));
  document.getElementById("plain").remove();
  addEventListener("hashchange", openTarget);
  openTarget();
  // The first screen is painted: now the rest is laid out, and what a link points at has moved.
  requestAnimationFrame(() => setTimeout(() => {
    document.documentElement.classList.add("settled");
    openTarget();
  }));
}

try {
  build();
} catch (error) {
  // The plain table is better than half a page.
  document.documentElement.classList.remove("scripted");
  document.getElementById("page").replaceChildren();
  throw error;
}
