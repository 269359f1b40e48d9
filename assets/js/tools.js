// Print and share: the buttons exist only here. Everything else of a page works without script.
(() => {
  "use strict";

  const status = document.getElementById("ff-status");
  const say = (words) => {
    if (status) status.textContent = words;
  };

  // What only a script can do waits in templates.
  for (const waiting of document.querySelectorAll("template[data-by-script]")) {
    waiting.replaceWith(waiting.content.cloneNode(true));
  }

  // The way by a paper is counted once; an address that is copied from here says nothing of it.
  const here = new URL(location.href);
  if (here.searchParams.get("by") === "paper") {
    here.searchParams.delete("by");
    history.replaceState(history.state, "", here);
  }

  async function share(button) {
    const link = document.querySelector("link[rel=canonical]")?.href || location.href;
    const label = button.querySelector("span") ?? button;
    try {
      if (navigator.share) {
        await navigator.share({ title: document.title, url: link });
      } else {
        await navigator.clipboard.writeText(link);
        label.textContent = "Link copied";
        say("Link copied");
      }
    } catch (problem) {
      // Closing the share sheet is no fault; a clipboard that is not allowed is worth a word.
      if (problem.name !== "AbortError") {
        label.textContent = "Copy the address from the top of the window";
        say(label.textContent);
      }
      return;
    }
    // That it was shared counts; with whom is nobody's business.
    if (button.dataset.shared) {
      fetch(button.dataset.shared, { method: "POST", keepalive: true }).catch(() => {});
    }
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const button = event.target.closest("[data-share]");
    if (button) share(button);
  });
})();
