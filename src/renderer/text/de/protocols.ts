import type { protocols as en } from '../en/protocols.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

const prompts = (count: number): string => many(count, 'Vorgabe', 'Vorgaben')

export const protocols: typeof en = {
  protocols: {
    new: 'Neues Protokoll',
    builtIn: 'mitgeliefert',
    version: (version: number) => `Fassung ${integer(version)}`,
    sessions: (count: number) => (count === 0 ? 'noch nicht verwendet' : many(count, 'Sitzung', 'Sitzungen')),
    source: 'Das Protokoll in YAML',
    sourceHint: 'Speichern ergibt eine neue Fassung; Aufnahmen behalten die Fassung, mit der sie entstanden.',
    fault: (line: number, message: string) => `Zeile ${integer(line)}: ${message}`,
    save: 'Als neue Fassung speichern',
    remove: 'Entfernen',
    preview: 'Was zu schreiben ist',
    previewOf: (count: number) => `Was zu schreiben ist: ${prompts(count)}`,
    block: (name: string, count: number, tag: string | null) => `${name}: ${prompts(count)}${tag === null ? '' : `, markiert als ${tag}`}`,
    letters: 'Wie oft jeder Buchstabe vorkommt',
    letter: (letter: string, count: number) => `${letter}: ${integer(count)}`,
    template: `id: mein-protokoll
name: Mein Protokoll
instructions: Jedes Wort in einem Zug schreiben. Danach kurz ruhen.
blocks:
  - name: Wörter
    prompts:
      inline: [Tinte, Feder, Papier]
    order: random
    repeat: 2
`,
  },
}
