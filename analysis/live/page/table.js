// Table: your policy beside every other, by outcome.

function outcomesTable() {
  return make("div", { class: "scroll", tabindex: 0, role: "group", "aria-labelledby": "table-title", id: "outcomes" });
}

function drawTable(told) {
  const blank = { mean: null, rank: null, from_no_policy: [null, null, null], from_best: [null, null, null] };
  const outcomes = all.outcomes.map((outcome) => {
    const own = told ? { ...blank, ...told.outcomes[outcome.word] } : blank;
    const beside = all.runs_beside ? outcome.rows : [{ ...blank, mean: told ? told.outcomes[outcome.word].reference : null }];
    return { ...outcome, rows: [...beside, own] };
  });
  const last = all.arms.length - 1;
  const order = [last, ...all.arms.keys()].slice(0, last + 1);
  fill(document.getElementById("outcomes"), make("table", { class: "grid" },
    make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "corner" }, t("policy")),
      outcomes.map((outcome) => make("th", { scope: "col" }, outcomeLabel(outcome, true),
        make("small", {}, headNote(outcome)),
        make("small", {}, comparedWith(outcome) ? t(comparedWith(outcome)) : ""))))),
    make("tbody", {}, order.map((i) => make("tr", { class: i === last ? "own" : "" },
      make("th", { scope: "row" }, make("span", { class: "head" }, swatch(all.arms[i]), make("span", { class: "rule" }, armLabel(all.arms[i])))),
      outcomes.map((outcome) => cellOf(outcome, i)))))));
}
