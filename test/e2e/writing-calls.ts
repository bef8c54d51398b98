import type { CallName } from '../../src-main/contract/contract.ts'

/**
 * What keeps a page that another program controls from destroying something with a call:
 * - reads: it changes nothing that is kept;
 * - adds: it adds something, and changes nothing that was there;
 * - undone: what it changes can be changed back, from what is kept;
 * - dialog: the user chooses the file or the folder outside of the page;
 * - asks: it asks outside of the page before something is lost;
 * - texts: it replaces names, tags and notes that the user typed, which the backups have.
 */
export const protections = {
  'app.info': 'reads', 'app.preferences': 'reads', 'app.prefer': 'undone', 'app.copyDiagnostics': 'reads', 'window.zoom': 'reads',
  'presets.list': 'reads', 'presets.save': 'adds', 'presets.delete': 'asks',
  'spec.import': 'dialog', 'spec.read': 'reads', 'spec.export': 'dialog',
  'runs.start': 'adds', 'runs.estimate': 'reads', 'runs.stop': 'undone', 'runs.pause': 'undone', 'runs.resume': 'adds', 'runs.retry': 'adds',
  'runs.shelve': 'undone', 'runs.delete': 'asks', 'runs.list': 'reads', 'runs.summaries': 'reads', 'runs.find': 'reads', 'runs.count': 'reads',
  'runs.query': 'reads', 'runs.order': 'reads', 'runs.groups': 'reads', 'runs.cells': 'reads', 'runs.annotate': 'texts',
  'query.complete': 'reads', 'runs.get': 'reads', 'runs.array': 'reads', 'snapshots.synapse': 'reads', 'snapshots.histograms': 'reads',
  'runs.live': 'reads', 'runs.observe': 'reads', 'runs.exportSizes': 'reads', 'runs.export': 'dialog', 'runs.prepareDrag': 'reads',
  'runs.drag': 'reads', 'runs.verify': 'reads', 'runs.previewImport': 'dialog', 'runs.import': 'adds',
  'sweeps.plan': 'reads', 'sweeps.start': 'adds', 'sweeps.takeUp': 'adds', 'sweeps.list': 'reads', 'sweeps.pause': 'undone',
  'sweeps.resume': 'adds', 'sweeps.stop': 'undone', 'sweeps.compare': 'reads', 'groups.test': 'reads', 'sweeps.export': 'dialog',
  'studies.list': 'reads', 'studies.import': 'asks', 'studies.plan': 'reads', 'studies.start': 'adds', 'studies.export': 'dialog',
  'queue.get': 'reads', 'queue.order': 'undone', 'queue.prioritise': 'undone', 'queue.workers': 'undone', 'queue.hold': 'undone',
  'queue.release': 'undone',
  'library.notices': 'reads', 'library.usage': 'reads', 'library.settings': 'reads', 'library.configure': 'undone', 'library.check': 'adds',
  'library.backups': 'reads', 'library.backup': 'adds', 'library.restore': 'undone', 'library.compact': 'reads', 'library.move': 'dialog',
  'library.cancel': 'reads',
  'chart.export': 'dialog', 'chart.picture': 'reads',
  'figures.list': 'reads', 'figures.save': 'asks', 'figures.delete': 'asks', 'figures.draw': 'reads', 'figures.export': 'dialog',
  'views.list': 'reads', 'views.save': 'asks', 'views.delete': 'asks',
  'signal.choose': 'dialog', 'signal.preview': 'reads', 'signal.cancel': 'reads', 'signal.check': 'reads',
} as const satisfies Record<CallName, 'reads' | 'adds' | 'undone' | 'dialog' | 'asks' | 'texts'>

type Asking = { [Name in CallName]: typeof protections[Name] extends 'asks' ? Name : never }[CallName]

/** Input of each call that asks, for a library that has what `kept` names. */
export const askingCalls = (kept: { presetId: string; runId: string; figure: string; view: string }) => ({
  'presets.delete': { id: kept.presetId },
  'runs.delete': { runIds: [kept.runId] },
  'figures.save': { document: { version: 1, name: kept.figure.toUpperCase(), panels: [{ chart: 'compare', runs: [{ run: kept.runId }] }] }, replaces: null },
  'figures.delete': { name: kept.figure },
  'views.save': { name: kept.view.toUpperCase(), address: 'chalcogen:queue' },
  'views.delete': { name: kept.view },
  'studies.import': {},
}) satisfies Record<Asking, object>
