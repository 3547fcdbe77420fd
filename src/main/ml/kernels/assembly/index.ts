// What the kernel module exports. It imports the memory in which its tensors lie and keeps nothing of its own there.
export { activation, activationGrad, dropout, maxPool, maxPoolGrad } from './elementwise'
export { conv, convInputGrad, convInputGradScratch, convKernelGrad, convKernelGradScratch, convScratch } from './conv'
export { ctc, ctcScratch } from './ctc'
export { depthwise, depthwiseInputGrad, depthwiseKernelGrad } from './depthwise'
export { distance, distanceGrad } from './distance'
export { lstm, lstmGrad, lstmGradScratch, lstmScratch } from './lstm'
export { centredSquares, instanceNorm, instanceNormGrad, normalise, normGrad, normGradSums } from './norm'
export { frameSums } from './sums'
