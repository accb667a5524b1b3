let title = ''
let waiting = 0

/** What the browser's tab says: the screen, and before it how much waits. */
export function nameTab(screen: string) {
  title = `${screen} · Funil`
  show()
}

export function countInTab(count: number) {
  waiting = count
  show()
}

function show() {
  document.title = waiting > 0 ? `(${waiting}) ${title}` : title
}
