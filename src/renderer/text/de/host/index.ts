import type { Catalogue } from '../../../../shared/messages/render.ts'
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

/** What the host says, in German, by code. */
export const catalogue: Catalogue = {
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
}
