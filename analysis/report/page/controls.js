// Controls: policy, measure and year, which all views below share.

let timer = null;

function controls() {
  const last = all.years.length - 1;
  const shownYear = make("output", { class: "year", for: "year" });
  const slider = make("input", { id: "year", type: "range", min: 0, max: last, step: 1, "aria-label": t("year"),
    oninput: () => choose({ year: all.years[Number(slider.value)] }) });
  const play = make("button", { type: "button", class: "play", onclick: () => (timer ? stop() : start()) });
  const versus = make("input", { type: "checkbox", id: "versus", onchange: () => choose({ versus: versus.checked }) });
  const names = [...all.measures, ...Object.keys(KINDS).filter(has)];
  const arm = choice("arm", t("arm"), armOptions(), state.arm, (name) => choose({ arm: name }));
  const measure = choice("measure", t("measure"), names.map((name) => ({ value: name, label: measureLabel(name) })),
    state.measure, (name) => choose({ measure: name }));

  function stop() {
    clearInterval(timer);
    timer = null;
    say();
  }
  function start() {
    if (state.year === all.years[last]) choose({ year: all.years[0] });
    timer = setInterval(() => {
      if (yearIndex() < last) choose({ year: all.years[yearIndex() + 1] });
      if (yearIndex() === last) stop();
    }, 650);
    say();
  }
  function say() {
    play.textContent = timer ? "❚❚" : "▶";
    play.setAttribute("aria-label", timer ? t("pause") : t("play"));
    play.setAttribute("aria-pressed", String(Boolean(timer)));
  }
  const redraw = () => {
    slider.value = yearIndex();
    slider.setAttribute("aria-valuetext", String(state.year));
    shownYear.textContent = state.year;
    arm.querySelector("select").value = state.arm;
    measure.querySelector("select").value = state.measure;
    versus.checked = state.versus;
    versus.disabled = Boolean(kindsOf(state.measure)) || !comparable(state.measure);
  };
  whenever(["year", "arm", "measure", "versus"], redraw);
  if (timer) { clearInterval(timer); timer = null; }
  redraw();
  say();
  return make("div", { class: "controls", role: "group", "aria-label": t("controls") }, arm, measure,
    make("label", { class: "check" }, versus, t("versus")),
    make("div", { class: "time" }, play, slider, shownYear));
}

// Only what is recorded without policy too can be compared with it.
function comparable(measure) {
  const reference = referenceIndex();
  return !kindsOf(measure) && reference >= 0
    && all.cities.some((_, city) => Number.isFinite(value(measure, reference, yearIndex(), city)));
}

function armOptions() {
  const groups = new Map();
  for (const arm of all.arms) {
    const name = arm.name === all.reference ? "" : arm.group;
    groups.set(name, [...(groups.get(name) || []), arm]);
  }
  return [...groups].flatMap(([group, arms]) => (group && arms.length > 1
    ? [{ label: groupLabel(arms[0]), options: arms.map((arm) => ({ value: arm.name, label: armLabel(arm) })) }]
    : arms.map((arm) => ({ value: arm.name, label: armLabel(arm) }))));
}
