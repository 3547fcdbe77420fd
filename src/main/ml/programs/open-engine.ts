import { chooseBackend } from '../../compute/backend.ts'
import type { ModelConfig } from '../models/index.ts'
import './index.ts'
import { createEngine } from '../../compute/engine/engine.ts'
import type { Engine, NamedArrays, ProgramDescription } from '../../compute/engine/types.ts'
import { backendOf, type BackendPreference } from '../../compute/engine/backend-preference.ts'

/** Opens engines as the settings ask: `threads: null` takes all cores. `reason` says why this backend. */
export function openEngineFor({ backend, threads }: { backend: BackendPreference; threads: number | null }) {
  return async (
    program: ProgramDescription,
    start: { weights: NamedArrays; state: NamedArrays },
  ): Promise<{ engine: Engine; reason: string }> => {
    const choice = await chooseBackend(backendOf(backend))
    const engine = await createEngine({
      program,
      ...start,
      backend: choice.name,
      ...(threads === null ? {} : { threads }),
    })
    return { engine, reason: choice.reason }
  }
}

/**
 * Opens an engine for reading with a stored model: one thread, because one word at a time is too little to share out.
 * Only the recogniser's own weights are looked at; what a training kept beside them is left.
 */
export async function openEngineForModel({
  card,
  weights,
  state,
}: {
  card: { network: ModelConfig }
  weights: NamedArrays
  state: NamedArrays
}): Promise<Engine> {
  const { name: backend } = await chooseBackend('auto')
  return createEngine({
    program: { name: 'recogniser', config: { model: card.network } },
    weights,
    state,
    backend,
    threads: 1,
  })
}
