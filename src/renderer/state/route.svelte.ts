import { tokenIn } from '../transport/session.ts'

export const PAGES = [
  'devices',
  'record',
  'recordings',
  'train',
  'recognise',
  'adapt',
  'protocols',
  'settings',
] as const
/** The address of the writer's view. */
export const PROMPT_HASH = '#/prompt'
export type PageName = (typeof PAGES)[number]

/** Which page is shown; kept in the URL fragment, so that back, forward and reload do what they say. */
export class Route {
  page = $state<PageName>('devices')
  /** What of the page is shown, such as one recording; null for the page as such. */
  part = $state<string | null>(null)
  /** The prompt alone, large, for the writer's own screen. */
  promptOnly = $state(false)

  constructor() {
    this.#follow()
  }

  go(page: PageName, part: string | null = null): void {
    if (page !== this.page || part !== this.part) window.location.hash = part === null ? `/${page}` : `/${page}/${part}`
  }

  /** Follows the address bar. A fragment with a token is a new admission: the page starts afresh with it. */
  listen(): () => void {
    const follow = (): void => {
      if (tokenIn(window.location.hash) !== null) return window.location.reload()
      this.#follow()
    }
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }

  #follow(): void {
    const [, name, part] = /^#\/([a-z]+)(?:\/([\w-]+))?$/.exec(window.location.hash) ?? []
    this.page = PAGES.find((page) => page === name) ?? 'devices'
    this.part = this.page === name ? (part ?? null) : null
    this.promptOnly = window.location.hash === PROMPT_HASH
  }
}
