import { createHmac } from 'node:crypto'
import type { Admission, Challenge } from '../../src/shared/wire.ts'

/** Comes to a browser door as a page does, with the means of Node: shows the token of an address. */
export async function admit(url: string): Promise<Admission> {
  const { origin, hash } = new URL(url)
  const token = hash.slice('#token='.length)
  const answer = await fetch(`${origin}/session`, { method: 'POST', headers: { 'Content-Type': 'application/json', Origin: origin }, body: JSON.stringify({ token }) })
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
