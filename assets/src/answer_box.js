// A box of a form: its fields, what is stored of them, and what stands in it now.

import { keptIn, same } from './kept.js'

// The fields that are saved together, and what the server last said of them.
export class Box {
  constructor(element, form) {
    this.element = element
    this.form = form
    this.whole = element === form
    this.key = this.whole ? form.dataset.fields : element.dataset.box
    this.first = this.rendered()
    this.state = element.querySelector('[data-state]')
  }

  named(name) {
    return this.element.querySelector(`[name="${CSS.escape(this.whole ? name : `${name}.${this.key}`)}"]`)
  }

  fields() {
    return [...this.element.querySelectorAll('input, textarea, select')].filter((field) => field.name && field.name !== 'website' && field.type !== 'file')
  }

  typedFields() {
    return this.fields().filter((field) => field.type !== 'hidden')
  }

  entries() {
    const sent = this.fields().filter((field) => field.name !== 'begun' && (field.checked || !['radio', 'checkbox'].includes(field.type)))
    return sent.map((field) => [field.name, field.value])
  }

  now() {
    return JSON.stringify(this.typedFields().map((field) => (['radio', 'checkbox'].includes(field.type) ? field.checked : field.value)))
  }

  // As the page came, before the browser put back what was typed in it earlier.
  rendered() {
    return JSON.stringify(this.typedFields().map((field) => {
      if (['radio', 'checkbox'].includes(field.type)) return field.defaultChecked
      if (field.options) return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).value
      return field.defaultValue
    }))
  }

  changed() {
    return this.now() !== this.first
  }

  wants() {
    return this.changed() && this.now() !== this.refused && !this.differs
  }

  seen() {
    return this.named('seen')?.value ?? '0'
  }

  // What was typed and chosen: names and values, without what is empty.
  values() {
    return this.entries().filter(([name, value]) => value && !/^(seen|was|asked)(\.|$)/.test(name))
  }

  record() {
    return { values: this.values(), seen: this.seen(), at: Date.now() }
  }

  put(values) {
    for (const field of this.typedFields()) {
      if (['radio', 'checkbox'].includes(field.type)) field.checked = values.some(([name, value]) => name === field.name && value === field.value)
      else field.value = values.find(([name]) => name === field.name)?.[1] ?? ''
    }
  }

  fill(record) {
    this.put(record.values)
    this.element.querySelector('details')?.setAttribute('open', '')
    this.element.closest('details')?.setAttribute('open', '')
    this.refused = null
    this.count()
  }

  stored(saved, now) {
    this.first = now
    this.refused = null
    this.named('seen').value = saved.revision
    this.named('was').value = saved.was
  }

  catchUp(stored) {
    if (String(stored.revision) === this.seen()) return
    const alike = same(stored.values, this.values())
    if (!alike && this.changed()) return
    if (!alike) this.put(stored.values)
    this.stored(stored, this.now())
  }

  // Nothing was overwritten: both texts stand here until the respondent saves one of them.
  conflict(found) {
    this.differs = true
    const who = found.by || 'Somebody, or you in another window,'
    notice(this, `${who} saved something else here at ${found.at}. Nothing of yours was lost: it is in the box, and not saved.`, [
      ['Save mine in its place', () => this.keep(found)],
      ...(this.whole ? [] : [['Take the other one', () => this.take()]])
    ], [found.words, found.text].filter(Boolean).join('\n'))
    this.say('Not saved: choose one of the two', true)
  }

  keep(found) {
    this.named('seen').value = found.revision
    this.named('was').value = '-'
    this.differs = false
    this.refused = null
    this.form.dispatchEvent(new Event('focusout'))
  }

  take() {
    keptIn(this.form.dataset.kept).drop(this.key)
    location.reload()
  }

  say(words, wrong = false) {
    if (!this.state) return
    this.state.textContent = words
    this.state.classList.toggle('not-saved', wrong)
  }

  // About how many words there are, where a number is given as a guide.
  count() {
    const guide = this.element.querySelector('[data-guide]')
    const area = this.element.querySelector('textarea')
    if (!guide || !area) return
    const words = area.value.trim().split(/\s+/).filter(Boolean).length
    guide.textContent = `About ${guide.dataset.guide} words${words ? `; you have ${words}` : ''}. Nobody is stopped from writing more.`
  }
}

// Something to decide at a box, with its buttons.
export function notice(box, words, buttons, quoted = '') {
  const made = document.createElement('div')
  made.className = 'kept-notice'
  made.setAttribute('role', 'status')
  const line = document.createElement('p')
  line.className = 'govuk-body'
  line.textContent = words
  made.append(line)
  if (quoted) {
    const text = document.createElement('div')
    text.className = 'typed-words'
    text.textContent = quoted
    made.append(text)
  }
  for (const [label, act] of buttons) {
    const button = document.createElement('button')
    Object.assign(button, { type: 'button', className: 'govuk-button govuk-button--secondary', textContent: label })
    button.addEventListener('click', () => {
      made.remove()
      act()
      box.element.querySelector('textarea, input:not([type=hidden])')?.focus()
    })
    made.append(button, ' ')
  }
  box.element.querySelector('.kept-notice')?.remove()
  box.element.closest('details')?.setAttribute('open', '')
  box.element.prepend(made)
}
