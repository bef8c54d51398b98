import type { Session } from 'electron'
import { SCHEME } from './origin.ts'

const localSchemes = new Set([`${SCHEME}:`, 'file:', 'blob:', 'data:', 'devtools:'])

// Charts are copied as pictures; reading the clipboard stays forbidden.
const granted = 'clipboard-sanitized-write'

/**
 * A session that grants our own pages the one permission they need, and reaches no network.
 * `origin` is where our pages come from: the development server is reached only when it is that.
 */
export function lockSession(session: Session, origin: string): void {
  const isGranted = (permission: string, requesting: string) =>
    permission === granted && URL.canParse(requesting) && originOf(new URL(requesting)) === origin
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) =>
    decide(isGranted(permission, requestingUrl)))
  session.setPermissionCheckHandler((_contents, permission, requesting) => isGranted(permission, requesting))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isLocal(url, origin) }))
}

// The origin of an address with a scheme of our own is "null" to Node.
const originOf = ({ protocol, host }: URL) => `${protocol}//${host}`

function isLocal(address: string, origin: string): boolean {
  const url = new URL(address)
  return localSchemes.has(url.protocol) || sameServer(url, origin)
}

// The development server's live reload comes over a WebSocket of the same host.
const sameServer = (url: URL, origin: string) => url.host === new URL(origin).host
