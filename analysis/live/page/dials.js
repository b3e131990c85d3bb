// Dials: one for each lever, with what it means and where it stood at the start.

function dials() {
  const rows = all.levers.map((lever) => (lever.words.length ? wordDial(lever) : numberDial(lever)));
  const names = Object.keys(all.starts);
  const from = names.length < 2 ? null : choice("start", t("start_from"), names.map((name) => ({ value: name, label: startLabel(name) })), start,
    (name) => { startFrom(name); redraw(); });
  const redraw = () => { rows.forEach((row) => row.show()); moved(); };
  rows.forEach((row) => row.show());
  return make("form", { class: "dials", "aria-labelledby": "dials-title", onsubmit: (event) => event.preventDefault() },
    make("h2", { id: "dials-title" }, t("your_policy")), from, rows.map((row) => row.element),
    make("p", { class: "deeds-row" },
      make("button", { type: "button", class: "press", id: "reset", onclick: () => { startFrom(start); redraw(); } }, t("reset")),
      make("a", { class: "press", id: "save", download: "my-policy.toml", role: "link" }, t("save"))));
}

const startLabel = (name) => {
  const arm = armNamed(name);
  return arm ? armLabel(arm) : said(`start.${name}`) || plain(name);
};
const leverLabel = (lever) => said(`lever.${lever.key}`) || lever.key;
const hintOf = (lever) => said(`hint.${lever.row}`) || lever.meaning;

function wordLabel(lever, word) {
  const key = lever.key === "market.institution" ? `way.${word === "none" ? "no_trade" : word}` : `rule.${word}`;
  const text = said(key) || plain(word);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function wordDial(lever) {
  const row = choice(lever.key, leverLabel(lever), lever.words.map((word) => ({ value: word, label: wordLabel(lever, word) })),
    levers[lever.key], (word) => { levers[lever.key] = word; moved(); });
  return { element: row, show: () => { row.querySelector("select").value = levers[lever.key]; } };
}

function numberDial(lever) {
  const value = make("output", { for: lever.key });
  const before = make("small", { class: "before" });
  const slider = make("input", { id: lever.key, type: "range", min: lever.low, max: lever.high, step: lever.step,
    "aria-describedby": `${lever.key}-hint`, oninput: () => { levers[lever.key] = Number(slider.value); say(); moved(); } });
  function say() {
    const now = levers[lever.key], first = startValue(lever.key);
    value.textContent = dialText(lever, now);
    before.textContent = now === first ? "" : t("before", { value: dialText(lever, first) });
    slider.setAttribute("aria-valuetext", dialText(lever, now));
  }
  const element = make("div", { class: "dial" },
    make("label", { for: lever.key }, leverLabel(lever)), make("span", { class: "stand" }, before, " ", value), slider,
    make("p", { class: "hint", id: `${lever.key}-hint` }, hintOf(lever)));
  return { element, show: () => { slider.value = levers[lever.key]; say(); } };
}

function dialText(lever, x) {
  if (lever.key.endsWith("multiple")) return `× ${number(x, 2)}`;
  return lever.unit === "1" ? `${number(100 * x, 1)} %` : withUnit(figure(x), lever.unit);
}
