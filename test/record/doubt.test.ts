import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { createApp, type App } from '../../src/main/app/app.ts'
import { loadModel } from '../../src/main/ml/checkpoint/model.ts'
import { openEngineForModel } from '../../src/main/ml/programs/open-engine.ts'
import { resource } from '../../src/main/files/paths.ts'
import { DEFAULT_THRESHOLDS, labelCheckBy } from '../../src/main/quality/index.ts'
import { loadRecogniser } from '../../src/main/ml/inference/recogniser.ts'
import { Judging } from '../../src/main/record/judging.ts'
import { writeCorpus } from '../../src/main/corpus/corpus.ts'
import { databaseSink } from '../../src/main/corpus/store-sink.ts'
import { PEN } from '../quality/signals.ts'
import { PATIENCE } from '../support/patience.ts'
import { english } from '../../src/shared/messages/index.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean()
})

/** An app whose store holds two words of a virtual writer. */
async function studio(): Promise<App> {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-doubt-'))
  cleanUp.push(() => rmSync(folder, { recursive: true }))
  const databasePath = join(folder, 'pens.db')
  await writeCorpus({ words: ['Tinte', 'garden'], writers: 1, perWriter: 2, seed: 3 }, databaseSink(databasePath))
  const app = await createApp({ databasePath, entryPoint: 'terminal' })
  cleanUp.push(() => app.close())
  return app
}

it.skipIf(!existsSync(resource('models', 'base.json')))(
  'the model that ships doubts a word that is not its label, and the doubt stays while the label does',
  async () => {
    const { store, request } = await studio()
    const { id: modelId } = await request('models.addBase', {})
    const virtual = store.recordings.list({}, 0, 9).recordings
    const session = store.sessions.create({
      writerId: virtual[0]!.writerId,
      deviceName: 'Virtual pen',
      origin: 'simulated',
      virtual: true,
      profile: PEN,
    })
    const record = (written: string, label: string) => {
      const { id } = virtual.find((recording) => recording.label === written)!
      return Number(store.recordings.insert({ sessionId: session.id, label, signal: store.recordings.signal(id) }))
    }
    const [right, wrong] = [record('Tinte', 'Tinte'), record('garden', 'Straße')]
    const checker = loadRecogniser(loadModel(store.models.paths(modelId)[1]!), openEngineForModel).then(labelCheckBy)
    const judging = new Judging({
      store,
      profile: PEN,
      thresholds: DEFAULT_THRESHOLDS,
      live: false,
      checker,
      noDoubts: (error) => expect.fail(String(error)),
    })
    cleanUp.push(() => judging.stop())
    const reasons = (id: number): string[] => store.promptedSessions.verdict(id)?.reasons.map(({ code }) => code) ?? []

    const judged = vi.fn<() => void>()
    for (const [id, label] of [
      [right, 'Tinte'],
      [wrong, 'Straße'],
    ] as const)
      judging.judge(id, label, (verdict) => (store.promptedSessions.judge(id, verdict), judged()))
    await vi.waitFor(() => expect(judged).toHaveBeenCalledTimes(4), PATIENCE)
    expect(reasons(right)).not.toContain('doubt')
    expect(
      english(store.promptedSessions.verdict(wrong)!.reasons.find(({ code }) => code === 'doubt')!.message),
    ).toMatch(/^The model reads “.+” instead of “Straße” \(doubt: .+ %\)\.$/)

    await request('review.trim', { id: wrong, first: 1, end: store.recordings.get(wrong).frames })
    expect(reasons(wrong)).toContain('doubt')
    await request('review.relabel', { id: wrong, label: 'garden' })
    expect(reasons(wrong)).not.toContain('doubt')
  },
)

it('a model that cannot be made ready is told of when the session starts', async () => {
  const { store, request, listen } = await studio()
  const told = new Promise<string>(
    (resolve) => void listen('system.notice', ({ message }) => resolve(english(message))),
  )
  const device = await request('devices.addVirtual', { seed: 3, handedness: 'right' })
  await request('devices.open', { deviceId: device.id })
  const broken = store.models.create({ ...store.models.list()[0]!, files: ['none.safetensors', 'none.json'] } as never)
  const writer = await request('writers.create', { name: 'w09', handedness: 'right', virtual: true })
  await request('record.start', { deviceId: device.id, writerId: writer.id, prompts: ['a'], modelId: broken.id })
  expect(await told).toMatch(/^No model checks the words of this session: ./)
})
