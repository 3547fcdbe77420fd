export { SensorCalibration } from './calibration.ts'
export { sensorCalibrationHandlers } from './handlers.ts'
export { restoreSensorCalibrations } from './restore.ts'
