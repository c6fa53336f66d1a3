// The list of recordings by the keyboard: one key goes to the next recording, one chooses it, one opens a judgement. On the
// page of one recording those keys work that make sense there.
// What is chosen stays chosen on the next page of the list, until it is sent or cleared. Without this script everything is
// reached with Tab, Space and Enter, and a choice is of one page. The keys can be switched off (WCAG 2.1.4).

const KEPT = "queue-keys-off";
const CHOSEN = "queue-chosen";
const bar = document.querySelector("[data-keys]");
const rows = [...document.querySelectorAll("[data-row]")];
const boxes = [...document.querySelectorAll("[data-row] input[type=checkbox]")];
const counter = document.querySelector("[data-chosen]");
const nothing = counter?.textContent;
const known = new Set([...document.querySelectorAll("[data-keys] kbd")].map((key) => key.textContent.toLowerCase()));
const elsewhere = chosenElsewhere();
let isOff = localStorage.getItem(KEPT) !== null;

// On other pages of the list; whoever comes from anywhere but the recordings begins anew.
function chosenElsewhere() {
  const from = document.referrer ? new URL(document.referrer) : null;
  const isGoingOn = from?.origin === location.origin && from.pathname.startsWith("/opnamen/");
  const kept = new Set(isGoingOn ? JSON.parse(sessionStorage.getItem(CHOSEN) ?? "[]") : []);
  for (const box of boxes) if (kept.delete(box.value)) box.checked = true;
  return kept;
}

function tell() {
  const here = boxes.filter((box) => box.checked).map((box) => box.value);
  const count = here.length + elsewhere.size;
  if (boxes.length) sessionStorage.setItem(CHOSEN, JSON.stringify([...here, ...elsewhere]));
  if (!counter) return;
  const beside = elsewhere.size ? `, waarvan ${elsewhere.size} op een andere bladzijde` : "";
  counter.textContent = count ? `${count} ${count === 1 ? "opname" : "opnamen"} gekozen${beside}` : nothing;
}

function send(event) {
  for (const value of elsewhere) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: boxes[0].name, value });
    event.target.append(input);
  }
  sessionStorage.removeItem(CHOSEN);
}

function clear() {
  elsewhere.clear();
  for (const box of boxes) box.checked = false;
  tell();
}

function isTyping(target) {
  return target.matches("textarea, select, [contenteditable], input:not([type=checkbox])");
}

// The row that the focus is in or beside; on the page of one recording that one.
function here() {
  const focus = document.activeElement;
  const isBeside = focus.closest("[data-pane]") !== null;
  const found = rows.findIndex((row) => (isBeside ? row.ariaCurrent : row.contains(focus)));
  return found < 0 && rows.length === 1 ? 0 : found;
}

function go(steps) {
  const from = here();
  const row = rows[from < 0 ? 0 : Math.min(Math.max(from + steps, 0), rows.length - 1)];
  row?.querySelector("a").focus();
  row?.dispatchEvent(new Event("arrive")); // see pane.js
}

function open(path) {
  const row = rows[here()];
  if (row) location.assign(row.dataset.row + path);
}

function choose() {
  const box = rows[here()]?.querySelector("input[type=checkbox]");
  if (!box) return;
  box.checked = !box.checked;
  tell();
}

function notNecessary() {
  const form = boxes[0]?.form;
  if (form && (elsewhere.size || boxes.some((box) => box.checked))) form.requestSubmit();
  else open("stap/niet_noodzakelijk_verklaren/");
}

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  x: choose,
  b: () => open("bekijken/"),
  n: () => open("stap/noodzakelijk_verklaren/"),
  v: notNecessary,
};

function show() {
  const button = bar.querySelector("[data-keys-switch]");
  bar.hidden = false;
  bar.querySelector("[data-keys-list]").hidden = isOff;
  button.textContent = isOff ? button.dataset.off : button.dataset.on;
}

function turn() {
  isOff = !isOff;
  if (isOff) localStorage.setItem(KEPT, "1");
  else localStorage.removeItem(KEPT);
  show();
}

addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  const does = known.has(key) && KEYS[key];
  if (!does || isOff || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  event.preventDefault();
  does();
});
for (const box of boxes) box.addEventListener("change", tell);
boxes[0]?.form.addEventListener("reset", () => setTimeout(clear));
boxes[0]?.form.addEventListener("submit", send);
if (bar && rows.length) {
  bar.querySelector("[data-keys-switch]").addEventListener("click", turn);
  show();
}
tell();
