import { join } from 'node:path'
import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron'
import { resource, root } from '../../files/paths.ts'

/** What the task bar shows. On Windows and macOS the program itself carries its icon. */
export const ICON: BrowserWindowConstructorOptions = process.platform === 'linux' ? { icon: resource('icon.png') } : {}

/** What every page of the app may do: nothing but speak to the host through the preload. */
export const CONFINED: WebPreferences = {
  preload: join(root, 'out/preload/index.cjs'),
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webSecurity: true,
  spellcheck: false,
  // The live plot of a recording goes on behind other windows.
  backgroundThrottling: false,
}

/** The writer's window: the prompt and nothing else. */
export const PROMPT_WINDOW: BrowserWindowConstructorOptions = {
  width: 1024,
  height: 640,
  minWidth: 480,
  minHeight: 320,
  title: 'Kalamos',
  ...ICON,
  autoHideMenuBar: true,
  webPreferences: CONFINED,
}
