// --- findings: a list that opens to evidence

const EVIDENCE_BLOCK = 100;
const LINE = { root: 0, folder: 1, name: 2, severity: 3, count: 4, type: 5, size: 6, outcome: 7, detections: 8, life: 9 };
const FOUND = { kind: 0, count: 1, severity: 2, confidence: 3 };

const { lines, columns, words, identifiers } = dataOf("findings-data") ?? { lines: [], columns: [], words: [], identifiers: [] };
const severalRoots = new Set(lines.map((line) => line[LINE.root])).size > 1;

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
  const life = words[line[LINE.life]];
  const count = element("span", "number quiet", (life === "new" || life === "changed" ? `${life} · ` : "") + amount(line[LINE.count], "occurrence"));
  return opening(() => inside(number), badge(line[LINE.severity]), name, count, what);
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
if (lines.length) {
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
      life: (value) => (number) => words[lines[number][LINE.life]] === value,
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
}
