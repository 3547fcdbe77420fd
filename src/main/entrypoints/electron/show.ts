import type { BrowserWindow } from 'electron'
import { after } from '../../process/background.ts'

/** A window that is still hidden after this long is shown as it is. */
const PATIENCE_MS = 3000

/**
 * Shows a window that was made hidden, once: when it is ready, when its page has loaded, or after three seconds,
 * whatever comes first. On Wayland, Electron may never call a hidden window ready. It is maximised only now, since that
 * shows it.
 */
export function showOnce(window: BrowserWindow, { maximised = false }: { maximised?: boolean } = {}): void {
  let isShown = false
  const show = (): void => {
    clearTimeout(timer)
    if (isShown || window.isDestroyed()) return
    isShown = true
    if (maximised) window.maximize()
    window.show()
  }
  const timer = after(PATIENCE_MS, 'entrypoint', 'the window could not be shown', show)
  window.once('ready-to-show', show)
  window.webContents.once('did-finish-load', show)
  window.once('closed', () => clearTimeout(timer))
}
