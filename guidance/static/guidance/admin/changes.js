// Review changes: the field for the other end of a split or a merger is shown when it is asked for.
// Without this script it always stands there.
document.addEventListener("DOMContentLoaded", () => {
  const joined = ["split", "merged"]
  for (const decision of document.querySelectorAll("[data-review] .guidance-decision")) {
    const kind = decision.querySelector("select")
    const join = decision.querySelector("[data-join]")
    if (!kind || !join) continue
    const show = () => { join.hidden = !joined.includes(kind.value) }
    kind.addEventListener("change", show)
    show()
  }
  document.getElementById("refused")?.focus()
})
