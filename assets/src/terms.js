// A term is explained where it stands. Without this the link leads to its meaning at the end of the
// section; with it the meaning opens beside the word, and Escape or a click elsewhere closes it.

export function termsInPlace(root) {
  if (!('popover' in HTMLElement.prototype)) return
  const note = document.createElement('div')
  note.className = 'term-note'
  note.popover = 'auto'
  note.tabIndex = -1
  note.setAttribute('role', 'dialog')
  document.body.append(note)
  let asked = null

  root.addEventListener('click', (event) => {
    const term = event.target.closest?.('a[role=doc-glossref]')
    const meaning = term && document.getElementById(decodeURIComponent(term.hash.slice(1)))
    if (!meaning) return
    event.preventDefault()
    asked = term
    fill(note, meaning)
    note.showPopover()
    place(note, term.getClientRects()[0])
    note.focus({ preventScroll: true })
  })

  note.addEventListener('toggle', (event) => {
    const left = [document.body, note, null].includes(document.activeElement) || note.contains(document.activeElement)
    if (event.newState === 'closed' && left) asked?.focus({ preventScroll: true })
  })
}

function fill(note, meaning) {
  const term = meaning.querySelector('dt').textContent
  const words = (meaning.querySelector('dd > .words') ?? meaning.querySelector('dd')).cloneNode(true)
  words.querySelectorAll('[id]').forEach((element) => element.removeAttribute('id'))
  const name = document.createElement('strong')
  name.textContent = term
  const said = document.createElement('div')
  said.append(...words.childNodes)
  const close = document.createElement('button')
  close.type = 'button'
  close.textContent = 'Close'
  close.addEventListener('click', () => note.hidePopover())
  note.setAttribute('aria-label', `Meaning of ${term}`)
  note.replaceChildren(name, said, close)
}

function place(note, word) {
  const room = document.documentElement.clientWidth - note.offsetWidth - 8
  const below = word.bottom + note.offsetHeight + 8 < window.innerHeight
  note.style.left = `${Math.max(8, Math.min(word.left, room))}px`
  note.style.top = `${Math.max(8, below ? word.bottom + 6 : word.top - note.offsetHeight - 6)}px`
}
