// The search page: results that answer in place.
(() => {
  "use strict";

  const status = document.getElementById("ff-status");
  const say = (words) => {
    if (status) status.textContent = words;
  };

  // Search: no empty parameters in the address, nor the order that stands without being asked for.
  const form = document.getElementById("find");
  if (!form) return;
  form.addEventListener("formdata", (event) => {
    for (const name of [...event.formData.keys()]) {
      const kept = event.formData.getAll(name).filter((value) => value !== "" && value !== "relevance");
      event.formData.delete(name);
      kept.forEach((value) => event.formData.append(name, value));
    }
  });

  // Facets beside the results answer at once; on a narrow screen they are a page of their own
  // that is sent by its button.
  const beside = window.matchMedia("(min-width: 1020px)");
  document.addEventListener("change", (event) => {
    const field = event.target;
    const chosen = field.matches("#facets input[type=checkbox]") || field.id === "sort";
    if (window.htmx && beside.matches && chosen) form.requestSubmit();
  });

  // What was folded open or closed stays so when the results are refreshed.
  let folds = new Map();
  document.addEventListener("htmx:beforeSwap", () => {
    folds = new Map([...document.querySelectorAll("#facets details[id]")].map((each) => [each.id, each.open]));
  });
  document.addEventListener("htmx:afterSettle", () => {
    folds.forEach((open, id) => {
      const details = document.getElementById(id);
      if (details) details.open = open;
    });
    say(document.querySelector("#results h1")?.textContent ?? "");
  });
})();
