// Plain JavaScript, because it must run on the Node versions that it rejects.
import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const wanted = engines.node.replace('>=', '').split('.').map(Number)
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  console.error(
    `Chalcogen's scripts need Node ${engines.node}, but this is ${process.version}. `
    + 'On Linux and Windows, run `npm ci` to install it. On macOS, install it from https://nodejs.org.',
  )
  process.exit(1)
}

// Node keeps what it has compiled, so that the next start takes half the time.
nodeModule.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)))
