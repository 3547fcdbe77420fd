import { resolve } from 'node:path'
import * as v from 'valibot'
import { Label } from '../../shared/api/recordings.ts'
import type { Protocol } from '../../shared/api/protocols.ts'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { foreignSize, readForeign } from '../files/foreign-file.ts'
import { decodeText } from '../files/text/decode.ts'
import { isWordList, WORD_LISTS, wordList, wordsOf } from '../words/lists.ts'

const MOST_BYTES = 4 * 1024 * 1024

/**
 * The protocol with every list and file replaced by the prompts in it: what is stored is complete, and stays as it was when
 * a file or the app changes. Files are looked for in `folder`; without one they cannot be.
 * Throws `not-found` or `invalid-input` naming the block, and what `decodeText` throws.
 */
export function resolvePrompts(protocol: Protocol, folder: string | null, encoding?: SaidEncoding): Protocol {
  const blocks = protocol.blocks.map((block, i) => {
    const inline = promptsOf(block.prompts, folder, `blocks ${i + 1} (${block.name})`, encoding)
    if (block.take !== undefined && block.take > inline.length) {
      throw new KalamosError(
        'invalid-input',
        `blocks ${i + 1} (${block.name}) takes ${block.take} prompts, but there are only ${inline.length}.`,
        'Take fewer, or give a longer list.',
      )
    }
    return { ...block, prompts: { inline } }
  })
  return { ...protocol, blocks }
}

function promptsOf(
  source: Protocol['blocks'][number]['prompts'],
  folder: string | null,
  block: string,
  encoding: SaidEncoding | undefined,
): string[] {
  if (source.inline !== undefined) return source.inline
  if (source.list !== undefined) {
    if (isWordList(source.list)) return wordList(source.list)
    throw new KalamosError(
      'not-found',
      `${block} names the list “${source.list}”, which there is not.`,
      `There are ${Object.keys(WORD_LISTS).join(', ')}.`,
    )
  }
  const file = source.file ?? ''
  if (folder === null) {
    throw new KalamosError(
      'invalid-input',
      `${block} names the file ${file}, and a protocol written in the app has no folder.`,
      'Import the protocol from its file, or write the prompts under “inline”.',
    )
  }
  return promptsOfFile(resolve(folder, file), block, encoding)
}

function promptsOfFile(path: string, block: string, encoding: SaidEncoding | undefined): string[] {
  let text: string
  try {
    if (foreignSize(path) > MOST_BYTES)
      throw new KalamosError(
        'invalid-input',
        `${path}, named by ${block}, is larger than ${MOST_BYTES / 1024 / 1024} MB.`,
        'Give a text file with one prompt a line.',
      )
    text = decodeText(`${path}, named by ${block},`, readForeign(path, MOST_BYTES), encoding)
  } catch (error) {
    if (error instanceof KalamosError && error.code !== 'not-found') throw error
    throw new KalamosError(
      'not-found',
      `${path}, named by ${block}, cannot be read.`,
      'Put the file beside the protocol, one prompt a line.',
      { cause: error },
    )
  }
  const prompts = wordsOf(text)
  if (prompts.length === 0)
    throw new KalamosError('invalid-input', `${path}, named by ${block}, holds no prompt.`, 'Write one prompt a line.')
  const bad = prompts.find((prompt) => !v.safeParse(Label, prompt).success)
  if (bad !== undefined)
    throw new KalamosError(
      'invalid-input',
      `${path}, named by ${block}, holds “${bad.slice(0, 40)}…”, which is no prompt.`,
      'A prompt has at most 200 characters on one line.',
    )
  return prompts
}
