import { spawnSync } from 'node:child_process'

const python = process.env['PYTHON'] ?? 'python3'

/** Whether Python with these modules is on this machine. */
export function hasPython(...modules: string[]): boolean {
  return spawnSync(python, ['-c', modules.map((name) => `import ${name}`).join('\n') || 'pass']).status === 0
}

/**
 * Runs a program of Python; its arguments are `sys.argv[1:]`, what it prints is JSON. Throws what it says where it
 * fails.
 */
export function runPython(program: string, ...args: string[]): unknown {
  const { status, stdout, stderr } = spawnSync(python, ['-c', program, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(stderr)
  return stdout.trim() === '' ? null : (JSON.parse(stdout) as unknown)
}
