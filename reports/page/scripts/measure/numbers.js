// Numbers: measured ones as a person reads them; all digits stand in the tables.

/** "0.0072627", "1.3 · 10⁻¹²", "–" where there is none. */
function short(text, digits = 4) {
  if (text === null || text === undefined) return "–";
  const value = Number(text);
  if (value === 0) return "0";
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (!Number.isFinite(exponent)) return minus(String(text));  // beyond a double's range
  if (exponent >= -3 && exponent < 6) return minus(String(Number(value.toPrecision(digits))));
  const [mantissa, power] = value.toExponential(digits - 1).split("e");
  return minus(`${Number(mantissa)} · 10`) + superscript(Number(power));
}

const minus = (text) => text.replace(/-/g, "−");

/** A share as "12 %", "0.3 %", "less than 0.1 %", "0 %". */
function percent(share) {
  const value = 100 * share;
  if (value > 0 && value < 0.1) return "less than 0.1 %";
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}
