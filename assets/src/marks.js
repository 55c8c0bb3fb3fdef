// Puts the marks of a confidential passage around what is selected.
export function markWords(details, root) {
  let last = null
  root.addEventListener('selectionchange', remember)
  root.addEventListener('focusout', remember)
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', className: 'govuk-button govuk-button--secondary', textContent: 'Mark the selected words' })
  const said = document.createElement('span')
  said.setAttribute('role', 'status')
  details.querySelector('.govuk-details__text').append(button, ' ', said)
  button.addEventListener('click', () => {
    if (!last || last.start === last.end) {
      said.textContent = 'Select words in your answer first.'
      return
    }
    const { area, start, end } = last
    area.setRangeText(`[[${area.value.slice(start, end)}]]`, start, end, 'select')
    area.dispatchEvent(new Event('input', { bubbles: true }))
    area.focus()
    said.textContent = 'Marked.'
  })

  function remember() {
    const area = document.activeElement
    if (area?.tagName !== 'TEXTAREA' || !area.closest('form')) return
    last = { area, start: area.selectionStart, end: area.selectionEnd }
  }
}
