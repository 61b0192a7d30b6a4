// --- buckets: a list that opens to what is wrong with each

const BUCKET = {
  name: 0, account: 1, region: 2, states: 3, risk: 4, held: 5, sensitivity: 6, findings: 7, unknowns: 8, evidence: 9,
};
const FAULT = { severity: 0, title: 1, type: 2, detail: 3, remedy: 4 };

const buckets = dataOf("buckets-data") ?? { buckets: [], dimensions: [] };

function worstFault(bucket) {
  return Math.max(-1, ...bucket[BUCKET.findings].map((fault) => fault[FAULT.severity]));
}

function heldWords(held) {
  if (!held) return "findings not given";
  const said = ["high", "medium", "low"].flatMap((name, place) => (held[place] ? [`${numbers.format(held[place])} ${name}`] : []));
  return said.length ? `holds ${said.join(", ")}` : "no findings known";
}

function bucketItem(number) {
  const bucket = buckets.buckets[number];
  const worst = worstFault(bucket);
  const mark = worst < 0 ? element("span", "badge", "None") : badge(worst);
  const what = element("span", "what", heldWords(bucket[BUCKET.held]));
  buckets.dimensions.forEach((dimension, place) => {
    const [, label, tone] = dimension.states.find(([value]) => value === bucket[BUCKET.states][place]);
    what.append(" · ", element("span", tone, `${dimension.short}: ${label.toLowerCase()}`));
  });
  const risk = element("span", "number quiet", bucket[BUCKET.risk] === null ? "" : `risk ${bucket[BUCKET.risk]}`);
  return opening(() => bucketInside(bucket), mark, element("bdi", "path", bucket[BUCKET.name]), risk, what);
}

function bucketInside(bucket) {
  const place = [bucket[BUCKET.account] && `account ${bucket[BUCKET.account]}`, bucket[BUCKET.region]].filter(Boolean).join(" · ");
  const made = element("div", "inside", element("p", "quiet", place));
  for (const fault of bucket[BUCKET.findings]) {
    const title = element("h3", "", badge(fault[FAULT.severity]), ` ${fault[FAULT.title]}`, element("span", "", fault[FAULT.type]));
    made.append(title, element("p", "", fault[FAULT.detail]), element("p", "quiet", `What to do: ${fault[FAULT.remedy]}`));
  }
  made.append(...told("What lets somebody in", bucket[BUCKET.evidence]), ...told("Not known", bucket[BUCKET.unknowns]));
  return made;
}

function told(title, sentences) {
  if (!sentences.length) return [];
  return [element("h3", "", title), element("ul", "", ...sentences.map((sentence) => element("li", "", sentence)))];
}

if (buckets.buckets.length) {
  const bucketNames = searchable(buckets.buckets.length, (number) => buckets.buckets[number][BUCKET.name]);
  const filters = {
    text: containing(bucketNames),
    severity: (value) => (number) => worstFault(buckets.buckets[number]) >= Number(value),
    sensitivity: (value) => (number) => buckets.buckets[number][BUCKET.sensitivity] === value,
  };
  buckets.dimensions.forEach((dimension, place) => {
    filters[dimension.name] = (value) => (number) => buckets.buckets[number][BUCKET.states][place] === value;
  });
  new Explorer({
    prefix: "bucket-",
    noun: "bucket",
    count: buckets.buckets.length,
    size: 50,
    filters,
    orders: { name: compared(bucketNames) },
    show: (page) => $("bucket-list").replaceChildren(...page.map(bucketItem)),
  });
}
