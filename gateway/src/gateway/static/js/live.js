// Live pages: the stream says what changed, and the parts of the page that show it ask for themselves again.
// A part says so with data-live-on="request:..." and hx-get with hx-trigger="live". The mark of the page says
// since when: what happened before the stream was there, or while it was not, comes first.

const TOGETHER = 120; // what changes in one go is looked at once
const AGAIN = [1000, 2000, 4000, 8000, 15000]; // after an answer that was none
const MOST_HEARD = 50;
const OUT_OF_SIGHT = 15_000; // a browser has few connections, and nobody looks at this page

export function followLive() {
  const mark = document.body.dataset.live;
  if (!mark || !window.EventSource) return;
  const words = document.body.dataset;
  let stream, heard = "", wasLost = false, failures = 0, timer = 0;

  function open() {
    clearTimeout(timer);
    stream = new EventSource(`/live?mark=${encodeURIComponent(mark)}&after=${encodeURIComponent(heard)}`);
    stream.addEventListener("open", () => {
      say("live", wasLost ? words.liveCaught : words.liveOn);
      wasLost = false;
      failures = 0;
      parts.resume();
    });
    stream.addEventListener("error", () => {
      wasLost = true;
      parts.pause();
      say("lost", words.liveLost);
      // The browser tries again by itself, unless the answer was a refusal (a house that starts, or is full).
      if (stream.readyState === EventSource.CLOSED) timer = setTimeout(open, waitFor(failures++));
    });
    stream.addEventListener("beat", hear);
    stream.addEventListener("changed", (event) => {
      const topics = new Set(JSON.parse(event.data).topics);
      hear(event);
      parts.changed(topics);
      say("live", words.liveOn);
    });
    stream.addEventListener("reset", (event) => {
      hear(event);
      parts.ask(() => true);
    });
    stream.addEventListener("end", () => {
      close();
      say("lost", words.liveEnded);
      stream = null;
    });
  }

  function hear(event) {
    heard = event.lastEventId;
  }

  function close() {
    clearTimeout(timer);
    stream?.close();
  }

  open();
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => event.persisted && stream && open());
  document.addEventListener("visibilitychange", () => {
    if (!stream) return;
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(close, OUT_OF_SIGHT);
    else if (stream.readyState === EventSource.CLOSED) open();
  });
}

function say(state, text) {
  const shown = document.querySelector(".live-state");
  if (!shown) return;
  shown.dataset.state = state;
  shown.firstElementChild.textContent = text;
}

const waitFor = (failures) => AGAIN[Math.min(failures, AGAIN.length - 1)];

// The parts that are to be asked for again: not while nobody would answer, not under the hands of somebody
// who writes or presses in them, and until there was an answer.
class Parts {
  #timers = new Map();
  #failures = new Map();
  #paused = false;
  #heard = [];
  #count = 0;

  constructor() {
    const before = new WeakMap();
    document.addEventListener("htmx:beforeRequest", (event) => before.set(event.detail.xhr, this.#count));
    document.addEventListener("htmx:afterSettle", (event) => {
      const since = this.#count - (before.get(event.detail.xhr) ?? this.#count);
      if (since > 0) for (const topics of this.#heard.slice(-since)) this.#concerned(topics);
    });
    for (const name of ["htmx:sendError", "htmx:timeout"]) {
      document.addEventListener(name, (event) => isLive(event) && this.#failed(event.detail.elt.id));
    }
    document.addEventListener("htmx:beforeSwap", (event) => {
      if (!isLive(event)) return;
      const { id } = event.detail.elt;
      const { status } = event.detail.xhr;
      const path = event.detail.pathInfo.responsePath ?? "";
      // What is shown is worth more than a page that says that something failed, or that asks to sign in.
      event.detail.shouldSwap = status === 200 && !path.startsWith("/sign-in");
      // Nor is a letter lost that was typed, or a click that was begun, while the answer was on its way.
      const wait = handsOff(event.detail.elt);
      if (event.detail.shouldSwap && wait) {
        event.detail.shouldSwap = false;
        this.#later(id, wait);
      }
      if (event.detail.shouldSwap) keepPlace(id);
      if (status >= 500 || status === 429) this.#failed(id);
      else this.#failures.delete(id);
    });
  }

  // A part that is being opened just now may have been read before this: it is looked at again when it is there.
  changed(topics) {
    this.#heard = [...this.#heard.slice(-MOST_HEARD), topics];
    this.#count += 1;
    this.#concerned(topics);
  }

  #concerned(topics) {
    this.ask((element) => element.dataset.liveOn.split(" ").some((topic) => topics.has(topic)));
  }

  ask(concerns) {
    for (const element of document.querySelectorAll("[data-live-on][hx-trigger~='live']")) {
      if (concerns(element)) this.#later(element.id, TOGETHER);
    }
  }

  pause() {
    this.#paused = true;
  }

  resume() {
    this.#paused = false;
    for (const id of this.#timers.keys()) this.#later(id, TOGETHER);
  }

  #later(id, wait) {
    clearTimeout(this.#timers.get(id));
    this.#timers.set(id, setTimeout(() => this.#look(id), wait));
  }

  #look(id) {
    if (this.#paused) return;
    const element = document.getElementById(id);
    // Somebody who writes in this part is not to lose a letter: it waits until they are done.
    const wait = element ? handsOff(element) : 0;
    if (wait) return this.#later(id, wait);
    this.#timers.delete(id);
    if (element) window.htmx?.trigger(element, "live");
  }

  #failed(id) {
    const failures = this.#failures.get(id) ?? 0;
    this.#failures.set(id, failures + 1);
    this.#later(id, waitFor(failures));
  }
}

// What somebody has opened stays open, and where they are on the page they stay.
function keepPlace(id) {
  const before = marked(id);
  const open = new Map(before.map(([key, element]) => [key, element.parentElement.open]));
  const at = before.find(([, element]) => element === document.activeElement)?.[0];
  setTimeout(() => {
    for (const [key, element] of marked(id)) {
      if (element.tagName === "SUMMARY" && open.has(key)) element.parentElement.open = open.get(key);
      if (key === at) element.focus({ preventScroll: true });
    }
  });
}

// Summaries, links and buttons of a part, each by its words and how many before it have the same.
function marked(id) {
  const seen = new Map();
  return [...document.querySelectorAll(`#${CSS.escape(id)} :is(summary, a, button)`)].map((element) => {
    const words = `${element.tagName} ${element.textContent.trim()}`;
    seen.set(words, (seen.get(words) ?? 0) + 1);
    return [`${words} ${seen.get(words)}`, element];
  });
}

const isLive = (event) => event.detail.requestConfig?.triggeringEvent?.type === "live";
const parts = new Parts();

// A click is a press and a release on the same element: put another in its place meanwhile and nothing happens.
let pressed = null;
for (const press of ["pointerdown", "keydown"]) {
  document.addEventListener(press, (event) => (pressed = event.target), true);
}
// The click itself comes right after the release.
const release = () => setTimeout(() => (pressed = null));
for (const end of ["pointerup", "pointercancel", "keyup"]) document.addEventListener(end, release, true);
document.addEventListener("pointermove", (event) => event.buttons || release(), { passive: true });
window.addEventListener("blur", release);

// How many milliseconds a part is to be left alone before it is looked at again.
function handsOff(element) {
  if (element.contains(pressed)) return 100;
  return isWrittenIn(element) ? 2000 : 0;
}

function isWrittenIn(element) {
  return [...element.querySelectorAll("textarea, select, input:not([type=hidden])")].some(inUse);
}

function inUse(field) {
  if (field === document.activeElement) return true;
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  // Without a choice of its own a list shows its first line, which nobody has touched then.
  const chosen = field.tagName === "SELECT" && [...field.options].some((option) => option.defaultSelected);
  if (field.tagName === "SELECT" && !field.multiple && !chosen) return field.selectedIndex > 0;
  if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected && option.value);
  return field.value !== field.defaultValue;
}
