import { readFileSync } from 'node:fs'
import type { BrowserWindow } from 'electron'
import * as v from 'valibot'
import { after } from '../../process/background.ts'
import { writeWhole } from '../../files/whole-file.ts'

/** Where the window was, in the screen's coordinates. */
const Place = v.object({
  x: v.pipe(v.number(), v.integer()),
  y: v.pipe(v.number(), v.integer()),
  width: v.pipe(v.number(), v.integer(), v.minValue(400)),
  height: v.pipe(v.number(), v.integer(), v.minValue(300)),
  maximised: v.boolean(),
})
export type Place = v.InferOutput<typeof Place>

export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

const KEEP_AFTER_MS = 500

/** The part of the title bar that must be on a screen, so that the window can be reached. */
const REACH = { width: 120, height: 40 }

/** The place that was kept, or null where there is none that can be read. */
export function readPlace(file: string): Place | null {
  try {
    const result = v.safeParse(Place, JSON.parse(readFileSync(file, 'utf8')))
    return result.success ? result.output : null
  } catch {
    return null
  }
}

/**
 * Keeps a place; all of it or none. A window that cannot be remembered is no reason to stop, so failures are let pass.
 */
export function keepPlace(file: string, place: Place): void {
  try {
    writeWhole(file, JSON.stringify(place))
  } catch {
    return
  }
}

/**
 * Keeps the place of a window whenever it has come to rest somewhere. Gives a function that resolves when the last
 * place is kept.
 */
export function rememberPlace(window: BrowserWindow, file: string): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let kept = Promise.resolve()
  const keep = (): void => {
    clearTimeout(timer)
    if (window.isDestroyed()) return
    const place = { ...window.getNormalBounds(), maximised: window.isMaximized() }
    kept = kept.then(() => keepPlace(file, place))
  }
  const keepSoon = (): void => {
    clearTimeout(timer)
    timer = after(KEEP_AFTER_MS, 'entrypoint', 'the place of the window could not be kept', keep)
  }
  window.on('resize', keepSoon)
  window.on('move', keepSoon)
  window.on('close', keep)
  return () => kept
}

/** The place moved and shrunk onto a screen that is there, or null where it is on none of them. */
export function fitPlace(place: Place | null, screens: readonly Rectangle[]): Place | null {
  if (place === null) return null
  const screen = screens.find((each) => canReach(place, each))
  if (screen === undefined) return null
  const [width, height] = [Math.min(place.width, screen.width), Math.min(place.height, screen.height)]
  return {
    ...place,
    width,
    height,
    x: clamp(place.x, screen.x, screen.x + screen.width - width),
    y: clamp(place.y, screen.y, screen.y + screen.height - height),
  }
}

function canReach(place: Place, screen: Rectangle): boolean {
  const across = Math.min(place.x + place.width, screen.x + screen.width) - Math.max(place.x, screen.x)
  const isTitleThere = place.y + REACH.height > screen.y && place.y < screen.y + screen.height
  return across >= REACH.width && isTitleThere
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
