import { readFile } from 'node:fs/promises'
import type { CustomScheme } from 'electron'
import { contentType, fileWithin } from '../common/files.ts'
import { SECURITY_HEADERS } from '../common/policy.ts'

/**
 * The window's page comes from `kalamos://app/`, not from `file://`: it has an origin of its own, reaches the files of
 * the page and no others, and its policy arrives with it as a header.
 */
const NAME = 'kalamos'
const HOST = 'app'

export const PAGE_URL = `${NAME}://${HOST}/index.html`

export const SCHEME: CustomScheme = {
  scheme: NAME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

/** Whether a URL is of the app's own page. */
export function isOwnPage(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed?.protocol === `${NAME}:` && parsed.host === HOST && parsed.username === '' && parsed.password === ''
}

/** Answers the scheme's requests with the files of a folder; everything else is not found. */
export function pageFrom(folder: string): (request: Request) => Promise<Response> {
  return async ({ url, method }) => {
    const file = isOwnPage(url) && method === 'GET' ? fileWithin(folder, new URL(url).pathname) : null
    const content = file === null ? null : await readFile(file).catch(() => null)
    if (file === null || content === null) return new Response('Not found', { status: 404, headers: SECURITY_HEADERS })
    return new Response(new Uint8Array(content), {
      headers: { ...SECURITY_HEADERS, 'Content-Type': contentType(file) },
    })
  }
}
