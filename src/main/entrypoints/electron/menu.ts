import type { MenuItemConstructorOptions } from 'electron'
import type { MenuText } from './menu-text.ts'

export interface MenuActions {
  /** Shows a page by its name in the address. */
  go(page: string): void
  showDatabase(): void
}

/** The application menu: every page one key away, and what people expect of a window. */
export function menuTemplate(
  { go, showDatabase }: MenuActions,
  text: MenuText,
  platform: NodeJS.Platform = process.platform,
): MenuItemConstructorOptions[] {
  const pages = Object.entries(text.pages).map(([page, label], index): MenuItemConstructorOptions => ({
    label,
    accelerator: `CmdOrCtrl+${index + 1}`,
    click: () => go(page),
  }))
  const roles = (...names: (keyof MenuText['roles'] | '-')[]): MenuItemConstructorOptions[] =>
    names.map((role) => (role === '-' ? { type: 'separator' } : { role, label: text.roles[role] }))
  return [
    ...(platform === 'darwin'
      ? [
          {
            label: 'Kalamos',
            submenu: roles('about', '-', 'services', '-', 'hide', 'hideOthers', 'unhide', '-', 'quit'),
          },
        ]
      : []),
    {
      label: text.file,
      submenu: [
        { label: text.showDatabase, click: showDatabase },
        ...roles('-', platform === 'darwin' ? 'close' : 'quit'),
      ],
    },
    { label: text.edit, submenu: roles('undo', 'redo', '-', 'cut', 'copy', 'paste', 'selectAll') },
    { label: text.go, submenu: pages },
    {
      label: text.view,
      submenu: roles('reload', 'toggleDevTools', '-', 'resetZoom', 'zoomIn', 'zoomOut', '-', 'togglefullscreen'),
    },
    { label: text.window, submenu: roles('minimize', 'close') },
  ]
}
