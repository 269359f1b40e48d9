// Contact details in the place of the link that asks for them.
(() => {
  "use strict";

  document.addEventListener("htmx:afterSettle", () => {
    const details = document.querySelector("#ff-contact[data-revealed]");
    if (!details || details.contains(document.activeElement)) return;
    details.focus();
    const status = document.getElementById("ff-status");
    if (status) status.textContent = "Contact details are shown";
  });

  // Whatever keeps them from coming here, the link still leads to their page.
  for (const problem of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(problem, (event) => {
      const link = event.detail.elt;
      if (link.matches("#ff-contact a")) location.assign(link.href);
    });
  }
})();
