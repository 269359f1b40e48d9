// The shortlist: saving answers in place, the count follows, and a page shown again is brought up to date.
(() => {
  "use strict";

  const status = document.getElementById("ff-status");
  const form = document.getElementById("ff-save");
  const count = document.getElementById("ff-saved");
  if (!form || !count) return;

  const marks = () => document.querySelectorAll(".ff-card__save, .ff-save");

  function show(saved) {
    count.firstElementChild.textContent = saved.length;
    count.hidden = saved.length === 0;
    for (const mark of marks()) {
      const isSaved = saved.includes(Number(mark.value.split(" ")[0]));
      mark.name = isSaved ? "remove" : "add";
      if (mark.matches(".ff-card__save")) {
        mark.setAttribute("aria-pressed", String(isSaved));
        mark.title = isSaved ? "Saved: take off" : "Save to shortlist";
      }
    }
  }

  async function ask(address, options) {
    const response = await fetch(address, { headers: { Accept: "application/json" }, ...options });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  form.addEventListener("submit", async (event) => {
    const mark = event.submitter;
    // Elsewhere, as on the shortlist itself, a change is a new page.
    if (!mark?.matches(".ff-card__save, .ff-save")) return;
    event.preventDefault();
    try {
      const { saved, said } = await ask(form.action, {
        method: "POST",
        body: new URLSearchParams({ [mark.name]: mark.value }),
      });
      show(saved);
      if (status) status.textContent = said;
    } catch {
      // The plain way says what is wrong. Sending it so does not come back here.
      const sent = Object.assign(document.createElement("input"), { type: "hidden", name: mark.name, value: mark.value });
      form.append(sent);
      form.submit();
      sent.remove();
    }
  });

  // A page that Back shows again is as it was left; what was saved since then is not on it.
  window.addEventListener("pageshow", async (event) => {
    const [visit] = performance.getEntriesByType("navigation");
    if (!event.persisted && visit?.type !== "back_forward") return;
    try {
      show((await ask(count.dataset.saved)).saved);
    } catch {
      // It stays as it was; the next page is right.
    }
  });

  // A shared list: print and copy exist only here.
  const actions = document.getElementById("ff-list-actions");
  const byScript = document.getElementById("ff-list-by-script");
  if (actions && byScript) {
    actions.prepend(byScript.content.cloneNode(true));
    actions.querySelector("[data-print]").addEventListener("click", () => window.print());
    const copy = actions.querySelector("[data-copy]");
    copy.addEventListener("click", async () => {
      const field = document.getElementById("list-address");
      try {
        await navigator.clipboard.writeText(field.value);
        copy.querySelector("span").textContent = "Address copied";
        if (status) status.textContent = "Address copied";
      } catch {
        field.focus();
        field.select();
        if (status) status.textContent = "Copy the address from this field";
      }
    });
    if (location.hash === "#print") window.addEventListener("load", () => window.print());
  }
})();
