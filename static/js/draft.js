// An assessment that is being written: keeps it as a draft a moment after the last change. The button beside it does the
// same without this script.
const button = document.querySelector("main button[formaction]");

if (button) {
  const said = document.querySelector("[data-draft-saved]");
  let waiting = 0;

  const save = async () => {
    try {
      const answer = await fetch(button.formAction, {
        method: "POST",
        body: new FormData(button.form),
        headers: { Accept: "application/json" },
      });
      said.textContent = (await answer.json()).saved;
    } catch {
      said.textContent = "Nog niet bewaard. Gebruik de knop ‘Concept bewaren’.";
    }
  };

  button.form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 2000);
  });
  button.form.addEventListener("submit", () => clearTimeout(waiting));
}
