// Suggestions while typing: an editable combobox with a list (WAI-ARIA 1.2). A field that has
// data-suggest="address" offers what begins as the typed words do. Without this script, or where the
// server gives no answer, it stays the plain field that it is.
(() => {
  "use strict";

  const LIST = "ff-suggestions";
  const PAUSE = 150; // milliseconds after the last letter
  const FEWEST = 2;
  // A full postcode, or one that is nearly typed, stays here: it shall stand in no address.
  const POSTCODE = /\b[A-Z]{1,2}[0-9][A-Z0-9]?(\s+[0-9][A-Z]?|\s*[0-9][ABD-HJLNP-UW-Z]{2})\b/i;

  let field = null;
  let found = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  const say = (words) => {
    const status = document.getElementById("ff-status");
    if (status) status.textContent = words;
  };
  const list = () => document.getElementById(LIST);
  const isOpen = () => Boolean(list() && !list().hidden);

  function close() {
    clearTimeout(timer);
    asking?.abort();
    if (isOpen()) say("");
    if (list()) list().hidden = true;
    active = -1;
    field?.setAttribute("aria-expanded", "false");
    field?.removeAttribute("aria-activedescendant");
  }

  // The field becomes a combobox once somebody is in it.
  function take(input) {
    if (field === input && list()) return;
    list()?.remove();
    field = input;
    found = [];
    active = -1;
    const box = document.createElement("ul");
    box.id = LIST;
    box.className = "ff-suggestions";
    box.hidden = true;
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", "Suggestions");
    field.after(box);
    field.parentElement.classList.add("ff-suggested");
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-controls", LIST],
      ["aria-expanded", "false"],
    ]) {
      field.setAttribute(name, value);
    }
  }

  function option(each, index) {
    const row = document.createElement("li");
    row.id = `${LIST}-${index}`;
    row.className = "ff-suggestion";
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    const title = document.createElement("span");
    title.textContent = each.title;
    const type = document.createElement("span");
    type.className = "ff-suggestion__type";
    type.textContent = each.type;
    row.append(title, " ", type);
    return row;
  }

  function show(suggestions) {
    found = suggestions;
    active = -1;
    field.removeAttribute("aria-activedescendant");
    list().replaceChildren(...found.map(option));
    list().hidden = !found.length;
    field.setAttribute("aria-expanded", String(Boolean(found.length)));
    const count = found.length === 1 ? "One suggestion" : `${found.length} suggestions`;
    say(found.length ? `${count}. Use the up and down arrow keys.` : "");
  }

  function ask() {
    const typed = field.value.trim().replace(/\s+/g, " ");
    asking?.abort();
    if (typed.length < FEWEST || POSTCODE.test(typed)) {
      close();
      return;
    }
    const asked = field;
    asking = new AbortController();
    fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asking.signal })
      .then((response) => (response.ok ? response.json() : { suggestions: [] }))
      .then(({ suggestions }) => {
        if (asked === field && document.activeElement === field) show(suggestions);
      })
      // One that was given up for the next letter, or that never came: the field goes on as it is.
      .catch(() => {});
  }

  function go(index) {
    active = index;
    field.removeAttribute("aria-activedescendant");
    [...list().children].forEach((row, n) => row.setAttribute("aria-selected", String(n === index)));
    const row = list().children[index];
    if (!row) return;
    field.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  // A page of its own, or the search as it stands with one choice in place of the words.
  function choose(each) {
    const form = field.form;
    close();
    if (each.url) {
      location.assign(each.url);
      return;
    }
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const again = name === each.facet && value === each.value;
      if (value && name !== field.name && !again) asked.append(name, value);
    }
    asked.append(each.facet, each.value);
    location.assign(`${form.getAttribute("action")}?${asked}`);
  }

  const keys = {
    ArrowDown: (event) => (event.altKey && !isOpen() ? found.length && show(found) : step(1)),
    ArrowUp: (event) => (event.altKey ? close() : step(-1)),
    Enter: () => (active >= 0 ? choose(found[active]) : (close(), false)),
    Escape: () => (isOpen() ? close() : false),
    Tab: () => (close(), false),
    // They move within the text, as ever.
    Home: () => (go(-1), false),
    End: () => (go(-1), false),
    ArrowLeft: () => (go(-1), false),
    ArrowRight: () => (go(-1), false),
  };

  // From the text to the first, and from the last back to the text.
  function step(by) {
    if (!isOpen()) {
      if (found.length) show(found);
      else ask();
    }
    const places = found.length + 1;
    go(((active + 1 + by + places) % places) - 1);
  }

  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("input[data-suggest]")) take(event.target);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === field) close();
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("input[data-suggest]")) return;
    take(event.target);
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target !== field || event.isComposing || !list() || !keys[event.key]) return;
    if (keys[event.key](event) !== false) event.preventDefault();
  });
  // The field keeps its place while something in the list is pressed.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.(`#${LIST}`)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.(`#${LIST} [role=option]`);
    if (row) choose(found[[...list().children].indexOf(row)]);
  });
  document.addEventListener("submit", (event) => {
    if (event.target === field?.form) close();
  });
  document.addEventListener("htmx:beforeSwap", close);
})();
