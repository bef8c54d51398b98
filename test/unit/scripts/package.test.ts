import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reasonOf } from '../../../scripts/package/appimage.ts'
import { control, desktopEntry } from '../../../scripts/package/deb/texts.ts'
import { externalPackages } from '../../../scripts/package/externals.ts'
import { artifactName, manifest } from '../../../scripts/package/names.ts'
import { thirdPartyNotices } from '../../../scripts/package/notices.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

test('every name and text of a development build says so, and those of a release do not', () => {
  const texts = (kind: 'release' | 'development') => [artifactName(kind), control(kind, 1), desktopEntry(kind)]
  for (const text of texts('development')) expect(text).toMatch(/development/)
  for (const text of texts('release')) expect(text).not.toMatch(/development/)
})

test('a control file is well formed', () => {
  const lines = control('development', 234_437, 'x64').split('\n')
  expect(lines).toContain('Architecture: amd64')
  expect(lines).toContain(`Version: ${manifest.version}~development`)
  expect(lines).toContain('Installed-Size: 234437')
  expect(lines.at(-1)).toBe('')
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/^([A-Z][A-Za-z-]*: \S| \S)/)
})

test('finds the packages that built modules still import', () => {
  const folder = temporaryFolder()
  const imports = ['import { join } from "node:path";', 'import a, { b } from "some-package";', `import '@scope/other/part';`]
  writeFileSync(join(folder, 'main.js'), `${imports.join('\n')}\nimport { app } from "electron";\nimport "./chunk.js";\n`)
  writeFileSync(join(folder, 'chunk.js'), '// import x from "comment"\nconst text = `from "text"`;\nasync () => {\n\tconst x = await import("@scope/late");\n}\n')
  expect(externalPackages(folder)).toEqual(['@scope/late', '@scope/other/part', 'some-package'])
})

test('the notices name the packages of the window and the main process', () => {
  const notices = thirdPartyNotices()
  for (const name of ['vue', '@vue/reactivity', 'echarts', 'zrender', 'better-sqlite3', '@napi-rs/canvas', 'zod']) {
    expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'))
  }
})

test('shows the first error in electron-builder\'s log', () => {
  const log = '  • building        target=AppImage\n  ⨯ failed to build AppImage  error=no such host\n  ⨯ no such host  failedTask=build\n    at x\n'
  expect(reasonOf(log)).toBe('no such host')
  expect(reasonOf('  ⨯ Cannot find it  failedTask=build\n')).toBe('Cannot find it  failedTask=build')
  expect(reasonOf('killed\n')).toBe('killed')
})
