// Beside the list of recordings: the one that somebody is at, cut from its own page, so that who goes through many stays on the
// list. A look is a look: the server writes it down as it does for the page. Without this script, and where there is no
// room, a name leads to that page.

const LINGERS = 200; // milliseconds: who goes past a row does not look at it
const LEAVES = 500; // milliseconds: a page that is left is gone by then
const pane = document.querySelector("[data-pane]");
const [said, place] = pane?.children ?? []; // what is read aloud, and what is seen
let at = null;
let waiting = 0;

function head(page, row) {
  const part = document.createElement("div");
  const title = document.createElement("h2");
  const link = Object.assign(document.createElement("a"), { href: row.dataset.row });
  link.textContent = page.querySelector("h1").textContent;
  title.append(link);
  part.className = "pane__head";
  part.append(title, page.querySelector(".masthead__number"));
  return part;
}

function body(page) {
  const part = document.createElement("div");
  part.className = "pane__body";
  part.append(...page.querySelector(".main").children);
  return part;
}

// The page at an address, null when it could not be read. Nothing when the answer is another page: that one says why.
async function read(address) {
  try {
    const answer = await fetch(address, { redirect: "manual" });
    if (answer.ok) return new DOMParser().parseFromString(await answer.text(), "text/html");
    location.assign(address);
  } catch {
    await new Promise((resolve) => setTimeout(resolve, LEAVES)); // somebody may be on the way to another page
    return null; // no network
  }
}

// What is seen is the recording that somebody is at, never the one before it.
function unread(row) {
  const sentence = document.createElement("p");
  sentence.className = "empty-state";
  sentence.textContent = "Deze opname is niet opgehaald. Kijk of u verbinding hebt, en kies haar opnieuw.";
  place.replaceChildren(sentence);
  said.textContent = sentence.textContent;
  row.removeAttribute("aria-current");
  at = null;
}

async function show(row, isEntered) {
  at?.removeAttribute("aria-current");
  at = row;
  row.setAttribute("aria-current", "true");
  pane.setAttribute("aria-busy", "true");
  const page = await read(row.dataset.row);
  if (row !== at || page === undefined) return;
  pane.removeAttribute("aria-busy");
  pane.scrollTop = 0;
  if (page === null) return unread(row);
  place.replaceChildren(head(page, row), body(page));
  said.textContent = `${page.querySelector("h1").textContent} staat ernaast.`;
  if (isEntered) place.querySelector("a").focus();
}

function linger(row) {
  clearTimeout(waiting);
  waiting = setTimeout(() => row !== at && show(row), LINGERS);
}

for (const row of pane ? document.querySelectorAll(".queue > [data-row]") : []) {
  row.addEventListener("arrive", () => pane.checkVisibility() && linger(row));
  row.querySelector("a").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !pane.checkVisibility()) return;
    event.preventDefault();
    show(row, event.detail === 0); // by the keyboard
  });
}
addEventListener("pagehide", () => clearTimeout(waiting));
pane?.addEventListener("keydown", (event) => event.key === "Escape" && at?.querySelector("a").focus());
if (pane) pane.hidden = false;
