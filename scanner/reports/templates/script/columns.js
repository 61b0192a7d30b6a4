// --- columns: the inventory, a table

const COLUMN = { dataset: 0, name: 1, kind: 2, severity: 3, confidence: 4, count: 5, values: 6, objects: 7, level: 8 };

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
    element("td", "said", kind[KIND.name]),
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
    head("Identifier", "said"),
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
