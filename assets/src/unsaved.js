// Looks after what this device keeps for boxes that are not on the page.

import { ago, keptIn, same, wordsOf } from './kept.js'

// What was kept on another page and has been stored since is dropped; what has not is named here.
export async function tidy(page, here) {
  const store = keptIn(page.dataset.kept)
  const keys = store.keys().filter((key) => !here.includes(key))
  if (!keys.length) return
  try {
    const answer = await fetch(`${page.dataset.respond}save/?${new URLSearchParams(keys.map((key) => ['box', key]))}`)
    const { stored } = await answer.json()
    const left = keys.filter((key) => !same(stored[key]?.values ?? [], store.get(key)?.values ?? []))
    for (const key of keys) if (!left.includes(key)) store.drop(key)
    const list = page.querySelector('[data-unsaved]')
    if (!list || !left.length) return
    list.hidden = false
    list.querySelector('ul').replaceChildren(...left.map((key) => placeOf(page, key, store.get(key))))
  } catch { /* Offline: it stays kept. */ }
}

function placeOf(page, key, record) {
  const [kind, name] = [key.slice(0, 1), key.slice(2)]
  const paths = { q: `question/${name}/`, p: `paragraph/${encodeURIComponent(name)}/` }
  const link = document.createElement('a')
  link.className = 'govuk-link'
  link.href = page.dataset.respond + (key.includes('-') ? paths[kind] : `${key}/`)
  link.textContent = wordsOf(record).trim().slice(0, 60) || 'Something that you chose'
  const item = document.createElement('li')
  item.append(link, ` (${ago(record.at)})`)
  return item
}
