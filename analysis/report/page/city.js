// City: found by name; its course, account, deeds, class and partners.

function cityPanel() {
  const panel = make("div", { class: "about", "aria-live": "polite" });
  const redraw = () => fill(panel, cityIndex() < 0 ? make("p", { class: "note" }, t("choose_city")) : aboutCity(cityIndex(), panel));
  whenever(["city", "year", "arm"], redraw);
  const box = make("aside", { class: "city", "aria-label": t("search") }, search(), panel);
  watch(panel, redraw);
  return box;
}

const folded = (text) => text.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();

function search() {
  const list = make("ul", { id: "found", role: "listbox", "aria-label": t("search"), hidden: true });
  const input = make("input", { id: "search", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list", placeholder: t("search_hint"),
    oninput: () => offer(), onfocus: () => input.value && offer(), onkeydown: (event) => keyed(event), onblur: () => setTimeout(close, 150) });
  let found = [], at = -1;

  function offer() {
    const asked = folded(input.value);
    found = asked ? all.cities.map((city, i) => ({ city, i })).filter(({ city }) => folded(city.name).includes(asked) || folded(city.zh).includes(asked)) : [];
    found.sort((a, b) => folded(b.city.name).startsWith(asked) - folded(a.city.name).startsWith(asked));
    found = found.slice(0, 8);
    at = found.length ? 0 : -1;
    show(asked !== "");
  }
  function show(open) {
    fill(list, found.length ? found.map(({ city, i }, n) => make("li", { id: `found-${n}`, role: "option", "aria-selected": String(n === at),
      onmousedown: (event) => { event.preventDefault(); take(n); } }, make("span", {}, cityLabel(city)), make("small", {}, `${otherLabel(city)} ${provinceLabel(city)}`)))
      : make("li", { class: "note", role: "option", "aria-disabled": "true" }, t("no_city")));
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (open && at >= 0) input.setAttribute("aria-activedescendant", `found-${at}`);
    else input.removeAttribute("aria-activedescendant");
  }
  function close() { show(false); }
  function take(n) {
    if (!found[n]) return;
    choose({ city: found[n].city.code });
    input.value = "";
    found = [];
    close();
  }
  function keyed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) { at = (at + step + found.length) % found.length; show(true); event.preventDefault(); }
    if (event.key === "Enter") take(at);
    if (event.key === "Escape") close();
  }
  return make("div", { class: "search" }, make("label", { for: "search" }, t("search")), input, list);
}

function aboutCity(i, panel) {
  const city = all.cities[i];
  return [
    make("h3", {}, cityLabel(city), make("small", {}, ` ${[otherLabel(city), provinceLabel(city)].filter(Boolean).join(" · ")}`)),
    city.estimated ? make("p", { class: "note" }, t("estimated")) : null,
    make("p", { class: "figures" }, ["emissions", "quota", "net_purchase", "abated"].filter(has).map((name) => figureOf(name, i))),
    Number.isFinite(spread("emissions", armIndex(), yearIndex(), i)) ? make("p", { class: "note" }, t("spread_note")) : null,
    make("h4", {}, t("course")), courseOf(i, Math.max(260, panel.clientWidth || 360)),
    make("h4", {}, t("deeds")), deedsOf(i),
    make("h4", {}, t("class")), classesOf(city),
  ];
}

function figureOf(name, i) {
  const arm = armIndex(), year = yearIndex();
  const x = value(name, arm, year, i), half = spread(name, arm, year, i), unit = all.units[name];
  return make("span", {}, make("small", {}, measureLabel(name)),
    make("b", { "data-measure": name }, amount(x, name, i, unit.signed)), Number.isFinite(x) ? make("small", {}, unitWord(unit.word)) : null,
    Number.isFinite(half) ? make("small", { class: "band-text" }, `±${rough(half)}`) : null);
}

function courseOf(i, width) {
  const arm = armIndex(), reference = referenceIndex(), height = 132, right = 76;
  const of = (name, a) => all.years.map((_, k) => { const v = value(name, a, k, i); return Number.isFinite(v) ? v : null; });
  const courses = [[arm === reference ? [] : of("emissions", reference), "k-reference", t("without_policy")], [of("quota", arm), "k-cap", measureLabel("quota")],
    [of("emissions", arm), `focus ${colourOf(all.arms[arm])}`, measureLabel("emissions")]].filter(([course]) => course.some((v) => v !== null));
  const half = all.years.map((_, k) => spread("emissions", arm, k, i));
  const own = of("emissions", arm);
  const band = { low: [own.map((v, k) => (Number.isFinite(half[k]) ? v - half[k] : null))], high: [own.map((v, k) => (Number.isFinite(half[k]) ? v + half[k] : null))] };
  const values = courses.flatMap(([course]) => course).concat(band.high[0]).filter((v) => v !== null);
  const high = Math.max(...values, 1e-9) * 1.05;
  const x = (k) => 34 + (k * (width - 34 - right)) / Math.max(1, all.years.length - 1), y = (v) => height - 22 - (v * (height - 32)) / high;
  const grid = ticks(0, high, 3);
  const spots = courses.map(([course, , text]) => ({ text, at: y(course.findLast((v) => v !== null)) })).sort((a, b) => a.at - b.at);
  spots.forEach((spot, n) => { if (n) spot.at = Math.max(spot.at, spots[n - 1].at + 13); });
  return make("svg", { class: "small-course", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${t("course")}, ${cityLabel(all.cities[i])}` },
    grid.found.map((v) => [make("line", { x1: 34, x2: width - right, y1: y(v), y2: y(v), class: v === 0 ? "rule zero" : "rule" }), make("text", { x: 29, y: y(v) + 4, class: "axis end" }, number(v, grid.digits))]),
    [0, all.years.length - 1].map((k) => make("text", { x: x(k), y: height - 6, class: "axis middle" }, String(all.years[k]))),
    make("line", { x1: x(yearIndex()), x2: x(yearIndex()), y1: 4, y2: height - 22, class: "now" }),
    bandOf(band, 0, x, y, colourOf(all.arms[arm])),
    courses.map(([course, look]) => make("path", { d: lineOf(course, x, y), class: `course ${look}` })),
    spots.map(({ text, at }) => make("text", { x: width - right + 5, y: at + 4, class: "axis" }, text)));
}

function deedsOf(i) {
  if (!has("action")) return null;
  const arm = armIndex();
  const code = value("action", arm, yearIndex(), i);
  const agreed = value("action_agreement", arm, yearIndex(), i) / 100;
  return [make("ol", { class: "deeds", "aria-label": t("deeds") }, all.years.map((year, k) => {
    const deed = value("action", arm, k, i);
    const text = deed === 255 ? `${year}: –` : `${year}: ${t(`action.${deed}`)}`;
    return make("li", { class: `${deed === 255 ? "none" : `action-${deed}`}${year === state.year ? " current" : ""}`, title: text },
      make("span", { class: "unseen" }, text));
  })), make("p", {}, code === 255 ? t("deed_none", { year: state.year }) : t(all.provenance.replications > 1 ? "deed_now" : "deed_once", { year: state.year, deed: t(`action.${code}`), share: percent(agreed) }))];
}

const CLASS_SHARES = ["p_strong_beneficiary", "p_weak_beneficiary", "p_role_model", "p_neither"];

function likeliest(row) {
  const shares = CLASS_SHARES.map((name) => all.classes[name][row]);
  return shares.indexOf(Math.max(...shares));
}

function classesOf(city) {
  const known = all.classes;
  const row = known.arm.findIndex((arm, n) => arm === state.arm && known.region_code[n] === city.code);
  if (row < 0) return null;
  const shares = CLASS_SHARES.map((name) => known[name][row]);
  const likely = likeliest(row);
  let at = 0;
  const dates = known.becomes_strong[row] === null ? [t("class_never")] : [t("class_becomes", { year: known.becomes_strong[row] }),
    known.stops[row] === null ? "" : t("class_stops", { year: known.stops[row] })];
  return [make("svg", { class: "classbar", viewBox: "0 0 100 8", preserveAspectRatio: "none", role: "img",
    "aria-label": listed(shares.map((share, n) => `${t(`class.${n}`)} ${percent(share)}`)) },
  shares.map((share, n) => { const rect = make("rect", { x: 100 * at, width: 100 * share, height: 8, class: `class_rolling-${n}` }); at += share; return rect; })),
  make("p", {}, make("strong", {}, t(all.provenance.replications > 1 ? "class_likely" : "class_once", { class: kindLabel("class_rolling", likely),
    share: percent(shares[likely]), sure: t(known.sure[row] ? "class_sure" : "class_unsure") })), make("br"), dates.join(" "))];
}
