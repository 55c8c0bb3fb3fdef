// Questions from the text: a refusal has the focus; typing other words chooses them.
document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("refused")?.focus()
  for (const box of document.querySelectorAll(".consultation-wordings textarea")) {
    box.addEventListener("input", () => {
      box.parentElement.querySelector('input[value="own"]').checked = true
    })
  }
})
