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
  protocolForm: {
    modes: 'How to write it',
    text: 'As text',
    form: 'In a form',
    name: 'Name',
    id: 'Id',
    idHint: 'Lower-case letters, digits, hyphens; the same over all versions',
    about: 'What it is for',
    instructions: 'Instructions before the first prompt',
    consent: 'What the writer agrees to',
    consentHint: 'Nobody is asked where it is empty; a new text needs a new version',
    consentVersion: 'Version of it',
    calibration: 'Calibration of the pen',
    calibrations: { none: 'Not offered', offered: 'Offered' },
    seed: 'Seed',
    questions: 'Questions',
    questionId: 'Id',
    ask: 'Question',
    choices: 'Answers to choose from',
    choicesHint: 'One a line; empty: any text',
    optional: 'May be left out',
    addQuestion: 'Add a question',
    removeQuestion: (ask: string) => `Remove the question “${ask}”`,
    blocks: 'Blocks',
    newBlock: (number: number) => `Block ${integer(number)}`,
    addBlock: 'Add a block',
    removeBlock: (name: string) => `Remove ${name}`,
    up: 'Earlier',
    down: 'Later',
    blockName: 'Name of the block',
    blockInstructions: 'Instructions before the block',
    from: 'Prompts',
    froms: { inline: 'Written here', list: 'A list that ships', file: 'A file' },
    prompts: 'What is written',
    list: 'List',
    file: 'Name of the file',
    fileHint: 'Beside the protocol’s own file, which is then imported with the terminal',
    order: 'Order',
    orders: { given: 'As they stand', random: 'Random per writer', balanced: 'Letters balanced' },
    take: 'Only so many',
    takeHint: 'Empty: all',
    repeat: 'Times',
    tag: 'Tag',
    tagHint: 'Such as enrolment',
    breakAfter: 'Break after',
    breakHint: 'Prompts; empty: none',
    breakSeconds: 'Break (s)',
    label: 'Label',
    labels: { prompt: 'The prompt', later: 'Transcribed later' },
    advances: { protocol: 'As in the protocol', pause: 'after a pause', key: 'with a key' },
    fresh: 'Leave out what an earlier block asks for',
  },
}
