// Dots: an outcome's paired differences, policy by policy, the best on top.

function dots() {
  if (!all.outcomes.length) return null;
  const box = make("div", { class: "chart" });
  const words = make("p", { class: "unseen" });
  const bar = make("div", { class: "picks" });
  const redraw = () => {
    const outcome = all.outcomes.find((one) => one.word === state.outcome);
    const from = usable(outcome, state.from) ? state.from : ["from_best", "from_no_policy"].find((kind) => usable(outcome, kind));
    fill(bar, choice("outcome", t("outcome"), all.outcomes.map((one) => ({ value: one.word, label: outcomeLabel(one) })),
      state.outcome, (word) => choose({ outcome: word })),
    make("div", { class: "presses", role: "group", "aria-label": t("difference") },
      ["from_best", "from_no_policy"].map((kind) => (usable(outcome, kind) ? pressed(t(kind), kind === from, () => choose({ from: kind })) : null))));
    fill(box, dotsDrawing(Math.max(300, box.clientWidth || 900), outcome, from));
    words.textContent = dotsInWords(outcome, from);
  };
  whenever(["outcome", "from", "arm"], redraw);
  watch(box, redraw);
  return section("dots", t("dots"), t("dots_note"), bar, make("figure", {}, box, words));
}

function usable(outcome, kind) {
  return outcome.rows.some((row, i) => i !== referenceIndex() && row[kind][0] !== null && row[kind][0] !== 0);
}

function rowsOf(outcome) {
  const sign = outcome.better === "higher" ? -1 : 1;
  return outcome.rows.map((row, i) => ({ row, i, arm: all.arms[i] })).filter(({ row }) => row.mean !== null)
    .sort((a, b) => sign * (a.row.mean - b.row.mean));
}

function dotsDrawing(width, outcome, from) {
  const rows = rowsOf(outcome), wide = width > 620, step = wide ? 30 : 46;
  const left = wide ? 364 : 8, right = wide ? 220 : 8, top = 34, height = top + rows.length * step + 8;
  const known = rows.flatMap(({ row }) => (from ? row[from] : [])).filter((v) => v !== null).concat(0);
  const low = Math.min(...known), high = Math.max(...known), span = high - low || 1;
  const x = (v) => left + 10 + ((v - low) * (width - left - right - 20)) / span;
  const grid = ticks(low, high, wide ? 5 : 3);
  return make("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": outcomeLabel(outcome) },
    grid.found.map((v) => [make("line", { x1: x(v), x2: x(v), y1: top - 8, y2: height - 6, class: v === 0 ? "rule zero" : "rule" }),
      make("text", { x: x(v), y: top - 16, class: "axis middle" }, number(v, grid.digits, true))]),
    rows.map((one, n) => dotRow(one, n, { x, wide, left, right, top, step, width, outcome, from })));
}

function dotRow({ row, i, arm }, n, { x, wide, left, right, top, step, width, outcome, from }) {
  const [mean, low, high] = from ? row[from] : [null, null, null];
  const base = top + n * step + step / 2, y = wide ? base : base + 10;
  const focus = arm.name === state.arm ? " focus" : "";
  const difference = mean === null || i === referenceIndex() ? "" : mean === 0 && from === "from_best" ? t("best") : interval([mean, low, high], outcome.digits);
  const letters = make("text", { x: wide ? 0 : 8, y: wide ? y + 4 : y - 14, class: "axis" }, row.groups);
  const amount = number(row.mean, outcome.digits);
  return make("g", { class: `dotrow${focus} ${colourOf(arm)}`, onclick: () => choose({ arm: arm.name }) },
    make("title", {}, row.dominated ? t("dominated", { arms: listed(row.dominated.split(", ").map((other) => (armNamed(other) ? armLabel(armNamed(other)) : other))) }) : armLabel(arm)),
    make("rect", { x: 0, y: top + n * step, width, height: step, class: "ground" }),
    letters,
    wide ? [make("text", { x: 38, y: y + 4, class: "label" }, armLabel(arm)), make("text", { x: left - 14, y: y + 4, class: "axis end" }, amount)]
      : [make("text", { x: 42, y: y - 14, class: "label" }, armLabel(arm)), make("text", { x: width - 8, y: y - 14, class: "axis end" }, mean === null || !difference ? amount : mean === 0 ? difference : number(mean, outcome.digits, true))],
    low === null ? null : make("line", { x1: x(low), x2: x(high), y1: y, y2: y, class: "reach" }),
    mean === null || (i === referenceIndex() && from === "from_best") ? null : make("circle", { cx: x(mean), cy: y, r: 4.5, class: "point" }),
    wide ? make("text", { x: width - right + 14, y: y + 4, class: "axis" }, difference) : null);
}

function dotsInWords(outcome, from) {
  return t("dots_words", { outcome: outcomeLabel(outcome), values: rowsOf(outcome).map(({ row, arm }) => [armLabel(arm),
    withUnit(number(row.mean, outcome.digits), outcome.unit), row.groups && `${t("groups")} ${row.groups}`,
    from && row[from][0] !== null ? `${t(from)} ${interval(row[from], outcome.digits)}` : ""].filter(Boolean).join(", ")).join("; ") });
}
