// Print and share: the buttons exist only here. Everything else of a page works without script.
(() => {
  "use strict";

  const status = document.getElementById("ff-status");
  const say = (words) => {
    if (status) status.textContent = words;
  };

  // Print and share: the buttons exist only here.
  const tools = document.getElementById("ff-tools");
  const byScript = document.getElementById("ff-tools-by-script");

  async function share(label) {
    const link = document.querySelector("link[rel=canonical]")?.href || location.href;
    try {
      if (navigator.share) {
        await navigator.share({ title: document.title, url: link });
        return;
      }
      await navigator.clipboard.writeText(link);
      label.textContent = "Link copied";
      say("Link copied");
    } catch (problem) {
      // Closing the share sheet is no fault; a clipboard that is not allowed is worth a word.
      if (problem.name !== "AbortError") label.textContent = "Copy the address from the top of the window";
    }
  }

  if (tools && byScript) {
    tools.append(byScript.content.cloneNode(true));
    tools.querySelector("[data-print]").addEventListener("click", () => window.print());
    const button = tools.querySelector("[data-share]");
    button.addEventListener("click", () => share(button.querySelector("span")));
  }
})();
