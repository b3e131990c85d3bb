// Scale: which class of colour a value has. It is the same for all years and policies.

const SHARES = [0.2, 0.4, 0.6, 0.78, 0.91, 0.98];
const SIGNED_SHARES = [0.3, 0.65, 0.92];
const scales = new Map();

function shown(measure, arm, year, city, versus) {
  const own = value(measure, arm, year, city);
  return versus ? own - value(measure, referenceIndex(), year, city) : own;
}

function scaleOf(measure, versus) {
  const key = `${measure} ${versus}`;
  if (!scales.has(key)) scales.set(key, newScale(measure, versus));
  return scales.get(key);
}

function newScale(measure, versus) {
  const signed = versus || all.units[measure].signed;
  const sizes = [];
  const own = column(measure);
  const cities = all.cities.length, years = all.years.length;
  const reference = referenceIndex() * cities * years;
  for (let i = 0; i < own.length; i++) {
    const x = versus ? own[i] - own[reference + (i % (cities * years))] : own[i];
    if (Number.isFinite(x) && x !== 0) sizes.push(Math.abs(x));
  }
  const sorted = Float64Array.from(sizes).sort();
  const borders = (signed ? SIGNED_SHARES : SHARES).map((share) => rounded(sorted[Math.floor(share * (sorted.length - 1))] || 0));
  return { signed, borders: [...new Set(borders)].filter((border) => border > 0) };
}

function rounded(x) {
  if (!(x > 0)) return 0;
  const size = 10 ** Math.floor(Math.log10(x));
  const lead = x / size;
  return Number(([1, 1.5, 2, 3, 4, 5, 7, 10].reduce((a, b) => (Math.abs(b - lead) < Math.abs(a - lead) ? b : a)) * size).toPrecision(2));
}

function classOf(x, scale) {
  if (!Number.isFinite(x)) return "none";
  const step = scale.borders.filter((border) => Math.abs(x) >= border).length;
  if (!scale.signed) return x === 0 ? "q0" : `q${1 + step}`;
  return step === 0 ? "z" : `${x > 0 ? "p" : "n"}${step}`;
}

function legendOf(measure, versus) {
  const scale = scaleOf(measure, versus);
  const borders = scale.borders, texts = borders.map((border) => borderText(border));
  if (!scale.signed) return { classes: ["q1", ...borders.map((_, i) => `q${i + 2}`)], texts };
  const steps = borders.map((_, i) => i + 1);
  return {
    classes: [...steps.map((i) => `n${i}`).reverse(), "z", ...steps.map((i) => `p${i}`)],
    texts: [...texts.map((text) => `−${text}`).reverse(), ...texts.map((text) => `+${text}`)],
  };
}

function borderText(border) {
  return number(border, border >= 10 ? 0 : border >= 1 ? (border % 1 ? 1 : 0) : Math.min(6, 1 - Math.floor(Math.log10(border))));
}
