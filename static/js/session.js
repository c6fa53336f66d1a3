// Warns shortly before a session ends for lack of use, and says so when it has ended. Windows of one browser share the
// moment of last use. The server decides (bodycams/sessions.py); this only tells.
const bar = document.querySelector("[data-session]");

if (bar) {
  const [warning, ended] = [bar.querySelector("[data-warning]"), bar.querySelector("[data-ended]")];
  const [warns, ends] = [Number(bar.dataset.warns) * 1000, Number(bar.dataset.ends) * 1000];
  let here = Date.now();

  const use = () => {
    here = Date.now();
    try {
      localStorage.setItem("used", String(here));
    } catch {
      // A browser may forbid it: then each window counts for itself.
    }
  };
  const used = () => {
    try {
      return Math.max(here, Number(localStorage.getItem("used")));
    } catch {
      return here;
    }
  };
  const show = () => {
    const idle = Date.now() - used();
    warning.hidden = idle < warns || idle >= ends;
    ended.hidden = idle < ends;
  };

  bar.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(bar.dataset.stay, { redirect: "manual" });
    if (answer.status === 204) {
      use();
    } else {
      here = 0;
      localStorage.removeItem("used");
    }
    show();
  });
  document.addEventListener("visibilitychange", show);
  setInterval(show, 5000);
  use();
}
