// Questions that are asked only after a certain answer come and go. What is not asked is not sent either.

export function startAsking() {
  look();
  document.addEventListener("input", look);
  document.addEventListener("change", look);
  document.addEventListener("htmx:afterSettle", look);
}

function look() {
  // In the order of the page: a question that is not asked has no answer for those that follow it.
  for (const part of document.querySelectorAll("[data-asked-if]")) {
    const asked = JSON.parse(part.dataset.askedOf).includes(answer(part));
    part.hidden = !asked;
    const section = part.closest(".question");
    if (section) section.hidden = !asked;
    for (const field of part.querySelectorAll("input, select, textarea")) {
      field.disabled = !asked;
      field.required = asked && part.dataset.askedRequired !== undefined;
    }
  }
}

function answer(part) {
  const given = [...(part.closest("form")?.elements ?? [])].filter((field) => field.name === part.dataset.askedIf && !field.disabled);
  return given.find((field) => field.type !== "radio" || field.checked)?.value;
}
