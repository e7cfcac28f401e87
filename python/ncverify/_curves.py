"""A page of curves, for a browser: SVG, and nothing from elsewhere."""

import html
import math

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 460, 190, 64, 24, 10


def chart_of(name: str, epochs: "list[int]", values: "list[float]", target: "list[float]") -> str:
    """A curve as SVG, by decades where all values are positive and far apart; "" where there is no number."""
    known = [value for value in values + target if math.isfinite(value)]
    if not any(math.isfinite(value) for value in values):
        return ""
    positive = min(known) > 0
    logarithmic = positive and max(known) > 30 * min(known)

    def scaled(value: float) -> float:
        return math.log10(value) if logarithmic else value

    low, high = scaled(min(known)), scaled(max(known))
    if high - low <= 1e-12 * max(abs(high), 1e-300):
        low, high = low - 0.5 * (abs(low) or 1), high + 0.5 * (abs(high) or 1)
    first, last = epochs[0], epochs[-1]

    def point(epoch: int, value: float) -> str:
        along = (epoch - first) / (last - first) if last > first else 0.5
        up = (scaled(value) - low) / (high - low)
        return f"{LEFT + along * (WIDTH - LEFT - 12):.1f},{TOP + (1 - up) * (HEIGHT - TOP - BOTTOM):.1f}"

    def curve(series: "list[float]", style: str) -> str:
        points = [point(epoch, value) for epoch, value in zip(epochs, series) if math.isfinite(value)]
        dots = "".join(f"<circle cx='{p.split(',')[0]}' cy='{p.split(',')[1]}' r='2'/>" for p in points)
        return f"<g class='{style}'><polyline points='{' '.join(points)}'/>{dots}</g>"

    def label(value: float) -> str:
        return f"{10 ** value if logarithmic else value:.3g}"

    text = [f"<figure><figcaption>{html.escape(name)}: {values[-1]:.4g}"
            + (f" <span class='target'>(optimum {target[-1]:.4g})</span>" if math.isfinite(target[-1]) else "")
            + f"</figcaption><svg viewBox='0 0 {WIDTH} {HEIGHT}' role='img' aria-label='{html.escape(name)}'>",
            f"<path class='axis' d='M{LEFT},{TOP}V{HEIGHT - BOTTOM}H{WIDTH - 12}'/>",
            f"<text x='{LEFT - 6}' y='{TOP + 8}' text-anchor='end'>{label(high)}</text>",
            f"<text x='{LEFT - 6}' y='{HEIGHT - BOTTOM}' text-anchor='end'>{label(low)}</text>",
            f"<text x='{LEFT}' y='{HEIGHT - 6}'>{first}</text>",
            f"<text x='{WIDTH - 12}' y='{HEIGHT - 6}' text-anchor='end'>epoch {last}</text>"]
    if any(math.isfinite(value) for value in target):
        text.append(curve(target, "optimum"))
    text.append(curve(values, "measured"))
    text.append("</svg></figure>")
    return "".join(text)


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Neural collapse by epoch</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 16px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; color: #1b1b1b; }}
main {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1.5rem; }}
figure {{ margin: 0; }} figcaption {{ font-weight: 600; }} .target {{ font-weight: 400; color: #8a4b00; }}
svg {{ width: 100%; height: auto; }} text {{ font-size: 12px; fill: #444; }}
.axis {{ fill: none; stroke: #999; }} polyline {{ fill: none; stroke-width: 1.8; }}
.measured {{ stroke: #1f5fa8; fill: #1f5fa8; }} .optimum {{ stroke: #b06000; fill: none; stroke-dasharray: 5 4; }}
.optimum circle {{ display: none; }}
</style></head><body>
<h1>Neural collapse by epoch</h1>
<p>{count} measurements. Solid: the network; dashed: the optimum for its counts and decays, by the theorem.</p>
<main>
{charts}
</main></body></html>
"""


def page(charts: "list[str]", count: int) -> str:
    """The page of these charts."""
    return _PAGE.format(charts="\n".join(charts), count=count)
