// Numbers: measured ones as a person reads them; all digits stand in the tables.

/** "0.0072627", "1.3 · 10⁻¹²", "–" where there is none. */
function short(text, digits = 4) {
  if (text === null || text === undefined) return "–";
  const value = Number(text);
  if (value === 0) return /[1-9]/.test(String(text).split(/e/i)[0]) ? minus(String(text)) : "0";  // below a double's range
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (!Number.isFinite(exponent)) return minus(String(text));  // beyond a double's range
  if (exponent >= -3 && exponent < 6) return minus(String(Number(value.toPrecision(digits))));
  const [mantissa, power] = value.toExponential(digits - 1).split("e");
  return minus(`${Number(mantissa)} · 10`) + superscript(Number(power));
}

const minus = (text) => text.replace(/-/g, "−");

/** A share as "12 %", "0.3 %", "less than 0.1 %", "99.7 %", "more than 99.9 %": 0 and 100 % mean what they say. */
function percent(share) {
  const value = 100 * share;
  if (value > 0 && value < 0.1) return "less than 0.1 %";
  if (value < 100 && value > 99.9) return "more than 99.9 %";
  return `${(value > 0 && value < 10) || (value > 95 && value < 100) ? value.toFixed(1) : Math.round(value)} %`;
}
