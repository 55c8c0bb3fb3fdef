// Questions: after one was moved its button has the focus again; after a refusal the reason has it.
document.addEventListener("DOMContentLoaded", () => {
  const [way, key] = (new URLSearchParams(location.search).get("moved") ?? "").split("-")
  const row = key && document.getElementById(`q-${key}`)
  if (row) {
    const button = row.querySelector(`button[name="${way}"]:enabled`) ?? row.querySelector("button:enabled")
    button?.focus()
  }
  document.getElementById("refused")?.focus()
  // Typing other words chooses them.
  for (const box of document.querySelectorAll(".consultation-wordings textarea")) {
    box.addEventListener("input", () => {
      box.parentElement.querySelector('input[value="own"]').checked = true
    })
  }
})
