// Map: the cities in the last year, in classes whose borders stay while levers move.

let shapes = [];
let cityValues = null;
const borders = new Map();
const MAPS = ["emissions_change", "emissions", "quota", "net_purchase", "abated", "abatement_cost"];
const SIGNED = ["emissions_change", "net_purchase"];

function cityMap() {
  if (!all.map.cities.some((path) => path)) return null;
  const [, , width, height] = all.map.frame;
  const tip = make("div", { class: "tip", "aria-hidden": "true", hidden: true });
  const stripes = make("pattern", { id: "stripes", width: 60, height: 60, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    make("rect", { width: 60, height: 60, class: "ground" }), make("line", { x1: 0, x2: 0, y1: 0, y2: 60, class: "stripe" }));
  shapes = all.map.cities.map((path, i) => (path ? make("path", { d: path, "data-city": i, class: "none" }) : null));
  const drawing = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": "map-words",
    onmousemove: (event) => pointAt(event, tip), onmouseleave: () => { tip.hidden = true; } }, make("defs", {}, stripes),
  make("g", { class: "whole" }, all.map.whole.map((path) => make("path", { d: path }))), make("g", { class: "cities" }, shapes));
  const pick = choice("measure", t("measure"), MAPS.map((name) => ({ value: name, label: mapLabel(name) })), state.measure,
    (name) => { state.measure = name; drawMap(); });
  return section("cities-map", t("map"), t("live_map_note", { year: all.years.at(-1) }), pick,
    make("figure", { class: "map" }, make("div", { class: "canvas" }, drawing, tip), make("div", { class: "legend", id: "legend" }),
      make("p", { class: "unseen", id: "map-words" }), make("p", { class: "note" }, t("map_note"))));
}

const mapLabel = (name) => (name === "emissions_change" ? t("emissions_change") : measureLabel(name));

function mapped(name) {
  if (name !== "emissions_change") return cityValues[name];
  const { values, reference, unit } = cityValues.emissions;
  return { unit, values: values.map((x, i) => (x === null || reference[i] === null ? null : x - reference[i])) };
}

function drawMap() {
  const words = document.getElementById("map-words");
  if (!cityValues || !words) return;
  const { values, unit } = mapped(state.measure);
  if (!borders.has(state.measure) || borders.get(state.measure).unit !== unit) borders.set(state.measure, bordersOf(values, unit));
  const scale = borders.get(state.measure);
  shapes.forEach((shape, i) => { if (shape) shape.setAttribute("class", classOf(values[i] ?? NaN, scale)); });
  fill(document.getElementById("legend"), legend(scale), unitWord(unit));
  const known = values.map((x, i) => [x, i]).filter(([x]) => x !== null).sort((one, other) => other[0] - one[0]);
  words.textContent = t("map_words", { measure: mapLabel(state.measure), year: all.years.at(-1), arm: t("your_policy"),
    known: known.length, all: values.length, top: listed(known.slice(0, 3).map(([, i]) => `${cityLabel(all.cities[i])} ${cityText(i)}`)) });
}

function bordersOf(values, unit) {
  const signed = SIGNED.includes(state.measure);
  const sorted = Float64Array.from(values.filter((x) => x !== null && x !== 0).map(Math.abs)).sort();
  const found = (signed ? SIGNED_SHARES : SHARES).map((share) => rounded(sorted[Math.floor(share * (sorted.length - 1))] || 0));
  return { unit, signed, borders: [...new Set(found)].filter((border) => border > 0) };
}

function legend(scale) {
  const texts = scale.borders.map(borderText), steps = texts.map((_, i) => i + 1);
  const classes = scale.signed ? [...steps.map((i) => `n${i}`).reverse(), "z", ...steps.map((i) => `p${i}`)]
    : ["q1", ...steps.map((i) => `q${i + 1}`)];
  const labels = scale.signed ? [...texts.map((text) => `−${text}`).reverse(), ...texts.map((text) => `+${text}`)] : texts;
  return make("div", { class: "ramp" }, classes.map((name, i) => make("span", {}, make("i", { class: `box ${name}` }),
    labels[i] ? make("b", {}, labels[i]) : null)));
}

function cityText(i) {
  const { values, unit } = mapped(state.measure);
  return values[i] === null ? t("no_data") : withUnit(figure(values[i], SIGNED.includes(state.measure)), unit);
}

function pointAt(event, tip) {
  const city = event.target.dataset.city;
  tip.hidden = city === undefined || !cityValues;
  if (tip.hidden) return;
  const box = tip.parentElement.getBoundingClientRect();
  fill(tip, make("strong", {}, cityLabel(all.cities[city])), ` ${otherLabel(all.cities[city])}`, make("br"), cityText(Number(city)));
  tip.style.left = `${Math.min(event.clientX - box.left + 12, box.width - tip.offsetWidth)}px`;
  tip.style.top = `${event.clientY - box.top + 14}px`;
}
