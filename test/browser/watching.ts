import { expect, type Locator, type Page } from '@playwright/test'

/** A work of which nothing changes for so long is stuck, also where other programs leave it little of the machine. */
const STUCK_MS = 240_000
/**
 * For a test that waits for a training: that runs below the priority of all else, and may take minutes on a busy
 * machine.
 */
export const TRAINING_TEST_MS = 900_000

/**
 * Watches where a control is, frame by frame, until it goes or says something else: to be called while it is there.
 * What comes back tells every place that it has had, as "left, top, width x height"; a control that keeps its place has
 * one.
 */
export async function watchPlace(control: Locator): Promise<() => Promise<string[]>> {
  const watched = await control.evaluateHandle((element) => {
    const places = new Set<string>()
    const says = element.textContent
    const look = (): void => {
      if (!element.isConnected || element.textContent !== says) return
      const { left, top, width, height } = element.getBoundingClientRect()
      places.add(`${Math.round(left)}, ${Math.round(top)}, ${Math.round(width)} x ${Math.round(height)}`)
      requestAnimationFrame(look)
    }
    look()
    return places
  })
  return () => watched.evaluate((places) => [...places])
}

/**
 * Watches for a text that may be on the page for a moment only; to be called before what brings it there. What comes
 * back resolves once the text was there, also where it has gone again.
 */
export async function watchFor(page: Page, text: string): Promise<() => Promise<void>> {
  const watched = await page.evaluateHandle((wanted) => {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const look = (): void => {
      if (!document.body.textContent.includes(wanted)) return
      observer.disconnect()
      resolve(undefined)
    }
    const observer = new MutationObserver(look)
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    look()
    return { promise }
  }, text)
  return async () => void (await watched.evaluate(({ promise }) => promise))
}

/** Resolves when what has just changed is drawn: with the next frame but one. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

/**
 * Waits for what a work in the background comes to, however long that is, as long as what the page says of the work
 * goes on changing.
 */
export async function workTo(goal: Locator, work: Locator): Promise<void> {
  const told = (): Promise<string> => work.evaluate((element) => element.outerHTML)
  while (!(await goal.isVisible())) {
    const before = await told()
    const message = 'the work goes on, or is done'
    await expect
      .poll(async () => (await goal.isVisible()) || (await told()) !== before, { message, timeout: STUCK_MS })
      .toBe(true)
  }
}
