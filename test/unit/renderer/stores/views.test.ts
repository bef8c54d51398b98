import fc from 'fast-check'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import type { View } from '../../../../src-renderer/bridge/bridge.ts'
import { addressOf, placeIn } from '../../../../src-renderer/stores/address.ts'
import { useComparison } from '../../../../src-renderer/stores/comparison.ts'
import { screens, useNavigation } from '../../../../src-renderer/stores/navigation.ts'
import { useRuns } from '../../../../src-renderer/stores/runs.ts'
import { useSettings } from '../../../../src-renderer/stores/settings.ts'
import { type Base, LIVE, useSnapshotChoice } from '../../../../src-renderer/stores/snapshot-choice.ts'
import { useViews } from '../../../../src-renderer/stores/views.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../fixtures.ts'

let kept: View[]
/** The answer to the question before a deletion. */
let agrees = true

beforeEach(() => {
  kept = []
  agrees = true
  const { bridge } = fakeBridge({
    'runs.summaries': () => [],
    'views.list': () => ({ views: kept }),
    'views.save': (view: Pick<View, 'name' | 'address'>) => {
      kept = [{ ...view, changedAt: '2026-11-30T12:00:00.000Z' }, ...kept.filter(({ name }) => name !== view.name)]
      return { saved: true }
    },
    'views.delete': ({ name }: { name: string }) => {
      if (agrees) kept = kept.filter((view) => view.name !== name)
      return { deleted: agrees }
    },
  })
  vi.stubGlobal('window', { chalcogen: bridge })
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
  for (const runId of ['run1', 'run2', 'run3']) useRuns().byId.set(runId, summaryOf({ runId }))
})

test('an address says the same place when it is read again', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 40 })
  const names = fc.string({ minLength: 1, maxLength: 10 }).filter((name) => !Object.hasOwn(Object.prototype, name))
  const parts = fc.dictionary(names, texts)
  fc.assert(fc.property(fc.constantFrom(...screens), parts, (screen, parts) => {
    expect(placeIn(addressOf({ screen, parts }))).toEqual({ screen, parts: { ...parts } })
  }))
})

test('opens again what the Library showed', async () => {
  const [views, navigation, settings] = [useViews(), useNavigation(), useSettings()]
  navigation.filter = 'mse < 0.05 & "50 % = half"'
  navigation.shelf = 'archive'
  settings.sort = { column: 'loss', descending: true }
  const address = views.present()
  navigation.filter = ''
  navigation.shelf = 'library'
  settings.sort = { column: 'name', descending: false }
  navigation.go('settings')
  await views.open(address)
  expect([navigation.screen, navigation.filter, navigation.shelf]).toEqual(['library', 'mse < 0.05 & "50 % = half"', 'archive'])
  expect(settings.sort).toEqual({ column: 'loss', descending: true })
})

test('opens a run with its charts, and a comparison with its runs in order', async () => {
  const [views, navigation, settings] = [useViews(), useNavigation(), useSettings()]
  navigation.tick(['run2', 'run1'])
  navigation.compare()
  const compared = views.present()
  navigation.openRun('run3')
  settings.charts = ['loss', 'rates']
  const opened = views.present()
  navigation.openRun('run1')
  settings.charts = ['loss']
  navigation.untickAll()

  await views.open(compared)
  expect([navigation.screen, navigation.ticked]).toEqual(['compare', ['run2', 'run1']])
  await views.open(opened)
  expect([navigation.screen, navigation.runId, settings.charts]).toEqual(['run', 'run3', ['loss', 'rates']])
})

test('opens a run at its slider with what its snapshots showed', async () => {
  const [views, navigation, choice] = [useViews(), useNavigation(), useSnapshotChoice()]
  navigation.openRun('run2')
  choice.keepFor('run2')
  expect(views.present()).toMatch(/^chalcogen:run\?run=run2&show=charts&charts=/)
  choice.view = 'snapshots'
  choice.epoch = 50
  choice.layer = 'input'
  choice.quantity = 'wear'
  choice.pair = 1
  choice.synapse = { post: 3, pre: 7 }
  const shown: [Base, string][] = [
    [{ kind: 'first' }, 'first'], [{ kind: 'epoch', epoch: 10 }, 'epoch%3A10'], [{ kind: 'run', runId: 'run3' }, 'run%3Arun3'],
  ]
  for (const [base, text] of shown) {
    choice.base = base
    const address = views.present()
    expect(address).toContain(`run=run2&show=snapshots&epoch=50&layer=input&quantity=wear&pair=1&synapse=3,7&base=${text}`)
    navigation.openRun('run1')
    choice.keepFor('run1')
    expect([choice.view, choice.epoch, choice.layer, choice.base]).toEqual(['charts', LIVE, 'recurrent', { kind: 'previous' }])
    await views.open(address)
    expect([navigation.runId, choice.runId]).toEqual(['run2', 'run2'])
    const all = { view: 'snapshots', epoch: 50, layer: 'input', quantity: 'wear', pair: 1, synapse: { post: 3, pre: 7 }, base }
    expect(choice.$state).toMatchObject(all)
  }
})

test('opens a comparison in the way that it was shown', async () => {
  const [views, navigation, comparison] = [useViews(), useNavigation(), useComparison()]
  navigation.tick(['run2', 'run1'])
  navigation.compare()
  comparison.change({ group: 'scheme.kind', centre: 'median', spread: 'quartiles', smoothing: 5, looks: [{ key: 'run2', colour: '#123456' }] })
  const [address, shown] = [views.present(), comparison.view]
  comparison.reset()
  await views.open(address)
  expect(comparison.view).toEqual(shown)
})

test.each([
  ['mse<0.05', 'An address starts with chalcogen:, such as chalcogen:library.'],
  ['chalcogen:lab', `There is no screen 'lab'. An address names library, design, queue, run, compare, figures or settings.`],
  ['chalcogen:library?colour=red', `Unknown part 'colour' of an address. The address of library has filter, shelf, columns, group, replicates or sort.`],
  ['chalcogen:settings?shelf=trash', `Unknown part 'shelf' of an address. The address of settings has no parts.`],
  ['chalcogen:library?filter=new&sort=colour', `Part 'sort' of the address is 'colour'.`],
  ['chalcogen:run?run=gone', 'The run gone is not in this library.'],
  ['chalcogen:run?run=run1&epoch=-3', `Part 'epoch' of the address is '-3'.`],
  ['chalcogen:run?run=run1&synapse=3', `Part 'synapse' of the address is '3'.`],
  ['chalcogen:run?run=run1&layer=middle', `Part 'layer' of the address is 'middle'.`],
  ['chalcogen:run?run=run1&base=run:gone', `Part 'base' of the address is 'run:gone'.`],
  ['chalcogen:compare?runs=run1,gone', 'The run gone is not in this library.'],
  ['chalcogen:compare?view=wide', `Part 'view' of the address is 'wide'.`],
  ['chalcogen:queue?sweep=gone', 'The sweep gone is not in this library.'],
])('%s changes nothing and is named', async (address, message) => {
  const navigation = useNavigation()
  navigation.go('figures')
  navigation.filter = 'old'
  await expect(useViews().open(address)).rejects.toThrow(message)
  expect([navigation.screen, navigation.filter]).toEqual(['figures', 'old'])
})

test('keeps views by name, and restores a deleted one', async () => {
  const views = useViews()
  await views.save('Best', 'chalcogen:library?filter=learned')
  agrees = false
  expect(await views.remove(views.kept[0]!)).toBeNull()
  expect(views.kept).toHaveLength(1)
  agrees = true
  const restore = await views.remove(views.kept[0]!)
  expect(views.kept).toEqual([])
  await restore!()
  expect(views.kept.map(({ name, address }) => [name, address])).toEqual([['Best', 'chalcogen:library?filter=learned']])
})
