export { Calibration } from './calibration.ts'
export { calibrationHandlers } from './handlers.ts'
export { recallCalibrations } from './recall.ts'
