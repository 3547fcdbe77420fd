import { BrowserWindow } from 'electron'
import type { DialogText } from './dialog-text.ts'
import { showOnce } from './show.ts'

/** A small window that says what a closing app still does. It has no script and speaks to nobody. */
export class SavingWindow {
  #window: BrowserWindow | undefined

  /** Shows it, or changes what it says. */
  show({ saving, reopening, language }: DialogText['closing'], isReopening: boolean): void {
    if (this.#window === undefined || this.#window.isDestroyed()) {
      this.#window = new BrowserWindow({
        width: 520,
        height: 150,
        resizable: false,
        minimizable: false,
        maximizable: false,
        fullscreenable: false,
        autoHideMenuBar: true,
        show: false,
        title: 'Kalamos',
        webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
      })
      showOnce(this.#window)
    }
    this.#window.loadURL(pageOf(language, isReopening ? [saving, reopening] : [saving])).catch(() => undefined)
  }
}

function pageOf(language: string, lines: readonly string[]): string {
  const text = lines.map((line) => `<p style="margin:.4em 0">${line}</p>`).join('')
  const style =
    'font:15px ' +
    'system-ui,sans-serif;margin:0;height:100vh;display:flex;flex-direction:column;justify-content:center;padding:0 ' +
    '1.5em'
  const page =
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="color-scheme" content="light ` +
    `dark"><title>Kalamos</title><body style="${style}">${text}</body></html>`
  return `data:text/html;charset=utf-8,${encodeURIComponent(page)}`
}
