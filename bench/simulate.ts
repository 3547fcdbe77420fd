/** Speed and memory of the virtual pen on one core: `node bench/simulate.ts [words]` prints JSON. */
import { benchmarkRecordings } from '../src/main/corpus/benchmark.ts'
import { drawStrokes } from '../src/main/simulator/ink.ts'

const wanted = Number(process.argv[2] ?? 3000)
const heaps: number[] = []
let [words, frames, imageMillis] = [0, 0, 0]
for (const warm of benchmarkRecordings({ perWriter: 3 })) frames += warm.recording.signal.frames
frames = 0
const began = performance.now()
const cpu = process.threadCpuUsage()
for (const { recording } of benchmarkRecordings()) {
  if (words === wanted) break
  words++
  frames += recording.signal.frames
  if (words % 10 === 0) {
    const start = performance.now()
    drawStrokes(recording.strokes)
    imageMillis += performance.now() - start
  }
  if (words % 500 === 0) heaps.push(Math.round(process.memoryUsage().rss / 1e6))
}
const seconds = (performance.now() - began - imageMillis) / 1000
const used = process.threadCpuUsage(cpu)
console.log(
  JSON.stringify({
    bench: 'simulate',
    words,
    words_per_second: Math.round(words / seconds),
    words_per_cpu_second: Math.round(words / ((used.user + used.system) / 1e6 - imageMillis / 1000)),
    frames_per_word: Math.round(frames / words),
    images_per_second: Math.round((words / 10 / imageMillis) * 1000),
    rss_mb_every_500_words: heaps,
  }),
)
