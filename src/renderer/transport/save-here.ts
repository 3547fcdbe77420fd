/** Saves what the page has made itself: a browser puts it where downloads go, the Electron window asks where to. */
export function saveHere(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has taken hold of it when the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** The picture of a data URL. The policy of the page lets nothing but its host be fetched. */
export function pictureIn(dataUrl: string): Blob {
  const [head = '', body = ''] = dataUrl.split(',', 2)
  const type = /^data:([^;]+)/.exec(head)?.[1] ?? 'image/png'
  return new Blob([Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0))], { type })
}
