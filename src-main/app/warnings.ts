export { warningsOf } from '../../src-engine/spec/warnings.ts'
