// --- links and keys

for (const link of document.querySelectorAll("a[data-list]")) {
  link.addEventListener("click", () => explorers[link.dataset.list].choose(JSON.parse(link.dataset.wanted)));
}
for (const named of document.querySelectorAll("[data-country]")) named.textContent = regions.of(named.dataset.country);
document.addEventListener("keydown", (event) => {
  const first = document.querySelector("#filters input[type=search]") ?? document.querySelector("input[type=search]");
  if (event.key === "/" && first && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    first.focus();
  }
});
