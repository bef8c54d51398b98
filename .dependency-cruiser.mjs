// The house's import rules. A folder may import itself and what its row names; anything else is an error.
// `npm:x` is a package, `node:` stands for Node's own modules.
const engine = [
  'format', 'experiment', 'random', 'kernels', 'device', 'crossbar', 'network', 'learning', 'data', 'task', 'training',
  'verification', 'statistics', 'analysis', 'nir', 'figure', 'charts', 'sweep', 'study', 'query',
].map((folder) => `src-engine/${folder}`)
const elements = ['npm:vue', 'npm:element-plus', 'npm:@element-plus/icons-vue']

const rows = {
  'src-engine/format': [],
  'src-engine/experiment': ['src-engine/format', 'npm:zod'],
  'src-engine/kernels': [],
  'src-engine/random': ['src-engine/kernels'],
  'src-engine/device': ['src-engine/random', 'src-engine/kernels', 'src-engine/experiment'],
  'src-engine/crossbar': ['src-engine/device', 'src-engine/kernels', 'src-engine/network', 'src-engine/experiment'],
  'src-engine/network': ['src-engine/kernels', 'src-engine/experiment'],
  'src-engine/learning': ['src-engine/crossbar', 'src-engine/network', 'src-engine/random', 'src-engine/kernels', 'src-engine/experiment'],
  'src-engine/data': ['src-engine/experiment', 'src-engine/format'],
  'src-engine/task': ['src-engine/random', 'src-engine/kernels', 'src-engine/experiment'],
  'src-engine/training': engine,
  'src-engine/verification': [...engine, 'npm:zod'],
  'src-engine/sweep': ['src-engine/format', 'src-engine/experiment', 'src-engine/random', 'src-engine/kernels', 'npm:zod'],
  'src-engine/study': [
    'src-engine/format', 'src-engine/experiment', 'src-engine/random', 'src-engine/kernels', 'src-engine/sweep', 'src-engine/statistics', 'npm:zod',
  ],
  // The language of filters: what can be asked of runs, as a tree. The library answers it.
  'src-engine/query': ['src-engine/format', 'src-engine/experiment', 'src-engine/statistics'],
  'src-engine/statistics': ['src-engine/format', 'src-engine/experiment', 'src-engine/random', 'src-engine/kernels', 'npm:zod'],
  // A trained network as other simulators read it.
  'src-engine/nir': ['src-engine/network', 'src-engine/experiment'],
  'src-engine/figure': ['src-engine/format', 'src-engine/kernels'],
  'src-engine/charts': ['npm:zod', 'src-engine/figure', 'src-engine/format', 'src-engine/experiment', 'src-engine/statistics', 'src-engine/analysis'],
  'src-engine/analysis': ['src-engine/experiment', 'src-engine/kernels', 'src-engine/device', 'src-engine/statistics'],

  'src-main/contract': ['src-engine/experiment', 'src-engine/query', 'src-engine/statistics', 'src-engine/analysis', 'src-engine/figure', 'src-engine/charts', 'npm:zod'],
  // The outcome of a run is judged where its epochs are, against the targets of its task.
  'src-main/threads': ['node:'],
  'src-main/library': ['src-main/contract', 'src-main/threads', 'src-engine/format', 'src-engine/query', 'src-engine/experiment', 'src-engine/statistics', 'src-engine/task', 'node:', 'npm:better-sqlite3', 'npm:zod'],
  'src-main/runs': ['src-main/contract', 'src-main/library', 'src-main/threads', ...engine, 'node:'],
  'src-main/transfer': [
    'src-main/contract', 'src-main/library', 'src-engine/format', 'src-engine/experiment', 'src-engine/statistics', 'src-engine/analysis', 'src-engine/figure', 'src-engine/charts', 'src-engine/study', 'src-engine/data', 'src-engine/nir', 'node:',
    'npm:@napi-rs/canvas', 'npm:fontkit', 'npm:papaparse', 'npm:pdfkit', 'npm:h5wasm', 'npm:hyparquet', 'npm:hyparquet-writer', 'npm:yauzl', 'npm:yazl', 'npm:zod',
  ],
  'src-main/bench': ['src-main/runs', 'src-main/contract', 'src-main/library', 'src-main/threads', ...engine, 'node:'],
  'src-main/app': ['src-main/contract', 'src-main/library', 'src-main/threads', 'src-main/runs', 'src-main/transfer', 'src-main/bench', ...engine, 'node:', 'npm:zod'],
  'src-main/cli': ['src-main/app', 'src-engine/query', 'src-engine/statistics', 'src-engine/format', 'src-engine/experiment', 'src-engine/sweep', 'src-main/threads', 'node:', 'npm:commander'],
  'src-main/desktop': ['src-main/app', 'src-main/contract', 'src-main/threads', 'src-engine/experiment', 'src-engine/format', 'node:', 'npm:electron', 'npm:zod'],
  'src-main/preload': ['src-main/contract', 'npm:electron'],

  'src-renderer/bridge': ['src-main/contract'],
  'src-renderer/charts': ['src-engine/charts', 'src-engine/figure', 'src-engine/format', 'src-engine/analysis', 'npm:vue', 'npm:echarts'],
  'src-renderer/components': ['src-engine/format', 'src-engine/experiment', 'src-engine/statistics', ...elements, 'npm:marked'],
  'src-renderer/stores': ['src-renderer/bridge', 'src-engine/analysis', 'src-engine/query', 'src-engine/figure', 'src-engine/charts', 'src-engine/format', 'src-engine/experiment', 'src-engine/statistics', 'src-engine/sweep', 'npm:vue', 'npm:pinia', 'npm:zod'],
  'src-renderer/theme': [],
  'src-renderer/views': [
    'src-renderer/stores', 'src-renderer/components', 'src-renderer/charts', 'src-engine/query', 'src-engine/format', 'src-engine/experiment', 'src-engine/sweep', 'src-engine/statistics', 'src-engine/analysis',
    'src-engine/charts', 'src-engine/task', ...elements, 'npm:pinia',
  ],
  // The window's root: its entry and frame, the files that lie directly in src-renderer.
  'src-renderer/[^/]+$': [
    'src-renderer/stores', 'src-renderer/components', 'src-renderer/views', 'src-renderer/theme',
    ...elements, 'npm:pinia', 'npm:zod',
  ],
}

const folder = (name) => (name.endsWith('$') ? `^${name}` : `^${name}/`)

// `import path from './x.worker.ts?modulePath'` and `x.wasm?asset` give a built file's path: the name crosses the floor,
// not the code.
const builtFile = {
  from: { path: '^src-main/desktop/' },
  to: { path: '(^src-main/(library|runs|app)/[^/]+[.]worker[.]ts$|out/kernels/kernels[.]wasm)' },
}

function allow(row, target) {
  const from = { path: folder(row) }
  if (target === 'node:') return { from, to: { dependencyTypes: ['core'] } }
  if (target.startsWith('npm:')) return { from, to: { path: `(^|/)node_modules/(@types/)?${target.slice(4)}/` } }
  return { from, to: { path: folder(target) } }
}

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    // What the build makes is not there in a new clone.
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: 'out/kernels/kernels[.]wasm' } },
  ],
  allowed: [
    ...Object.entries(rows).flatMap(([row, targets]) => [row, ...targets].map((target) => allow(row, target))),
    builtFile,
  ],
  allowedSeverity: 'error',
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.js', '.mjs', '.d.ts'],
    },
  },
}
