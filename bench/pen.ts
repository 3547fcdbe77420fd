/**
 * npm run bench -- pen [--json] [--seconds 20]
 * Frames a second that the codecs decode, that go from bytes to the database, and whether four pens and a replay at
 * 100 times real time lose a frame while a training runs on all cores, or four pens while four hostile files are looked
 * through.
 */
import { parseArgs } from 'node:util'
import { codecToDatabase } from './pen/codec-to-database.ts'
import { decodeSpeeds } from './pen/decode.ts'
import { fourPens, type FourPens } from './pen/four-pens.ts'

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, seconds: { type: 'string', default: '20' } },
})

const seconds = Number(values.seconds)
if (!(seconds >= 1 && seconds <= 3600)) {
  process.stderr.write('--seconds must be between 1 and 3600\n')
  process.exit(2)
}
const decode = decodeSpeeds()
const database = await codecToDatabase()
const pens = await fourPens(seconds, 'training')
const beside = await fourPens(seconds, 'hostile files')

if (values.json) {
  process.stdout.write(
    `${JSON.stringify({ decode_frames_per_s: decode, codec_to_database: database, four_pens: pens, beside_hostile_files: beside })}\n`,
  )
} else {
  for (const [codec, speed] of Object.entries(decode))
    print(`decode ${codec}`, `${speed.toLocaleString('en')} frames/s`)
  print('codec to database', `${database.frames_per_s.toLocaleString('en')} frames/s of 13 channels`)
  print('memory while doing so', `${database.rss_mb_early} MB after a quarter, ${database.rss_mb_end} MB at the end`)
  if ('skipped' in pens || 'skipped' in beside)
    print('four pens', `skipped: ${'skipped' in pens ? pens.skipped : 'no pty'}`)
  else {
    print(
      `four pens and a replay for ${pens.seconds} s during ${pens.training_steps} steps of a training`,
      framesOf(pens),
    )
    print(
      `four pens for ${beside.seconds} s while ${beside.hostile_files} hostile files were looked through`,
      `${framesOf(beside)}, loop delay ${beside.loop_delay_p99_ms} ms (99 %)`,
    )
  }
}

function framesOf({
  frames_sent,
  frames_stored,
  lost_frames,
  bad_bytes,
}: Exclude<FourPens, { skipped: string }>): string {
  return `${frames_sent} frames sent, ${frames_stored} stored, ${lost_frames} lost, ${bad_bytes} bad bytes`
}

function print(what: string, figure: string): void {
  process.stdout.write(`${what.padEnd(52)} ${figure}\n`)
}
