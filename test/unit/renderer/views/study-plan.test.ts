import { describe, expect, it } from 'vitest'
import { groupedParts, totalText } from '../../../../src-renderer/views/study-plan.ts'

const search = (title: string, seconds: number | null) => ({ title, kind: 'search' as const, runs: 720, seconds })
const tournament = { title: 'Which scheme', kind: 'tournament' as const, runs: 140, seconds: 600 }

describe('the plan of a study', () => {
  it('adds up runs and time', () => {
    expect(totalText([tournament, tournament])).toBe('280 runs. About 20 min 00 s on this machine, less if some runs are already in the library.')
  })

  it('gives at most the runs of a search, and no time if that of one part is unknown', () => {
    expect(totalText([search('a', null), tournament])).toMatch(/^At most 860 runs\. An estimate of the time needs finished runs/)
  })

  it('shows all searches as one part', () => {
    expect(groupedParts([search('a', 60), search('b', 120), tournament]))
      .toEqual([{ title: 'Search of the settings of 2 arms', kind: 'search', runs: 1440, seconds: 180 }, tournament])
    expect(groupedParts([search('a', 60), search('b', null)])[0]!.seconds).toBeNull()
    expect(groupedParts([tournament])).toEqual([tournament])
  })
})
