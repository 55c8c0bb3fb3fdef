// On the search page a choice shows its results at once: the answer is replaced, the form stays, and
// the count is announced. Each choice has its own address, so that going back undoes it.

import { copyLinks } from './copy.js'

export function searchAtOnce(root) {
  const form = root.getElementById('search-form')
  if (!form) return
  openFilters(root)
  if (!root.getElementById('search-answer')) return
  let request = null

  form.addEventListener('change', choose)
  root.addEventListener('change', (event) => {
    if (event.target.form === form && !form.contains(event.target)) choose(event)
  })
  addEventListener('popstate', () => location.reload())

  function choose(event) {
    const field = event.target
    if (field.name === 'q') return
    const date = root.getElementById('as_at')
    if (field.name === 'scope' && field.value === 'date' && !date.value) return date.focus()
    if (field === date && !date.value) return
    show(new URLSearchParams(new FormData(form)))
  }

  async function show(parameters) {
    request?.abort()
    request = new AbortController()
    const address = `${form.getAttribute('action')}?${parameters}`
    const columns = root.querySelector('.search-columns')
    columns?.setAttribute('aria-busy', 'true')
    try {
      const answer = await fetch(address, { signal: request.signal })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const found = page.getElementById('search-answer')
      if (!answer.ok || !found) return location.assign(address)
      replace(found)
      copyLinks(found)
      history.pushState(null, '', answer.url)
      document.title = page.title
      root.getElementById('search-status').textContent = found.querySelector('h1').textContent
    } catch (error) {
      if (error.name !== 'AbortError') location.assign(address)
    }
  }

  function replace(found) {
    const before = root.getElementById('search-answer')
    const focus = document.activeElement
    const inside = before.contains(focus) ? { name: focus.name, value: focus.value } : null
    const folds = new Map([...before.querySelectorAll('details')].map((d) => [fold(d), d.open]))
    for (const details of found.querySelectorAll('details')) {
      if (folds.has(fold(details))) details.open = folds.get(fold(details))
    }
    before.replaceWith(found)
    if (!inside) return
    const same = [...found.querySelectorAll('input')].find((i) => i.name === inside.name && i.value === inside.value)
    ;(same ?? root.getElementById('found')).focus({ preventScroll: true })
  }
}

const fold = (details) => details.dataset.facet ?? details.className

// Where the style sheet cannot hold the filters open beside the results, this does.
function openFilters(root) {
  const filters = root.getElementById('filters')
  if (!filters || CSS.supports('selector(::details-content)')) return
  const wide = matchMedia('(min-width: 1000px)')
  const follow = () => { filters.open = wide.matches }
  wide.addEventListener('change', follow)
  follow()
}
