// Elements: made from names, attributes and texts. Nothing is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["svg", "g", "path", "line", "circle", "rect", "text", "title", "defs", "pattern", "tspan"]);

function make(name, attributes = {}, ...children) {
  const element = DRAWN.has(name)
    ? document.createElementNS(SVG, name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

function fill(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return parent;
}

function choice(id, label, options, chosen, onchange) {
  const select = make("select", { id, onchange: () => onchange(select.value) });
  for (const option of options) {
    if (option.options) {
      select.append(make("optgroup", { label: option.label }, option.options.map(optionOf)));
    } else select.append(optionOf(option));
  }
  select.value = chosen;
  return make("label", { class: "choice" }, make("span", {}, label), select);
}

function optionOf({ value, label }) {
  return make("option", { value }, label);
}

function pressed(label, on, onclick) {
  return make("button", { type: "button", class: "press", "aria-pressed": String(on), onclick }, label);
}

function section(id, title, note, ...children) {
  return make("section", { id, "aria-labelledby": `${id}-title` },
    make("header", {}, make("h2", { id: `${id}-title` }, title), note ? make("p", { class: "note" }, note) : null),
    ...children);
}
