// The form of a concept: leaves out what no chosen kind asks for, and opens the part that a link points into.
// Without this script everything is shown, and each field says for which kind it is.

const kinds = [...document.querySelectorAll('input[name="kinds"]')];

function isFilled(group) {
  return [...group.querySelectorAll("input, textarea")].some((field) => field.value.trim() || field.ariaInvalid);
}

function fold() {
  const chosen = kinds.filter((kind) => kind.checked).map((kind) => kind.value);
  for (const group of document.querySelectorAll("[data-kinds]")) {
    const isAsked = group.dataset.kinds.split(" ").some((kind) => chosen.includes(kind));
    group.hidden = chosen.length > 0 && !isAsked && !isFilled(group);
  }
}

function reveal() {
  const target = document.getElementById(location.hash.slice(1));
  const part = target?.closest("details");
  if (part && !part.open) {
    part.open = true;
    target.scrollIntoView();
  }
}

kinds.forEach((kind) => kind.addEventListener("change", fold));
addEventListener("hashchange", reveal);
fold();
reveal();
