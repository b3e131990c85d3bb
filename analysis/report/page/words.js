// Words: every text of the interface in both languages, and numbers as each writes them.

const LANGUAGES = ["en", "zh"];
let language = document.documentElement.lang;

function said(key) {
  const texts = all.words[key];
  return texts ? texts[LANGUAGES.indexOf(language)] || "" : "";
}

function t(key, values = {}) {
  if (!(key in all.words)) console.warn(`no text ${key}`);
  return said(key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

function plain(name) {
  const text = name.replaceAll("_", " ").replaceAll("+", ", ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const formats = new Map();
function number(x, digits = 2, sign = false) {
  if (x === null || x === undefined || !Number.isFinite(x)) return "–";
  const key = `${language} ${digits} ${sign}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en-GB", {
      minimumFractionDigits: digits, maximumFractionDigits: digits,
      signDisplay: sign ? "exceptZero" : "negative",
    }));
  }
  return formats.get(key).format(x).replace("-", "−");
}

// With as many decimals as leave three or four figures.
function figure(x, sign = false, scale = Math.abs(x)) {
  const digits = scale >= 1000 || scale === 0 ? 0 : scale >= 100 ? 1 : scale >= 1 ? 2 : 3;
  return number(x, digits, sign);
}

// Two figures: of what is itself known roughly.
function rough(x) {
  const lead = Number(x.toPrecision(2));
  return number(lead, lead > 0 ? Math.max(0, 1 - Math.floor(Math.log10(lead))) : 0);
}

function percent(share, digits = 0) {
  return share === null || !Number.isFinite(share) ? "–" : `${number(100 * share, digits)} %`;
}

function unitWord(unit) {
  return all.words[`unit.${unit}`] ? t(`unit.${unit}`) : unit;
}

function withUnit(text, unit) {
  const word = unitWord(unit);
  return word ? `${text} ${word}` : text;
}

const shownTitle = () => all.title[LANGUAGES.indexOf(language)];

const listed = (texts) => texts.join(language === "zh" ? "、" : ", ");

function groupLabel(arm) {
  return said(`rule.${arm.group}`) || plain(arm.group);
}

function wayLabel(arm) {
  return arm.way ? said(`way.${arm.way}`) || plain(arm.way) : "";
}

function armLabel(arm) {
  if (arm.name === all.reference) return said(arm.name) || plain(arm.name);
  const way = wayLabel(arm);
  const text = way ? groupLabel(arm) + (language === "zh" ? "，" : ", ") + way.toLowerCase() : groupLabel(arm);
  return text;
}

const armNamed = (name) => all.arms.find((arm) => arm.name === name);
const cityLabel = (city) => (language === "zh" && city.zh ? city.zh : city.name);
const otherLabel = (city) => (language === "zh" && city.zh ? city.name : city.zh);
const provinceLabel = (city) => (language === "zh" ? city.province_zh : city.province);
const measureLabel = (name) => said(`m.${name}`) || plain(name);
const nationalLabel = (name) => said(`n.${name}`) || plain(name);

function outcomeLabel(outcome, short = false) {
  const brief = short ? said(`short.${outcome.word}`) : "";
  return brief || said(`outcome.${outcome.word}`) || outcome.label;
}
