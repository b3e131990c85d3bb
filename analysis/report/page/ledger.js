// Ledger: a city's quota account of a year, and whom it emits for.

function accounts() {
  const box = make("div", { class: "accounts" });
  const redraw = () => {
    const i = cityIndex();
    fill(box, i < 0 ? null : [
      make("div", {}, make("h4", {}, `${cityLabel(all.cities[i])} · ${t("ledger", { year: state.year })}`), ledgerOf(i)),
      make("div", {}, partnersOf(i))]);
  };
  whenever(["city", "year", "arm"], redraw);
  redraw();
  return box;
}

function ledgerOf(i) {
  const arm = armIndex(), year = yearIndex();
  if (!has("bank") || !Number.isFinite(value("quota", arm, year, i))) return make("p", { class: "note" }, t("ledger_none"));
  const before = year > 0 ? value("bank", arm, year - 1, i) : 0;
  const size = all.units.quota.size, word = all.units.quota.word;
  const amount = (name, at = year) => (value(name, arm, at, i) * all.units[name].size) / size;
  const lines = [[t("ledger_from"), Number.isFinite(before) && year > 0 ? amount("bank", year - 1) : 0, "sum"],
    ...all.ledger.received.map((name) => [measureLabel(name), amount(name), ""]),
    ...all.ledger.spent.map((name) => [measureLabel(name), -amount(name), ""])].filter(([, x], n) => n === 0 || Math.abs(x) > 0);
  return [make("table", { class: "ledger" }, make("tbody", {}, lines.map(([text, x, kind], n) => make("tr", { class: kind },
    make("th", { scope: "row" }, text), make("td", {}, figure3(x, n > 0)))),
  make("tr", { class: "sum last" }, make("th", { scope: "row" }, t("ledger_to")),
    make("td", { "data-measure": "bank" }, `${figure3(amount("bank"))} `, make("small", {}, unitWord(word)))))),
  make("p", { class: "note" }, t("ledger_closes", { gap: number(all.ledger.unbalanced, 0) }))];
}

const figure3 = (x, sign = false) => number(x, 3, sign);

function partnersOf(i) {
  if (!all.links) return make("p", { class: "note" }, t("links_none"));
  const { suppliers, customers, own, year } = all.links;
  return [make("div", { class: "partners" }, partnerList(t("suppliers"), suppliers[i]), partnerList(t("customers"), customers[i])),
    make("p", { class: "note" }, t("links_note", { year, own: number(own[i] / 1e6, 2) }))];
}

function partnerList(title, pairs) {
  const most = pairs.length ? pairs[0][1] : 1;
  return make("div", {}, make("h4", {}, title), make("ol", {}, pairs.map(([other, tonnes]) => make("li", {},
    make("button", { type: "button", class: "plain", onclick: () => choose({ city: all.cities[other].code }) }, cityLabel(all.cities[other])),
    make("svg", { class: "length", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" }, make("rect", { width: (100 * tonnes) / most, height: 6 })),
    make("span", {}, number(tonnes / 1e6, 2))))));
}
