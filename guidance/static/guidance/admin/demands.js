// Saves each decision as it is made, and opens the list of authority types in place. Without this
// script the page works by its buttons and links.
const form = document.querySelector("form[data-demands]");
const saved = form?.querySelector("[data-saved]");

function say(words, wrong = false) {
  if (!saved) return;
  saved.textContent = words;
  saved.classList.toggle("wrong", wrong);
}

// The hidden choices of a row become checkboxes of every type, those chosen before ticked.
function openTypes(row) {
  const details = row.querySelector(".demands-binds");
  const link = details.querySelector("[data-choose]");
  if (!link) return;
  link.remove();
  for (const [field, words] of [["binds", "Binds"], ["excepts", "Except"]]) {
    const name = `${field}-${row.dataset.row}`;
    const hidden = [...details.querySelectorAll(`input[type=hidden][name="${name}"]`)];
    const chosen = new Set(hidden.map((input) => input.value));
    hidden.forEach((input) => input.remove());
    const group = document.createElement("div");
    group.className = "demands-types";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", words);
    const heading = document.createElement("b");
    heading.textContent = words;
    group.append(heading, form.querySelector("template[data-types]").content.cloneNode(true));
    for (const box of group.querySelectorAll("input")) {
      box.name = name;
      box.checked = chosen.has(box.value);
    }
    details.append(group);
  }
}

function tellNames(row) {
  for (const field of ["binds", "excepts"]) {
    const boxes = [...row.querySelectorAll(`input[type=checkbox][name^="${field}-"]`)];
    if (!boxes.length) return;
    const names = boxes.filter((box) => box.checked).map((box) => box.parentElement.textContent.trim());
    row.querySelector(`[data-names=${field}]`).textContent = names.join(", ") || "nobody named";
    if (field === "excepts") row.querySelector("[data-excepted]").hidden = !names.length;
  }
}

function tellCounts(found) {
  for (const place of document.querySelectorAll("[data-progress] [data-count]")) {
    place.textContent = found[place.dataset.count];
  }
  for (const place of document.querySelectorAll("[data-undecided]")) {
    const count = found.sections[place.dataset.undecided];
    place.textContent = place.textContent.replace(/^\s*\d+/, count);
  }
}

async function send(row) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  for (const input of row.querySelectorAll("input, select")) {
    if (!input.name || ((input.type === "radio" || input.type === "checkbox") && !input.checked)) continue;
    data.append(input.name, input.value);
  }
  say("Saving…");
  const answer = await fetch(window.location.href, { method: "POST", body: data, headers: { Accept: "application/json" } });
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.error);
  if (found.stale) {
    say("This sentence was changed meanwhile. Load the page again.", true);
    return;
  }
  const answered = row.querySelector("input[type=radio]:checked").value;
  row.classList.remove("confirmed", "dropped", "undecided");
  row.classList.add({ confirm: "confirmed", drop: "dropped", later: "undecided" }[answered]);
  tellCounts(found);
  say("Saved");
}

// One at a time and in order, so that what is saved last is what was chosen last.
let sending = Promise.resolve();
function save(row) {
  sending = sending
    .then(() => send(row))
    .catch((error) => say(error.message || "Not saved. Press Save.", true));
}

form?.addEventListener("toggle", (event) => {
  if (event.target.matches(".demands-binds") && event.target.open) openTypes(event.target.closest("[data-row]"));
}, true);

form?.addEventListener("change", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row) return;
  tellNames(row);
  if (event.target.type !== "radio" && row.querySelector("input[type=radio][value=later]").checked) return;
  save(row);
});
