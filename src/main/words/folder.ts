import { parse } from 'csv-parse/sync'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { FolderFingerprint } from '../../shared/api/recipe.ts'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { readForeign } from '../files/foreign-file.ts'
import { decodeText } from '../files/text/decode.ts'
import { native } from '../native/libraries.ts'
import type { WordImage } from '../simulator/ink.ts'

/** A user's own picture of a word. */
export interface FolderImage {
  file: string
  label: string
  image: WordImage
}

export interface FolderImages {
  images: FolderImage[]
  /** Files that were left out, and why. */
  refused: { file: string; reason: string }[]
}

const PICTURES = new Set(['.png', '.jpg', '.jpeg', '.webp', '.bmp', '.gif'])
const isPicture = (file: string): boolean => PICTURES.has(extname(file).toLowerCase())
/** What pictures are scaled to, in pixels; one that is wider then is narrowed. */
const HEIGHT = 32
const WIDEST = 600
/** A picture larger than this is no picture of a word. */
const LARGEST_SIDE = 10_000
const PICTURE_BYTES_MAX = 64 * 1024 * 1024
const LABELS_BYTES_MAX = 16 * 1024 * 1024

/** The pictures of a folder with their labels, before any is opened. */
export interface FolderListing {
  labelled: { file: string; label: string }[]
  refused: { file: string; reason: string }[]
}

/**
 * Lists a folder of word images. Labels come from `labels.csv` (two columns, file and label, `,` or `;` between) where
 * there is one, else from the file names: `Haus.png`, `Haus_2.png` and `Haus-02.png` are all “Haus”.
 * Throws `not-found` where there is no folder or no picture in it, and what `decodeText` throws.
 */
export function listImageFolder(folder: string, encoding?: SaidEncoding): FolderListing {
  if (!(statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false))
    throw new KalamosError(
      'not-found',
      `There is no folder ${folder}.`,
      'Give the whole path of a folder with word images, on the machine where Kalamos runs.',
    )
  const files = readdirSync(folder).filter(isPicture).sort()
  if (files.length === 0)
    throw new KalamosError(
      'not-found',
      `The folder ${folder} has no pictures.`,
      `Pictures end in ${[...PICTURES].join(', ')}.`,
    )
  const listed = csvLabels(join(folder, 'labels.csv'), encoding)
  const missing = [...(listed?.keys() ?? [])].filter((file) => isPicture(file) && !files.includes(file))
  const listing: FolderListing = {
    labelled: [],
    refused: missing.map((file) => ({ file, reason: 'labels.csv names it, but it is not there' })),
  }
  for (const file of files) {
    const label = listed === null ? labelOfName(file) : listed.get(file)
    if (label === undefined || label === '')
      listing.refused.push({
        file,
        reason: listed === null ? 'its name has no word in it' : 'labels.csv does not name it',
      })
    else listing.labelled.push({ file, label })
  }
  return listing
}

/**
 * Reads a folder of word images. Pictures are made grey and scaled to one height. Throws what `listImageFolder` throws.
 */
export async function readImageFolder(folder: string, encoding?: SaidEncoding): Promise<FolderImages> {
  const { labelled, refused } = listImageFolder(folder, encoding)
  const images: FolderImage[] = []
  for (const { file, label } of labelled) {
    try {
      images.push({ file, label, image: await readGrey(join(folder, file)) })
    } catch (error) {
      refused.push({ file, reason: error instanceof Error ? error.message : String(error) })
    }
  }
  return { images, refused }
}

/**
 * The pictures of a folder of which every one can be used. Throws what `listImageFolder` throws, and `decode-failed`
 * naming the first file that is no readable picture or has no label.
 */
export async function wholeImageFolder(folder: string, encoding?: SaidEncoding): Promise<FolderImage[]> {
  const { images, refused } = await readImageFolder(folder, encoding)
  refuseParts(folder, refused)
  return images
}

/** What tells a folder from the same one with other pictures or labels. Throws what `listImageFolder` throws. */
export function fingerprintOfFolder(folder: string, encoding?: SaidEncoding): FolderFingerprint {
  const hash = createHash('sha256')
  const { labelled } = listImageFolder(folder, encoding)
  for (const { file, label } of labelled) {
    const bytes = readForeign(join(folder, file), PICTURE_BYTES_MAX)
    hash.update(JSON.stringify([file, label, bytes.length])).update(bytes)
  }
  return { pictures: labelled.length, sha256: hash.digest('hex') }
}

/** Throws `conflict` where a folder is not as it was when a training was ordered. */
export function refuseChanged(folder: string, was: FolderFingerprint, encoding?: SaidEncoding): void {
  const is = fingerprintOfFolder(folder, encoding)
  if (is.sha256 === was.sha256) return
  const how =
    is.pictures === was.pictures
      ? 'pictures or labels are other ones'
      : `it had ${was.pictures} pictures and has ${is.pictures}`
  throw new KalamosError(
    'conflict',
    `The folder ${folder} has changed since the training was ordered: ${how}.`,
    'Put it back as it was, or start a new training with the pictures that are there now.',
  )
}

/** Throws `decode-failed` naming the first file that cannot be used, if any. */
export function refuseParts(folder: string, refused: FolderListing['refused']): void {
  const [first] = refused
  if (!first) return
  const others = refused.length === 1 ? '' : ` ${refused.length - 1} more cannot be used either.`
  throw new KalamosError(
    'decode-failed',
    `${join(folder, first.file)} cannot be used: ${first.reason}.${others}`,
    'Mend or remove it. Labels come from “labels.csv” with a line “file;label” for each picture, or from the ' +
      'file names.',
  )
}

/** The word that a file name says, without a number behind it. */
export function labelOfName(file: string): string {
  return basename(file, extname(file))
    .replace(/[ _-]\d+$/, '')
    .normalize('NFC')
    .trim()
}

function csvLabels(path: string, encoding: SaidEncoding | undefined): Map<string, string> | null {
  if (!existsSync(path)) return null
  const text = decodeText(path, readForeign(path, LABELS_BYTES_MAX), encoding)
  const delimiter = /^[^\n]*;/.test(text) ? ';' : ','
  let rows: string[][]
  try {
    rows = parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    throw new KalamosError(
      'decode-failed',
      `${path} is not a readable CSV file: ${error instanceof Error ? error.message : String(error)}`,
      'Write one line a picture: file;label',
    )
  }
  return new Map(
    rows.flatMap(([file, label]) =>
      file === undefined || label === undefined ? [] : [[file, label.normalize('NFC')]],
    ),
  )
}

async function readGrey(path: string): Promise<WordImage> {
  const picture = await native('drawing').loadImage(readForeign(path, PICTURE_BYTES_MAX))
  if (picture.width < 1 || picture.height < 1) throw new Error('it is empty')
  if (picture.width > LARGEST_SIDE || picture.height > LARGEST_SIDE)
    throw new Error(`it is ${picture.width} x ${picture.height} pixels`)
  const width = Math.max(4, Math.min(WIDEST, Math.round((picture.width * HEIGHT) / picture.height)))
  const canvas = native('drawing').createCanvas(width, HEIGHT)
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, width, HEIGHT)
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(picture, 0, 0, width, HEIGHT)
  const rgba = canvas.data()
  const pixels = Uint8Array.from({ length: width * HEIGHT }, (_, i) =>
    Math.round(0.299 * rgba[4 * i]! + 0.587 * rgba[4 * i + 1]! + 0.114 * rgba[4 * i + 2]!),
  )
  return { width, height: HEIGHT, pixels }
}
