/**
 * What the fake Electron runs on: screens, the window system's ways, and the person who answers dialogs. Tests set it
 * before they open the app.
 */

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

export interface Display {
  id: number
  workArea: Area
}

export const desktop = {
  displays: [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] as Display[],
  /** False as on Wayland: an app cannot say where its windows are, and is not told. */
  placesWindows: true,
  /** False as on Wayland: a hidden window is never called ready. */
  readiesHiddenWindows: true,
  /** False for a page that hangs while it loads. */
  finishesLoading: true,
  languages: ['en'],
  isPackaged: false,
  /** Whether this start is the first, which gets the lock. */
  isFirst: true,
  /** What the person chooses in a dialog, as the place of the button. The one for Escape if nothing is said. */
  choose: (options: MessageBox): number => options.cancelId ?? 0,
  /** The path that the person chooses in a dialog for one; null for Escape. */
  choosePath: (_options: PathDialog): string | null => null,
}

export interface PathDialog {
  defaultPath?: string
  properties?: string[]
}

export interface MessageBox {
  message: string
  detail?: string
  buttons: string[]
  defaultId?: number
  cancelId?: number
}

/** The part of two areas that both share, in pixels. */
export function overlap(one: Area, other: Area): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return Math.max(0, across) * Math.max(0, down)
}
