import { ProtocolLibrary } from '../../../src/main/protocol/index.ts'
import { Recorder } from '../../../src/main/record/index.ts'
import { openStore } from '../../../src/main/store/index.ts'
import { DeskPen } from '../pens.ts'

/**
 * Runs a session by protocol, or goes on with the one that was interrupted, and tells how far it is, until it is
 * killed.
 */
const [path] = process.argv.slice(2)
const store = openStore(path!)
const pen = new DeskPen()
const recorder = new Recorder({ store, pens: pen, events: pen.events })
const [interrupted] = recorder.unfinished()
if (interrupted) recorder.resume({ sessionId: interrupted.sessionId, deviceId: 'desk' })
else {
  const prompts = Array.from({ length: 400 }, (_, i) => `w${i}`).join(', ')
  new ProtocolLibrary(store).save(
    `id: long\nname: Long\nconsent: { version: "1", text: I agree. }\nblocks:\n  - name: Words\n    prompts: { ` +
      `inline: [${prompts}] }\n    break: { after: 20 }\n`,
  )
  const writer = store.writers.create({ name: 'w01', handedness: 'right' })
  recorder.start({ deviceId: 'desk', writerId: writer.id, protocolId: 'long' })
}
pen.lift(50)
setInterval(() => {
  const { sessionStep, index } = recorder.state!
  if (sessionStep) {
    if (sessionStep.kind === 'consent') recorder.agree()
    else recorder.next()
  } else {
    if (index % 7 === 3) recorder.skip()
    else if (index % 11 === 5) pen.press(3)
    pen.word(20)
  }
  process.stdout.write(`${recorder.state!.index}\n`)
}, 2)
