export { readNdjson, type NdjsonEntry, type SensorRecording } from '../../exchange/ndjson.ts'
