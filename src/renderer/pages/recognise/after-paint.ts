/** Calls back with the time (ms since 1970) right after the next frame was painted. Gives back how to cancel. */
export function afterPaint(done: (at: number) => void): () => void {
  const channel = new MessageChannel()
  // A message that is posted within a frame arrives as soon as that frame has been painted.
  channel.port1.onmessage = () => done(performance.timeOrigin + performance.now())
  const frame = requestAnimationFrame(() => channel.port2.postMessage(null))
  return () => {
    cancelAnimationFrame(frame)
    channel.port1.close()
  }
}
