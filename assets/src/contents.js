// The contents beside a section: open where there is room, and marked with where the reader is.

export function openContents(root) {
  const details = root.querySelector('.contents details')
  if (!details || CSS.supports('selector(::details-content)')) return
  const wide = matchMedia('(min-width: 1080px)')
  const follow = () => { details.open = wide.matches }
  wide.addEventListener('change', follow)
  follow()
}

export function currentHeading(root) {
  const links = [...root.querySelectorAll('.contents ul a[href^="#"]')]
  const headings = links.map((link) => document.getElementById(link.hash.slice(1)))
  if (!headings.length) return
  let waiting = false
  const mark = () => {
    waiting = false
    let current = -1
    headings.forEach((heading, i) => {
      if (heading && heading.getBoundingClientRect().top < 120) current = i
    })
    links.forEach((link, i) => {
      if (i === current) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    })
  }
  addEventListener('scroll', () => {
    if (!waiting) requestAnimationFrame(mark)
    waiting = true
  }, { passive: true })
  mark()
}
