// Values: the content of the page unpacked; a column is unpacked when it is first asked for.

const MISSING = -(2 ** 30);
let all = null;
let bytes = null;
const columns = new Map();

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

function column(name) {
  if (!columns.has(name)) columns.set(name, all.fields[name].step ? numbers(name) : codes(name));
  return columns.get(name);
}

function codes(name) {
  const { from, bytes: length } = all.fields[name];
  return bytes.subarray(from, from + length);
}

// In the unit that is shown; the changes from year to year are added up.
function numbers(name) {
  const { from, bytes: length, step } = all.fields[name];
  const count = length / 4;
  const values = new Float64Array(count);
  const cities = all.cities.length, years = all.years.length;
  const unit = all.units[name.replace(/_spread$/, "")].size;
  const sums = new Int32Array(cities);
  for (let i = 0; i < count; i++) {
    if (i % (cities * years) === 0) sums.fill(0);
    const at = from + i;
    const folded = (bytes[at] | (bytes[at + count] << 8) | (bytes[at + 2 * count] << 16)
      | (bytes[at + 3 * count] << 24)) >>> 0;
    const city = i % cities;
    sums[city] += (folded >>> 1) ^ -(folded & 1);
    values[i] = sums[city] === MISSING ? NaN : (sums[city] * step) / unit;
  }
  return values;
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

const KINDS = { class_rolling: 4, action: 5 };
const kindsOf = (measure) => KINDS[measure] || 0;
const referenceIndex = () => all.arms.findIndex((arm) => arm.name === all.reference);
