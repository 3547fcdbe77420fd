/** Virtual writers: everything that makes a hand one's own, drawn from a seed. */
import { KalamosError } from '../../shared/errors.ts'
import { clamp, radians } from '../signal/arithmetic.ts'
import { randomStream } from '../random/named.ts'
import type { NamedRandom } from '../random/named.ts'
import { drawPen } from './profile.ts'
import type { VirtualPenUnit } from './profile.ts'
import { PRINT_FONTS, SCRIPT_FONTS } from './shapes.ts'
import type { FontName } from './shapes.ts'

export type WritingKind = 'script' | 'print' | 'mixed'
export type Handedness = 'left' | 'right'

/**
 * A writer who does not exist. Plain data: it can be stored as JSON and given back. Lengths in mm, angles in radians,
 * times in s.
 */
export interface VirtualWriter {
  virtual: true
  name: string
  seed: number
  hand: WritingKind
  handedness: Handedness
  /** A left-hander who writes with the hand above the line. */
  hooked: boolean
  fonts: { small: FontName; capital: FontName; other: FontName }
  /** Share of letters whose shape comes from the other font, by letter. */
  variety: number
  xHeight: number
  width: number
  ascender: number
  descender: number
  slant: number
  spacing: number
  /** Chance that two letters of a pair are joined, decided once per pair. */
  joining: number
  /** Chance that a letter's next stroke is reached by going back over the last one instead of lifting. */
  retracing: number
  /** Width of loops above and below the line, 1 = as in the font. */
  loops: number
  /** How far letters differ from the font, and from one time to the next, in x-heights. */
  distortion: number
  unsteadiness: number
  baseline: { slope: number; wander: number }
  /** Seconds for a unit of movement; see motion.ts. */
  tempo: number
  /** How strongly neighbouring sub-movements run into each other, 0-1. */
  fluency: number
  /** Delay of a pen lift and the height of its flight in mm. */
  lift: { seconds: number; height: number }
  /** Tip force in N: mean, how much heavier down-strokes are, slow wander. */
  force: {
    mean: number
    downstroke: number
    wander: number
    /** How far strokes differ from one another, as the spread of a logarithm. */
    level?: number
  }
  tremor: { amplitude: number; hertz: number }
  pose: {
    altitude: number
    azimuth: number
    roll: number
    drift: number
    /** How far the azimuth drifts, where that is not as far as the other angles. */
    turnDrift?: number
  }
  /** Distance in mm from the tip to the point about which fingers tilt and turn the pen, and radians of roll per mm. */
  pivot: { tilt: number; turn: number; roll: number }
  /** Heading of magnetic north at the desk, its inclination, and the field in uT. */
  field: { heading: number; inclination: number; strength: number }
  pen: VirtualPenUnit
}

/**
 * The writer of a seed: the same seed gives the same writer on every machine.
 * One in ten is left-handed unless `handedness` says otherwise. `spread` says how far hands and poses stray from the
 * usual, 1 as people do. Throws `invalid-input` unless the seed is a whole number from 0 to 2^31 - 1.
 */
export function drawWriter(
  seed: number,
  { spread = 1, ...options }: { handedness?: Handedness; spread?: number } = {},
): VirtualWriter {
  checkSeed(seed)
  const random = randomStream('writer', seed)
  const handedness = options.handedness ?? (randomStream('handedness', seed).chance(0.1) ? 'left' : 'right')
  const hand = drawHand(random)
  const hooked = randomStream('hook', seed).chance(0.4) && handedness === 'left'
  return {
    virtual: true,
    name: `virtual ${String(seed).padStart(4, '0')}`,
    seed,
    hand,
    handedness,
    hooked,
    ...drawShape(random, hand, handedness, spread),
    ...drawMovement(random, spread),
    pose: drawPose(random, handedness, hooked, spread),
    pivot: { tilt: random.lognormal(104, 0.14), turn: random.lognormal(114, 0.14), roll: random.normal() * 0.002 },
    field: {
      heading: random.between(0, 2 * Math.PI),
      inclination: radians(66 + random.normal() * 2),
      strength: 49 + random.normal(),
    },
    pen: drawPen(seed),
  }
}

export function checkSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0x7fffffff) {
    throw new KalamosError('invalid-input', `${seed} is not a seed.`, 'A seed is a whole number from 0 to 2147483647.')
  }
}

function drawHand(random: NamedRandom): WritingKind {
  const share = random.uniform()
  return share < 0.4 ? 'script' : share < 0.7 ? 'print' : 'mixed'
}

function drawShape(random: NamedRandom, hand: WritingKind, handedness: Handedness, spread: number) {
  const script = random.pick(SCRIPT_FONTS)
  const print = random.pick(PRINT_FONTS)
  const small = hand === 'script' ? script : print
  const joining = { script: random.between(0.8, 1), mixed: random.between(0.3, 0.7), print: random.between(0, 0.12) }[
    hand
  ]
  return {
    fonts: {
      small,
      capital: random.chance(0.6) && hand === 'script' ? script : print,
      other: hand === 'print' ? random.pick(PRINT_FONTS) : hand === 'mixed' ? script : small,
    },
    variety: hand === 'mixed' ? random.between(0.15, 0.4) : random.between(0, 0.2),
    xHeight: clamp(random.lognormal(2.02, 0.17 * spread), 1.4, 3),
    width: random.lognormal(0.97, 0.1 * spread),
    ascender: random.lognormal(0.95, 0.12 * spread),
    descender: random.lognormal(0.85, 0.12 * spread),
    slant: radians((handedness === 'left' ? -4 : 4) + random.normal() * 8 * spread),
    spacing: random.lognormal(1, 0.08 * spread),
    joining,
    retracing: random.between(0.1, 0.7),
    loops: random.lognormal(0.85, 0.25 * spread),
    distortion: random.between(0.05, 0.11),
    unsteadiness: random.between(0.02, 0.045),
    baseline: { slope: radians(random.normal() * 1.5 * spread), wander: random.between(0.02, 0.1) },
  }
}

function drawMovement(random: NamedRandom, spread: number) {
  return {
    tempo: random.lognormal(0.0563, 0.14 * spread),
    fluency: random.between(0.75, 1),
    lift: { seconds: random.lognormal(0.08, 0.15 * spread), height: random.lognormal(0.7, 0.25) },
    force: {
      mean: clamp(random.lognormal(1.5, 0.25), 0.6, 3),
      downstroke: random.between(0.1, 0.35),
      wander: random.between(0.05, 0.15),
    },
    tremor: { amplitude: random.lognormal(0.012, 0.3), hertz: random.between(8, 11) },
  }
}

/**
 * A right-hander's pen points to the right shoulder; a left-hander's is its mirror image, and a hook turns it up the
 * page.
 */
function drawPose(random: NamedRandom, handedness: Handedness, hooked: boolean, spread: number) {
  const azimuth = radians(-38 + random.normal() * 14 * spread)
  const mirrored = Math.PI - azimuth
  return {
    altitude: clamp(radians(54 + random.normal() * 6 * spread), radians(35), radians(72)),
    azimuth: handedness === 'right' ? azimuth : hooked ? mirrored - radians(95) : mirrored,
    roll: radians(random.normal() * 35 * spread) * (handedness === 'right' ? 1 : -1),
    drift: radians(random.between(0.6, 1.6)),
  }
}
