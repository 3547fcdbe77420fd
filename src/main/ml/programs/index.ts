import { registerProgram } from '../engine/registry.ts'
import { recogniser, type RecogniserConfig } from './recogniser.ts'

/** Makes all programs known by name, in whatever thread loads this. */
registerProgram('recogniser', (config) => recogniser(config as RecogniserConfig))
