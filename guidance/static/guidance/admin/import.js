// Follows an import while it is read, and shows the result when it is there. Without this script
// the page works by loading it again.
const panel = document.querySelector("[data-import-progress]");
const WAIT = 700;

async function follow() {
  try {
    const answer = await fetch(panel.dataset.importProgress, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const { under_way: underWay, progress, step } = await answer.json();
      if (!underWay) {
        window.location.reload();
        return;
      }
      panel.querySelector("progress").value = progress;
      const status = panel.querySelector("[data-step]");
      if (status.textContent !== step) status.textContent = step;
    }
  } catch {
    // The network is away for a moment; the next look will tell.
  }
  window.setTimeout(follow, WAIT);
}

if (panel) window.setTimeout(follow, WAIT);
