// Begin: unpack, draw, send the first policy.

let latest = null;

function take(told) {
  latest = told;
  mergeCourses(told);
  cityValues = told.cities;
  drawHeadline(told);
  drawCourses();
  drawTable(told);
  drawMap();
}

function masthead() {
  return make("div", { class: "masthead" }, make("span", { class: "mark" }, "Quotapolis"), make("h1", { class: "kind" }, t("live")),
    make("button", { type: "button", class: "plain", lang: language === "zh" ? "en" : "zh-Hans",
      onclick: () => { language = language === "zh" ? "en" : "zh"; writeAddress(); draw(); } }, t("language")));
}

function beside() {
  const runs = all.runs_beside;
  return [make("p", { class: "note" }, runs ? t("beside", { folder: all.folder, n: runs }) : t("beside_nothing"),
    all.same_version ? null : make("strong", {}, ` ${t("other_version")}`)),
  all.findings ? make("section", { id: "said", "aria-labelledby": "said-title" }, make("h3", { id: "said-title" }, t("said_beside")), statements(), claims()) : null];
}

function draw() {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = `${t("live")} · Quotapolis`;
  const page = document.getElementById("page");
  page.classList.add("live");
  fill(page, masthead(),
    make("div", { class: "lab" }, make("div", { class: "bench" }, dials()),
      make("div", { class: "seen" },
        make("div", { class: "summary" }, headline(),
          make("div", { class: "progress" }, make("p", { id: "status", role: "status" }),
            make("progress", { id: "bar", max: all.replications, value: 0, "aria-label": t("progress") }))),
        courses(),
        section("table", t("matrix"), t("live_matrix_note"), outcomesTable(), beside()), cityMap(),
        make("p", { class: "note limit" }, t("live_limits")))),
    make("footer", {}, `Quotapolis ${all.citing.version} · ${t("live_footer")}`));
  drawHeadline(latest);
  drawTable(latest);
  drawCourses();
  if (latest) drawMap();
  moved();
}

async function begin() {
  if (typeof DecompressionStream === "undefined") {
    fill(document.getElementById("page"), make("p", { class: "alone" }, "This browser cannot unpack the page: Chrome 80, Firefox 113, Safari 16.4 or newer can. 请使用较新的浏览器。"));
    return;
  }
  await unpack();
  all.beside = all.national;
  all.national = { ...all.national };
  const nothing = all.years.map(() => null);
  for (const [name, course] of Object.entries(all.beside)) {
    all.national[name] = { unit: course.unit, mean: [...course.mean, nothing], low: [...course.low, nothing], high: [...course.high, nothing] };
  }
  readAddress();
  state.year = all.years.at(-1);
  draw();
  document.documentElement.dataset.ready = "yes";
}

begin();
