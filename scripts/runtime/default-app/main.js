// Stands in for Electron's own default app, which the registry's runtime lacks: `electron [-r MODULE] PATH`.
// Runs on that Electron's Node 20, so it is plain JavaScript.
import { app } from 'electron'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const { required, path } = parse(process.argv.slice(1))
process.defaultApp = true

const root = resolve(path)
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
app.setAppPath(root)
app.setName(manifest.productName ?? manifest.name)
app.setVersion(manifest.version)

const require = createRequire(join(root, 'package.json'))
for (const module of required) require(module)
// Electron is not ready before this import is through, so the application may still register its own scheme.
await import(pathToFileURL(join(root, manifest.main)).href)

function parse(args) {
  const required = []
  while (args.length > 0) {
    const arg = args.shift()
    if (arg === '-r' || arg === '--require') required.push(args.shift())
    else if (!arg.startsWith('-')) return { required, path: arg }
  }
  console.error('Usage: electron [-r MODULE] PATH')
  process.exit(1)
}
