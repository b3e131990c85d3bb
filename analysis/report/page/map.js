// Map: the cities in classes of colour, by year and policy.

let shapes = [];

function cityMap() {
  const known = all.map.cities.some((path) => path);
  const tip = make("div", { class: "tip", "aria-hidden": "true", hidden: true });
  const caption = make("figcaption", { class: "heading", "aria-live": "polite" });
  const words = make("p", { class: "unseen", id: "map-words" });
  const legend = make("div", { class: "legend" });
  const figure = make("figure", { class: "map" }, caption,
    known ? make("div", { class: "canvas" }, drawing(tip), tip) : make("p", { class: "note" }, t("map_none")),
    legend, words, make("p", { class: "note" }, t("map_note")));
  const redraw = (changed) => {
    paint();
    tip.hidden = true;
    fill(caption, heading());
    words.textContent = inWords();
    if (!changed || ["measure", "versus", "lang"].some((key) => changed.has(key))) fill(legend, keyOf());
  };
  whenever(["arm", "year", "measure", "versus"], redraw);
  whenever(["city"], mark);
  redraw();
  mark();
  return figure;
}

function drawing(tip) {
  const [, , width, height] = all.map.frame;
  const stripes = make("pattern", { id: "stripes", width: 60, height: 60, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    make("rect", { width: 60, height: 60, class: "ground" }), make("line", { x1: 0, x2: 0, y1: 0, y2: 60, class: "stripe" }));
  shapes = all.map.cities.map((path, i) => (path ? make("path", { d: path, "data-city": i }) : null));
  return make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", tabindex: 0, id: "map-drawing",
    "aria-labelledby": "map-words", "aria-keyshortcuts": "ArrowUp ArrowDown ArrowLeft ArrowRight",
    onclick: ({ target }) => target.dataset.city && choose({ city: all.cities[target.dataset.city].code }),
    onmousemove: (event) => pointAt(event, tip), onmouseleave: () => { tip.hidden = true; },
    onkeydown: walk },
  make("title", {}, t("map_help")), make("defs", {}, stripes),
  make("g", { class: "whole" }, all.map.whole.map((path) => make("path", { d: path }))),
  make("g", { class: "cities" }, shapes), make("path", { class: "outline", id: "outline" }),
  make("g", { class: "seats", "aria-hidden": "true" }, all.map.seats.map(([city, x, y]) => [make("circle", { cx: x, cy: y, r: 20 }),
    make("text", { x: x + 40, y: y + 30, class: "seat" }, cityLabel(all.cities[city]))])));
}

function paint() {
  const arm = armIndex(), year = yearIndex(), kinds = kindsOf(state.measure);
  const scale = kinds ? null : scaleOf(state.measure, state.versus);
  const codesOf = kinds ? column(state.measure) : null;
  const agreed = kinds ? column(`${state.measure}_agreement`) : null;
  shapes.forEach((shape, city) => {
    if (!shape) return;
    const at = place(arm, year, city);
    const name = !kinds ? classOf(shown(state.measure, arm, year, city, state.versus), scale)
      : codesOf[at] === 255 ? "none" : `${state.measure}-${codesOf[at]}${agreed[at] < 90 ? " unsure" : ""}`;
    if (shape.getAttribute("class") !== name) shape.setAttribute("class", name);
  });
}

function mark() {
  const outline = document.getElementById("outline");
  const line = outline || document.createElementNS(SVG, "path");
  line.setAttribute("d", all.map.cities[cityIndex()] || "");
}

const versusText = () => (state.versus ? ` (${t("versus").toLowerCase()})` : "");

function heading() {
  return [make("strong", {}, `${measureLabel(state.measure)}${versusText()}`),
    make("span", {}, ` ${state.year} · ${armLabel(armNamed(state.arm))}`)];
}

function kindLabel(measure, code) {
  const text = t(`${measure === "action" ? "action" : "class"}.${code}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function valueText(city, measure = state.measure) {
  const arm = armIndex(), year = yearIndex();
  if (kindsOf(measure)) {
    const code = value(measure, arm, year, city);
    return code === 255 ? t("no_data") : `${kindLabel(measure, code)} (${value(`${measure}_agreement`, arm, year, city)} %)`;
  }
  const x = shown(measure, arm, year, city, state.versus), unit = all.units[measure];
  return Number.isFinite(x) ? withUnit(amount(x, measure, city, state.versus || unit.signed), unit.word) : t("no_data");
}

function pointAt(event, tip) {
  const city = event.target.dataset.city;
  tip.hidden = city === undefined;
  if (city === undefined) return;
  const box = tip.parentElement.getBoundingClientRect();
  fill(tip, make("strong", {}, cityLabel(all.cities[city])), ` ${otherLabel(all.cities[city])}`, make("br"), valueText(Number(city)));
  const x = event.clientX - box.left;
  tip.style.left = `${Math.min(x + 12, box.width - tip.offsetWidth)}px`;
  tip.style.top = `${event.clientY - box.top + 14}px`;
}

// To the nearest city within an eighth of a turn on either side of the arrow.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function walk(event) {
  const way = ARROWS[event.key];
  if (!way) return;
  event.preventDefault();
  const seats = shapes.map((shape) => {
    if (!shape) return null;
    const { x, y, width, height } = shape.getBBox();
    return [x + width / 2, y + height / 2];
  });
  const from = seats[cityIndex()];
  const first = seats.findIndex(Boolean);
  if (!from) return choose({ city: all.cities[first].code });
  let best = -1, least = Infinity;
  seats.forEach((seat, i) => {
    if (!seat || i === cityIndex()) return;
    const dx = seat[0] - from[0], dy = seat[1] - from[1];
    const along = dx * way[0] + dy * way[1], aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (along > 0 && aside <= along && along + aside < least) [best, least] = [i, along + aside];
  });
  if (best >= 0) choose({ city: all.cities[best].code });
}

function keyOf() {
  const kinds = kindsOf(state.measure);
  const apart = [make("li", {}, make("i", { class: "box none" }), t("no_data")),
    all.map.whole.length ? make("li", {}, make("i", { class: "box whole" }), t("whole_province")) : null];
  if (kinds) {
    const boxes = Array.from({ length: kinds }, (_, code) => make("li", {}, make("i", { class: `box ${state.measure}-${code}` }), kindLabel(state.measure, code)));
    return [make("ul", { class: "kinds" }, boxes, apart), make("p", { class: "note" }, t("fewer"))];
  }
  const { classes, texts } = legendOf(state.measure, state.versus);
  return [make("div", { class: "ramp" }, classes.map((name, i) => make("span", {}, make("i", { class: `box ${name}` }),
    texts[i] ? make("b", {}, texts[i]) : null)), make("em", {}, unitWord(all.units[state.measure].word))),
  make("ul", { class: "kinds" }, apart)];
}

function inWords() {
  const arm = armLabel(armNamed(state.arm)), measure = measureLabel(state.measure) + versusText();
  const a = armIndex(), y = yearIndex(), kinds = kindsOf(state.measure);
  if (kinds) {
    const counts = new Array(kinds).fill(0);
    all.cities.forEach((_, city) => { const code = value(state.measure, a, y, city); if (code < kinds) counts[code]++; });
    return t("map_kinds", { measure, arm, year: state.year, counts: listed(counts.map((n, code) => `${kindLabel(state.measure, code)} ${n}`)) });
  }
  const known = all.cities.map((city, i) => [shown(state.measure, a, y, i, state.versus), i]).filter(([x]) => Number.isFinite(x));
  known.sort((one, other) => other[0] - one[0]);
  return t("map_words", { measure, arm, year: state.year, known: known.length, all: all.cities.length,
    top: listed(known.slice(0, 3).map(([, i]) => `${cityLabel(all.cities[i])} ${valueText(i)}`)) });
}
