import type { ReadExample } from '../training/evaluation/evaluate.ts'
import type { Outcome, ExperimentContext } from './experiment.ts'
import { fit, type FitConfig, type FitMaterial } from './fit.ts'
import { outcomeOf } from './outcome.ts'

/** Trains one network of an experiment and tells what it measured; `further` adds measures of the last readings. */
export async function runTrial(
  config: FitConfig,
  material: Omit<FitMaterial, 'openEngine' | 'signal' | 'progress' | 'imageProgress'>,
  context: ExperimentContext,
  further: (readings: readonly ReadExample[]) => Record<string, number> = () => ({}),
): Promise<Outcome> {
  const begun = performance.now()
  let backend = ''
  const fitted = await fit(config, {
    ...material,
    openEngine: async (program, start) => {
      const opened = await context.openEngine(program, start)
      backend = opened.engine.backend
      return opened
    },
    imageProgress: (text) => context.progress(text),
    ...(context.signal ? { signal: context.signal } : {}),
  })
  const outcome = outcomeOf(fitted, (performance.now() - begun) / 1000, backend)
  return { ...outcome, measures: { ...outcome.measures, ...further(fitted.readings) } }
}
