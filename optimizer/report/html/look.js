// How values look, and how elements are made. Every text goes in as a text node: a name is never read as HTML.

const DAY = 86400000;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  for (const child of children) if (child !== null && child !== undefined) element.append(child);
  return element;
}

function drawn(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function fill(host, ...children) {
  host.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
}

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const cents = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

function plain(text) {
  return text === "-0" ? "0" : text;
}

const SHOWN = {
  text: (value) => value,
  code: (value) => value,
  units: (value) => (Math.abs(value) < 10 && Math.abs(value - Math.round(value)) >= 0.05 ? tenths : whole).format(value),
  money: (value) => whole.format(value),
  cents: (value) => cents.format(value),
  price: (value) => cents.format(value),
  volume: (value) => tenths.format(value),
  share: (value) => `${tenths.format(100 * value)}%`,
  date: (value) => dayText(value),
};

// A value as text; nothing where there is none.
function shown(value, kind) {
  if (value === null || value === undefined || value === "") return "";
  return plain(SHOWN[kind](typeof value === "number" ? tidy(value) : value));
}

// Sums differ in their last digits by the order in which they are made; what is shown must not.
function tidy(value) {
  return Math.round(value * 1e5) / 1e5;
}

function dayText(days) {
  return new Date(page.first + days * DAY).toISOString().slice(0, 10);
}

function dayShort(days) {
  return dayText(days).slice(5);
}

// A phrase of the page with its blanks filled in.
function say(name, values = {}) {
  return filled(page.labels[name] ?? name, values);
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? "");
}

function named(list, place) {
  return place === null || place < 0 ? "" : page.names[list][place];
}

// What a SKU is called: its code, and its name where it has one.
function skuText(sku) {
  const code = named("sku", sku);
  const name = named("sku_name", sku);
  return name && name !== code ? `${code} · ${name}` : code;
}
