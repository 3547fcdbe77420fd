import { openEngineFor } from '../../src/main/ml/engine/open.ts'
import type { OpenEngine } from '../../src/main/ml/train/types.ts'

/** The engine that a training gets, on one thread. */
export const openTestEngine: OpenEngine = openEngineFor({ backend: 'auto', threads: 1 })
