// Completes a search as it is typed: the combobox of ARIA 1.2, with the list laid over the page.
// Enter searches for what was typed unless a completion was moved to with the arrows.

const PAUSE = 120
const SAY = 700
let lists = 0

export function completeSearches(root) {
  for (const row of root.querySelectorAll('[data-suggest], .front-search__row')) new Combobox(row)
}

class Combobox {
  constructor(row) {
    this.address = row.dataset.suggest ?? '/search/suggest/'
    this.input = row.querySelector('input')
    this.form = this.input.form
    this.list = element('ul', 'suggestions', { id: `suggestions-${++lists}`, role: 'listbox', 'aria-label': 'Completions' })
    this.list.hidden = true
    this.status = element('div', 'govuk-visually-hidden', { role: 'status' })
    row.append(this.list)
    this.asked = new Map()
    this.found = []
    this.at = -1
    this.prepare()
  }

  prepare() {
    const { input, list } = this
    const attributes = { role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id }
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value)
    input.addEventListener('focus', () => this.list.after(this.status), { once: true })
    input.addEventListener('input', () => this.soon())
    input.addEventListener('keydown', (event) => this.key(event))
    input.addEventListener('blur', () => this.close())
    this.form.addEventListener('submit', () => this.close())
    addEventListener('pageshow', () => this.close())
    list.addEventListener('mousedown', (event) => event.preventDefault())
    list.addEventListener('click', (event) => {
      const item = event.target.closest('li')
      if (item) this.choose([...list.children].indexOf(item))
    })
  }

  soon() {
    clearTimeout(this.waiting)
    this.typed = this.input.value
    if (this.typed.trim().length < 2) this.close()
    else this.waiting = setTimeout(() => this.ask(this.typed), PAUSE)
  }

  async ask(typed) {
    this.request?.abort()
    this.request = new AbortController()
    try {
      if (!this.asked.has(typed)) {
        const answer = await fetch(`${this.address}?q=${encodeURIComponent(typed)}`, { signal: this.request.signal })
        if (!answer.ok) return this.close()
        this.asked.set(typed, (await answer.json()).completions)
      }
      if (typed === this.input.value && document.activeElement === this.input) this.show(this.asked.get(typed))
    } catch (error) {
      if (error.name !== 'AbortError') this.close()
    }
  }

  show(found) {
    this.found = found
    this.at = -1
    this.list.replaceChildren(...found.map((completion, i) => item(completion, `${this.list.id}-${i}`)))
    this.open(found.length > 0)
    this.say(found.length ? `${found.length} completion${found.length > 1 ? 's' : ''}. Use the up and down arrows to choose one.` : '')
  }

  // After a pause, so that it is not said over the letters as they are typed.
  say(words) {
    clearTimeout(this.saying)
    this.saying = setTimeout(() => { this.status.textContent = words }, SAY)
  }

  open(is) {
    this.list.hidden = !is
    this.input.setAttribute('aria-expanded', String(is))
    if (!is) this.input.removeAttribute('aria-activedescendant')
  }

  close() {
    clearTimeout(this.waiting)
    clearTimeout(this.saying)
    this.request?.abort()
    this.status.textContent = ''
    this.at = -1
    this.open(false)
  }

  key(event) {
    const open = !this.list.hidden
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (event.altKey || event.isComposing) return
      event.preventDefault()
      if (open) this.move(event.key === 'ArrowDown' ? 1 : -1)
      else this.soon()
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      if (this.at >= 0) this.input.value = this.typed
      this.close()
    } else if (event.key === 'Enter' && open && this.at >= 0 && !event.isComposing) {
      event.preventDefault()
      this.choose(this.at)
    }
  }

  // One step before the first and after the last is what was typed.
  move(step) {
    const places = this.found.length + 1
    this.at = (this.at + 1 + step + places) % places - 1
    for (const [i, option] of [...this.list.children].entries()) {
      option.setAttribute('aria-selected', String(i === this.at))
    }
    const chosen = this.list.children[this.at]
    this.input.value = chosen ? this.found[this.at].text : this.typed
    if (chosen) {
      this.input.setAttribute('aria-activedescendant', chosen.id)
      chosen.scrollIntoView({ block: 'nearest' })
    } else this.input.removeAttribute('aria-activedescendant')
  }

  choose(place) {
    const completion = this.found[place]
    this.input.value = completion.text
    this.close()
    if (completion.address) location.assign(completion.address)
    else this.form.requestSubmit()
  }
}

function item(completion, id) {
  const option = element('li', '', { id, role: 'option', 'aria-selected': 'false' })
  const words = element('span')
  for (const piece of completion.pieces) {
    words.append(piece.marked ? element('mark', '', {}, piece.text) : piece.text)
  }
  option.append(words)
  if (completion.note) option.append(' ', element('span', 'note', {}, completion.note))
  return option
}

function element(name, className = '', attributes = {}, words = '') {
  const made = document.createElement(name)
  if (className) made.className = className
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.textContent = words
  return made
}
