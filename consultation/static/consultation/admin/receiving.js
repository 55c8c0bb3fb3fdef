// Entering a response: Ctrl and Enter save from anywhere, and leaving with unsaved words asks first.
for (const form of document.querySelectorAll("form[data-receiving]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[value=save]"));
    }
  });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
