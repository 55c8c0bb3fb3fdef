// What was typed and could not be saved, kept on this device by consultation and box until it is.

const prefix = (consultation) => `respond:${consultation}:`

export function keptIn(consultation) {
  const start = prefix(consultation)
  return {
    get: (box) => safely(() => JSON.parse(localStorage.getItem(start + box)), null),
    put: (box, record) => safely(() => localStorage.setItem(start + box, JSON.stringify(record))),
    drop: (box) => safely(() => localStorage.removeItem(start + box)),
    keys: () => safely(() => Object.keys(localStorage).filter((name) => name.startsWith(start)).map((name) => name.slice(start.length)), []),
    clear: () => safely(() => {
      for (const name of Object.keys(localStorage)) if (name.startsWith(start)) localStorage.removeItem(name)
    })
  }
}

// "14:32", or with the day where that was another.
export function ago(at) {
  const then = new Date(at)
  const clock = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  if (then.toDateString() === new Date().toDateString()) return clock
  return `${clock} on ${then.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })}`
}

// A browser may refuse to keep anything, or be full: then the form works as it does without.
function safely(act, otherwise) {
  try {
    return act() ?? otherwise
  } catch {
    return otherwise
  }
}

// The words of a record, and whether two lists of names and values are alike.
export const wordsOf = (record) => record.values.find(([name]) => name.startsWith('text.'))?.[1] ?? ''
export const same = (one, other) => JSON.stringify([...one].sort()) === JSON.stringify([...other].sort())
