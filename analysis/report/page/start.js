// Start: unpack, read the address, draw.

function draw() {
  language = state.lang;
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = shownTitle();
  listeners.length = 0;
  fill(document.getElementById("page"),
    make("a", { class: "skip", href: "#", onclick: (event) => { event.preventDefault(); document.getElementById("first").focus(); } }, t("skip")),
    masthead(),
    make("div", { class: "opening", id: "first", tabindex: -1 }, pageTitle(), lede(), all.outcomes.length ? matrix() : null),
    controls(),
    section("map", t("map"), "", make("div", { class: "explorer" }, cityMap(), cityPanel(), accounts())),
    paths(), dots(), tables(), reproduce(),
    make("div", { class: "notes" }, limitsView(), make("div", {}, provenanceView(), citeView())),
    make("footer", {}, `Quotapolis ${all.citing.version} · ${t("footer")}`));
  mark();
}

async function begin() {
  if (typeof DecompressionStream === "undefined") {
    fill(document.getElementById("page"), make("p", { class: "alone" }, "This browser cannot unpack the page: Chrome 80, Firefox 113, Safari 16.4 or newer can. 请使用较新的浏览器。"));
    return;
  }
  await unpack();
  state = stateOf(location.hash);
  draw();
  document.documentElement.dataset.ready = "yes";
  addEventListener("hashchange", () => {
    const asked = stateOf(location.hash);
    state = asked;
    draw();
  });
}

begin();
