import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hmac, nonce } from '../../src/renderer/transport/hmac.ts'

it('gives the codes of RFC 4231, such as that of its second case', () => {
  expect(Buffer.from(hmac('Jefe', 'what do ya want for nothing?'), 'base64url').toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
})

it('gives the same code as Node, whatever the key and the message, and however long', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 400 }))
  fc.assert(
    fc.property(text, text, (key, message) => {
      expect(hmac(key, message)).toBe(createHmac('sha256', key).update(message).digest('base64url'))
    }),
  )
})

it('makes nonces that differ', () => {
  expect(nonce()).toMatch(/^[\w-]{22}$/)
  expect(nonce()).not.toBe(nonce())
})
