import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { createSocket } from 'node:dgram'
import { networkInterfaces } from 'node:os'

/** One row of the security checklist of Electron (electronjs.org/docs/latest/tutorial/security): what is read at run time, and what it must be. */
export interface Row<From> {
  what: string
  read(from: From): Promise<unknown>
  expected: unknown
}

const inPage = <Value>(what: string, read: () => Value | Promise<Value>, expected: unknown): Row<Page> =>
  ({ what, read: (page) => page.evaluate(read), expected })

/** What is read in the page, in the source and in a package. */
export const rowsOfPage: Row<Page>[] = [
  inPage('only our own pages are loaded', () => [location.origin, isSecureContext, crossOriginIsolated], ['chalcogen://app', true, true]),
  inPage('no Node in the page',
    () => ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter((name) => name in window), []),
  inPage('the bridge has three functions', () => Object.keys(window.chalcogen).sort(), ['call', 'on', 'takeDropped']),
  // Electron makes such a bridge only where the preload has a world of its own.
  inPage('the bridge is isolated, and the page cannot replace it', () => {
    const { writable, configurable } = Object.getOwnPropertyDescriptor(window, 'chalcogen')!
    return { writable, configurable }
  }, { writable: false, configurable: false }),
  inPage('permissions are denied', async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'] as PermissionName[]
    const states = await Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state))
    return [...new Set(states)]
  }, ['denied']),
  inPage('camera and microphone are refused', () =>
    navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given', (error: Error) => error.name), expect.stringMatching(/^Not(Allowed|Found)Error$/)),
  inPage('the policy of content is strict', async () => (await fetch(location.href)).headers.get('content-security-policy')?.split('; ').slice(0, 4),
    [`default-src 'none'`, `script-src 'self'`, `style-src 'self'`, `style-src-attr 'unsafe-inline'`]),
  // In a task of its own: what a debugger evaluates may evaluate texts.
  inPage('no text is run as code', () => new Promise((resolve) => setTimeout(() => {
    try {
      resolve(new Function('return "ran"')())
    } catch (error) {
      resolve((error as Error).name)
    }
  })), 'EvalError'),
  inPage('no inline script runs', () => {
    const script = document.createElement('script')
    script.textContent = 'window.injected = true'
    document.body.append(script)
    script.remove()
    return 'injected' in window
  }, false),
  inPage('web security is on: other origins and files are not read', () => Promise.all(
    ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/hostname', 'chalcogen://other/index.html']
      .map((address) => fetch(address).then(() => 'read', () => 'refused'))), ['refused', 'refused', 'refused', 'refused']),
  inPage('there are no web views', () => 'getWebContentsId' in document.createElement('webview'), false),
  inPage('frames have no bridge', () => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const hasBridge = frame.contentWindow !== null && 'chalcogen' in frame.contentWindow
    frame.remove()
    return hasBridge
  }, false),
  inPage('no window is opened', () => ['https://example.com/', 'file:///etc/passwd', 'about:blank'].map((link) => window.open(link)), [null, null, null]),
  {
    what: 'the page does not navigate away',
    async read(page) {
      for (const target of ['https://example.com/', 'file:///etc/passwd', 'data:text/html,x']) {
        await page.evaluate((target) => { location.href = target }, target).catch(() => {})
        await page.waitForTimeout(100)
      }
      return page.evaluate(() => location.origin)
    },
    expected: 'chalcogen://app',
  },
  { what: 'WebRTC sends no packet', read: webRtcLeaks, expected: { packets: 0, candidates: [] } },
  inPage('calls and their input are checked', async () => {
    const answers = await Promise.all([
      window.chalcogen.call('runs.steal', {}), window.chalcogen.call('constructor', {}), window.chalcogen.call('runs.get', { runId: '../../library' }),
    ])
    return answers.map((answer) => ('code' in answer ? answer.code : 'answered'))
  }, ['unknown-call', 'unknown-call', 'bad-input']),
]

/** Missing from Electron's types, but Electron's own tests rely on it. */
interface Inspectable { getLastWebPreferences(): Record<string, unknown> }

const flags = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  enableBlinkFeatures: '',
}

/** What is read in the main process. A package lets nobody in there. */
export const rowsOfMain = (preload: string): Row<ElectronApplication>[] => [
  {
    what: 'flags of the window',
    async read(application) {
      const all = await application.evaluate(({ BrowserWindow }) =>
        (BrowserWindow.getAllWindows()[0]!.webContents as unknown as Inspectable).getLastWebPreferences())
      // What is missing is off.
      return Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, all[name] ?? (typeof value === 'string' ? '' : false)]))
    },
    expected: flags,
  },
  {
    what: 'a foreign page is not answered',
    read: (application) => application.evaluate(async ({ BrowserWindow }, preload) => {
      const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
      await foreign.loadURL('data:text/html,foreign')
      const answer = await foreign.webContents.executeJavaScript(`window.chalcogen.call('app.info', {})`) as { code: string }
      foreign.destroy()
      return answer.code
    }, preload),
    expected: 'foreign-sender',
  },
  {
    what: 'the session reaches no network',
    read: (application) => application.evaluate(({ net }) => net.fetch('https://example.com/').then(() => 'read', (error: Error) => error.message)),
    expected: 'net::ERR_BLOCKED_BY_CLIENT',
  },
  {
    what: 'WebRTC without a proxy is off',
    read: (application) => application.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.getWebRTCIPHandlingPolicy()),
    expected: 'disable_non_proxied_udp',
  },
]

/** Every row as a line, read one after the other, since some of them try to leave the page. */
export async function readRows<From>(rows: readonly Row<From>[], from: From): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {}
  for (const { what, read } of rows) found[what] = await read(from)
  return found
}

export const expectedOf = (rows: readonly Row<never>[]): Record<string, unknown> =>
  Object.fromEntries(rows.map(({ what, expected }) => [what, expected]))

/** Packets that reach a server of this machine when the page asks for the addresses of the machine, and the addresses that it is told. */
async function webRtcLeaks(page: Page): Promise<{ packets: number; candidates: string[] }> {
  const server = createSocket('udp4')
  let packets = 0
  server.on('message', () => { packets++ })
  const port = await new Promise<number>((bound) => server.bind(0, () => bound(server.address().port)))
  const addresses = Object.values(networkInterfaces()).flatMap((some) => some ?? []).filter(({ family }) => family === 'IPv4')
  const hosts = ['127.0.0.1', ...addresses.map(({ address }) => address)]
  const candidates = await page.evaluate(async (urls) => {
    const candidates: string[] = []
    try {
      const peer = new RTCPeerConnection({ iceServers: urls.map((url) => ({ urls: url })) })
      peer.onicecandidate = ({ candidate }) => { if (candidate) candidates.push(candidate.candidate) }
      peer.createDataChannel('leak')
      await peer.setLocalDescription()
      await new Promise((settled) => setTimeout(settled, 1500))
      peer.close()
    } catch {
      // Refused at once.
    }
    return candidates
  }, hosts.map((host) => `stun:${host}:${port}`))
  server.close()
  return { packets, candidates }
}
