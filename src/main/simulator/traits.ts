/** A virtual writer's hand as numbers: what somebody's words tell of it, and what another writer can be given of it. */
import { clamp, cos, exp, log, sin } from '../signal/arithmetic.ts'
import { PRINT_FONTS, SCRIPT_FONTS, type FontName } from './shapes.ts'
import type { VirtualWriter } from './writer.ts'

/** The fonts that letters are shaped after, in the order of every distribution over them. */
export const FONT_NAMES: readonly FontName[] = [...SCRIPT_FONTS, ...PRINT_FONTS]

/** The letters whose font is a trait of its own. */
export const FONT_ROLES = ['small', 'capital', 'other'] as const

interface Trait {
  name: string
  of(writer: VirtualWriter): number
  /** Gives a writer, who is changed, the trait; values that nobody has become the nearest that somebody has. */
  give(writer: VirtualWriter, value: number): void
}

/** Sizes, times and forces, of which a share more or less counts: they are told by their logarithm. */
function amount(name: string, [low, high]: readonly [number, number], of: Trait['of'], give: Trait['give']): Trait {
  return {
    name,
    of: (writer) => log(of(writer)),
    give: (writer, value) => give(writer, clamp(exp(clamp(value, -20, 20)), low, high)),
  }
}

function plain(name: string, [low, high]: readonly [number, number], of: Trait['of'], give: Trait['give']): Trait {
  return { name, of, give: (writer, value) => give(writer, clamp(value, low, high)) }
}

/**
 * Traits that words tell of at least a little. Not among them are those that hardly show in what a pen feels: how deep
 * letters go below the line, which strokes are retraced, how a line wanders, how high the pen flies, and trembling.
 */
const TRAITS: readonly Trait[] = [
  plain(
    'variety',
    [0, 0.5],
    ({ variety }) => variety,
    (writer, value) => (writer.variety = value),
  ),
  amount(
    'x-height',
    [1.2, 3.3],
    ({ xHeight }) => xHeight,
    (writer, value) => (writer.xHeight = value),
  ),
  amount(
    'width',
    [0.6, 1.5],
    ({ width }) => width,
    (writer, value) => (writer.width = value),
  ),
  amount(
    'ascender',
    [0.5, 1.6],
    ({ ascender }) => ascender,
    (writer, value) => (writer.ascender = value),
  ),
  plain(
    'slant',
    [-0.8, 0.8],
    ({ slant }) => slant,
    (writer, value) => (writer.slant = value),
  ),
  plain(
    'joining',
    [0, 1],
    ({ joining }) => joining,
    (writer, value) => (writer.joining = value),
  ),
  amount(
    'loops',
    [0.3, 2.4],
    ({ loops }) => loops,
    (writer, value) => (writer.loops = value),
  ),
  plain(
    'distortion',
    [0.03, 0.13],
    ({ distortion }) => distortion,
    (writer, value) => (writer.distortion = value),
  ),
  amount(
    'tempo',
    [0.03, 0.11],
    ({ tempo }) => tempo,
    (writer, value) => (writer.tempo = value),
  ),
  plain(
    'fluency',
    [0.7, 1],
    ({ fluency }) => fluency,
    (writer, value) => (writer.fluency = value),
  ),
  amount(
    'lift',
    [0.04, 0.16],
    ({ lift }) => lift.seconds,
    ({ lift }, value) => (lift.seconds = value),
  ),
  amount(
    'force',
    [0.4, 3.5],
    ({ force }) => force.mean,
    ({ force }, value) => (force.mean = value),
  ),
  plain(
    'force of down-strokes',
    [0.05, 0.4],
    ({ force }) => force.downstroke,
    ({ force }, value) => (force.downstroke = value),
  ),
  plain(
    'wander of force',
    [0.02, 0.2],
    ({ force }) => force.wander,
    ({ force }, value) => (force.wander = value),
  ),
  plain(
    'altitude',
    [0.55, 1.3],
    ({ pose }) => pose.altitude,
    ({ pose }, value) => (pose.altitude = value),
  ),
  plain(
    'drift',
    [0.005, 0.035],
    ({ pose }) => pose.drift,
    ({ pose }, value) => (pose.drift = value),
  ),
  amount(
    'pivot of tilting',
    [55, 200],
    ({ pivot }) => pivot.tilt,
    ({ pivot }, value) => (pivot.tilt = value),
  ),
  amount(
    'pivot of turning',
    [55, 200],
    ({ pivot }) => pivot.turn,
    ({ pivot }, value) => (pivot.turn = value),
  ),
  plain(
    'roll per way',
    [-0.008, 0.008],
    ({ pivot }) => pivot.roll,
    ({ pivot }, value) => (pivot.roll = value),
  ),
  amount(
    'friction',
    [0.06, 0.35],
    ({ pen }) => pen.friction,
    ({ pen }, value) => (pen.friction = value),
  ),
]

/** An angle has no ends: it is told as a direction, by two numbers. */
const DIRECTION = ['azimuth, cosine', 'azimuth, sine']

export const TRAIT_NAMES: readonly string[] = [...TRAITS.map(({ name }) => name), ...DIRECTION]

/** A writer's traits, in the order of {@link TRAIT_NAMES}. */
export function traitsOf(writer: VirtualWriter): number[] {
  return [...TRAITS.map(({ of }) => of(writer)), cos(writer.pose.azimuth), sin(writer.pose.azimuth)]
}

/** The same writer with other traits and fonts; what is no trait stays. */
export function withTraits(
  writer: VirtualWriter,
  traits: readonly number[],
  fonts: VirtualWriter['fonts'],
): VirtualWriter {
  const changed = { ...structuredClone(writer), fonts }
  TRAITS.forEach(({ give }, at) => give(changed, traits[at]!))
  const [cosine, sine] = traits.slice(TRAITS.length) as [number, number]
  changed.pose.azimuth = Math.atan2(sine, cosine)
  return changed
}
