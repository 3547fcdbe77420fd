import { adapt } from './adapt.ts'
import { backup } from './backup.ts'
import { doctor } from './doctor.ts'
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

/** What is said in English, by code. */
export const catalogue = {
  ...adapt,
  ...backup,
  ...doctor,
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
} as const
