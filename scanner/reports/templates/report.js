// The lists of findings and of columns: filters, order, pages, evidence. Everything that comes from a scan is set as text, never as
// markup; the page's policy (require-trusted-types-for) makes the browser refuse anything else.

const EVIDENCE_BLOCK = 100;
const SEVERITIES = ["", "low", "medium", "high"];

const LINE = { root: 0, folder: 1, name: 2, severity: 3, count: 4, type: 5, size: 6, outcome: 7, detections: 8 };
const FOUND = { kind: 0, count: 1, severity: 2, confidence: 3 };
const KIND = { id: 0, name: 1, category: 2, countries: 3, regulations: 4 };
const COLUMN = { dataset: 0, name: 1, kind: 2, severity: 3, confidence: 4, count: 5, values: 6, objects: 7, level: 8 };

const $ = (id) => document.getElementById(id);
const { lines, columns, words, identifiers } = JSON.parse($("findings-data").textContent);
const severalRoots = new Set(lines.map((line) => line[LINE.root])).size > 1;
const numbers = new Intl.NumberFormat("en");
const regions = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

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

  choose(name, value) {
    this.form.reset();
    this.form.elements[name].value = value;
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

// --- findings

function holdsKind(holds) {
  const kinds = new Set(identifiers.flatMap((kind, number) => (holds(kind) ? [number] : [])));
  return (number) => lines[number][LINE.detections].some((one) => kinds.has(one[FOUND.kind]));
}

function item(number) {
  const line = lines[number];
  const above = (severalRoots ? `${words[line[LINE.root]]}/` : "") + words[line[LINE.folder]];
  const name = element("bdi", "path", element("span", "quiet", above), line[LINE.name]);
  const what = element("span", "what");
  line[LINE.detections].forEach((one, place) => {
    const title = element("b", "", identifiers[one[FOUND.kind]][KIND.name]);
    what.append(place ? ", " : "", title, ` ${numbers.format(one[FOUND.count])}`);
  });
  const count = element("span", "number quiet", amount(line[LINE.count], "occurrence"));
  const opener = element("button", "head", badge(line[LINE.severity]), name, count, what);
  opener.type = "button";
  opener.setAttribute("aria-expanded", "false");
  const made = element("li", "", opener);
  opener.addEventListener("click", () => toggle(made, opener, number));
  return made;
}

function toggle(made, opener, number) {
  const open = opener.getAttribute("aria-expanded") === "true";
  opener.setAttribute("aria-expanded", String(!open));
  if (open) made.lastChild.remove();
  else made.append(inside(number));
}

const blocks = new Map();
function evidenceOf(number) {
  const which = Math.floor(number / EVIDENCE_BLOCK);
  if (!blocks.has(which)) {
    const block = $(`evidence-${which}`);
    blocks.set(which, block ? JSON.parse(block.textContent) : []);
  }
  return blocks.get(which)[number % EVIDENCE_BLOCK];
}

function inside(number) {
  const line = lines[number];
  const [uri, places] = evidenceOf(number) ?? ["", []];
  const facts = [words[line[LINE.type]], inBytes(line[LINE.size]), words[line[LINE.outcome]]].filter(Boolean).join(" · ");
  const made = element("div", "inside", element("p", "quiet", facts));
  if (uri) made.append(element("p", "id", uri));
  else made.append(element("p", "quiet", "Where the values are is not in this file; the JSON Lines output has it."));
  line[LINE.detections].forEach((one, place) => made.append(...detection(one, places[place] ?? [])));
  return made;
}

function detection(one, places) {
  const kind = identifiers[one[FOUND.kind]];
  const said = `${amount(one[FOUND.count], "occurrence")}, ${SEVERITIES[one[FOUND.confidence]]} confidence`;
  const made = [element("h3", "", kind[KIND.name], element("span", "", [kind[KIND.id], said, ...kind[KIND.regulations]].join(" · ")))];
  if (places.length) made.push(evidence(places));
  if (places.length && one[FOUND.count] > places.length) {
    made.push(element("p", "quiet small", `and ${numbers.format(one[FOUND.count] - places.length)} more`));
  }
  return made;
}

function evidence(places) {
  const rows = places.map(([where, mask, , phrases]) =>
    element(
      "tr",
      "",
      element("td", "", element("bdi", "", where)),
      element("td", "path", element("bdi", "", mask)),
      element("td", "quiet", phrases),
    ),
  );
  const heads = element("tr", "", head("Where"), head("Masked value"), head("Evidence"));
  return element("table", "", element("thead", "", heads), element("tbody", "", ...rows));
}

const lineNames = searchable(lines.length, (number) => {
  const line = lines[number];
  return `${words[line[LINE.root]]}/${words[line[LINE.folder]]}${line[LINE.name]}`;
});
const titles = new Map(identifiers.map((kind) => [kind[KIND.id], kind[KIND.name]]));
const findings = new Explorer({
  prefix: "",
  noun: "finding",
  count: lines.length,
  size: 50,
  filters: {
    text: containing(lineNames),
    severity: (value) => (number) => lines[number][LINE.severity] === Number(value),
    category: (value) => holdsKind((kind) => kind[KIND.category] === value),
    identifier: (value) => holdsKind((kind) => kind[KIND.id] === value),
    regulation: (value) => holdsKind((kind) => kind[KIND.regulations].includes(value)),
    country: (value) => holdsKind((kind) => kind[KIND.countries].includes(value)),
    confidence: (value) => (number) => lines[number][LINE.detections].some((one) => one[FOUND.confidence] >= Number(value)),
  },
  orders: {
    count: (a, b) => lines[b][LINE.count] - lines[a][LINE.count],
    size: (a, b) => lines[b][LINE.size] - lines[a][LINE.size],
    name: compared(lineNames),
  },
  show: (page) => $("list").replaceChildren(...page.map(item)),
});
findings.offer("category", identifiers.map((kind) => kind[KIND.category]), capitalised);
findings.offer("identifier", titles.keys(), (id) => titles.get(id));
findings.offer("regulation", identifiers.flatMap((kind) => kind[KIND.regulations]));
findings.offer("country", identifiers.flatMap((kind) => kind[KIND.countries]), (code) => regions.of(code));

for (const link of document.querySelectorAll("a[data-filter]")) {
  link.addEventListener("click", () => findings.choose(link.dataset.filter, link.dataset.value));
}
for (const named of document.querySelectorAll("[data-country]")) named.textContent = regions.of(named.dataset.country);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    findings.form.elements.text.focus();
  }
});

// --- columns

function share(column) {
  return column[COLUMN.values] ? Math.min(1, column[COLUMN.count] / column[COLUMN.values]) : null;
}

function inPercent(part) {
  if (part === null) return "unknown";
  if (part === 1) return "100 %";
  const percent = Math.min(100 * part, 99.9);
  return percent < 0.1 ? "under 0.1 %" : `${percent.toFixed(percent < 1 || percent >= 99 ? 1 : 0)} %`;
}

function columnRow(number) {
  const column = columns[number];
  const kind = identifiers[column[COLUMN.kind]];
  const width = (100 * (share(column) ?? 0)).toFixed(3);
  const bar = drawn(
    "svg",
    { class: "bar", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    drawn("rect", { class: SEVERITIES[column[COLUMN.severity]], width, height: 8 }),
  );
  const level = words[column[COLUMN.level]];
  const dataset = element("bdi", "path quiet", words[column[COLUMN.dataset]]);
  const first = element("th", "", element("bdi", "path", column[COLUMN.name]), element("br"), dataset);
  first.scope = "row";
  return element(
    "tr",
    "",
    first,
    element("td", "", kind[KIND.name]),
    element("td", "number", inPercent(share(column))),
    element("td", "drawn", bar),
    element("td", "", capitalised(SEVERITIES[column[COLUMN.confidence]])),
    element("td", "", badge(column[COLUMN.severity])),
    element("td", "", capitalised(level)),
  );
}

function showColumns(page) {
  const heads = element(
    "tr",
    "",
    head("Column and dataset"),
    head("Identifier"),
    head("Share of rows", "number"),
    head(element("span", "hidden", "Drawn"), "drawn"),
    head("Confidence"),
    head("Severity"),
    head("Level"),
  );
  const table = element("table", "", element("thead", "", heads), element("tbody", "", ...page.map(columnRow)));
  $("column-list").replaceChildren(table);
  $("column-list").hidden = !page.length;
}

if (columns.length) {
  const columnNames = searchable(columns.length, (number) => `${words[columns[number][COLUMN.dataset]]} ${columns[number][COLUMN.name]}`);
  const inventory = new Explorer({
    prefix: "column-",
    noun: "column",
    count: columns.length,
    size: 25,
    filters: {
      text: containing(columnNames),
      level: (value) => (number) => words[columns[number][COLUMN.level]] === value,
      identifier: (value) => (number) => identifiers[columns[number][COLUMN.kind]][KIND.id] === value,
    },
    orders: {
      dataset: compared(columnNames),
      share: (a, b) => (share(columns[b]) ?? -1) - (share(columns[a]) ?? -1),
    },
    show: showColumns,
  });
  inventory.offer("identifier", columns.map((column) => identifiers[column[COLUMN.kind]][KIND.id]), (id) => titles.get(id));
}
