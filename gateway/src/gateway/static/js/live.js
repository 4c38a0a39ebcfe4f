// Live pages: the stream says what changed, and the parts of the page that show it ask for themselves again.
// A part says so with data-live-on="request:..." and hx-get with hx-trigger="live".

const AFTER = [120, 1200]; // at once, and again when slower read models have followed

export function followLive() {
  const mark = document.body.dataset.live;
  if (!mark || !window.EventSource) return;
  const shown = document.querySelector(".live-state");
  const words = document.body.dataset;
  let wasLost = false;
  const say = (state, text) => {
    if (!shown) return;
    shown.dataset.state = state;
    shown.firstElementChild.textContent = text;
  };

  const stream = new EventSource(`/live?mark=${encodeURIComponent(mark)}`);
  stream.addEventListener("open", () => {
    if (wasLost) refresh(() => true);
    else setTimeout(() => lookEverywhere(), 1500); // what happened between the page and its stream
    say("live", wasLost ? words.liveCaught : words.liveOn);
    wasLost = false;
  });
  stream.addEventListener("error", () => {
    wasLost = true;
    say("lost", words.liveLost);
  });
  stream.addEventListener("changed", (event) => {
    const topics = new Set(JSON.parse(event.data).topics);
    refresh((element) => element.dataset.liveOn.split(" ").some((topic) => topics.has(topic)));
    say("live", words.liveOn);
  });
  stream.addEventListener("reset", () => refresh(() => true));
  stream.addEventListener("end", () => {
    stream.close();
    say("lost", words.liveEnded);
  });
  window.addEventListener("pagehide", () => stream.close());
}

function refresh(concerns) {
  for (const element of document.querySelectorAll("[data-live-on][hx-trigger~='live']")) {
    if (concerns(element)) schedule(element.id);
  }
}

function lookEverywhere() {
  for (const element of document.querySelectorAll("[data-live-on][hx-trigger~='live']")) look(element.id);
}

const scheduled = new Map();

function schedule(id) {
  for (const timer of scheduled.get(id) ?? []) clearTimeout(timer);
  scheduled.set(id, AFTER.map((wait) => setTimeout(() => look(id), wait)));
}

// Somebody who writes in this part is not to lose a letter: it waits until they are done.
function look(id) {
  const element = document.getElementById(id);
  if (!element) return;
  if ([...element.querySelectorAll("textarea, select, input:not([type=hidden])")].some(inUse)) {
    setTimeout(() => look(id), 2000);
    return;
  }
  window.htmx?.trigger(element, "live");
}

function inUse(field) {
  if (field === document.activeElement) return true;
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected && option.value);
  return field.value !== field.defaultValue;
}
