// A link to a paragraph becomes a button-like link that copies; a citation gets a copy button.

export function copyLinks(root) {
  if (!navigator.clipboard) return
  for (const holder of root.querySelectorAll('[data-copy]')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy-button no-print'
    button.textContent = 'Copy'
    const label = holder.dataset.copy
    if (label) button.setAttribute('aria-label', `Copy ${label}`)
    button.addEventListener('click', () => copy(holder.textContent.trim(), button, 'Copy'))
    holder.insertAdjacentElement('afterend', button)
  }
  root.addEventListener('click', (event) => {
    const link = event.target.closest?.('a.copy')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    history.replaceState(null, '', link.hash)
    copy(link.href, link, 'Link to this')
  })
}

async function copy(text, element, label) {
  try {
    await navigator.clipboard.writeText(text)
    say(element, 'Copied', label)
  } catch {
    say(element, 'Could not copy', label)
  }
}

function say(element, words, label) {
  element.textContent = words
  announcer().textContent = words
  setTimeout(() => { element.textContent = label }, 2500)
}

function announcer() {
  let live = document.getElementById('announcer')
  if (!live) {
    live = document.createElement('div')
    live.id = 'announcer'
    live.className = 'govuk-visually-hidden'
    live.setAttribute('role', 'status')
    document.body.append(live)
  }
  return live
}
