/* Going through a queue by keyboard: j, k from line to line; the keys that a line names press its
   buttons (d, s, h of the queue); u undoes. */
"use strict";

(() => {
  const lines = () =>
    [...document.querySelectorAll("[data-line]")].filter((line) => line.checkVisibility());

  const typing = (element) =>
    element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

  const wanted = () => {
    const box = document.getElementById("shortcuts-on");
    return box === null || box.checked;
  };

  const here = () => document.activeElement.closest?.("[data-line]") ?? null;

  const step = (by) => {
    const all = lines();
    const at = all.indexOf(here());
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
    all[Math.min(Math.max(next, 0), all.length - 1)]?.focus();
  };

  const press = (key) => {
    const line = here() ?? lines()[0];
    const button = /^[a-z]$/.test(key) ? line?.querySelector(`[data-key="${key}"]`) : null;
    button?.click();
    return Boolean(button);
  };

  const acts = {
    j: () => step(1),
    k: () => step(-1),
    u: () => document.querySelector(".note-done button")?.click(),
  };

  /* An act leads back to the same list: it opens where it was left. Without storage it opens closed. */
  const PLACE = "resettle-queue";
  const kept = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null;
    }
  };

  addEventListener("pagehide", () => {
    const folds = [...document.querySelectorAll("[data-fold][open]")].map((f) => f.dataset.fold);
    kept((store) => store.setItem(PLACE, JSON.stringify({ folds, at: scrollY })));
  });

  const place = kept((store) => JSON.parse(store.getItem(PLACE)));
  if (place && document.querySelector(".note-done")) {
    document.querySelectorAll("[data-fold]").forEach((fold) => {
      fold.open ||= place.folds.includes(fold.dataset.fold);
    });
    document.querySelector(".note-done").classList.add("note-stays");
    scrollTo({ top: place.at, behavior: "instant" });
  }

  let last = "";
  document.addEventListener("keydown", (event) => {
    const before = last;
    last = event.key;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (typing(event.target) || document.querySelector("dialog[open]") || !wanted()) return;
    /* "g h" goes home: its second key is not ours. */
    if (before === "g") return;
    if (Object.hasOwn(acts, event.key)) acts[event.key]();
    else if (!press(event.key)) return;
    event.preventDefault();
  });
})();
