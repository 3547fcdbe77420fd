import type { MenuItemConstructorOptions } from 'electron'

export interface MenuActions {
  /** Shows a page by its name in the address. */
  go(page: string): void
  showDatabase(): void
}

const PAGES = [
  ['Devices', 'devices'],
  ['Record', 'record'],
  ['Recordings', 'recordings'],
  ['Train', 'train'],
  ['Recognise', 'recognise'],
  ['Protocols', 'protocols'],
] as const

/** The application menu: every page one key away, and what people expect of a window. */
export function menuTemplate({ go, showDatabase }: MenuActions, platform: NodeJS.Platform = process.platform): MenuItemConstructorOptions[] {
  const pages = PAGES.map(([label, page], index): MenuItemConstructorOptions => ({ label, accelerator: `CmdOrCtrl+${index + 1}`, click: () => go(page) }))
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Show Database in Folder', click: showDatabase },
        { type: 'separator' },
        platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    { label: '&Go', submenu: pages },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { role: 'toggleDevTools' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ]
}
