// Paths: national measures over the years, one line a policy, named where it ends.

function paths() {
  const options = Object.keys(all.national).filter((name) => name !== "cap").map((name) => ({ value: name, label: nationalLabel(name) }));
  if (!options.length) return null;
  const { band, replications } = all.provenance;
  const box = make("div", { class: "chart" });
  const words = make("p", { class: "unseen" });
  const pick = choice("path", t("measure"), options, state.path, (name) => choose({ path: name }));
  const redraw = () => {
    pick.querySelector("select").value = state.path;
    fill(box, pathsDrawing(Math.max(300, box.clientWidth || 900)));
    words.textContent = pathsInWords();
  };
  whenever(["path", "arm", "year"], redraw);
  watch(box, redraw);
  return section("paths", t("paths"), t(`paths_note.${band}`, { n: replications }), pick, make("figure", {}, box, words));
}

// Drawn anew where the width changes, so that text keeps its size.
function watch(box, redraw) {
  let width = 0;
  new ResizeObserver(() => {
    if (Math.abs(box.clientWidth - width) < 2) return;
    width = box.clientWidth;
    redraw();
  }).observe(box);
}

function ticks(low, high, count) {
  const raw = (high - low || 1) / count, size = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((nice) => nice * size >= raw) * size;
  const found = [];
  for (let x = Math.ceil(low / step - 1e-9) * step; x <= high + step * 1e-9; x += step) found.push(Math.abs(x) < step * 1e-9 ? 0 : x);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (step / 10 ** Math.floor(Math.log10(step)) === 2.5 ? 1 : 0));
  return { found, digits };
}

function pathsDrawing(width) {
  const national = all.national[state.path], wide = width > 620;
  const right = wide ? 300 : 20, left = 8, top = 26, bottom = 26, height = wide ? 430 : 320;
  const shownArms = all.arms.map((arm, i) => ({ arm, i })).filter(({ i }) => national.mean[i].some((x) => x !== null));
  const chosen = armIndex();
  const cap = state.path === "emissions" && all.national.cap ? capOf(chosen) : null;
  const values = shownArms.flatMap(({ i }) => [...national.mean[i], ...(i === chosen ? [...national.low[i], ...national.high[i]] : [])])
    .concat(cap || []).filter((x) => x !== null);
  let low = Math.min(...values), high = Math.max(...values);
  if (low > 0 && low < 0.45 * high) low = 0;
  const pad = (high - low || 1) * 0.04;
  low = low === 0 ? 0 : low - pad;
  high += pad;
  const x = (k) => left + 34 + (k * (width - left - right - 34)) / Math.max(1, all.years.length - 1);
  const y = (v) => height - bottom - ((v - low) * (height - top - bottom)) / (high - low);
  const grid = ticks(low, high, 5);
  const lines = shownArms.map(({ arm, i }) => make("path", { d: lineOf(national.mean[i], x, y),
    class: `course ${colourOf(arm)} line${arm.line}${i === chosen ? " focus" : ""}`, "data-arm": arm.name }));
  const hits = shownArms.map(({ arm, i }) => make("path", { d: lineOf(national.mean[i], x, y), class: "hit",
    onclick: () => choose({ arm: arm.name }) }, make("title", {}, armLabel(arm))));
  lines.sort((one, other) => one.classList.contains("focus") - other.classList.contains("focus"));
  return make("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": nationalLabel(state.path) },
    make("text", { x: left, y: 12, class: "axis unit" }, withUnit("", national.unit).trim()),
    grid.found.map((v) => [make("line", { x1: left + 34, x2: width - right, y1: y(v), y2: y(v), class: v === 0 ? "rule zero" : "rule" }),
      make("text", { x: left + 28, y: y(v) + 4, class: "axis end" }, number(v, grid.digits))]),
    yearTicks(x, height - 6),
    make("line", { x1: x(yearIndex()), x2: x(yearIndex()), y1: top - 6, y2: height - bottom, class: "now" }),
    bandOf(national, chosen, x, y, colourOf(all.arms[chosen])),
    cap ? make("path", { d: lineOf(cap, x, y), class: "course cap" }) : null,
    lines, dotsAt(shownArms, national, x, y), hits, pathLabels(shownArms, national, cap, y, width - right, wide, chosen, top, height - bottom));
}

function capOf(chosen) {
  const courses = all.national.cap.mean;
  const own = courses[chosen].some((v) => v !== null) ? courses[chosen] : courses.find((course) => course.some((v) => v !== null));
  return own || null;
}

function lineOf(course, x, y) {
  let open = false;
  return course.map((v, k) => {
    if (v === null) { open = false; return ""; }
    const word = `${open ? "L" : "M"}${x(k).toFixed(1)} ${y(v).toFixed(1)}`;
    open = true;
    return word;
  }).join("");
}

function bandOf(national, i, x, y, colour) {
  const known = all.years.map((_, k) => k).filter((k) => national.low[i][k] !== null);
  if (known.length < 2) return null;
  const up = known.map((k) => `${x(k).toFixed(1)} ${y(national.high[i][k]).toFixed(1)}`);
  const down = known.map((k) => `${x(k).toFixed(1)} ${y(national.low[i][k]).toFixed(1)}`).reverse();
  return make("path", { d: `M${[...up, ...down].join("L")}z`, class: `band ${colour}` });
}

function yearTicks(x, at) {
  const every = Math.ceil(all.years.length / Math.max(2, Math.floor((x(all.years.length - 1) - x(0)) / 60)));
  return all.years.map((year, k) => ((all.years.length - 1 - k) % every ? null
    : make("text", { x: x(k), y: at, class: `axis middle${year === state.year ? " current" : ""}` }, String(year))));
}

function dotsAt(arms, national, x, y) {
  const k = yearIndex();
  return arms.map(({ arm, i }) => (national.mean[i][k] === null ? null
    : make("circle", { cx: x(k), cy: y(national.mean[i][k]), r: arm.name === state.arm ? 4.5 : 2.5, class: `point ${colourOf(arm)}` })));
}

// Each label stands as near to its line's end as its neighbours allow.
function pathLabels(arms, national, cap, y, at, wide, chosen, top, floor) {
  const k = yearIndex();
  const ends = arms.map(({ arm, i }) => ({ text: armLabel(arm), v: national.mean[i].findLast((v) => v !== null), now: national.mean[i][k], arm, i }));
  if (cap) ends.push({ text: t("cap"), v: cap.findLast((v) => v !== null), now: cap[k], i: -1 });
  if (!wide) {
    const own = ends.filter(({ i }) => i === chosen);
    return own.map(({ text, now }) => make("text", { x: at, y: 12, class: "label end focus" }, `${text} ${figure(now)}`));
  }
  ends.sort((one, other) => other.v - one.v);
  const gap = Math.min(17, (floor - top) / ends.length);
  const spots = apart(ends.map((end) => y(end.v)), gap);
  for (let n = spots.length - 1, below = floor + 8; n >= 0; n--) below = (spots[n] = Math.min(spots[n], below)) - gap;
  spots.forEach((spot, n) => { spots[n] = Math.max(spot, top + n * gap); });
  return ends.map((end, n) => {
    const colour = end.i < 0 ? "k-cap" : colourOf(end.arm);
    return [make("path", { d: `M${at + 3} ${y(end.v).toFixed(1)}L${at + 16} ${spots[n].toFixed(1)}`, class: `leader ${colour}` }),
      make("text", { x: at + 21, y: spots[n] + 4, class: `label${end.i === chosen ? " focus" : ""}`,
        onclick: () => end.arm && choose({ arm: end.arm.name }) },
      end.text, make("tspan", { class: "amount" }, `  ${figure(end.now)}`))];
  });
}

// The nearest places that are a gap apart: neighbours in each other's way share their mean.
function apart(wished, gap) {
  const pools = [];
  wished.forEach((at, n) => {
    pools.push({ sum: at - n * gap, count: 1 });
    while (pools.length > 1 && mean(pools.at(-1)) < mean(pools.at(-2))) {
      const last = pools.pop();
      pools.at(-1).sum += last.sum;
      pools.at(-1).count += last.count;
    }
  });
  return pools.flatMap((pool) => new Array(pool.count).fill(mean(pool))).map((at, n) => at + n * gap);
}
const mean = ({ sum, count }) => sum / count;

function pathsInWords() {
  const national = all.national[state.path], k = yearIndex();
  return t("paths_words", { measure: nationalLabel(state.path), year: state.year,
    values: listed(all.arms.map((arm, i) => `${armLabel(arm)} ${withUnit(figure(national.mean[i][k] ?? NaN), national.unit)}`)) });
}
