// A footnote marker opens its notes in place. Browsers open a `details` when a link leads into it;
// this does the same for those that do not, and without moving the page when the note is in view.

export function notesInPlace(root) {
  root.addEventListener('click', (event) => {
    const marker = event.target.closest?.('.note-mark')
    if (!marker) return
    const note = document.getElementById(decodeURIComponent(marker.hash.slice(1)))
    const details = note?.closest('details')
    if (!details) return
    details.open = true
    note.tabIndex = -1
    event.preventDefault()
    history.replaceState(null, '', marker.hash)
    note.focus({ preventScroll: true })
    note.scrollIntoView({ block: 'nearest' })
  })
  const arrived = location.hash.length > 1 && decodeURIComponent(location.hash.slice(1))
  const closed = arrived && document.getElementById(arrived)?.closest('details')
  if (closed) closed.open = true
}
