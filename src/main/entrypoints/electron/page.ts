import { PAGE_URL, isOwnPage } from './scheme.ts'

/** The page that a window shows, and which addresses are of it: all that a window may load. */
export interface Page {
  readonly url: string
  /** The prompt alone, for the writer's own screen. */
  readonly promptUrl: string
  isOwn(url: string): boolean
}

/** The page that was built, out of the app's own files. */
export const BUILT_PAGE: Page = { url: PAGE_URL, promptUrl: `${PAGE_URL}#/prompt`, isOwn: isOwnPage }

/**
 * The page to show: the built one, or the one that a development server of this machine names in
 * `ELECTRON_RENDERER_URL`, as `npm run dev` does. An installed app shows nothing but its own files, and no app shows a
 * page of another machine.
 */
export function pageFor({ isPackaged, address }: { isPackaged: boolean; address: string | undefined }): Page {
  const server = isPackaged || address === undefined ? null : URL.parse(address)
  if (server === null || !isThisMachine(server)) return BUILT_PAGE
  const { origin } = server
  const url = new URL('/', origin).href
  return { url, promptUrl: `${url}#/prompt`, isOwn: (other) => URL.parse(other)?.origin === origin }
}

function isThisMachine({ protocol, hostname }: URL): boolean {
  return (protocol === 'http:' || protocol === 'https:') && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}
