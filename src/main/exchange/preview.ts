import type { FormatName, ImportPreview } from '../../shared/api/exchange.ts'
import { KalamosError } from '../../shared/errors.ts'
import { describeTable } from './csv/format.ts'
import { formatNamed, type ReadOptions } from './formats.ts'

const RECORDINGS = 20
const ENTRIES = 100

/**
 * The first recordings of a file as they would come in, without their samples; nothing is stored. Of a CSV also its columns,
 * with a guess of what they are. Throws what the format's reader throws, `empty-recording` where there is nothing.
 */
export async function previewImport(format: FormatName, path: string, options: ReadOptions = {}): Promise<ImportPreview> {
  const csv = format === 'csv' ? await describeTable(path) : null
  const preview: ImportPreview = { format, recordings: [], refused: [], share: 0, csv }
  try {
    for await (const entry of formatNamed(format).read(path, options)) {
      preview.share = entry.share
      if ('reason' in entry) preview.refused.push({ where: entry.where, reason: entry.reason })
      else {
        const { writer, virtual, label, session, signal } = entry.recording
        const lostFrames = signal.gaps.reduce((sum, { lost }) => sum + lost, 0)
        preview.recordings.push({ writer, virtual, label, device: session.device, frames: signal.frames, lostFrames, rateHz: signal.rateHz, channels: [...signal.channels] })
      }
      if (preview.recordings.length >= RECORDINGS || preview.recordings.length + preview.refused.length >= ENTRIES) break
    }
  } catch (error) {
    // A table without a mapping that fits is what the preview is for: its columns come with what is wrong.
    if (csv === null || !(error instanceof KalamosError) || error.code !== 'invalid-input') throw error
    preview.refused.push({ where: '', reason: error.message })
  }
  if (preview.recordings.length + preview.refused.length === 0) throw new KalamosError('empty-recording', `${path} holds no recording.`, 'Check that it is the right file, and the right format.')
  return preview
}
