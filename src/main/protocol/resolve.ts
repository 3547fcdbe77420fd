import { resolve } from 'node:path'
import * as v from 'valibot'
import { Label } from '../../shared/api/recordings.ts'
import type { Protocol } from '../../shared/api/protocols.ts'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { foreignSize, readForeign } from '../files/foreign-file.ts'
import { decodeText } from '../files/text/decode.ts'
import { isWordList, WORD_LISTS, wordList, wordsOf } from '../words/lists.ts'

const MOST_BYTES = 4 * 1024 * 1024

/**
 * The protocol with every list and file replaced by the prompts in it: what is stored is complete, and stays as it was
 * when a file or the app changes. Files are looked for in `folder`; without one they cannot be. Throws `not-found` or
 * `invalid-input` naming the block, and what `decodeText` throws.
 */
export function resolvePrompts(protocol: Protocol, folder: string | null, encoding?: SaidEncoding): Protocol {
  const blocks = protocol.blocks.map((block, i) => {
    const inline = promptsOf(block.prompts, folder, `blocks ${i + 1} (${block.name})`, encoding)
    if (block.take !== undefined && block.take > inline.length) {
      throw new KalamosError(
        'invalid-input',
        say('protocol.blocks-takes-prompts-but', {
          i: i + 1,
          name: block.name,
          take: block.take,
          inline: inline.length,
        }),
        say('protocol.take-fewer-give-longer'),
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
      say('protocol.names-list-not', { block, list: source.list }),
      say('general.there-are', { wordLists: Object.keys(WORD_LISTS).join(', ') }),
    )
  }
  const file = source.file ?? ''
  if (folder === null) {
    throw new KalamosError(
      'invalid-input',
      say('protocol.names-file-protocol-written', { block, file }),
      say('protocol.import-protocol-file-write'),
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
        say('protocol.named-larger-mb', { path, block, mostBytes: MOST_BYTES / 1024 / 1024 }),
        say('protocol.give-text-file-prompt'),
      )
    text = decodeText(`${path}, named by ${block},`, readForeign(path, MOST_BYTES), encoding)
  } catch (error) {
    if (error instanceof KalamosError && error.code !== 'not-found') throw error
    throw new KalamosError(
      'not-found',
      say('protocol.named-cannot-read', { path, block }),
      say('protocol.put-file-beside-protocol'),
      { cause: error },
    )
  }
  const prompts = wordsOf(text)
  if (prompts.length === 0)
    throw new KalamosError(
      'invalid-input',
      say('protocol.named-holds-no-prompt', { path, block }),
      say('general.write-prompt-line'),
    )
  const bad = prompts.find((prompt) => !v.safeParse(Label, prompt).success)
  if (bad !== undefined)
    throw new KalamosError(
      'invalid-input',
      say('protocol.named-holds-no-prompt-2', { path, block, bad: bad.slice(0, 40) }),
      say('protocol.prompt-most-200-characters'),
    )
  return prompts
}
