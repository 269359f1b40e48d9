// Links of a list that lead to the same list asked otherwise (chips, pages, boroughs, ways on) answer
// in place, as its form does. All others stay ordinary links.
(() => {
  "use strict";

  const form = () => document.getElementById("find");
  if (!form()) return;

  const PARAMETER = "s";
  const plain = (event) => event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

  // The address shows no search token: what is copied or kept begins a search of its own. An entry that is
  // left behind gets it back, so that coming Back to it is no new search.
  function withoutToken() {
    const here = new URL(location.href);
    if (!here.searchParams.has(PARAMETER)) return;
    const kept = here.search.slice(1).split("&").filter((pair) => !pair.startsWith(`${PARAMETER}=`));
    here.search = kept.join("&");
    history.replaceState(history.state, "", here);
  }

  function withToken() {
    const token = form()?.elements[PARAMETER]?.value;
    if (!token) return;
    withoutToken();
    const here = new URL(location.href);
    here.search += `${here.search ? "&" : "?"}${PARAMETER}=${encodeURIComponent(token)}`;
    history.replaceState(history.state, "", here);
  }

  withoutToken();
  window.addEventListener("pageshow", withoutToken);
  document.addEventListener("htmx:beforeHistoryUpdate", withToken);

  // Where to go once the results are there: a chip's place among the chips, else the heading of the results.
  function whereToGo(link) {
    const chips = [...document.querySelectorAll(".ff-chips .ff-chip")];
    const place = chips.indexOf(link);
    return () => {
      const left = [...document.querySelectorAll(".ff-chips .ff-chip")];
      const next = place < 0 ? undefined : left[Math.min(place, left.length - 1)];
      if (next) {
        next.focus();
        return;
      }
      const heading = document.querySelector("#results h1");
      heading?.focus({ preventScroll: true });
      heading?.scrollIntoView({ block: place < 0 ? "start" : "nearest" });
    };
  }

  function follow(link, address) {
    const go = whereToGo(link);
    window.htmx
      .ajax("GET", address, {
        source: link,
        target: "#ff-live",
        select: "#ff-live",
        selectOOB: `${form().getAttribute("hx-select-oob")},#q-group`,
        swap: "outerHTML show:none",
        push: "true",
      })
      .then(() => {
        if (!link.isConnected) go();
      });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !plain(event) || event.defaultPrevented) return;
    // Those of the map are SVG, which keeps its address elsewhere.
    const address = new URL(link.getAttribute("href"), location.href);
    const same = address.origin === location.origin && address.pathname === location.pathname;
    if (same && address.hash) return;
    if (same && window.htmx && link.closest("#ff-live")) {
      event.preventDefault();
      follow(link, address.pathname + address.search);
    } else {
      withToken();
    }
  });
})();
