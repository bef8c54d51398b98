import type { ParameterValue } from '../../src-engine/experiment/parameters.ts'
import { valueText } from '../../src-engine/experiment/value-text.ts'

/** Text of a parameter in a table: titles of choices, numbers with all digits since a user chose them, '–' for null. */
export const parameterText = (path: string, value: ParameterValue | null): string => (value === null ? '–' : valueText(path, value))
