import type { LinkState } from '../transport/browser.ts'

/** How this page stands with the host, and how to try again. */
export class Connection {
  link = $state.raw<LinkState>({ kind: 'connecting' })
  /** Whether the host was reached at least once. */
  everOpen = $state(false)
  /** The host was there and does not answer now: what it does, and whether it does anything, is not known. */
  readonly lost = $derived(this.everOpen && this.link.kind !== 'open')
  #reopened: (() => void) | undefined
  retry: () => void = () => undefined

  /** Takes a change of the link; tells whoever waits for it that a broken connection is whole again. */
  become(link: LinkState): void {
    const again = link.kind === 'open' && this.everOpen
    this.link = link
    if (link.kind === 'open') this.everOpen = true
    if (again) this.#reopened?.()
  }

  onReopened(listener: () => void): void {
    this.#reopened = listener
  }
}
