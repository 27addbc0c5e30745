/* Dragging a household to another place: it opens the card's own form with that place chosen, and
   asks why. While a card is dragged all places stand at the foot of the window, those without
   households too, so that none is out of reach. Everything can be done without it, by the same form.
   While a run goes on, look again. */
"use strict";

(() => {
  const LOOK_AGAIN = 3000;
  const targets = document.querySelector("[data-targets]");
  let dragged = null;

  const offer = (shown) => {
    if (targets !== null) targets.hidden = !shown;
  };

  const clear = () =>
    document.querySelectorAll(".drop").forEach((place) => place.classList.remove("drop"));

  const at = (card) => card.closest("[data-place]").dataset.place;

  const ask = (card, place) => {
    const box = card.querySelector("details.board-step");
    const choice = card.querySelector('select[name="place_id"]');
    if (box === null || choice === null) return;
    box.open = true;
    choice.value = place;
    card.querySelector('select[name="reason_code"]').focus();
  };

  document.querySelectorAll("[data-card]").forEach((card) => {
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      dragged = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.id);
      /* Not at once: a page that changes while a drag begins ends it. */
      setTimeout(() => offer(dragged !== null), 0);
    });
    card.addEventListener("dragend", () => {
      dragged = null;
      offer(false);
      clear();
    });
  });

  document.querySelectorAll('[data-place]:not([data-place=""])').forEach((place) => {
    place.addEventListener("dragover", (event) => {
      if (dragged === null || place.dataset.place === at(dragged)) return;
      event.preventDefault();
      place.classList.add("drop");
    });
    place.addEventListener("dragleave", (event) => {
      if (!place.contains(event.relatedTarget)) place.classList.remove("drop");
    });
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      const card = dragged;
      clear();
      if (card !== null) ask(card, place.dataset.place);
    });
  });

  if (document.querySelector("[data-progress]")) setTimeout(() => location.reload(), LOOK_AGAIN);
})();
