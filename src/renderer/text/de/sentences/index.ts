import type { Sentences } from '../../sentences.ts'
import { adapt } from './adapt.ts'
import { doctor } from './doctor.ts'
import { engine } from './engine.ts'
import { exchange } from './exchange.ts'
import { general } from './general.ts'
import { learning } from './learning.ts'
import { native } from './native.ts'
import { pen } from './pen.ts'
import { protocol } from './protocol.ts'
import { quality } from './quality.ts'
import { recognise } from './recognise.ts'
import { record } from './record.ts'
import { store } from './store.ts'

/**
 * What the host still says in sentences, in German: its own English sentences are the keys, `{0}` stands for what
 * varies.
 */
export const sentences: Sentences = {
  ...adapt,
  ...doctor,
  ...engine,
  ...exchange,
  ...general,
  ...learning,
  ...native,
  ...pen,
  ...protocol,
  ...quality,
  ...recognise,
  ...record,
  ...store,
}
