// --- links and keys

for (const link of document.querySelectorAll("a[data-list]")) {
  link.addEventListener("click", () => explorers[link.dataset.list].choose(JSON.parse(link.dataset.wanted)));
}

// The contents mark the section that is being read.
const contents = new Map(Array.from(document.querySelectorAll(".contents a"), (link) => [$(link.hash.slice(1))?.closest("section, header"), link]));
const reading = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) contents.get(target).setAttribute("aria-current", "true");
      else contents.get(target).removeAttribute("aria-current");
    }
  },
  { rootMargin: "-15% 0px -80% 0px" },
);
for (const section of contents.keys()) if (section) reading.observe(section);

for (const named of document.querySelectorAll("[data-country]")) named.textContent = regions.of(named.dataset.country);
document.addEventListener("keydown", (event) => {
  const first = document.querySelector("#filters input[type=search]") ?? document.querySelector("input[type=search]");
  if (event.key === "/" && first && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    first.focus();
  }
});
