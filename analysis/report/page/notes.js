// Notes: how to make the view again, the model's limits, where numbers come from, how to cite.

function reproduce() {
  const box = make("div", { class: "again" });
  const redraw = () => fill(box,
    codeBox(t("reproduce_address"), `report.html${address()}`), codeBox(t("as_command"), commandText()), codeBox(t("as_python"), pythonText()));
  whenever(KEYS, redraw);
  redraw();
  return section("reproduce", t("reproduce"), "", box);
}

function codeBox(title, text) {
  const button = make("button", { type: "button", class: "plain", onclick: async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = t("copied");
  } }, t("copy"));
  return make("div", { class: "code" }, make("h3", {}, title, " ", button), make("pre", { tabindex: 0 }, make("code", {}, text)));
}

function commandText() {
  const { command, folder } = all.provenance;
  return command ? `${command} --out ${quoted(folder)}\nquotapolis report ${quoted(folder)}` : `${t("no_command")}\nquotapolis report ${quoted(folder)}`;
}

const quoted = (text) => (/^[\w./+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
const literal = (text) => JSON.stringify(text);

function pythonText() {
  const { command, folder } = all.provenance;
  const again = command ? [] : ["import json", "from pathlib import Path", "from analysis import compare", "from scenarios import Experiment",
    `asked = json.loads(Path(${literal(`${folder}/manifest.json`)}).read_text("utf-8"))["experiment"]`,
    "compare(Experiment.model_validate_json(json.dumps(asked)), out=\"again\")", ""];
  const city = cityIndex() < 0 ? "" : `\nprint(view.loc[${literal(all.cities[cityIndex()].code)}])`;
  const kinds = kindsOf(state.measure);
  return [...again, "import pandas as pd",
    `rows = pd.read_parquet(${literal(`${folder}/cities.parquet`)},`,
    `    filters=[("arm", "==", ${literal(state.arm)}), ("year", "==", ${state.year})])`,
    `view = rows.groupby("region_code", observed=True)[${literal(state.measure)}].${kinds ? "agg(lambda kinds: kinds.mode()[0])" : "mean()"}`,
    state.versus ? `base = pd.read_parquet(${literal(`${folder}/cities.parquet`)},\n    filters=[("arm", "==", ${literal(all.reference)}), ("year", "==", ${state.year})])\nview -= base.groupby("region_code", observed=True)[${literal(state.measure)}].mean()` : "",
    `print(view)${city}`].filter(Boolean).join("\n");
}

function limitsView() {
  const points = all.limits[language];
  return section("limits", t("limits"), "", make("ul", { class: "points" }, points.map(([bold, rest]) => make("li", {}, make("strong", {}, bold), /^[\p{P}]/u.test(rest) || language === "zh" ? rest : ` ${rest}`))));
}

function provenanceView() {
  const known = all.provenance;
  const rows = [[t("p.version"), all.citing.version], [t("p.experiment"), known.name], [t("p.seed"), known.seed],
    [t("p.runs"), t("p.runs_of", { done: known.runs[0], all: known.runs[1] })],
    [t("p.economies"), known.economies > 1 ? t("p.drawn", { n: known.economies }) : t("p.as_compiled")],
    [t("p.identity"), listed(Object.values(known.identity))],
    ...Object.entries(known.digest).map(([table, mark]) => [t("p.digest", { table: t(`digested.${table}`) }), mark]),
    ...Object.entries(known.portable).map(([table, mark]) => [t("p.portable", { table: t(`digested.${table}`) }), mark]),
    [t("p.kernels"), listed(known.kernels)],
    [t("p.packages"), listed([`Python ${known.python}`, ...Object.entries(known.packages).map(([name, mark]) => `${name} ${mark}`)])]];
  return section("provenance", t("provenance"), "", make("dl", { class: "facts" },
    rows.filter(([, text]) => text).flatMap(([name, text]) => [make("dt", {}, name), make("dd", {}, String(text))])));
}

function citeView() {
  const { authors, name, summary, version, works } = all.citing;
  return section("cite", t("cite"), "", make("p", {}, `${authors}. `, make("cite", {}, `${name}: ${summary}`), `. Version ${version}.`),
    works.length ? [make("p", { class: "note" }, t("cite_works")), make("ul", { class: "works" }, works.map((work) => make("li", {},
      `${work.authors} (${work.year}). ${work.title}. `, make("cite", {}, work.journal), work.doi ? `. doi:${work.doi}` : ".")))] : null);
}
