/**
 * Trains without end, as the app's training process does: all cores, below the priority of recording. Says a dot a
 * step.
 */
import { constants, setPriority } from 'node:os'
import { openEngineFor } from '../../src/main/ml/programs/open-engine.ts'
import { initialModel, namedConfig } from '../../src/main/ml/models/index.ts'
import { CHANNELS, CLASSES, noise, wordLengths } from '../speed/cases.ts'

setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const model = namedConfig('ott', { channels: CHANNELS, classes: CLASSES })
const { engine } = await openEngineFor({ backend: 'auto', threads: null })(
  { name: 'recogniser', config: { model } },
  initialModel(model, 1),
)
const batch = noise(wordLengths(32))
for (;;) {
  await engine.step(batch, { learningRate: 1e-3 })
  process.stdout.write('.')
}
