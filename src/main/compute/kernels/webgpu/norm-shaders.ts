import { NORM_EPSILON } from '../../ops/composite/norm.ts'

// WGSL of normalisation over the valid frames of x [batch, time, channels]. `statistics` are [groups, 2, channels],
// mean and variance, with one group for the whole batch or one for each row.

/** Channels and frames that a workgroup works on at the same time. */
export const THREADS = [32, 8] as const
const [CHANNELS, LANES] = THREADS

/** Sums two values over the lanes of a workgroup, for each of its channels; then all threads of a channel know them. */
const SUM_OF_LANES = `
  var<workgroup> lanes: array<vec2<f32>, ${CHANNELS * LANES}>;

  fn sumOfLanes(own: vec2<f32>) -> vec2<f32> {
    lanes[localIndex] = own;
    workgroupBarrier();
    var sum = vec2<f32>(0.0);
    for (var lane = 0u; lane < ${LANES}u; lane += 1u) { sum += lanes[lane * ${CHANNELS}u + localIndex % ${CHANNELS}u]; }
    workgroupBarrier();
    return sum;
  }
`

const PLACE = `
    let row = i32(workgroupId.x);
    let channel = i32(workgroupId.y * ${CHANNELS}u + localIndex % ${CHANNELS}u);
    let lane = i32(localIndex / ${CHANNELS}u);
    // Threads behind the last channel go along, because all must come to the barriers.
    let frames = select(0, lengths[row], channel < uniforms.channels);
    let first = row * uniforms.time * uniforms.channels + channel;
`

export const FRAME_MOMENTS = `${SUM_OF_LANES}
  fn main() {${PLACE}
    let count = f32(max(frames, 1));
    var own = vec2<f32>(0.0);
    for (var t = lane; t < frames; t += ${LANES}) { own.x += x[first + t * uniforms.channels]; }
    let mean = sumOfLanes(own).x / count;
    own = vec2<f32>(0.0);
    for (var t = lane; t < frames; t += ${LANES}) {
      let difference = x[first + t * uniforms.channels] - mean;
      own.x += difference * difference;
    }
    let variance = sumOfLanes(own).x / count;
    if (lane == 0 && channel < uniforms.channels) {
      result[row * 2 * uniforms.channels + channel] = mean;
      result[(row * 2 + 1) * uniforms.channels + channel] = variance;
    }
  }`

/** Mean and variance of the whole batch from those of its rows; the variance of their means comes on top of theirs. */
export const JOINED_MOMENTS = `
  fn element(index: i32) -> f32 {
    let channel = index % uniforms.channels;
    var count = 0.0;
    var sum = 0.0;
    for (var row = 0; row < uniforms.batch; row += 1) {
      count += f32(lengths[row]);
      sum += f32(lengths[row]) * rows[row * 2 * uniforms.channels + channel];
    }
    let mean = sum / max(count, 1.0);
    if (index < uniforms.channels) { return mean; }
    var squares = 0.0;
    for (var row = 0; row < uniforms.batch; row += 1) {
      let difference = rows[row * 2 * uniforms.channels + channel] - mean;
      squares += f32(lengths[row]) * (rows[(row * 2 + 1) * uniforms.channels + channel] + difference * difference);
    }
    return squares / max(count, 1.0);
  }`

const STATISTICS = `
  fn statistic(which: i32, row: i32, channel: i32) -> f32 {
    return statistics[(min(row, uniforms.groups - 1) * 2 + which) * uniforms.channels + channel];
  }

  fn scaleOf(row: i32, channel: i32) -> f32 {
    return inverseSqrt(statistic(1, row, channel) + ${NORM_EPSILON});
  }
`

export const FRAME_GRAD_SUMS = `${SUM_OF_LANES}${STATISTICS}
  fn main() {${PLACE}
    var own = vec2<f32>(0.0);
    for (var t = lane; t < frames; t += ${LANES}) {
      let at = first + t * uniforms.channels;
      own += vec2<f32>(dy[at], dy[at] * (x[at] - statistic(0, row, channel)));
    }
    let sum = sumOfLanes(own);
    if (lane == 0 && channel < uniforms.channels) {
      result[row * 2 * uniforms.channels + channel] = sum.x;
      result[(row * 2 + 1) * uniforms.channels + channel] = sum.y * scaleOf(row, channel);
    }
  }`

const ELEMENT = `
    let channel = index % uniforms.channels;
    let frame = index / uniforms.channels;
    let row = frame / uniforms.time;
    if (frame % uniforms.time >= lengths[row]) { return 0.0; }
`

export const NORMALISED = `${STATISTICS}
  fn element(index: i32) -> f32 {${ELEMENT}
    return (x[index] - statistic(0, row, channel)) * scaleOf(row, channel) * gamma[channel] + beta[channel];
  }`

/** dx = gamma * scale * (dy - (sum of dy + normalised x * sum of dy times it) / frames). */
export const NORM_GRAD = `${STATISTICS}
  fn element(index: i32) -> f32 {${ELEMENT}
    let group = min(row, uniforms.groups - 1);
    let scale = scaleOf(row, channel);
    let normal = (x[index] - statistic(0, row, channel)) * scale;
    let joint = sums[group * 2 * uniforms.channels + channel] + normal * sums[(group * 2 + 1) * uniforms.channels + channel];
    let frames = select(uniforms.frames, lengths[row], uniforms.frames == 0);
    return gamma[channel] * scale * (dy[index] - joint / f32(frames));
  }`
