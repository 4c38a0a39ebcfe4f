// Ctrl-K: one box for everywhere. Arrows choose, Enter goes there.

export function startPalette() {
  const palette = document.getElementById("palette");
  if (!palette) return;
  const box = palette.querySelector("input");
  const open = () => {
    if (palette.open) return;
    palette.showModal();
    box.select();
    window.htmx?.trigger(box, "opened");
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  for (const button of document.querySelectorAll("[data-opens='palette']")) button.addEventListener("click", open);
  palette.addEventListener("click", (event) => event.target === palette && palette.close());
  palette.addEventListener("keydown", (event) => {
    const links = [...palette.querySelectorAll(".palette-results a")];
    const at = links.findIndex((link) => link.classList.contains("at"));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = Math.min(links.length - 1, Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)));
      links.forEach((link, index) => link.classList.toggle("at", index === next));
      links[next]?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && event.target === box) {
      event.preventDefault();
      (links[at] ?? links[0])?.click();
    }
  });
}
