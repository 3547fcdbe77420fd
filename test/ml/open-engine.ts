import { openEngineFor } from '../../src/main/ml/programs/open-engine.ts'
import type { OpenEngine } from '../../src/main/training/types.ts'

/** The engine that a training gets, on one thread. */
export const openTestEngine: OpenEngine = openEngineFor({ backend: 'auto', threads: 1 })
