// Dragging work onto a day of the week opens its form with that day filled in. Without it the same form is
// behind the link that stands with each piece of work.
const KIND = "application/x-desk-plan";

export function startDragging() {
  document.addEventListener("dragstart", (event) => {
    const work = event.target.closest?.("[data-plan]");
    if (!work) return;
    event.dataTransfer.setData(KIND, work.dataset.plan);
    event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const day = dayUnder(event);
    if (!day) return;
    event.preventDefault();
    mark(day);
  });
  document.addEventListener("dragend", () => mark(null));
  document.addEventListener("drop", (event) => {
    const day = dayUnder(event);
    if (!day) return;
    event.preventDefault();
    const address = new URL(event.dataTransfer.getData(KIND), location.href);
    address.searchParams.set("day", day.dataset.day);
    location.assign(address);
  });
}

function dayUnder(event) {
  return event.dataTransfer?.types.includes(KIND) ? event.target.closest?.("[data-day]") : null;
}

function mark(day) {
  for (const each of document.querySelectorAll("[data-day].under")) each.classList.toggle("under", each === day);
  day?.classList.add("under");
}
