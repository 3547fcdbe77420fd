import type { Stretch } from './block.ts'

/**
 * A stretch of what was recorded: frames `first` to `end` (excluded) of the samples of recording `rawId`.
 * `lostBefore` frames are missing just before it. An edited recording is one such piece or several in a row.
 */
export interface Piece {
  rawId: number
  first: number
  end: number
  lostBefore: number
}

/** All of a recording's own samples. */
export function wholePiece(rawId: number, raw: Pick<Stretch, 'frames' | 'gaps'>): Piece {
  return { rawId, first: 0, end: raw.frames, lostBefore: raw.gaps.find(({ at }) => at === 0)?.lost ?? 0 }
}

export function framesOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { first, end }) => sum + end - first, 0)
}

/**
 * The pieces that make up frames `first` to `end` (excluded). Nothing is known to be missing before the new first
 * frame.
 */
export function cutPieces(pieces: readonly Piece[], first: number, end: number): Piece[] {
  const kept: Piece[] = []
  let at = 0
  for (const piece of pieces) {
    const [from, to] = [Math.max(first - at, 0), Math.min(end - at, piece.end - piece.first)]
    if (from < to)
      kept.push({
        rawId: piece.rawId,
        first: piece.first + from,
        end: piece.first + to,
        lostBefore: from > 0 ? 0 : piece.lostBefore,
      })
    at += piece.end - piece.first
  }
  const start = kept[0]
  if (start && first > 0) kept[0] = { ...start, lostBefore: 0 }
  return kept
}

/**
 * Two recordings in a row as one. What was one stretch is one stretch again; frames that were cut out between two
 * stretches of the same samples count as missing, and so do `lostBetween` where the samples are not the same.
 */
export function joinPieces(
  before: readonly Piece[],
  after: readonly Piece[],
  gapsOf: (rawId: number) => Stretch['gaps'],
  lostBetween: number,
): Piece[] {
  const [last, next] = [before.at(-1)!, after[0]!]
  if (last.rawId !== next.rawId || next.first < last.end)
    return [...before, { ...next, lostBefore: lostBetween }, ...after.slice(1)]
  if (last.end === next.first) return [...before.slice(0, -1), { ...last, end: next.end }, ...after.slice(1)]
  const lost = gapsOf(last.rawId).reduce(
    (sum, gap) => sum + (gap.at >= last.end && gap.at <= next.first ? gap.lost : 0),
    next.first - last.end,
  )
  return [...before, { ...next, lostBefore: lost }, ...after.slice(1)]
}

/** The frames that the pieces name, one after the other. */
export function assemble(pieces: readonly Piece[], rawOf: (rawId: number) => Stretch, channels: number): Stretch {
  const frames = framesOf(pieces)
  const view: Stretch = {
    frames,
    values: new Float32Array(frames * channels),
    deviceMicros: new Float64Array(frames),
    hostMillis: new Float64Array(frames),
    gaps: [],
  }
  const gaps = [...view.gaps]
  let at = 0
  for (const { rawId, first, end, lostBefore } of pieces) {
    const raw = rawOf(rawId)
    view.values.set(raw.values.subarray(first * channels, end * channels), at * channels)
    view.deviceMicros.set(raw.deviceMicros.subarray(first, end), at)
    view.hostMillis.set(raw.hostMillis.subarray(first, end), at)
    if (lostBefore > 0) gaps.push({ at, lost: lostBefore })
    for (const gap of raw.gaps)
      if (gap.at > first && gap.at < end) gaps.push({ at: gap.at - first + at, lost: gap.lost })
    at += end - first
  }
  return { ...view, gaps }
}
