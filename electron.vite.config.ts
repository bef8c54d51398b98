import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'
import { engineDigest } from './scripts/engine-digest.ts'
import { ensureKernels } from './scripts/kernels.ts'

const at = (path: string) => resolve(import.meta.dirname, path)

// The targets are pinned to the oldest Electron that development runs on, see CONTRIBUTING.md.
const nodeTarget = 'node20.18'
const chromeTarget = 'chrome130'

await ensureKernels()

export default defineConfig({
  main: {
    define: { __ENGINE_DIGEST__: JSON.stringify(await engineDigest()) },
    build: {
      target: nodeTarget,
      outDir: 'out/main',
      externalizeDeps: { exclude: ['zod', 'papaparse', 'pdfkit', 'fontkit', 'yauzl', 'yazl', 'h5wasm', 'hyparquet', 'hyparquet-writer'] },
      rolldownOptions: { input: { main: at('src-main/desktop/main.ts') } },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('src-main/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    build: {
      target: chromeTarget,
      outDir: at('out/renderer'),
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
    plugins: [vue()],
  },
})
