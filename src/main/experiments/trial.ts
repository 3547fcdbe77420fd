import type { ReadExample } from '../training/evaluation/evaluate.ts'
import type { Outcome, Room } from './experiment.ts'
import { fit, type FitConfig, type FitMaterial } from './fit.ts'
import { outcomeOf } from './outcome.ts'

/** Trains one network of an experiment and tells what it measured; `further` adds measures of the last readings. */
export async function runTrial(
  config: FitConfig,
  material: Omit<FitMaterial, 'openEngine' | 'signal' | 'progress' | 'imageProgress'>,
  room: Room,
  further: (readings: readonly ReadExample[]) => Record<string, number> = () => ({}),
): Promise<Outcome> {
  const begun = performance.now()
  let backend = ''
  const fitted = await fit(config, {
    ...material,
    openEngine: async (program, start) => {
      const opened = await room.openEngine(program, start)
      backend = opened.engine.backend
      return opened
    },
    imageProgress: (text) => room.progress(text),
    ...(room.signal ? { signal: room.signal } : {}),
  })
  const outcome = outcomeOf(fitted, (performance.now() - begun) / 1000, backend)
  return { ...outcome, measures: { ...outcome.measures, ...further(fitted.readings) } }
}
