import { expect, it } from 'vitest'
import { NEW_PROTOCOL, Protocols } from '../../src/renderer/state/protocols.svelte.ts'
import type { StoredProtocol } from '../../src/shared/api/protocols.ts'
import { KalamosError } from '../../src/shared/errors.ts'
import { scriptedHost } from './scripted-host.ts'

it('keeps what was written of each protocol until it is saved, taken back or removed', async () => {
  const { api } = scriptedHost({
    'protocols.save': () => ({ id: 'own' }) as StoredProtocol,
    'protocols.remove': () => ({}),
    'protocols.list': () => [],
    'protocols.removed': () => [],
  })
  const protocols = new Protocols(api)
  protocols.keepDraft('own', 'id: own, changed', 'id: own')
  protocols.keepDraft('other', 'id: other, changed', 'id: other')
  protocols.keepDraft(NEW_PROTOCOL, 'id: new', '')
  expect(protocols.draft('own')).toBe('id: own, changed')
  await protocols.save('id: own, changed', 'own')
  await protocols.remove('other')
  protocols.keepDraft(NEW_PROTOCOL, '', '')
  expect(['own', 'other', NEW_PROTOCOL].map((of) => protocols.draft(of))).toEqual([undefined, undefined, undefined])
})

it('keeps it where saving fails', async () => {
  const { api } = scriptedHost({
    'protocols.save': () => {
      throw new KalamosError('invalid-input', 'line 1: this is not YAML.')
    },
  })
  const protocols = new Protocols(api)
  protocols.keepDraft('own', 'changed', 'saved')
  await expect(protocols.save('changed', 'own')).rejects.toThrow()
  expect(protocols.draft('own')).toBe('changed')
})
