import { expect, test } from '@playwright/test'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectedOf, readRows, rowsOfMain, rowsOfPage } from './checklist.ts'
import { call, newFolder, open, projectRoot, type Laboratory } from './laboratory.ts'
import { askingCalls } from './writing-calls.ts'

let lab: Laboratory

test.beforeAll(async () => { lab = await open(await newFolder()) })
test.afterAll(() => lab.close())

const address = 'chalcogen://app/index.html'

test('fault 40: every row of the checklist of Electron', async () => {
  const ofMain = rowsOfMain(join(projectRoot, 'out/preload/preload.cjs'))
  expect({ ...await readRows(ofMain, lab.application), ...await readRows(rowsOfPage, lab.page) })
    .toEqual({ ...expectedOf(ofMain), ...expectedOf(rowsOfPage) })
})

test('fault 40: every response of our scheme carries the policy', async () => {
  const headers = await lab.application.evaluate(
    async ({ net }, page) => Object.fromEntries((await net.fetch(page)).headers),
    address,
  )
  expect(headers['content-security-policy']!.split('; ')).toEqual([
    `default-src 'none'`, `script-src 'self'`, `style-src 'self'`, `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`, `font-src 'self'`, `connect-src 'self'`, `worker-src 'self'`,
    `base-uri 'none'`, `form-action 'none'`, `frame-ancestors 'none'`,
  ])
  expect(headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'content-type': expect.stringContaining('text/html'),
  })
  expect(await lab.page.evaluate(() => crossOriginIsolated)).toBe(true)
})

test('fault 40: an injected script does not run', async () => {
  const outcome = await lab.page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
    const script = document.createElement('script')
    script.textContent = 'window.injected = "script"'
    const image = document.createElement('div')
    image.innerHTML = '<img src="data:," onerror="window.injected = \'handler\'"><style>body { opacity: 0 }</style>'
    document.body.append(script, image)
    await new Promise((settled) => setTimeout(settled, 300))
    const opacity = getComputedStyle(document.body).opacity
    script.remove()
    image.remove()
    return { injected: (window as unknown as { injected?: string }).injected, opacity, violations: violations.sort() }
  })
  expect(outcome).toEqual({
    injected: undefined,
    opacity: '1',
    violations: ['script-src-attr', 'script-src-elem', 'style-src-elem'],
  })
})

test('a file that a page makes has no path, so it cannot be read like one that was dropped', async () => {
  const taken = await lab.page.evaluate(() => window.chalcogen.takeDropped(new File(['1'], '/etc/hostname')))
  expect(taken).toMatchObject({ ok: false, code: 'bad-input' })
  const [checked, previewed] = await Promise.all([
    call(lab.page, 'signal.check', { spec: { task: { kind: 'signal', file: '/etc/hostname' } } }),
    call(lab.page, 'signal.preview', { file: '/etc/hostname', choice: {}, part: 'head' }),
  ])
  expect([checked, previewed]).toEqual([{ ok: true, value: null }, { ok: true, value: { ok: true, preview: null } }])
})

test('fault 38: an unknown call is refused', async () => {
  for (const name of ['runs.steal', 'constructor', '__proto__', '', 7, null]) {
    expect(await call(lab.page, name, {})).toMatchObject({ ok: false, code: 'unknown-call' })
  }
})

test('fault 38: an invalid payload is refused without side effects', async () => {
  const before = await call(lab.page, 'runs.list', {})
  const refused = [
    ['runs.start', undefined],
    ['runs.start', { spec: {}, more: 1 }],
    ['runs.list', { all: true }],
    ['runs.get', { runId: '../../library' }],
    ['runs.array', { runId: 'abcdefgh12', epoch: -1, kind: 'weight', name: 'input' }],
    ['runs.export', { runIds: [], format: 'csv' }],
    ['chart.export', { name: 'x', format: 'exe', page: { width: 1, height: 1, shapes: [] } }],
    ['chart.export', { name: 'x', format: 'svg', page: { width: 1, height: 1, shapes: [{ kind: 'script' }] } }],
    ['figures.draw', { document: { version: 1, panels: [] } }],
  ] as const
  for (const [name, input] of refused) {
    expect(await call(lab.page, name, input), name).toMatchObject({ ok: false, code: 'bad-input' })
  }
  const typo = await call(lab.page, 'runs.start', { spec: { seed: -1, trainng: {} } })
  expect(typo).toMatchObject({ ok: true, value: { ok: false } })
  expect(JSON.stringify(typo)).toContain('trainng')
  expect(await call(lab.page, 'runs.list', {})).toEqual(before)
})

test('fault 38: a frame inside the page has no bridge and loads nothing from elsewhere', async () => {
  const frames = await lab.page.evaluate(async () => {
    const blank = document.createElement('iframe')
    const other = document.createElement('iframe')
    other.src = 'data:text/html,other'
    document.body.append(blank, other)
    await new Promise((settled) => setTimeout(settled, 300))
    const bridge = blank.contentWindow !== null && 'chalcogen' in blank.contentWindow
    blank.remove()
    other.remove()
    return { bridge }
  })
  expect(frames).toEqual({ bridge: false })
})

test('fault 39: the page cannot navigate away', async () => {
  const targets = ['https://example.com/', 'file:///etc/passwd', 'data:text/html,x', 'chalcogen://other/index.html']
  for (const target of targets) {
    await lab.page.evaluate((target) => {
      const link = document.createElement('a')
      link.href = target
      document.body.append(link)
      link.click()
      link.remove()
      location.href = target
    }, target).catch(() => {})
    await lab.page.waitForTimeout(100)
    expect(await lab.page.evaluate(() => location.origin)).toBe('chalcogen://app')
  }
})

test('fault 39: a blank page is replaced by the application', async () => {
  await lab.page.evaluate(() => { location.href = 'about:blank' }).catch(() => {})
  await expect.poll(() => lab.page.url()).toContain(address)
  await expect(lab.page.locator('nav').first()).toBeVisible()
  expect(await call(lab.page, 'runs.list', {})).toMatchObject({ ok: true })
})

test('fault 39: a file dropped on the page is not opened', async () => {
  const session = await lab.page.context().newCDPSession(lab.page)
  const data = { items: [], files: ['/etc/hostname'], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data })
  await lab.page.waitForTimeout(300)
  expect(await lab.page.evaluate(() => location.href)).toBe(address)
})

test('fault 39: window.open opens nothing, and only allowed links reach the browser', async () => {
  await lab.application.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (link) => { opened.push(link) }
  })
  const links = ['https://example.com/', 'http://arxiv.org/', 'file:///etc/passwd', 'javascript:alert(1)', 'https://arxiv.org/abs/2108.01804']
  expect(await lab.page.evaluate((links) => links.map((link) => window.open(link)), links)).toEqual(links.map(() => null))
  const { opened, windows } = await lab.application.evaluate(({ BrowserWindow }) => ({
    opened: (globalThis as unknown as { opened: string[] }).opened,
    windows: BrowserWindow.getAllWindows().length,
  }))
  expect(opened).toEqual(['https://arxiv.org/abs/2108.01804'])
  expect(windows).toBe(1)
})

test('our scheme serves only the pages', async () => {
  const statuses = await lab.application.evaluate(async ({ net }) => {
    const paths = [
      'app/index.html', 'app/..%2f..%2fpackage.json', 'app/%2e%2e/main/main.js', 'app/..%5c..%5cpackage.json',
      'app//etc/passwd', 'app/missing.js', 'app/', 'other/index.html',
    ]
    const requests = paths.map(async (path) => [path, (await net.fetch(`chalcogen://${path}`)).status])
    return Object.fromEntries(await Promise.all(requests))
  })
  expect(statuses).toEqual({
    'app/index.html': 200,
    'app/..%2f..%2fpackage.json': 403,
    // The URL parser removes "%2e%2e", so this requests a page that does not exist.
    'app/%2e%2e/main/main.js': 404,
    'app/..%5c..%5cpackage.json': 403,
    'app//etc/passwd': 404,
    'app/missing.js': 404,
    'app/': 403,
    'other/index.html': 403,
  })
})

test('a page that another program controls destroys nothing: what would be lost is asked outside of it', async () => {
  const folder = await newFolder()
  const own = await open(folder)
  const valueOf = async (name: string, input: object) => (await call(own.page, name, input) as { value: unknown }).value
  const { runId } = await valueOf('runs.start', { spec: {
    task: { kind: 'sinusoids', patterns: 1, steps: 20 }, network: { recurrentNeurons: 4 }, training: { epochs: 1 },
  } }) as { runId: string }
  await expect(own.at(`run-row-${runId}`)).toContainText('finished', { timeout: 60_000 })
  const { preset } = await valueOf('presets.save', { title: 'Mine', description: '', provenance: '', spec: {} }) as { preset: { id: string } }
  const document = { version: 1, name: 'Losses', panels: [{ chart: 'loss', runs: [{ run: runId }] }] }
  expect(await valueOf('figures.save', { document, replaces: null })).toEqual({ saved: true })
  expect(await valueOf('views.save', { name: 'Best', address: 'chalcogen:library' })).toEqual({ saved: true })
  await call(own.page, 'runs.shelve', { runIds: [runId], shelf: 'trash' })
  const study = await readFile(join(projectRoot, 'resources/studies/paper.json'), 'utf8')
  await mkdir(join(folder, 'studies'))
  await writeFile(join(folder, 'studies/mine.json'), study)
  await writeFile(join(folder, 'mine.json'), study.replace('"title": "', '"title": "Another '))
  for (const place of ['', 'studies']) await copyFile(join(projectRoot, 'resources/studies/paper.settings.json'), join(folder, place, 'paper.settings.json'))
  await own.close()

  // Another session, in which the user has agreed to nothing.
  const again = await open(folder)
  await again.application.evaluate(({ dialog }, file) => {
    const questions: string[] = []
    Object.assign(globalThis, { questions })
    dialog.showMessageBox = (async (...args: unknown[]) => {
      questions.push((args.at(-1) as { message: string }).message)
      return { response: 1, checkboxChecked: false }
    }) as typeof dialog.showMessageBox
    dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [file] })) as typeof dialog.showOpenDialog
  }, join(folder, 'mine.json'))
  const state = async () => [
    ...await Promise.all(['presets.list', 'runs.list', 'figures.list', 'views.list', 'studies.list'].map((name) => call(again.page, name, {}))),
    await readFile(join(folder, 'studies/mine.json'), 'utf8'),
  ]
  const before = await state()
  const questions = () => again.application.evaluate(() => (globalThis as unknown as { questions: string[] }).questions.splice(0))
  for (const [name, input] of Object.entries(askingCalls({ presetId: preset.id, runId, figure: 'Losses', view: 'Best' }))) {
    expect(await call(again.page, name, input), name).toMatchObject({ ok: true })
    expect(await questions(), name).toEqual([expect.stringMatching(/^(Delete|Replace) /)])
    expect(await state(), name).toEqual(before)
  }
  await again.close()
})

test('fault 40: no screen violates the policy', async () => {
  const own = await open(await newFolder())
  const { value } = await call(own.page, 'runs.start', { spec: {
    task: { kind: 'sinusoids', patterns: 1, steps: 50 }, network: { recurrentNeurons: 10 }, training: { epochs: 2 },
  } }) as { value: { runId: string } }
  await expect(own.at(`run-row-${value.runId}`)).toContainText('finished', { timeout: 60_000 })
  for (const screen of ['library', 'design', 'run', 'compare', 'figures', 'settings']) {
    await own.at(`rail-${screen}`).click()
    await own.page.waitForTimeout(500)
  }
  expect(own.complaints).toEqual([])
  await own.close()
})
