import { integer } from '../format.ts'
import { many } from './many.ts'

export const protocols = {
  protocols: {
    new: 'New protocol',
    builtIn: 'ready-made',
    version: (version: number) => `version ${integer(version)}`,
    sessions: (count: number) => (count === 0 ? 'not recorded with yet' : many(count, 'session')),
    source: 'The protocol in YAML',
    sourceHint: 'Saving makes a new version; recordings keep the version they were made with.',
    fault: (line: number, message: string) => `Line ${integer(line)}: ${message}`,
    save: 'Save as a new version',
    remove: 'Remove',
    preview: 'What a writer is asked',
    previewOf: (count: number) => `What a writer is asked: ${many(count, 'prompt')}`,
    block: (name: string, count: number, tag: string | null) => `${name}: ${many(count, 'prompt')}${tag === null ? '' : `, tagged ${tag}`}`,
    letters: 'How often each letter comes',
    letter: (letter: string, count: number) => `${letter}: ${integer(count)}`,
    template: `id: my-protocol
name: My protocol
instructions: Write each word in one go. Rest for a moment after it.
blocks:
  - name: Words
    prompts:
      inline: [Tinte, Feder, Papier]
    order: random
    repeat: 2
`,
  },
}
