import { describe, expect, it } from 'vitest'
import { Watched } from '../../src/renderer/pages/devices/watched.svelte.ts'

function pens(...ids: string[]) {
  const streaming = ids.map((id) => ({ id }))
  const watched = new Watched(() => streaming)
  return { watched, drawn: () => watched.drawn.map(({ id }) => id) }
}

describe('the pens whose signals are drawn', () => {
  it('are the first one, until somebody asks', () => {
    expect(pens('a', 'b').drawn()).toEqual(['a'])
    expect(pens().drawn()).toEqual([])
  })

  it('are as many as somebody asks for, at the same time', () => {
    const { watched, drawn } = pens('a', 'b', 'c', 'd')
    watched.set('c', true)
    expect(drawn()).toEqual(['a', 'c'])
    watched.setAll(true)
    expect(drawn()).toEqual(['a', 'b', 'c', 'd'])
    expect(watched.all).toBe(true)
    watched.set('a', false)
    expect(drawn()).toEqual(['b', 'c', 'd'])
    expect(watched.all).toBe(false)
  })

  it('can be none', () => {
    const { watched, drawn } = pens('a', 'b')
    watched.setAll(false)
    expect(drawn()).toEqual([])
  })
})
