// Tables: what the views show, to sort and to take away.

const TABLES = ["cities", "national", "ranking", "order", "classes"];
const FIRST_ROWS = 12;
let sorting = { at: -1, down: true };
let everyRow = false;

function tables() {
  const box = make("div", {});
  const redraw = () => fill(box, tableView(redraw));
  whenever(["table", "year", "arm"], (changed) => {
    if (changed.has("table")) { sorting = { at: -1, down: true }; everyRow = false; }
    redraw();
  });
  redraw();
  return section("tables", t("tables"), "", box);
}

const tableLabel = (name) => t(`table.${name}`, { year: state.year, arm: armLabel(armNamed(state.arm)) });

function tableView(redraw) {
  const { names, rows, exact } = TABLE[state.table]();
  if (sorting.at >= 0) {
    rows.sort((one, other) => {
      const [a, b] = [one[sorting.at], other[sorting.at]];
      const less = typeof a === "number" && typeof b === "number" ? a - b : a === null || a === "" ? 1 : b === null || b === "" ? -1 : String(a).localeCompare(String(b), language);
      return sorting.down ? -less : less;
    });
  }
  const looks = names.map((_, at) => (isNumber(rows, at) ? "number" : ""));
  const part = everyRow ? rows : rows.slice(0, FIRST_ROWS);
  return [make("div", { class: "picks" },
    choice("table", t("table"), TABLES.map((name) => ({ value: name, label: tableLabel(name) })), state.table, (name) => choose({ table: name })),
    make("button", { type: "button", class: "press", id: "download", onclick: () => save(names, rows) }, t("download"))),
  make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": tableLabel(state.table) }, make("table", { class: "data" },
    make("thead", {}, make("tr", {}, names.map((name, at) => make("th", { scope: "col", class: looks[at],
      "aria-sort": sorting.at === at ? (sorting.down ? "descending" : "ascending") : "none" },
    make("button", { type: "button", class: "head", title: t("sort_by", { column: name }),
      onclick: () => { sorting = { at, down: sorting.at === at ? !sorting.down : isNumber(rows, at) }; redraw(); } },
    name, sorting.at === at ? (sorting.down ? " ↓" : " ↑") : ""))))),
    make("tbody", {}, part.map((row) => make("tr", {}, row.map((x, at) => make("td", { class: looks[at] }, cellText(x, exact)))))))),
  make("p", { class: "note" }, t("rows", { n: number(rows.length, 0) }), " ",
    rows.length > part.length ? make("button", { type: "button", class: "plain", onclick: () => { everyRow = true; redraw(); } }, t("more_rows", { n: number(rows.length, 0) })) : null)];
}

const cellText = (x, exact) => (x === null ? "–" : typeof x !== "number" || Number.isInteger(x) ? String(x) : exact ? number(x, decimalsOf(x)) : figure(x));
const decimalsOf = (x) => (String(x).split(".")[1] || "").length;
const isNumber = (rows, at) => rows.some((row) => typeof row[at] === "number");
const finite = (x) => (Number.isFinite(x) ? Number(x.toPrecision(6)) : null);

const TABLE = {
  cities() {
    const arm = armIndex(), year = yearIndex(), kinds = Object.keys(KINDS).filter(has);
    return {
      exact: true,
      names: [t("city"), t("province"), ...all.measures.map((name) => `${measureLabel(name)}, ${unitWord(all.units[name].word)}`), ...kinds.map(measureLabel)],
      rows: all.cities.map((city, i) => [cityLabel(city), provinceLabel(city), ...all.measures.map((name) => finite(value(name, arm, year, i))),
        ...kinds.map((name) => { const code = value(name, arm, year, i); return code === 255 ? null : kindLabel(name, code); })]),
    };
  },
  national() {
    const names = Object.keys(all.national), arm = armIndex();
    return {
      names: [t("year"), ...names.map((name) => `${name === "cap" ? t("cap") : nationalLabel(name)}, ${unitWord(all.national[name].unit)}`)],
      rows: all.years.map((year, k) => [year, ...names.map((name) => all.national[name].mean[arm][k])]),
    };
  },
  ranking() {
    const ends = ["", " 2.5 %", " 97.5 %"];
    return {
      names: [t("outcome"), t("policy"), t("rank"), t("mean"), t("unit"), ...["from_no_policy", "from_best"].flatMap((kind) => ends.map((end) => t(kind) + end))],
      rows: all.outcomes.flatMap((outcome) => outcome.rows.map((row, i) => [outcomeLabel(outcome), armLabel(all.arms[i]), row.rank, row.mean, unitWord(outcome.unit), ...row.from_no_policy, ...row.from_best])),
    };
  },
  order() {
    const { outcome, better, worse, replications, share } = all.order;
    const name = (place) => armLabel(all.arms[place]);
    const label = (word) => { const one = all.outcomes.find((known) => known.word === word); return one ? outcomeLabel(one) : word; };
    return { names: [t("outcome"), t("better"), t("worse"), t("replications"), t("share")],
      rows: outcome.map((word, n) => [label(word), name(better[n]), name(worse[n]), replications[n], share[n]]) };
  },
  classes() {
    const known = all.classes;
    const kept = known.arm.map((_, n) => n).filter((n) => known.arm[n] === state.arm);
    const cityOf = new Map(all.cities.map((city) => [city.code, city]));
    const rest = ["ever_strong", "becomes_strong", "stops", "changes"];
    return {
      names: [t("code"), t("city"), ...CLASS_SHARES.map((_, kind) => kindLabel("class_rolling", kind)), t("likely"), t("sure_short"), ...rest.map((name) => t(name))],
      rows: kept.map((n) => [known.region_code[n], cityLabel(cityOf.get(known.region_code[n]) || { name: known.city[n] }), ...CLASS_SHARES.map((name) => known[name][n]),
        kindLabel("class_rolling", likeliest(n)), known.sure[n] ? "✓" : "", ...rest.map((name) => known[name][n])]),
    };
  },
};

// A text that a spreadsheet would take for a formula is kept a text.
function csvCell(x) {
  const text = x === null ? "" : typeof x === "string" && /^[=+\-@\t\r]/.test(x) ? `'${x}` : String(x);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function save(names, rows) {
  const text = [names, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n");
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  make("a", { href: url, download: `${all.provenance.name}-${state.table}-${state.arm}-${state.year}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
