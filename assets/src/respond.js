// Saves a response while it is written, and keeps on this device what could not be saved.
// Without this every form is saved by its button. No key and nothing of another site is kept here.

import { Box, notice } from './answer_box.js'
import { ago, keptIn, same, wordsOf } from './kept.js'
import { markWords } from './marks.js'
import { tidy } from './unsaved.js'

const PAUSE = 1500
const AGAIN = 8000

export function saveAnswers(root) {
  for (const mark of root.querySelectorAll('[data-clear-kept]')) keptIn(mark.dataset.clearKept).clear()
  const boxes = [...root.querySelectorAll('form[data-autosave]')].flatMap((form) => new Saving(form).boxes)
  for (const page of root.querySelectorAll('[data-respond]')) tidy(page, boxes.map((box) => box.key))
  for (const form of root.querySelectorAll('form[data-once]')) sendOnce(form)
  for (const details of root.querySelectorAll('[data-mark]')) markWords(details, root)
}

// One form: its boxes, each saved by itself; or, of the forms on the respondent, the whole as one box.
class Saving {
  constructor(form) {
    this.form = form
    this.store = keptIn(form.dataset.kept)
    this.said = document.querySelector('[data-saved]')
    this.said?.setAttribute('role', 'status')
    const found = form.dataset.fields ? [form] : [...form.querySelectorAll('[data-box]')]
    this.boxes = found.map((element) => new Box(element, form))
    if (form.querySelector('textarea:disabled, input[type=radio]:disabled')) return
    form.addEventListener('input', (event) => this.typed(event))
    form.addEventListener('change', (event) => this.typed(event))
    form.addEventListener('focusout', () => this.soon(200))
    form.addEventListener('submit', (event) => this.submit(event))
    form.addEventListener('click', (event) => {
      const drop = event.target.closest?.('[data-drop]')
      if (drop) this.store.drop(drop.dataset.drop)
    })
    addEventListener('pagehide', () => this.leave())
    addEventListener('online', () => this.soon(0))
    addEventListener('pageshow', (event) => this.shown(event))
    this.restore()
    for (const box of this.boxes) box.count()
  }

  box(element) {
    return this.boxes.find((box) => box.element.contains(element))
  }

  typed(event) {
    const box = this.box(event.target)
    if (!box) return
    box.count()
    if (box.changed()) this.store.put(box.key, box.record())
    this.soon(PAUSE)
  }

  soon(pause) {
    clearTimeout(this.waiting)
    if (this.boxes.some((box) => box.wants())) this.waiting = setTimeout(() => this.save(), pause)
  }

  async save() {
    if (this.asking || this.sent || this.stopped) return
    const boxes = this.boxes.filter((box) => box.wants())
    if (!boxes.length) return
    const before = new Map(boxes.map((box) => [box, box.now()]))
    this.asking = this.ask(boxes, before)
    await this.asking
    this.asking = null
    if (!this.failed) this.soon(PAUSE)
  }

  async ask(boxes, before) {
    this.failed = false
    try {
      const sent = await fetch(this.form.dataset.autosave, { method: 'POST', body: this.data(boxes), signal: limit(20000) })
      const answer = await sent.json()
      if (sent.status === 409) return this.stop(answer)
      if (sent.status === 429) return this.fail(answer.wait)
      if (!sent.ok) throw new Error(sent.status)
      this.took(boxes, before, answer)
    } catch {
      this.fail(navigator.onLine ? 'Not saved: we cannot be reached. It is kept on this device' : 'Not saved: you are offline. It is kept on this device')
    }
  }

  // What stands in the boxes, with the fields that every form carries.
  data(boxes) {
    const data = new URLSearchParams()
    for (const field of this.form.querySelectorAll('input[name=begun], input[name=website]')) data.set(field.name, field.value)
    if (this.form.dataset.fields) data.set('form', this.form.dataset.fields)
    for (const box of boxes) for (const [name, value] of box.entries()) data.append(name, value)
    return data
  }

  took(boxes, before, answer) {
    for (const box of boxes) {
      const saved = answer.saved[box.key]
      const conflict = answer.conflicts[box.key]
      if (conflict) box.conflict(conflict)
      const fault = box.whole ? Object.values(answer.faults)[0] : answer.faults[box.key]
      if (fault) box.say(`Not saved: ${fault}`, true)
      if (!saved || fault) {
        box.refused = before.get(box)
        continue
      }
      box.stored(saved, before.get(box))
      if (box.now() === before.get(box)) this.store.drop(box.key)
      if (saved.at) box.say(`Saved at ${saved.at}`)
    }
    this.mark()
    if (Object.keys(answer.saved).length) this.say(`Saved at ${answer.at}`)
  }

  // From the first save on the device has a key, and the form says so: should the key be gone when
  // the form is sent, the page after it says that a new response was begun.
  mark() {
    if (this.form.querySelector('input[name=begun]')) return
    const field = document.createElement('input')
    Object.assign(field, { type: 'hidden', name: 'begun', value: '1' })
    this.form.prepend(field)
  }

  fail(words) {
    this.failed = true
    for (const box of this.boxes) if (box.wants()) this.store.put(box.key, box.record())
    this.say(words, true)
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.save(), AGAIN)
  }

  stop(answer) {
    this.stopped = true
    this.say(`${answer.stopped} Copy what you wrote, or press Save to see what you can do.`, true)
  }

  say(words, wrong = false) {
    if (!this.said || this.said.textContent === words) return
    this.said.textContent = words
    this.said.classList.toggle('not-saved', wrong)
  }

  // A save under way is waited for, so that the form goes out over what it gave.
  async submit(event) {
    const button = event.submitter
    if (this.sent) return event.preventDefault()
    this.sent = true
    clearTimeout(this.waiting)
    for (const box of this.boxes) if (box.changed()) this.store.put(box.key, box.record())
    setTimeout(() => { this.sent = false }, 15000)
    if (!this.asking) return
    event.preventDefault()
    await Promise.race([this.asking, new Promise((go) => setTimeout(go, 3000))])
    this.sent = false
    this.form.requestSubmit(button)
    this.sent = true
  }

  leave() {
    if (this.sent || this.stopped) return
    const boxes = this.boxes.filter((box) => box.wants())
    for (const box of boxes) this.store.put(box.key, box.record())
    if (boxes.length) navigator.sendBeacon(this.form.dataset.autosave, this.data(boxes))
  }

  // A page from the browser's history may show what was stored long ago.
  async shown(event) {
    const back = event.persisted || performance.getEntriesByType('navigation')[0]?.type === 'back_forward'
    if (!back || this.form.dataset.fields) return
    this.sent = false
    const query = new URLSearchParams(this.boxes.slice(0, 300).map((box) => ['box', box.key]))
    try {
      const answer = await fetch(`${this.form.dataset.autosave}?${query}`)
      const { stored } = await answer.json()
      for (const box of this.boxes) if (stored[box.key]) box.catchUp(stored[box.key])
    } catch { /* Then a save over what is older says so. */ }
  }

  // What this device kept goes back into its box where nothing newer is stored; else it is offered.
  restore() {
    for (const box of this.boxes) {
      const record = this.store.get(box.key)
      if (!record) continue
      if (same(record.values, box.values())) this.store.drop(box.key)
      else if (record.seen === box.seen() && !box.changed() && !box.whole) this.putBack(box, record)
      else this.offer(box, record)
    }
  }

  putBack(box, record) {
    const before = box.record()
    box.fill(record)
    notice(box, `Put back what this device kept at ${ago(record.at)}, which had not been saved.`, [
      ['Undo', () => { box.fill(before); this.store.drop(box.key) }]
    ])
    this.soon(PAUSE)
  }

  offer(box, record) {
    const words = box.whole ? '' : wordsOf(record)
    notice(box, `This device kept something from ${ago(record.at)} that was not saved; something else was saved since.`, [
      ['Put it in', () => { box.fill(record); this.soon(PAUSE) }],
      ['Throw it away', () => this.store.drop(box.key)]
    ], words)
  }
}

function sendOnce(form) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = 'yes'
    setTimeout(() => delete form.dataset.sent, 10000)
  })
}

const limit = (milliseconds) => AbortSignal.timeout?.(milliseconds)
