import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { newStore } from './fixtures.ts'

describe('settings', () => {
  it('are remembered by name, replaced and forgotten', () => {
    const store = newStore()
    const { path } = store
    store.settings.set('pause', { ms: 300 })
    store.settings.set('pause', { ms: 400 })
    store.close()
    const again = openStore(path)
    const schema = v.object({ ms: v.number() })
    expect(again.settings.get('pause', schema)).toEqual({ ms: 400 })
    again.settings.delete('pause')
    expect(again.settings.get('pause', schema)).toBeNull()
    again.close()
  })

  it('that do not fit what is expected of them count as not there', () => {
    const store = newStore()
    store.settings.set('pause', 'long')
    expect(store.settings.get('pause', v.number())).toBeNull()
  })
})
