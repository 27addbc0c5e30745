/* Keeps what is being written: every few seconds on the server, and in the page when nobody is signed
   in any more. Without this file the button "Save draft" does the first. */
"use strict";

(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const PAUSE_MS = 3000;
  const state = form.querySelector("[data-draft-state]");
  const dialog = document.getElementById("signed-out");
  let timer = 0;
  let sending = null;
  let dirty = false;

  const say = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };

  const words = (name) => dialog.dataset[name];

  const typed = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") data.append(name, value);
    }
    return data;
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  };

  const told = async (answer) => {
    if (answer.ok) {
      const kept = await answer.json();
      say(`${words("saved")} ${kept.saved_at}`);
    } else if (answer.status === 401 || answer.status === 403) {
      dirty = true;
      say(words("out"));
      if (!dialog.open) dialog.showModal();
    } else if (answer.status !== 409) {
      dirty = true;
      say(words("failed"));
      later();
    }
  };

  async function save() {
    if (!dirty || form.dataset.sent) return;
    dirty = false;
    sending = new AbortController();
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: typed(),
        headers: { Accept: "application/json" },
        signal: sending.signal,
        keepalive: document.visibilityState === "hidden",
      });
      await told(answer);
    } catch (error) {
      if (error.name === "AbortError") return;
      dirty = true;
      say(words("failed"));
      later();
    }
  }

  form.addEventListener("input", () => {
    dirty = true;
    later();
  });

  form.addEventListener("submit", () => {
    clearTimeout(timer);
    sending?.abort();
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });

  const page = async (path, options) => {
    const answer = await fetch(path, options);
    const html = await answer.text();
    return [answer, new DOMParser().parseFromString(html, "text/html")];
  };

  const tokenIn = (found) => found.querySelector("[name=csrf_token]").value;

  const signIn = async () => {
    const [, door] = await page("/sign-in");
    const data = new URLSearchParams();
    for (const name of ["email", "password"]) data.append(name, dialog.querySelector(`[name=${name}]`).value);
    data.append("csrf_token", tokenIn(door));
    const [answer] = await page("/sign-in", { method: "POST", body: data });
    if (!answer.ok) return false;
    const [, fresh] = await page(window.location.pathname);
    document.querySelectorAll("[name=csrf_token]").forEach((box) => {
      box.value = tokenIn(fresh);
    });
    return true;
  };

  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const fault = dialog.querySelector("[data-fault]");
    const done = await signIn();
    dialog.querySelector("[name=password]").value = "";
    fault.hidden = done;
    if (!done) return;
    dialog.close();
    dirty = true;
    await save();
  });
})();
