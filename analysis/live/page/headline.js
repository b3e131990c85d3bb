// Headline: what the policy comes to in four figures, and its paths.

const HEADLINE = ["emissions", "price", "abatement_cost", "compliance"];

function headline() {
  return make("dl", { class: "headline", id: "headline" });
}

function drawHeadline(told) {
  const found = all.outcomes.filter(({ word }) => HEADLINE.includes(word))
    .sort((one, other) => HEADLINE.indexOf(one.word) - HEADLINE.indexOf(other.word));
  fill(document.getElementById("headline"), found.map((outcome) => {
    const own = told && told.outcomes[outcome.word];
    const gap = own && own.from_no_policy;
    const half = gap && gap[1] !== null ? ` ±${number((gap[2] - gap[1]) / 2, outcome.digits)}` : "";
    return make("div", {}, make("dt", {}, outcomeLabel(outcome, true)),
      make("dd", {}, make("b", { "data-outcome": outcome.word }, own ? number(own.mean, outcome.digits) : "–"),
        own && own.mean !== null ? ` ${unitWord(outcome.unit)}` : ""),
      make("dd", { class: "gap" }, gap && gap[0] !== null ? `${number(gap[0], outcome.digits, true)}${half} ${t("from_no_policy")}` : "\u00a0"));
  }));
}

function courses() {
  const boxes = all.courses.filter((name) => name !== "cap").map((name) => [name, make("div", { class: "chart" })]);
  boxes.forEach(([name, box]) => watch(box, () => drawCourse(name, box)));
  const figures = boxes.map(([name, box]) => make("figure", { id: `course-${name}` },
    make("figcaption", {}, make("h3", {}, nationalLabel(name))), box));
  return make("div", { class: "courses" }, figures);
}

function drawCourses() {
  for (const box of document.querySelectorAll(".courses .chart")) drawCourse(box.parentElement.id.replace("course-", ""), box);
}

function drawCourse(name, box) {
  if (!box.clientWidth || !all.national[name] || !all.national[name].mean.flat().some((x) => x !== null)) return;
  state.path = name;
  fill(box, pathsDrawing(Math.max(280, box.clientWidth)));
  box.firstChild.setAttribute("aria-label", pathsInWords());
}

// The arms beside stay as they are; the last course is the policy's own.
function mergeCourses(told) {
  const nothing = all.years.map(() => null);
  for (const [name, course] of Object.entries(told.courses)) {
    const beside = all.beside[name];
    const others = (part) => (beside ? beside[part] : all.arms.slice(0, -1).map((_, i) =>
      (i === referenceAt() && !all.runs_beside && part === "mean" ? course.reference : nothing)));
    all.national[name] = { unit: course.unit, mean: [...others("mean"), course.mean],
      low: [...others("low"), course.low], high: [...others("high"), course.high] };
  }
}
