// Returns every piece of text whose contrast is below WCAG AA, and what was measured of how many.
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const cache = new Map();
/** Any CSS colour as [r, g, b, alpha]. */
function parse(colour) {
  if (!cache.has(colour)) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = "#000";
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    cache.set(colour, [r, g, b, a / 255]);
  }
  return cache.get(colour);
}
const over = (top, bottom) => [0, 1, 2].map((i) => top[3] * top[i] + (1 - top[3]) * bottom[i]).concat(1);
const luminance = ([r, g, b]) => {
  const linear = [r, g, b].map((value) => value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
};
const ratio = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
/** What is painted behind an element: the backgrounds around it, and in the graph the box of the node. */
function behind(element) {
  const box = element.closest(".node")?.querySelector("rect");
  if (box) return over(parse(getComputedStyle(box).fill), [255, 255, 255, 1]);
  const layers = [];
  for (let node = element; node; node = node.parentElement) {
    const colour = parse(getComputedStyle(node).backgroundColor);
    layers.push(colour);
    if (colour[3] === 1) break;
  }
  return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
}
const failures = [];
let measured = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || ["SCRIPT", "STYLE", "TITLE"].includes(element.tagName) || element.closest(".katex-mathml, .offscreen, title")) continue;
  if (!element.checkVisibility({ checkVisibilityCSS: true })) continue;
  const style = getComputedStyle(element);
  const ground = behind(element);
  const text = element.closest("svg") ? style.fill : style.color;
  const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const value = ratio(over(parse(text), ground), ground);
  ++measured;
  if (value < (large ? 3 : 4.5)) failures.push(`${value.toFixed(2)}: "${walker.currentNode.data.trim().slice(0, 40)}" in ${element.closest("[id]")?.id}`);
}
// Lines and marks: three to one against the paper.
const root = getComputedStyle(document.documentElement);
const paper = parse(getComputedStyle(document.body).backgroundColor);
for (const name of ["--series-1", "--series-2", "--series-3", "--series-4", "--quiet", "--verified", "--refuted", "--inconclusive"]) {
  const value = ratio(parse(root.getPropertyValue(name).trim()), paper);
  if (value < 3) failures.push(`${value.toFixed(2)}: ${name}`);
}
return { failures, measured };
