/** What canvases show, one below the other, on the ground that the page has there: a PNG. */
export function pictureOf(canvases: readonly HTMLCanvasElement[], ground: string): Promise<Blob> {
  const whole = document.createElement('canvas')
  whole.width = Math.max(1, ...canvases.map(({ width }) => width))
  whole.height = Math.max(
    1,
    canvases.reduce((sum, { height }) => sum + height, 0),
  )
  const context = whole.getContext('2d')
  if (context === null) throw new Error('this browser draws no pictures')
  context.fillStyle = ground
  context.fillRect(0, 0, whole.width, whole.height)
  let top = 0
  for (const canvas of canvases) {
    context.drawImage(canvas, 0, top)
    top += canvas.height
  }
  return new Promise((resolve, reject) =>
    whole.toBlob((picture) => (picture === null ? reject(new Error('this browser makes no PNG')) : resolve(picture))),
  )
}

/** The same of all canvases within an element, on its own ground. */
export function pictureWithin(element: HTMLElement): Promise<Blob> {
  return pictureOf([...element.querySelectorAll('canvas')], groundOf(element))
}

/** The colour behind an element: its own, or that of what it stands on. */
function groundOf(element: HTMLElement): string {
  for (let at: HTMLElement | null = element; at !== null; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at)
    if (backgroundColor !== '' && backgroundColor !== 'transparent' && !/^rgba\(.*, 0\)$/.test(backgroundColor))
      return backgroundColor
  }
  return 'white'
}
