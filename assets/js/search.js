// Lists of results that answer in place: their form, their choices, and what is said of them.
// Everything is listened for on the document, since the parts of the page are replaced.
(() => {
  "use strict";

  const say = (words) => {
    const status = document.getElementById("ff-status");
    if (status) status.textContent = words;
  };
  if (!document.getElementById("find")) return;

  // No empty parameters in the address, nor the order that stands without being asked for.
  document.addEventListener("formdata", (event) => {
    if (event.target.id !== "find") return;
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
    if (window.htmx && beside.matches && chosen) document.getElementById("find").requestSubmit();
  });

  // What was folded open or closed stays so when the results are refreshed.
  let folds = new Map();
  document.addEventListener("htmx:beforeSwap", () => {
    folds = new Map([...document.querySelectorAll("#facets details[id]")].map((each) => [each.id, each.open]));
    // The same words again are heard again only where they were gone.
    say("");
  });
  document.addEventListener("htmx:afterSettle", () => {
    folds.forEach((open, id) => {
      const details = document.getElementById(id);
      if (details) details.open = open;
    });
    // The title tells the page besides what the heading tells.
    say(document.querySelector("#results h1") ? document.title.split(" – ")[0] : "");
  });
  // What cannot be shown in place is shown as a page: it says what is wrong and keeps what was typed.
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, (event) => {
      const { finalRequestPath, requestPath } = event.detail.pathInfo;
      location.assign(finalRequestPath || requestPath);
    });
  }
})();
