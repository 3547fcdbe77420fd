import { life } from './life.ts'

type Handler = (request: Request) => Response | Promise<Response>
const handlers = new Map<string, Handler>()

export const protocol = {
  registerSchemesAsPrivileged(): void {
    if (life.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
  },
  handle: (scheme: string, handler: Handler): void => void handlers.set(scheme, handler),
}

/** The page at an address, where the app itself answers for it. */
export async function pageAt(url: string): Promise<string> {
  const handler = handlers.get(url.slice(0, url.indexOf(':')))
  return handler ? (await handler(new Request(url))).text() : ''
}
