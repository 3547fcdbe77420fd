import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron'
import { isEventName, isRequestName, type EventName } from '../../../shared/api.ts'
import { CHANNELS } from '../../../shared/channels.ts'
import { KalamosError, errorShape } from '../../../shared/errors.ts'
import type { Answer } from '../../../shared/wire.ts'
import { answer, type Host } from '../common/host.ts'
import { BUILT_PAGE, type Page } from './page.ts'

type Subscriptions = Map<EventName, () => void>

/** Carries the contract between the window and the host. Only the main frame of the app's own page is heard. */
export function serveWindow(ipc: IpcMain, host: Host, page: Page = BUILT_PAGE): void {
  const isFromPage = (event: IpcMainInvokeEvent | IpcMainEvent): boolean => isFromMainFrame(event, page)
  const windows = new WeakMap<WebContents, Subscriptions>()

  ipc.handle(CHANNELS.request, async (event, name: unknown, input: unknown): Promise<Answer> => {
    if (!isFromPage(event))
      return { error: errorShape(new KalamosError('unauthorised', 'Only the page of Kalamos itself may ask.')) }
    if (!isRequestName(name))
      return {
        error: errorShape(new KalamosError('invalid-input', `There is no request called ${JSON.stringify(name)}.`)),
      }
    return answer(host, name, input)
  })

  ipc.on(CHANNELS.subscribe, (event, name: unknown) => {
    if (!isFromPage(event) || !isEventName(name)) return
    const contents = event.sender
    const subscriptions = windows.get(contents) ?? follow(contents)
    if (subscriptions.has(name)) return
    subscriptions.set(
      name,
      host.listen(name, (payload) => {
        if (!contents.isDestroyed()) contents.send(CHANNELS.event, name, payload)
      }),
    )
  })

  ipc.on(CHANNELS.unsubscribe, (event, name: unknown) => {
    if (!isFromPage(event) || !isEventName(name)) return
    const subscriptions = windows.get(event.sender)
    subscriptions?.get(name)?.()
    subscriptions?.delete(name)
  })

  /** A page that goes, by closing or reloading, no longer listens. */
  function follow(contents: WebContents): Subscriptions {
    const subscriptions: Subscriptions = new Map()
    windows.set(contents, subscriptions)
    const forget = (): void => {
      for (const stop of subscriptions.values()) stop()
      subscriptions.clear()
    }
    contents.on('did-navigate', forget)
    contents.on('render-process-gone', forget)
    contents.once('destroyed', forget)
    return subscriptions
  }
}

function isFromMainFrame(event: IpcMainInvokeEvent | IpcMainEvent, page: Page): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && page.isOwn(frame.url)
}
