// Finding: the first lines of the page, each with how surely it holds, in runs and in other worlds.

function masthead() {
  return make("div", { class: "masthead" },
    make("span", { class: "mark" }, "Quotapolis"),
    make("span", { class: "kind" }, t("report")),
    make("button", { type: "button", class: "plain", lang: language === "en" ? "zh" : "en",
      onclick: () => choose({ lang: language === "en" ? "zh" : "en" }) }, t("language")));
}

function pageTitle() {
  const runs = all.provenance.replications;
  const luck = t(runs > 1 ? "runs" : "run", { n: number(runs, 0) });
  return make("header", {},
    make("h1", {}, shownTitle()),
    make("p", { class: "meta" }, t("meta", { from: all.years[0], to: all.years.at(-1),
      cities: number(all.cities.length, 0), arms: all.arms.length, runs: listed([luck, all.provenance.economies > 1 ? t("economies", { n: all.provenance.economies }) : ""].filter(Boolean)) })));
}

function lede() {
  const [n, of] = all.provenance.shared || [];
  return make("div", { class: "lede" }, statements(), claims(),
    of ? make("p", { class: "sure" }, t(n < of ? "means_shared" : "means_own", { n, of })) : null,
    make("p", { class: "sure" }, t(surely(), { n: all.provenance.economies })));
}

function surely() {
  if (all.provenance.replications === 1) return "run_alone";
  return all.provenance.economies > 1 ? "surely_economies" : "surely_only_chance";
}

function statements() {
  const { statements: known, precision } = all.findings[language];
  if (!known.length) return make("p", { class: "finding" }, t("no_finding"));
  return [known.map(({ text, held, of }, i) => make("p", { class: i ? "finding" : "finding first" }, text,
    of > 1 ? make("span", { class: held < 0.9 * of ? "held unsure" : "held" }, ` ${t("held", { held, of })}`) : null)),
  precision ? make("p", { class: "sure" }, precision) : null];
}

// In how many drawn worlds each statement holds: the surest first.
function claims() {
  if (!all.claims.length) return make("p", { class: "sure" }, t("claims_none"));
  const worlds = Math.max(...all.claims.map((claim) => Math.max(claim.drawn, claim.worlds)));
  return make("div", { class: "claims" }, make("h2", { class: "small" }, worlds ? t("claims_of", { n: number(worlds, 0) }) : t("claims")),
    make("ul", {}, all.claims.map(({ statement, share, low, high, where, worlds: of, drawn }) => make("li", { title: [`[${percent(low)}, ${percent(high)}]`, where].filter(Boolean).join(" ") },
      make("span", { class: "statement" }, statement[LANGUAGES.indexOf(language)] + (of < drawn ? t("claims_decided", { n: number(of, 0), of: number(drawn, 0) }) : "")), shareBar(share, low, high),
      make("span", { class: "share" }, percent(share), make("span", { class: "unseen" }, ` [${percent(low)}, ${percent(high)}]`))))));
}

function interval([mean, low, high], digits) {
  const middle = number(mean, digits, true);
  return low === null ? middle : `${middle} [${number(low, digits, true)}, ${number(high, digits, true)}]`;
}

function shareBar(share, low, high) {
  return make("svg", { class: "sharebar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    make("line", { x1: 0, x2: 100, y1: 5, y2: 5, class: "rail" }),
    share === null ? null : [make("line", { x1: 100 * low, x2: 100 * high, y1: 5, y2: 5, class: "reach" }),
      make("rect", { x: Math.min(98.4, Math.max(0, 100 * share - 0.8)), width: 1.6, y: 1, height: 8, class: "tick" })]);
}
