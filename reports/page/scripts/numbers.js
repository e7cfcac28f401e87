// Numbers: as a person reads them; all digits stand in the tables.

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

/** What rounding alone may leave of a metric that is zero, or of a comparison of two: they are chains of at most 10^6 operations on doubles. */
const roundingOfMetrics = 1e6 * Number.EPSILON;

const minus = (text) => text.replace(/-/g, "−");

/** The share of `part` in `part` + `rest`, such as "12.5 %", "99.9995 %". "0 %" and "100 %" mean none and all. The program's own tables say the
 *  same (measure/number_text.cpp). */
function shareWords(part, rest) {
  const whole = part + rest;
  if (!(whole > 0)) return "–";
  if (part === 0 || rest === 0) return part === 0 ? "0 %" : "100 %";
  const smaller = 100 * Math.min(part, rest) / whole;
  if (smaller < 1e-6) return part < rest ? "less than 0.000001 %" : "more than 99.999999 %";
  const decimals = Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(smaller))));
  return `${Number((100 * part / whole).toFixed(decimals))} %`;
}
