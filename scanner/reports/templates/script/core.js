// What all lists of the page share. Everything that comes from outside is set as text, never as markup; the page's policy
// (require-trusted-types-for) makes the browser refuse anything else.

const SEVERITIES = ["info", "low", "medium", "high", "critical"];
const KIND = { id: 0, name: 1, category: 2, countries: 3, regulations: 4 };

const $ = (id) => document.getElementById(id);
const numbers = new Intl.NumberFormat("en");
const regions = new Intl.DisplayNames("en", { type: "region", fallback: "code" });
const explorers = {};

function dataOf(id) {
  const block = $(id);
  return block ? JSON.parse(block.textContent) : null;
}

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function drawn(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function capitalised(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function amount(count, noun) {
  return `${numbers.format(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function inBytes(count) {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let unit = 0;
  while (count >= 999.5 && unit < units.length - 1) {
    count /= 1000;
    unit += 1;
  }
  return `${count.toFixed(unit && count < 9.95 ? 1 : 0)} ${units[unit]}`;
}

function badge(severity) {
  return element("span", `badge ${SEVERITIES[severity]}`, capitalised(SEVERITIES[severity]));
}

function head(text, className) {
  const made = element("th", className, text);
  made.scope = "col";
  return made;
}

// A list of which one page is shown: of the items that pass all filters, in the chosen order.
class Explorer {
  // noun: what an item is called; size: items on a page; filters: name of a control -> value -> test of an item's number;
  // orders: name -> comparison of two numbers; show: numbers of a page -> nothing
  constructor({ prefix, noun, count, size, filters, orders, show }) {
    Object.assign(this, { noun, count, size, filters, orders, showPage: show });
    this.form = $(`${prefix}filters`);
    this.said = $(`${prefix}matching`);
    this.pager = $(`${prefix}pager`);
    let waiting = 0;
    this.form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.apply(), 120);
    });
    this.form.addEventListener("reset", () => setTimeout(() => this.apply()));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    for (const name of ["first", "previous", "next", "last"]) this.pager.append(this.pageButton(name));
    this.form.hidden = false;
    this.apply();
    explorers[`${prefix}filters`] = this;
  }

  pageButton(name) {
    const button = element("button", "", capitalised(name));
    button.type = "button";
    button.name = name;
    button.addEventListener("click", () => {
      this.show(button.target);
      this.form.scrollIntoView();
    });
    return button;
  }

  // Fills a control with the values that there are.
  offer(name, values, shown = (value) => value) {
    const options = [...new Set(values)].map((value) => [shown(value), value]).sort((a, b) => a[0].localeCompare(b[0]));
    this.form.elements[name].append(...options.map(([text, value]) => new Option(text, value)));
    if (!options.length) this.form.elements[name].disabled = true;
  }

  // Sets controls by name and clears all others.
  choose(wanted) {
    this.form.reset();
    for (const [name, value] of Object.entries(wanted)) this.form.elements[name].value = value;
    this.apply();
  }

  apply() {
    const chosen = new FormData(this.form);
    const tests = Object.entries(this.filters).flatMap(([name, make]) => (chosen.get(name) ? [make(chosen.get(name))] : []));
    this.order = [];
    for (let number = 0; number < this.count; number += 1) if (tests.every((test) => test(number))) this.order.push(number);
    const compare = this.orders[chosen.get("order")];
    if (compare) this.order.sort(compare);
    this.show(0);
  }

  show(first) {
    const matching = this.order.length;
    const page = this.order.slice(first, first + this.size);
    this.showPage(page);
    const range = matching > this.size ? `${numbers.format(first + 1)} to ${numbers.format(first + page.length)} of ` : "";
    const all = matching < this.count ? `, of ${numbers.format(this.count)} listed` : "";
    this.said.textContent = matching ? `${range}${amount(matching, this.noun)}${all}` : `No ${this.noun} matches.`;
    this.pager.hidden = matching <= this.size;
    const last = Math.floor((matching - 1) / this.size) * this.size;
    for (const button of this.pager.children) {
      button.target = { first: 0, previous: first - this.size, next: first + this.size, last }[button.name];
      button.disabled = button.target < 0 || button.target > last || button.target === first;
    }
  }
}

// Texts in lower case for a search, made when somebody searches for the first time.
function searchable(count, text) {
  let lowered = null;
  return (number) => {
    lowered ??= Array.from({ length: count }, (_, each) => text(each).toLowerCase());
    return lowered[number];
  };
}

function containing(names) {
  return (value) => {
    const wanted = value.toLowerCase();
    return (number) => names(number).includes(wanted);
  };
}

function compared(names) {
  return (a, b) => (names(a) < names(b) ? -1 : 1);
}

// An item of a list that opens to show what `inside` makes.
function opening(inside, ...parts) {
  const opener = element("button", "head", ...parts);
  opener.type = "button";
  opener.setAttribute("aria-expanded", "false");
  const made = element("li", "", opener);
  opener.addEventListener("click", () => {
    const open = opener.getAttribute("aria-expanded") === "true";
    opener.setAttribute("aria-expanded", String(!open));
    if (open) made.lastChild.remove();
    else made.append(inside());
  });
  return made;
}
