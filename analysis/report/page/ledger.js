// Ledger: a city's quota account of a year, whom it emits for, and for whom it cuts.

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
  const word = all.units.quota.word, of = (name, at = year) => value(name, arm, at, i), text = (x, sign) => amount(x, "quota", i, sign);
  const lines = [[t("ledger_from"), Number.isFinite(before) && year > 0 ? of("bank", year - 1) : 0, "sum"],
    ...all.ledger.received.map((name) => [measureLabel(name), of(name), ""]),
    ...all.ledger.spent.map((name) => [measureLabel(name), -of(name), ""])].filter(([, x], n) => n === 0 || Math.abs(x) > 0);
  return [make("table", { class: "ledger" }, make("tbody", {}, lines.map(([label, x, kind], n) => make("tr", { class: kind },
    make("th", { scope: "row" }, label), make("td", {}, text(x, n > 0)))),
  make("tr", { class: "sum last" }, make("th", { scope: "row" }, t("ledger_to")),
    make("td", { "data-measure": "bank" }, `${text(of("bank"))} `, make("small", {}, unitWord(word)))))),
  make("p", { class: "note" }, t("ledger_closes", { gap: number(all.ledger.unbalanced, 0) }))];
}

function partnersOf(i) {
  if (!all.links) return make("p", { class: "note" }, t("links_none"));
  const { suppliers, customers, own, year } = all.links;
  return [make("div", { class: "partners" }, partnerList(t("suppliers"), suppliers[i]), partnerList(t("customers"), customers[i])),
    make("p", { class: "note" }, t("links_note", { year, own: number(own[i] / 1e6, 2) })), cutsOf(i)];
}

// Of the policies that were run again for it, the one of the chosen policy's way.
function cutsOf(i) {
  const { cuts } = all.links;
  if (!cuts || armIndex() === referenceIndex()) return null;
  const way = all.arms[armIndex()].way;
  const arm = cuts.arms[state.arm] ? state.arm : Object.keys(cuts.arms).find((name) => armNamed(name).way === way);
  if (!arm) return null;
  const { suppliers, customers, own } = cuts.arms[arm];
  if (!suppliers[i].length && !customers[i].length) return null;
  return [make("div", { class: "partners" }, partnerList(t("cut_for_it"), suppliers[i]), partnerList(t("it_cuts_for"), customers[i])),
    make("p", { class: "note" }, t("cuts_note", { year: cuts.year, arm: armLabel(armNamed(arm)), own: number(own[i] / 1e6, 3), runs: cuts.runs }))];
}

function partnerList(title, pairs) {
  const most = pairs.length ? pairs[0][1] : 1;
  return make("div", {}, make("h4", {}, title), make("ol", {}, pairs.map(([other, tonnes]) => make("li", {},
    make("button", { type: "button", class: "plain", onclick: () => choose({ city: all.cities[other].code }) }, cityLabel(all.cities[other])),
    make("svg", { class: "length", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" }, make("rect", { width: (100 * tonnes) / most, height: 6 })),
    make("span", {}, number(tonnes / 1e6, most < 1e6 ? 3 : 2))))));
}
