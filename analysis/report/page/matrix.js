// Matrix: every policy by outcome.

let allOutcomes = false;

function matrix() {
  const box = make("figure", { class: "matrix" });
  const redraw = () => {
    const outcomes = all.outcomes.filter((outcome) => allOutcomes || outcome.first);
    const used = outcomes.length ? outcomes : all.outcomes.slice(0, 7);
    fill(box,
      make("figcaption", {}, make("h2", { class: "small" }, t("matrix")),
        pressed(allOutcomes ? t("first_outcomes") : t("all_outcomes", { n: all.outcomes.length }), allOutcomes,
          () => { allOutcomes = !allOutcomes; redraw(); })),
      make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("matrix") }, matrixTable(used)),
      make("p", { class: "note" }, t("matrix_note")));
  };
  whenever(["arm", "outcome"], redraw);
  redraw();
  return box;
}

function matrixTable(outcomes) {
  return make("table", { class: "grid" },
    make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "corner" }, t("policy")),
      outcomes.map((outcome) => make("th", { scope: "col", class: outcome.word === state.outcome ? "chosen" : "" },
        make("button", { type: "button", class: "head", title: `${outcomeLabel(outcome)} (${t(outcome.better)})`,
          onclick: () => choose({ outcome: outcome.word }) },
        outcomeLabel(outcome, true), make("small", {}, headNote(outcome)), make("small", {}, comparedWith(outcome) ? t(comparedWith(outcome)) : "")))))),
    make("tbody", {}, all.arms.map((arm, i) => make("tr", { class: arm.name === state.arm ? "chosen" : "" },
      make("th", { scope: "row" }, make("button", { type: "button", class: "head",
        "aria-pressed": String(arm.name === state.arm), onclick: () => choose({ arm: arm.name }) },
      swatch(arm), rowName(arm, i))),
      outcomes.map((outcome) => cellOf(outcome, i))))));
}

// The rule is written once where its arms follow one another.
function rowName(arm, i) {
  const before = all.arms[i - 1];
  const follows = before && before.group === arm.group && arm.way && arm.name !== all.reference;
  const way = wayLabel(arm);
  if (arm.name === all.reference || !way) return make("span", { class: "rule" }, armLabel(arm));
  return make("span", { class: follows ? "rule follows" : "rule" },
    make("span", { class: follows ? "quiet hidden-rule" : "" }, groupLabel(arm)), make("small", {}, way.toLowerCase()));
}

function swatch(arm) {
  return make("svg", { class: `swatch ${colourOf(arm)}`, viewBox: "0 0 18 8", "aria-hidden": "true" },
    make("line", { x1: 0, x2: 18, y1: 4, y2: 4, class: `course line${arm.line}` }));
}

const colourOf = (arm) => (arm.own ? "k-own" : arm.colour < 0 ? "k-reference" : `k${arm.colour % 8}`);

// From no policy where that has a value; else from the best, where there is more than one.
function comparedWith(outcome) {
  const policies = outcome.rows.filter((_, i) => i !== referenceIndex());
  const known = (kind) => policies.some((row) => row[kind][0] !== null);
  if (known("from_no_policy")) return "from_no_policy";
  return policies.length > 1 && known("from_best") ? "from_best" : null;
}

function headNote(outcome) {
  const arrow = { lower: "↓", higher: "↑", neither: "" }[outcome.better];
  return `${unitWord(outcome.unit)} ${arrow}`.trim();
}

function cellOf(outcome, i) {
  const row = outcome.rows[i], kind = comparedWith(outcome);
  const last = Math.max(...outcome.rows.map((other) => other.group ?? 0));
  const ordered = outcome.better !== "neither" && last > 0 && row.group !== null;
  const tint = ordered ? `group${Math.round((4 * (last - row.group)) / last)}` : "";
  const [mean, low, high] = kind ? row[kind] : [null, null, null];
  const difference = i === referenceIndex() || mean === null ? ""
    : mean === 0 && kind === "from_best" ? t("best")
      : number(mean, outcome.digits, true) + (low === null ? "" : ` ±${number((high - low) / 2, outcome.digits)}`);
  const title = `${outcomeLabel(outcome)}, ${armLabel(all.arms[i])}: ${withUnit(number(row.mean, outcome.digits), outcome.unit)}`
    + (difference ? `; ${t(kind)} ${interval(row[kind], outcome.digits)}` : "")
    + (row.groups ? `; ${t("groups")} ${row.groups}` : "");
  return make("td", { class: tint, title },
    make("span", { class: ordered && row.group === 0 ? "value top" : "value" }, number(row.mean, outcome.digits)),
    make("span", { class: "letters" }, row.groups ? ` ${row.groups}` : ""),
    make("small", {}, difference));
}
