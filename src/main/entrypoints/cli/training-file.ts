import * as v from 'valibot'
import { TrainingConfig } from '../../../shared/api/training.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { readForeign } from '../../files/foreign-file.ts'
import { ModelCard } from '../../ml/checkpoint/card.ts'
import { decodeText } from '../../files/text/decode.ts'
import { reproducedConfig } from '../../training/queue/reproduce.ts'
import { faultIn } from '../../../shared/value-fault.ts'

/** The card of a model names every recording that it learned from. */
const MOST_BYTES = 64 * 1024 * 1024

const HINT =
  'Give a configuration as JSON, a run as "train --json" prints it, or the card (.json) of a model; ' +
  'docs/training.md has the fields.'

/**
 * The training that a file asks for: a configuration, or the one of a run that `train --json` printed; the card of a
 * model is repeated with the recordings it names. Throws `invalid-input` naming the file and the field, and what
 * `reproducedConfig` throws.
 */
export function readTraining(file: string): TrainingConfig {
  const json = readJson(file)
  if (isObject(json) && json['format'] === 'kalamos-model') {
    const card = parsed(file, ModelCard, json)
    return reproducedConfig(card, { runId: null, weights: card.weights.sha256 })
  }
  return parsed(
    file,
    TrainingConfig,
    withImageNetwork(isObject(json) && isObject(json['config']) ? json['config'] : json),
  )
}

/**
 * A recipe that names no image network gets the one made for the task, before the schema fills in the one for words.
 */
function withImageNetwork(config: unknown): unknown {
  if (!isObject(config) || config['task'] !== 'classes') return config
  const recipe = config['recipe']
  if (!isObject(recipe) || recipe['kind'] !== 'cross-modal') return config
  const image = recipe['image'] ?? {}
  return isObject(image) && image['size'] === undefined
    ? { ...config, recipe: { ...recipe, image: { ...image, size: 'letter' } } }
    : config
}

function parsed<S extends v.GenericSchema>(file: string, schema: S, json: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, json)
  if (result.success) return result.output
  throw new KalamosError(
    'invalid-input',
    `${file}: ${result.issues.map((issue) => faultIn(issue, 'configuration')).join('; ')}`,
    HINT,
  )
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(decodeText(file, readForeign(file, MOST_BYTES))) as unknown
  } catch (error) {
    throw new KalamosError(
      'invalid-input',
      `The configuration cannot be read from ${file}: ${error instanceof Error ? error.message : String(error)}`,
      HINT,
      { cause: error },
    )
  }
}
