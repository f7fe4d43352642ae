"use strict";
// Runs before the first paint, so that a page in the dark does not flash. The choice is kept in this browser only.
{
  const CHOICES = ["auto", "light", "dark"];
  const root = document.documentElement;

  const kept = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // a browser that keeps nothing
    }
  };

  const choose = (choice) => {
    root.dataset.theme = choice;
    try {
      localStorage.setItem("theme", choice);
    } catch {
      // for this visit only, then
    }
  };

  root.dataset.theme = CHOICES.includes(kept()) ? kept() : "auto";

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.theme");
    const name = () => {
      button.textContent = root.dataset.theme;
      button.setAttribute("aria-label", `Colours: ${root.dataset.theme}`);
    };
    button.addEventListener("click", () => {
      choose(CHOICES[(CHOICES.indexOf(root.dataset.theme) + 1) % CHOICES.length]);
      name();
    });
    name();
  });
}
