// The kernels that work on weights in shared memory.
export { addBlock, adamw, squaredNorm } from './adamw'
