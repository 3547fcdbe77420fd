import { PATHS } from '../../shared/wire.ts'

/** What the page found at the browser door. */
export type Admission = 'admitted' | 'refused' | 'unreachable'

/** The parts of the address bar that the token is taken from. */
export interface AddressBar {
  hash: string
  pathname: string
  search: string
}

/** Takes the token out of the URL fragment (`#token=…`) and out of the address bar, so that it is not kept or copied. */
export function takeToken(address: AddressBar, history: Pick<History, 'replaceState'>): string | null {
  const token = tokenIn(address.hash)
  if (token === null) return null
  history.replaceState(null, '', address.pathname + address.search)
  return token === '' ? null : token
}

/** The token in a fragment; null where there is none. */
export function tokenIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token')
}

/** Exchanges a token for a session cookie, or asks whether the cookie of an earlier visit still opens the door. */
export async function admit(origin: string, token: string | null): Promise<Admission> {
  try {
    const answer = await fetch(origin + PATHS.session, token === null ? {} : asPost(token))
    if (answer.ok) return 'admitted'
    return token === null ? 'refused' : await admit(origin, null)
  } catch {
    return 'unreachable'
  }
}

function asPost(token: string): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) }
}
