import type { Session, WebContents } from 'electron'
import { PROMPT_WINDOW } from './options.ts'
import { BUILT_PAGE, type Page } from './page.ts'

/** Keeps the window on the app's own page and gives it no rights but those it uses. */

/** What the page uses beyond the contract: copying text after a click. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/**
 * Refuses every way out of the page: navigation, redirects, frames, new windows, embedded views. The one window that
 * the page may open is that of the writer, which shows the prompt and is confined in the same way.
 */
export function confineContents(contents: WebContents, page: Page = BUILT_PAGE): void {
  const stay = (event: { preventDefault(): void; url: string }): void => {
    if (!page.isOwn(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) =>
    url === page.promptUrl ? { action: 'allow', overrideBrowserWindowOptions: PROMPT_WINDOW } : { action: 'deny' },
  )
}

/**
 * Denies every permission that the page does not use, every device (pens are the host's), and all downloads but of what
 * the page made.
 */
export function confineSession(session: Session, page: Page = BUILT_PAGE): void {
  const isGranted = (permission: string, url: string | undefined): boolean =>
    GRANTED.has(permission) && page.isOwn(url ?? '')
  session.setPermissionRequestHandler((contents, permission, decide, details) =>
    decide(isGranted(permission, details.requestingUrl || contents.getURL())),
  )
  session.setPermissionCheckHandler((contents, permission, origin) =>
    isGranted(permission, origin || contents?.getURL()),
  )
  session.setDevicePermissionHandler(() => false)
  // What the page has made itself, such as a picture of a plot: the system asks where to save it.
  session.on('will-download', (event, item) => {
    const [, made] = /^blob:(.+)$/.exec(item.getURL()) ?? []
    if (made === undefined || !page.isOwn(made)) event.preventDefault()
  })
}
