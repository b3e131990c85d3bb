// State: what is chosen. It stands in the page's address, so that every view has one.

let state = {};
const listeners = [];
const KEYS = ["lang", "arm", "year", "measure", "versus", "city", "outcome", "from", "path", "table"];

function defaults() {
  const chosen = all.arms.find((arm) => arm.name !== all.reference) || all.arms[0];
  return {
    lang: document.documentElement.lang, arm: chosen.name, year: all.years.at(-1),
    measure: all.measures[0], versus: false, city: "",
    outcome: all.outcomes.length ? all.outcomes[0].word : "", from: "from_best",
    path: Object.keys(all.national)[0] || "", table: "cities",
  };
}

// Only what is there: another address leaves the default.
function stateOf(hash) {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const found = defaults();
  const known = {
    lang: LANGUAGES,
    arm: all.arms.map((arm) => arm.name),
    measure: [...all.measures, ...Object.keys(KINDS).filter(has)],
    city: all.cities.map((city) => city.code),
    outcome: all.outcomes.map((outcome) => outcome.word),
    from: ["from_best", "from_no_policy"],
    path: Object.keys(all.national),
    table: TABLES,
  };
  for (const [key, values] of Object.entries(known)) {
    if (values.includes(asked.get(key))) found[key] = asked.get(key);
  }
  const year = Number(asked.get("year"));
  if (all.years.includes(year)) found.year = year;
  found.versus = asked.get("versus") === "1";
  return found;
}

function address() {
  const first = defaults();
  const words = new URLSearchParams();
  for (const key of KEYS) {
    if (["arm", "year", "measure"].includes(key) || state[key] !== first[key]) {
      words.set(key, state[key] === true ? "1" : String(state[key]));
    }
  }
  return `#${words}`;
}

function choose(changes) {
  const before = state;
  state = { ...state, ...changes };
  if (kindsOf(state.measure)) state.versus = false;
  const changed = new Set(KEYS.filter((key) => state[key] !== before[key]));
  if (!changed.size) return;
  history.replaceState(null, "", address());
  if (changed.has("lang")) return draw();
  for (const listener of listeners) {
    if (listener.keys.some((key) => changed.has(key))) listener.redraw(changed);
  }
}

function whenever(keys, redraw) {
  listeners.push({ keys, redraw });
}

const armIndex = () => all.arms.findIndex((arm) => arm.name === state.arm);
const yearIndex = () => all.years.indexOf(state.year);
const cityIndex = () => all.cities.findIndex((city) => city.code === state.city);
