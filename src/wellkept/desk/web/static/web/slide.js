// The slider of an asset's page: moves through its life by days, and asks what stood then once it
// rests. The address follows, so that it can be shared. Without this file the date form beside it
// and the steps to each change do the same.
"use strict";

const DAY = 86_400_000;
const REST = 120;

for (const box of document.querySelectorAll(".slide")) {
  const slider = box.querySelector("[type=range]");
  const [shown, told] = [box.querySelector("output"), box.querySelector("[role=status]")];
  const then = document.getElementById(slider.getAttribute("aria-controls"));
  const typed = document.getElementById("aswas-days").elements;
  const mark = document.querySelector(".life .then");
  const first = Date.parse(box.dataset.first);
  const [days, months] = [box.dataset.days.split("|"), box.dataset.months.split("|")];
  const turns = [...slider.list.options].map((one) => Number(one.value));
  let rest = 0;
  let asked = new AbortController();

  function words(day) {
    const name = days[(day.getUTCDay() + 6) % 7];
    return `${name} ${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
  }

  function facts() {
    return [...then.querySelectorAll("dd")].map((one) => one.textContent.trim()).join("; ");
  }

  function move() {
    const day = new Date(first + slider.value * DAY);
    const x = (1000 * slider.value) / slider.max;
    shown.value = words(day);
    slider.setAttribute("aria-valuetext", shown.value);
    typed.on.value = slider.value === slider.max ? "" : day.toISOString().slice(0, 10);
    mark.setAttribute("x1", x);
    mark.setAttribute("x2", x);
    then.setAttribute("aria-busy", "true");
    asked.abort();
    clearTimeout(rest);
    rest = setTimeout(ask, REST);
  }

  async function ask() {
    const given = ["on", "known"].filter((name) => typed[name].value);
    const wanted = new URLSearchParams(given.map((name) => [name, typed[name].value]));
    const query = given.length ? `?${wanted}` : "";
    history.replaceState(null, "", `${location.pathname}${query}#aswas`);
    asked = new AbortController();
    try {
      const answer = await fetch(box.dataset.from + query, { signal: asked.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      show(await answer.text());
    } catch (problem) {
      if (problem.name !== "AbortError") location.reload(); // the page itself says what is wrong
    }
  }

  function show(part) {
    const before = facts();
    then.innerHTML = part;
    then.removeAttribute("aria-busy");
    if (facts() !== before) told.textContent = facts(); // heard where something changed
  }

  slider.addEventListener("input", move);
  slider.addEventListener("keydown", (event) => {
    const at = Number(slider.value);
    const to = {
      PageUp: turns.find((one) => one > at) ?? slider.max,
      PageDown: turns.filter((one) => one < at).pop() ?? 0,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    slider.value = to;
    move();
  });
  box.hidden = false;
}
