export { warningsOf } from '../../src-engine/experiment/warnings.ts'
