import { screen, type BrowserWindow, type Rectangle } from 'electron'

/**
 * The writer's window goes to a screen of its own where there is one. There is one of it, and it closes with the
 * operator's.
 */
export function followWritersWindow(window: BrowserWindow): void {
  let shown: BrowserWindow | undefined
  const close = (): void => {
    if (shown !== undefined && !shown.isDestroyed()) shown.close()
  }
  window.webContents.on('did-create-window', (prompt) => {
    close()
    shown = prompt
    prompt.removeMenu()
    moveToAnotherScreen(prompt, window)
  })
  window.once('closed', close)
}

/**
 * Fills another screen than that of the operator's window. Where the system lets no app place its windows, as Wayland
 * does, the window stays small for the person to move: maximised where it is, it would cover the operator's.
 */
function moveToAnotherScreen(prompt: BrowserWindow, window: BrowserWindow): void {
  const here = screen.getDisplayMatching(window.getBounds())
  const other = screen.getAllDisplays().find(({ id }) => id !== here.id)
  if (other === undefined) return
  prompt.setBounds(centred(prompt.getBounds(), other.workArea))
  if (screen.getDisplayMatching(prompt.getBounds()).id === other.id) prompt.maximize()
}

function centred({ width, height }: Rectangle, area: Rectangle): Rectangle {
  const size = { width: Math.min(width, area.width), height: Math.min(height, area.height) }
  return {
    ...size,
    x: area.x + Math.round((area.width - size.width) / 2),
    y: area.y + Math.round((area.height - size.height) / 2),
  }
}
