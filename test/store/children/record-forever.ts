import { openStore } from '../../../src/main/store/index.ts'
import { frames } from '../frames.ts'

/** Records three pens at once, word after word, and tells what is on the disk, until it is killed. */
const [path] = process.argv.slice(2)
const store = openStore(path!)
const writer = store.writers.findOrCreate('w01', { handedness: 'right', virtual: false })
const session = store.sessions.create({ writerId: writer.id, deviceName: 'Test pen', origin: 'recorded', profile: {} })

function begin() {
  return store.recordings.begin({ sessionId: session.id, label: 'Haus', channels: frames(0, 0).channels, rateHz: 100 })
}

const pens = [begin(), begin(), begin()]
setInterval(() => {
  pens.forEach((recording, pen) => {
    recording.append(frames(recording.frames, 3))
    process.stdout.write(`${recording.id} ${recording.framesOnDisk}\n`)
    if (recording.frames < 150 * (pen + 1)) return
    recording.finish()
    process.stdout.write(`${recording.id} ${recording.frames} finished\n`)
    pens[pen] = begin()
  })
}, 5)
