// Finding: the first lines of the page, and the statements that hold in other worlds.

function masthead() {
  return make("div", { class: "masthead" },
    make("span", { class: "mark" }, "Quotapolis"),
    make("span", { class: "kind" }, t("report")),
    make("button", { type: "button", class: "plain", lang: language === "en" ? "zh" : "en",
      onclick: () => choose({ lang: language === "en" ? "zh" : "en" }) }, t("language")));
}

function lede() {
  const known = all.findings;
  const how = known.map((sentence) => surely(sentence)).filter(Boolean);
  const runs = all.provenance.replications;
  const luck = t(runs > 1 ? "runs" : "run", { n: number(runs, 0) });
  return make("div", { class: "lede" },
    make("h1", {}, all.title),
    make("p", { class: "meta" }, t("meta", { from: all.years[0], to: all.years.at(-1),
      cities: number(all.cities.length, 0), arms: all.arms.length, runs: listed([luck, all.provenance.economies > 1 ? t("economies", { n: all.provenance.economies }) : ""].filter(Boolean)) })),
    known.length ? known.map((sentence, i) => make("p", { class: i ? "finding" : "finding first" }, told(sentence)))
      : make("p", { class: "finding" }, t("no_finding")),
    make("h2", { class: "small" }, t("surely")),
    how.map((text) => make("p", { class: "sure" }, text)),
    make("p", { class: "sure" }, runs > 1 ? t("surely_only_chance") : t("run_alone")));
}

function digitsOf(word) {
  return all.outcomes.find((outcome) => outcome.word === word)?.digits ?? 2;
}

function told(sentence) {
  const outcome = all.outcomes.find((one) => one.word === sentence.outcome);
  const digits = digitsOf(sentence.outcome);
  const name = armInSentence;
  return t(sentence.key, {
    arm: name(sentence.arm || ""), inner: lower(name(sentence.arm || "")), other: lower(name(sentence.other || "")), unit: unitWord(sentence.unit),
    outcome: outcomeLabel(outcome),
    value: number(sentence.value, digits), high: number(sentence.high, digits),
    change: sentence.change ? interval(sentence.change, digits) : "",
    with: number(sentence.with, digits), without: number(sentence.without, digits),
  });
}

const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);

function interval([mean, low, high], digits) {
  const middle = number(mean, digits, true);
  return low === null ? middle : `${middle} [${number(low, digits, true)}, ${number(high, digits, true)}]`;
}

function surely(sentence) {
  const key = sentence.key.replace("finding_", "surely_");
  return sentence.share === undefined || sentence.share === null || !all.words[key] ? ""
    : t(key, { share: percent(sentence.share), kept: sentence.kept, pairs: sentence.pairs });
}

function claims() {
  if (!all.claims) return null;
  const { statement, share, low, high } = all.claims;
  return section("claims", t("claims"), t("claims_note"), make("ol", { class: "claims" },
    statement.map((text, i) => make("li", {},
      make("span", { class: "share" }, percent(share[i]), make("small", {}, ` [${percent(low[i])}, ${percent(high[i])}]`)),
      shareBar(share[i], low[i], high[i]),
      make("span", { class: "statement" }, String(text))))));
}

function shareBar(share, low, high) {
  return make("svg", { class: "sharebar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    make("line", { x1: 0, x2: 100, y1: 5, y2: 5, class: "rail" }),
    make("line", { x1: 100 * low, x2: 100 * high, y1: 5, y2: 5, class: "reach" }),
    make("rect", { x: 100 * share - 0.8, width: 1.6, y: 1, height: 8, class: "tick" }));
}
