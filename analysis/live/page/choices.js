// Choices: the policy as its levers stand. They are in the page's address, so that it can be kept.

const OWN = "your_policy";
const state = { arm: OWN, path: "emissions", year: 0, measure: "emissions_change" };
const levers = {};
let start = "";

const armIndex = () => all.arms.findIndex((arm) => arm.name === OWN);
const yearIndex = () => all.years.length - 1;
const referenceAt = () => referenceIndex();
const startValue = (key) => all.starts[start][key];

// Of the report's parts: here nothing is chosen by a click on a line, and all is drawn by news.
function choose() {}
function whenever() {}

function startFrom(name) {
  start = name;
  for (const lever of all.levers) levers[lever.key] = startValue(lever.key);
}

function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  language = LANGUAGES.includes(asked.get("lang")) ? asked.get("lang") : language;
  const names = Object.keys(all.starts);
  startFrom(names.includes(asked.get("start")) ? asked.get("start") : names[0]);
  for (const lever of all.levers) {
    const text = asked.get(lever.key);
    if (lever.words.length) {
      if (lever.words.includes(text)) levers[lever.key] = text;
    } else if (text !== null && text.trim() !== "" && Number(text) >= lever.low && Number(text) <= lever.high) {
      levers[lever.key] = Number(text);
    }
  }
}

function writeAddress() {
  const words = new URLSearchParams();
  if (language !== "en") words.set("lang", language);
  if (start !== Object.keys(all.starts)[0]) words.set("start", start);
  for (const lever of all.levers) {
    if (levers[lever.key] !== startValue(lever.key)) words.set(lever.key, levers[lever.key]);
  }
  const text = String(words);
  history.replaceState(null, "", `${location.pathname}${text ? `#${text}` : ""}`);
}
