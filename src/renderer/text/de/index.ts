import { adapt } from './adapt.ts'
import { calibration } from './sensor-calibration.ts'
import { devices } from './devices.ts'
import { exchange } from './exchange.ts'
import { help } from './help.ts'
import { log } from './log.ts'
import { models } from './models.ts'
import { overview } from './overview.ts'
import { plot } from './plot.ts'
import { protocols } from './protocols.ts'
import { recipe } from './recipe.ts'
import { recognise } from './recognise.ts'
import { record } from './record.ts'
import { recordings } from './recordings.ts'
import { review } from './review.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { train } from './train.ts'
import { writers } from './writers.ts'
import type { en } from '../en/index.ts'

/** The window's texts in German: a file an area, in it a section a page or dialog. */
export const de: typeof en = {
  ...adapt,
  ...calibration,
  ...devices,
  ...exchange,
  ...help,
  ...log,
  ...models,
  ...overview,
  ...plot,
  ...protocols,
  ...recipe,
  ...recognise,
  ...record,
  ...recordings,
  ...review,
  ...settings,
  ...shell,
  ...train,
  ...writers,
}
