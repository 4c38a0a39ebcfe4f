// Single keys, where nobody is typing; they can be switched off (data-keys="off").

export function startKeys() {
  let waitingForPlace = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.body.dataset.keys === "off" || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (Date.now() - waitingForPlace < 1500) {
      waitingForPlace = 0;
      const place = document.querySelector(`.places a[data-key="${CSS.escape(event.key)}"]`);
      if (place) return act(event, () => place.click());
    }
    const doing = {
      g: () => (waitingForPlace = Date.now()),
      j: () => move(1),
      k: () => move(-1),
      Enter: () => chosen()?.click(),
      c: () => document.querySelector("[data-new-call], .places a[href='/desk/new']")?.click(),
      "/": () => document.querySelector("[data-search]")?.focus(),
      "?": () => document.getElementById("keys-help")?.showModal(),
    }[event.key];
    if (!doing || (event.key === "Enter" && event.target !== document.body)) return;
    act(event, doing);
  });
}

function act(event, doing) {
  event.preventDefault();
  doing();
}

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

const rows = () => [...document.querySelectorAll("[data-rows] .row")];
const chosen = () => rows().find((row) => row.classList.contains("at")) ?? document.querySelector("[data-rows] .row[aria-current]");

function move(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.indexOf(document.activeElement?.closest?.(".row") ?? chosen());
  const next = all[Math.min(all.length - 1, Math.max(0, now + by))];
  for (const row of all) row.classList.toggle("at", row === next);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// After a list was renewed or a row opened, the chosen one is the one that is shown.
document.addEventListener("htmx:afterSettle", () => {
  const open = document.querySelector("[data-open-request]")?.dataset.openRequest;
  for (const row of rows()) {
    if (row.dataset.request === open) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
});
