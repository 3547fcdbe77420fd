import { KalamosError } from '../../../shared/errors.ts'
import type { Program, ProgramDescription } from './types.ts'

type Build = (config: unknown) => Program

const programs = new Map<string, Build>()

/** Makes a program known by name. Call it in a module that the worker threads load too (`ml/programs.ts`). */
export function registerProgram(name: string, build: Build): void {
  programs.set(name, build)
}

/** The program of a description; throws `not-found` for a name that nothing registered. */
export function buildProgram({ name, config }: ProgramDescription): Program {
  const build = programs.get(name)
  if (!build)
    throw new KalamosError(
      'not-found',
      `no training program is called "${name}"`,
      `Known: ${[...programs.keys()].join(', ')}`,
    )
  return build(config)
}
