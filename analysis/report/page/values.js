// Values: the content of the page unpacked; a column is unpacked when it is first asked for.

const MISSING = -(2 ** 31), LEVELS = 8, LOWEST = 48;
let all = null;
let bytes = null;
const columns = new Map(), unpacked = new Map();

async function unpack() {
  const packed = atob(document.getElementById("content").textContent);
  const deflated = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  const content = new Uint8Array(await new Response(stream).arrayBuffer());
  const size = new DataView(content.buffer).getUint32(0, true);
  all = JSON.parse(new TextDecoder().decode(content.subarray(4, 4 + size)));
  bytes = content.subarray(4 + size);
}

function has(name) {
  return name in all.fields;
}

// In the unit that is shown; words of a kind as codes, 255 for none.
function column(name) {
  if (columns.has(name)) return columns.get(name);
  const numbers = wholes(name), cities = all.cities.length;
  const unit = all.units[name], kinds = name.replace(/_agreement$/, "") in KINDS;
  const shares = unit && unit.decimals.map((decimals) => 10 ** decimals);
  const found = kinds ? Uint8Array.from(numbers, (x) => (x === MISSING ? 255 : x))
    : Float64Array.from(numbers, (x, i) => (x === MISSING ? NaN : unit ? x / shares[i % cities] : x && 10 ** ((x - LOWEST) / LEVELS)));
  columns.set(name, found);
  return found;
}

function wholes(name) {
  if (!unpacked.has(name)) unpacked.set(name, decoded(all.fields[name], name));
  return unpacked.get(name);
}

// What is left after a guess is in the bytes: of nothing, the year before, another arm, both, or a sum.
function decoded({ from, far, many, guess, sum = [] }, name) {
  const cities = all.cities.length, years = all.years.length, block = cities * years;
  const found = new Int32Array(all.arms.length * block);
  const terms = sum.map(([other, sign, before]) => ({ of: other === name ? found : wholes(other), sign, before }));
  const known = (of, i) => (of[i] === MISSING ? 0 : of[i]);
  const last = (of, i, k) => (k ? known(of, i - cities) : 0);
  let at = from, next = far;
  for (let arm = 0; arm < all.arms.length; arm++) {
    const kind = guess[arm] % 5, away = (arm - Math.floor(guess[arm] / 5)) * block;
    for (let city = 0; city < cities; city++) {
      for (let k = 0; k < years; k++) {
        const i = arm * block + k * cities + city;
        let left = bytes[at++];
        if (left === 255) { left = bytes[next] + 256 * (bytes[next + many] + 256 * (bytes[next + 2 * many] + 256 * bytes[next + 3 * many])); next++; }
        if (left === 0) { found[i] = MISSING; continue; }
        left = left % 2 ? (left - 1) / 2 : -left / 2;
        if (kind === 1 || kind === 3) left += last(found, i, k);
        if (kind === 2 || kind === 3) left += known(found, i - away);
        if (kind === 3) left -= last(found, i - away, k);
        if (kind === 4) for (const { of, sign, before } of terms) left += sign * (before ? last(of, i, k) : known(of, i));
        found[i] = left;
      }
    }
  }
  return found;
}

function place(arm, year, city) {
  return (arm * all.years.length + year) * all.cities.length + city;
}

function value(name, arm, year, city) {
  return has(name) ? column(name)[place(arm, year, city)] : NaN;
}

function spread(name, arm, year, city) {
  return value(`${name}_spread`, arm, year, city);
}

// As many decimals as the page holds of a city.
function amount(x, name, city, sign = false) {
  return number(x, all.units[name].decimals[city], sign);
}

const KINDS = { class_rolling: 4, action: 5 };
const kindsOf = (measure) => KINDS[measure] || 0;
const referenceIndex = () => all.arms.findIndex((arm) => arm.name === all.reference);
