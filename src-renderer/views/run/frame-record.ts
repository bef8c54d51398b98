import type { SequenceRecord } from '../../../src-engine/analysis/stored-record.ts'
import type { LiveFrame } from '../../stores/runs.ts'

/** What a live frame tells of its sequence. */
export function frameRecord(frame: LiveFrame): SequenceRecord {
  const { epoch, pattern, output, target, spikes, stepsPerMark, neuronsPerMark, histogram, maps, traces, audits } = frame
  return {
    epoch,
    pattern,
    trace: { output, target },
    marks: { spikes, stepsPerMark, neuronsPerMark },
    counts: frame.spikeCounts,
    histogram,
    maps,
    traces,
    audits,
    isStored: false,
  }
}
