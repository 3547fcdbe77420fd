import * as v from 'valibot'
import type { WebSocket } from 'ws'
import { isEventName, isRequestName, type EventName } from '../../../shared/api.ts'
import { KalamosError, errorShape } from '../../../shared/errors.ts'
import { inBackground } from '../../process/background.ts'
import type { ServerMessage } from '../../../shared/wire.ts'
import { answer, type Host } from '../common/host.ts'

/**
 * Beyond this many unsent bytes a client is slow, and live samples are dropped for it: the next ones replace them
 * anyway.
 */
const SLOW_BYTES = 1 << 20
/** Beyond this it has stopped reading, and is let go: it may come back and ask for the state anew. */
const STUCK_BYTES = 256 << 20
/**
 * So many requests of a window may be under way. Most end at once; whoever waits for so many long works can wait for no
 * more.
 */
const MOST_UNDER_WAY = 64
const DROPPABLE: ReadonlySet<EventName> = new Set(['devices.samples'])

const Message = v.union([
  v.strictObject({ id: v.pipe(v.number(), v.safeInteger()), request: v.string(), input: v.optional(v.unknown()) }),
  v.strictObject({ subscribe: v.string() }),
  v.strictObject({ unsubscribe: v.string() }),
])
type Message = v.InferOutput<typeof Message>

/** Serves one browser window until its socket closes. Garbage is answered with an error and changes nothing. */
export function serveClient(socket: WebSocket, host: Host): void {
  const subscriptions = new Map<EventName, () => void>()
  let underWay = 0

  const send = (message: ServerMessage): void => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > STUCK_BYTES) return socket.terminate()
    socket.send(JSON.stringify(message))
  }

  const subscribe = (event: EventName): void => {
    if (subscriptions.has(event)) return
    const forget = host.listen(event, (payload) => {
      if (DROPPABLE.has(event) && socket.bufferedAmount > SLOW_BYTES) return
      send({ event, payload })
    })
    subscriptions.set(event, forget)
  }

  const unsubscribe = (event: EventName): void => {
    subscriptions.get(event)?.()
    subscriptions.delete(event)
  }

  const take = async (message: Message): Promise<void> => {
    if ('request' in message) {
      const { id, request, input } = message
      if (!isRequestName(request)) return send({ id, error: errorShape(unknown('request', request)) })
      if (underWay >= MOST_UNDER_WAY) return send({ id, error: errorShape(tooMany()) })
      underWay++
      const answered = await answer(host, request, input ?? {})
      underWay--
      return send({ id, ...answered })
    }
    const event = 'subscribe' in message ? message.subscribe : message.unsubscribe
    if (!isEventName(event)) return send({ id: null, error: errorShape(unknown('event', event)) })
    if ('subscribe' in message) subscribe(event)
    else unsubscribe(event)
  }

  socket.on('message', (data, isBinary) => {
    const message = isBinary ? null : parse(String(data))
    if (message === null) return send({ id: null, error: errorShape(unreadable()) })
    inBackground(
      'entrypoint',
      'a message of a window could not be answered',
      () => take(message),
      (error) => {
        if ('id' in message) send({ id: message.id, error: errorShape(error) })
      },
    )
  })
  // The socket closes itself after an error, such as a message over the limit; other windows go on.
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    for (const forget of subscriptions.values()) forget()
    subscriptions.clear()
  })
}

function parse(text: string): Message | null {
  try {
    const result = v.safeParse(Message, JSON.parse(text))
    return result.success ? result.output : null
  } catch {
    return null
  }
}

function unknown(what: string, name: string): KalamosError {
  return new KalamosError(
    'invalid-input',
    `There is no ${what} called ${JSON.stringify(name.slice(0, 80))}.`,
    'Reload the page: it may be older than the app.',
  )
}

function tooMany(): KalamosError {
  return new KalamosError(
    'unavailable',
    `This window waits for ${MOST_UNDER_WAY} answers already.`,
    'Wait until some of them are there, or reload the page.',
  )
}

function unreadable(): KalamosError {
  return new KalamosError(
    'invalid-input',
    'The message is none that this server knows.',
    'Send a JSON text frame: {"id", "request", "input"}, {"subscribe"} or {"unsubscribe"}.',
  )
}
