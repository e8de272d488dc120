"use strict";
// What every part of the page uses. Elements are made and filled with text only: nothing is ever parsed as HTML.

const byId = (id) => document.getElementById(id);

/** An element with classes, and children that are nodes or texts; a text is shown as it is, see `visible`. */
function make(tag, classes = "", ...children) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  for (const child of children) {
    if (child === null || child === undefined) continue;
    element.append(typeof child === "string" ? visible(child) : child);
  }
  return element;
}

const number = (value) => value.toLocaleString("en");
const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;
const day = (seconds) => (seconds ? new Date(seconds * 1000).toISOString().slice(0, 10) : "unknown");
const minute = (time) => (typeof time === "string" ? time.slice(0, 16).replace("T", " ") : "");

// Tables that are asked for what a log says have no prototype, whose members would be found in them too.
const MARKS = {
  __proto__: null,
  high: "M5 .8 9.6 9.2H.4z",
  medium: "M5 .4 9.6 5 5 9.6.4 5z",
  low: "M5 1a4 4 0 1 0 0 8 4 4 0 1 0 0-8z",
};

/** A severity by its shape, its colour and its count or word. */
function severity(level, text) {
  const mark = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  mark.setAttribute("viewBox", "0 0 10 10");
  mark.setAttribute("class", "mark");
  mark.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", MARKS[level] ?? MARKS.low);
  mark.append(path);
  const whole = make("span", `sev ${MARKS[level] ? level : "low"}`, mark, text);
  whole.title = `${text} ${level}`;
  return whole;
}

/** The button that changes between light and dark; until it is used the system decides. */
function offerTheme() {
  const button = byId("theme");
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const tell = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `Show the page in ${isDark() ? "light" : "dark"} colours`);
  };
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    tell();
  });
  system.addEventListener("change", tell);
  tell();
  button.hidden = false;
}
