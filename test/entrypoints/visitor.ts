import { createHmac } from 'node:crypto'
import { WebSocket } from 'ws'
import type { Admission, Challenge } from '../../src/shared/wire.ts'

/** Comes to a browser server as a page does, with the means of Node: shows the token of an address. */
export async function admit(url: string): Promise<Admission> {
  const { origin, hash } = new URL(url)
  const token = hash.slice('#token='.length)
  const answer = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify({ token }),
  })
  return (await answer.json()) as Admission
}

/** A proof of a session with one of its keys, good for one connection. */
export async function proofFor(origin: string, { id, key }: Pick<Admission, 'id' | 'key'>): Promise<string> {
  const { nonce } = (await (await fetch(`${origin}/session?id=${id}&asked=0123456789abcdef`)).json()) as Challenge
  return `${id}.${nonce}.${createHmac('sha256', key).update(`page ${nonce}`).digest('base64url')}`
}

/** What a page sends to open its WebSocket. */
export function socketHeaders(origin: string, proof: string): Record<string, string> {
  return { Origin: origin, 'Sec-WebSocket-Protocol': `kalamos, kalamos.${proof}` }
}

/** A window that came in by an address: a WebSocket whose messages, but for beats, can be awaited one by one. */
export async function openWindow(url: string): Promise<VisitorWindow> {
  const { origin } = new URL(url)
  const { 'Sec-WebSocket-Protocol': protocols = '', ...headers } = socketHeaders(
    origin,
    await proofFor(origin, await admit(url)),
  )
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, protocols.split(', '), { headers })
  const came: unknown[] = []
  const waiting: ((message: unknown) => void)[] = []
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as object
    if ('beat' in message) return
    const next = waiting.shift()
    if (next) next(message)
    else came.push(message)
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return {
    socket,
    send: (message) => socket.send(JSON.stringify(message)),
    next: () => (came.length > 0 ? Promise.resolve(came.shift()) : new Promise((resolve) => waiting.push(resolve))),
  }
}

export interface VisitorWindow {
  socket: WebSocket
  send(message: unknown): void
  next(): Promise<unknown>
}
