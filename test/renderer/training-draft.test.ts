import { describe, expect, it } from 'vitest'
import { TabStorage, type KeyValueStorage } from '../../src/renderer/state/tab-storage.ts'
import { Runs } from '../../src/renderer/state/runs.svelte.ts'
import { TrainingDraft } from '../../src/renderer/state/training-draft.svelte.ts'
import type { Output } from '../../src/shared/api.ts'
import { KalamosError } from '../../src/shared/errors.ts'
import { scriptedHost } from './scripted-host.ts'

const preview: Output<'train.preview'> = {
  trainRecordings: 48,
  heldOutRecordings: 12,
  writers: 1,
  alphabet: 'ab',
  channels: ['acc.x'],
  rateHz: 100,
  pose: 'roll-normalised',
  virtual: false,
  leftOut: [],
  layers: { pen: [], image: [] },
  pictures: null,
  against: null,
}

/** What a tab keeps over a reload. */
function tab(): KeyValueStorage {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

function draftIn(keeper: KeyValueStorage | null, answer: () => Output<'train.preview'> = () => preview): TrainingDraft {
  const { api } = scriptedHost({ 'train.preview': answer })
  return new TrainingDraft(new Runs(api), new TabStorage('training', keeper))
}

describe('a training that is being set up', () => {
  it('is the same after a reload, with what was suggested still following the recordings', async () => {
    const keeper = tab()
    const draft = draftIn(keeper)
    draft.name('Model of today')
    draft.config.filter = { origin: 'real', file: 'letters.csv' }
    draft.config.split.by = 'writer'
    await draft.count()
    expect(draft.config.epochs).toBe(60)
    draft.keep()

    const later = draftIn(keeper, () => ({ ...preview, trainRecordings: 5000 }))
    later.name('Model of tomorrow')
    expect(later.config).toMatchObject({
      name: 'Model of today',
      filter: { origin: 'real', file: 'letters.csv' },
      split: { by: 'writer' },
      epochs: 60,
    })
    await later.count()
    expect(later.config.epochs).toBe(30)
  })

  it('keeps what still fits of what an earlier page kept, and nothing of what is none', async () => {
    const keeper = tab()
    keeper.setItem(
      'kalamos training',
      JSON.stringify({ config: { epochs: 7, model: 'huge', colour: 'red', learningRate: null }, suggested: 3 }),
    )
    expect(draftIn(keeper).config).toMatchObject({ epochs: 7, model: 'ott', learningRate: 0.001 })
    expect(draftIn(keeper).config).not.toHaveProperty('colour')
    for (const damaged of ['', '[]', '"x"', '{"config":3}', '{']) {
      keeper.setItem('kalamos training', damaged)
      expect(draftIn(keeper).config.epochs, damaged).toBe(30)
    }
  })

  it('works where the browser keeps nothing', async () => {
    const refusing: KeyValueStorage = {
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }
    for (const keeper of [null, refusing]) {
      const draft = draftIn(keeper)
      draft.name('m')
      await draft.count()
      expect(draft.ready).toBe(true)
    }
  })

  it('cannot begin while the host refuses it, and says why', async () => {
    const draft = draftIn(null, () => {
      throw new KalamosError('not-found', 'No recordings fit the filter.')
    })
    draft.name('m')
    await draft.count()
    expect([draft.ready, draft.problem?.message]).toEqual([false, 'No recordings fit the filter.'])
  })
})
