import { tokenIn } from '../transport/session.ts'

export const PAGES = ['devices', 'record', 'recordings', 'train', 'recognise', 'protocols'] as const
/** The address of the writer's view. */
export const PROMPT_HASH = '#/prompt'
export type PageName = (typeof PAGES)[number]

/** Which page is shown; kept in the URL fragment, so that back, forward and reload do what they say. */
export class Route {
  page = $state<PageName>('devices')
  /** The prompt alone, large, for the writer's own screen. */
  promptOnly = $state(false)

  constructor() {
    this.page = pageIn(window.location.hash) ?? 'devices'
    this.promptOnly = window.location.hash === PROMPT_HASH
  }

  go(page: PageName): void {
    if (page !== this.page) window.location.hash = `/${page}`
  }

  /** Follows the address bar. A fragment with a token is a new admission: the page starts afresh with it. */
  listen(): () => void {
    const follow = (): void => {
      if (tokenIn(window.location.hash) !== null) return window.location.reload()
      this.page = pageIn(window.location.hash) ?? 'devices'
      this.promptOnly = window.location.hash === PROMPT_HASH
    }
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }
}

function pageIn(hash: string): PageName | undefined {
  return PAGES.find((page) => hash === `#/${page}`)
}
