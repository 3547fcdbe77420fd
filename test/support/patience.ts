/**
 * How long to wait for something that happens in its own time, and how often to look, in milliseconds. It says when a
 * test gives up, and nothing of how fast anything is: a machine with other things to do may take its time.
 */
export const PATIENCE = { timeout: 100_000, interval: 10 }
