export { Calibration } from './calibration.ts'
export { calibrationHandlers } from './handlers.ts'
