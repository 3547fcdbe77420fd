import type { Adaptation, AdaptationState } from '../../shared/api/adaptation.ts'
import type { Run } from '../../shared/api/training.ts'
import type { StoredAdaptation } from '../store/adaptations.ts'
import type { Store } from '../store/index.ts'
import { shownReport } from './shown-report.ts'

/** An adaptation as it is told: what is stored of it, and how far its run has come. */
export function describe(store: Store, stored: StoredAdaptation): Adaptation {
  const { id, writerId, version, config, modelId, runId, startedAt, active, report } = stored
  const run = runId === null ? null : store.runs.get(runId)
  const state = stateOf(stored, run)
  return {
    id,
    writerId,
    writerName: store.writers.get(writerId).name,
    version,
    recipe: config.adapt!.recipe,
    loss: config.recipe ?? { kind: 'plain' },
    state,
    active: active && modelId !== null,
    from:
      stored.fromModelId === null
        ? null
        : { modelId: stored.fromModelId, name: store.models.get(stored.fromModelId).name },
    modelId,
    runId,
    startedAt: run?.startedAt ?? startedAt,
    endedAt: run?.endedAt ?? null,
    progress: report ? 1 : run ? Math.min(1, (run.epoch + run.epochProgress) / config.epochs) : 0,
    words: run?.trainRecordings ?? 0,
    report: report && shownReport(report, config.task, labelsOf(store, stored)),
    problem: run?.problem ?? null,
  }
}

/** The labels that the version tells apart, as long as it or what it was made from is there; none where it spells. */
function labelsOf(store: Store, { modelId, fromModelId }: StoredAdaptation): string[] | undefined {
  const known = modelId ?? fromModelId
  return known === null ? undefined : store.models.get(known).classes
}

function stateOf({ decision, report, modelId }: StoredAdaptation, run: Run | null): AdaptationState {
  if (decision !== null) return decision
  // A candidate whose model was deleted elsewhere cannot be kept any more.
  if (report) return modelId === null ? 'discarded' : 'candidate'
  if (!run) return 'cancelled'
  return run.state === 'finished' ? 'candidate' : run.state
}

/** Whether an adaptation is still waiting or at work. */
export function underWay(state: AdaptationState): boolean {
  return state === 'queued' || state === 'preparing' || state === 'running'
}
