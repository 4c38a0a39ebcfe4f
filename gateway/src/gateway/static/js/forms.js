// Forms: what was typed survives a reload, a form is not sent twice, menus close when one looks elsewhere.

export function startForms() {
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.defaultPrevented || event.target.method === "dialog") return;
    setTimeout(() => (button.disabled = true));
    setTimeout(() => (button.disabled = false), 4000);
    forget(event.target);
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open], details.act[open]")) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.method === "post") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  // Whoever opens a form goes on in it. One that comes open with the page, or with a part of it, takes no focus.
  let opened = null;
  document.addEventListener("click", (event) => (opened = event.target.closest?.("summary")?.parentElement ?? null), true);
  document.addEventListener("toggle", (event) => {
    if (event.target !== opened || !opened.open || !opened.matches("details.act")) return;
    opened.querySelector("textarea, input:not([type=hidden]), select")?.focus();
  }, true);
  keepDrafts();
}

// Long texts are kept in this tab until they are sent: data-draft names them.
function keepDrafts() {
  const fields = () => document.querySelectorAll("[data-draft]");
  for (const field of fields()) {
    const kept = sessionStorage.getItem(key(field));
    if (kept && !field.value) field.value = kept;
  }
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-draft]")) sessionStorage.setItem(key(event.target), event.target.value);
  });
}

function forget(form) {
  for (const field of form.querySelectorAll("[data-draft]")) sessionStorage.removeItem(key(field));
}

const key = (field) => `draft:${field.dataset.draft}`;

// Links to give away: shown whole, and copied with one press.
export function startCopying() {
  for (const field of document.querySelectorAll("input[data-absolute]")) field.value = new URL(field.value, location.href).href;
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
      button.querySelector("span").textContent = button.dataset.copied;
    });
  }
}
