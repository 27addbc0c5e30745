/* What makes the pages quicker to use. Each of them works without this file. */
"use strict";

(() => {
  const KEYS_OFF = "resettle-keys-off";
  const SEQUENCE_MS = 1200;
  let leader = "";
  let leaderUntil = 0;

  /* Text becomes HTML in one place only: htmx reading an answer of this service. The page of the
     API adds its own. Script addresses and code from text are refused throughout. */
  const sinks = ["DOMParser parseFromString", "Document parseHTMLUnsafe"];
  if (document.getElementById("api-docs")) sinks.push("Element innerHTML");
  window.trustedTypes?.createPolicy("default", {
    createHTML: (html, _type, sink) => (sinks.includes(sink) ? html : null),
  });

  const typing = (element) =>
    element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

  const remembered = () => {
    try {
      return localStorage.getItem(KEYS_OFF) === null;
    } catch {
      return true;
    }
  };

  const remember = (on) => {
    try {
      if (on) localStorage.removeItem(KEYS_OFF);
      else localStorage.setItem(KEYS_OFF, "yes");
    } catch {
      /* A browser without storage forgets the choice at the next page. */
    }
  };

  const follow = (shortcut) => {
    const target = document.querySelector(`[data-shortcut="${shortcut}"]`);
    if (!target) return false;
    if (typing(target)) target.focus();
    else target.click();
    return true;
  };

  const helpDialog = () => document.getElementById("shortcuts");

  const pressed = (key) => {
    const now = Date.now();
    const sequence = now < leaderUntil ? `${leader} ${key}` : key;
    leaderUntil = 0;
    if (key === "g" && sequence === "g") {
      leader = key;
      leaderUntil = now + SEQUENCE_MS;
      return false;
    }
    if (sequence === "?") {
      helpDialog()?.showModal();
      return true;
    }
    return ["/", "n", "t", "g h"].includes(sequence) && follow(sequence);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key !== "?" && !remembered()) return;
    if (pressed(event.key)) event.preventDefault();
  });

  const buttonsOf = (form) => form.querySelectorAll("button:not([type=button])");

  const unlock = (form) => {
    delete form.dataset.sent;
    buttonsOf(form).forEach((button) => button.removeAttribute("aria-disabled"));
  };

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.method !== "post") return;
      if (form.dataset.sent) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      form.dataset.sent = "yes";
      buttonsOf(form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    },
    true,
  );

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    if (form) unlock(form);
  });

  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach(unlock);
  });

  const showErrors = (root) => root.querySelector(".error-summary")?.focus();

  document.addEventListener("htmx:afterSettle", (event) => showErrors(event.target));

  document.addEventListener("click", (event) => {
    const way = event.target.closest("[data-leave]");
    if (!way) return;
    event.preventDefault();
    document.documentElement.classList.add("gone");
    document.title = "";
    window.location.replace(way.href);
  });

  const box = document.getElementById("shortcuts-on");
  if (box) {
    box.checked = remembered();
    box.addEventListener("change", () => remember(box.checked));
  }
  showErrors(document);
})();
