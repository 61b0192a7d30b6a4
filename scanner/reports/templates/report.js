// The list of findings: filters, order, pages, evidence. Everything that comes from a scan is set as text, never as markup;
// the page's policy (require-trusted-types-for) makes the browser refuse anything else.

const PAGE = 50;
const EVIDENCE_BLOCK = 100;
const SEVERITIES = ["", "low", "medium", "high"];

const [ROOT, FOLDER, NAME, SEVERITY, COUNT, TYPE, SIZE, OUTCOME, DETECTIONS] = Array(9).keys();
const [KIND, TIMES, HOW_BAD, HOW_SURE] = Array(4).keys();
const [ID, TITLE, CATEGORY, COUNTRIES, REGULATIONS] = Array(5).keys();

const $ = (id) => document.getElementById(id);
const data = JSON.parse($("findings-data").textContent);
const { lines, words, identifiers } = data;
const severalRoots = new Set(lines.map((line) => line[ROOT])).size > 1;
const numbers = new Intl.NumberFormat("en");
const regions = new Intl.DisplayNames("en", { type: "region", fallback: "code" });
const form = $("filters");
const list = $("list");
const pager = $("pager");

let order = lines.map((_, number) => number);
let first = 0;

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
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

// Names in lower case for the search, made when somebody searches for the first time.
let lowered = null;
function searchable(number) {
  lowered ??= lines.map((line) => `${words[line[ROOT]]}/${words[line[FOLDER]]}${line[NAME]}`.toLowerCase());
  return lowered[number];
}

function kindsThat(holds) {
  return new Set(identifiers.flatMap((kind, number) => (holds(kind) ? [number] : [])));
}

// Each filter makes a test of the number of a line from what was chosen.
const filters = {
  text: (value) => {
    const wanted = value.toLowerCase();
    return (number) => searchable(number).includes(wanted);
  },
  severity: (value) => (number) => lines[number][SEVERITY] === Number(value),
  category: (value) => holdsKind((kind) => kind[CATEGORY] === value),
  identifier: (value) => holdsKind((kind) => kind[ID] === value),
  regulation: (value) => holdsKind((kind) => kind[REGULATIONS].includes(value)),
  country: (value) => holdsKind((kind) => kind[COUNTRIES].includes(value)),
  confidence: (value) => (number) => lines[number][DETECTIONS].some((one) => one[HOW_SURE] >= Number(value)),
};

function holdsKind(holds) {
  const kinds = kindsThat(holds);
  return (number) => lines[number][DETECTIONS].some((one) => kinds.has(one[KIND]));
}

const orders = {
  count: (a, b) => lines[b][COUNT] - lines[a][COUNT],
  size: (a, b) => lines[b][SIZE] - lines[a][SIZE],
  name: (a, b) => (searchable(a) < searchable(b) ? -1 : 1),
};

function apply() {
  const chosen = new FormData(form);
  const tests = Object.entries(filters).flatMap(([name, make]) => (chosen.get(name) ? [make(chosen.get(name))] : []));
  order = lines.flatMap((_, number) => (tests.every((test) => test(number)) ? [number] : []));
  const compare = orders[chosen.get("order")];
  if (compare) order.sort(compare);
  show(0);
}

function show(from) {
  first = from;
  const page = order.slice(first, first + PAGE);
  list.replaceChildren(...page.map(item));
  const range = order.length > PAGE ? `${numbers.format(first + 1)} to ${numbers.format(first + page.length)} of ` : "";
  const all = order.length < lines.length ? `, of ${numbers.format(lines.length)} listed` : "";
  $("matching").textContent = order.length ? `${range}${amount(order.length, "finding")}${all}` : "No finding matches.";
  pager.hidden = order.length <= PAGE;
  const last = Math.floor((order.length - 1) / PAGE) * PAGE;
  for (const button of pager.children) {
    button.target = { first: 0, previous: first - PAGE, next: first + PAGE, last }[button.name];
    button.disabled = button.target < 0 || button.target > last || button.target === first;
  }
}

function item(number) {
  const line = lines[number];
  const severity = SEVERITIES[line[SEVERITY]];
  const name = element("bdi", "path", element("span", "quiet", (severalRoots ? `${words[line[ROOT]]}/` : "") + words[line[FOLDER]]), line[NAME]);
  const what = element("span", "what");
  line[DETECTIONS].forEach((one, place) => {
    what.append(place ? ", " : "", element("b", "", identifiers[one[KIND]][TITLE]), ` ${numbers.format(one[TIMES])}`);
  });
  const badge = element("span", `badge ${severity}`, severity[0].toUpperCase() + severity.slice(1));
  const head = element("button", "head", badge, name, element("span", "number quiet", amount(line[COUNT], "occurrence")), what);
  head.type = "button";
  head.setAttribute("aria-expanded", "false");
  const made = element("li", "", head);
  head.addEventListener("click", () => toggle(made, head, number));
  return made;
}

function toggle(made, head, number) {
  const open = head.getAttribute("aria-expanded") === "true";
  head.setAttribute("aria-expanded", String(!open));
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
  const facts = [words[line[TYPE]], inBytes(line[SIZE]), words[line[OUTCOME]]].filter(Boolean).join(" · ");
  const made = element("div", "inside", element("p", "quiet", facts));
  if (uri) made.append(element("p", "id", uri));
  else made.append(element("p", "quiet", "Where the values are is not in this file; the JSON Lines output has it."));
  line[DETECTIONS].forEach((one, place) => made.append(...detection(one, places[place] ?? [])));
  return made;
}

function detection(one, places) {
  const kind = identifiers[one[KIND]];
  const said = `${amount(one[TIMES], "occurrence")}, ${SEVERITIES[one[HOW_SURE]]} confidence`;
  const tags = [kind[ID], said, ...kind[REGULATIONS]].join(" · ");
  const made = [element("h3", "", kind[TITLE], element("span", "", tags))];
  if (places.length) made.push(table(places));
  if (places.length && one[TIMES] > places.length) {
    made.push(element("p", "quiet small", `and ${numbers.format(one[TIMES] - places.length)} more`));
  }
  return made;
}

function table(places) {
  const heads = ["Where", "Masked value", "Evidence"].map((text) => {
    const head = element("th", "", text);
    head.scope = "col";
    return head;
  });
  const rows = places.map(([where, mask, , evidence]) =>
    element("tr", "", element("td", "", element("bdi", "", where)), element("td", "path", element("bdi", "", mask)), element("td", "quiet", evidence)),
  );
  return element("table", "", element("thead", "", element("tr", "", ...heads)), element("tbody", "", ...rows));
}

function fill(name, values, shown = (value) => value) {
  const options = [...new Set(values)].map((value) => [shown(value), value]).sort((a, b) => (a[0] < b[0] ? -1 : 1));
  form.elements[name].append(...options.map(([text, value]) => new Option(text, value)));
  if (!options.length) form.elements[name].disabled = true;
}

function choose(link) {
  form.reset();
  form.elements[link.dataset.filter].value = link.dataset.value;
  apply();
}

const titles = new Map(identifiers.map((kind) => [kind[ID], kind[TITLE]]));
fill("category", identifiers.map((kind) => kind[CATEGORY]), (name) => name[0].toUpperCase() + name.slice(1));
fill("identifier", identifiers.map((kind) => kind[ID]), (id) => titles.get(id));
fill("regulation", identifiers.flatMap((kind) => kind[REGULATIONS]));
fill("country", identifiers.flatMap((kind) => kind[COUNTRIES]), (code) => regions.of(code));

for (const [name, text] of [["first", "First"], ["previous", "Previous"], ["next", "Next"], ["last", "Last"]]) {
  const button = element("button", "", text);
  button.type = "button";
  button.name = name;
  button.addEventListener("click", () => {
    show(button.target);
    $("findings").scrollIntoView();
  });
  pager.append(button);
}
for (const link of document.querySelectorAll("a[data-filter]")) link.addEventListener("click", () => choose(link));
for (const named of document.querySelectorAll("[data-country]")) named.textContent = regions.of(named.dataset.country);

let waiting = 0;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(apply, 120);
});
form.addEventListener("reset", () => setTimeout(apply));
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    form.elements.text.focus();
  }
});
form.hidden = false;
show(0);
