import type { Session } from 'electron'
import { SCHEME } from './origin.ts'

const localSchemes = new Set([`${SCHEME}:`, 'file:', 'blob:', 'data:', 'devtools:'])

/**
 * A session that grants no permission and reaches no network. `origin` is where our pages come from:
 * the development server is reached only when it is that.
 */
export function lockSession(session: Session, origin: string): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isLocal(url, origin) }))
}

function isLocal(address: string, origin: string): boolean {
  const url = new URL(address)
  return localSchemes.has(url.protocol) || sameServer(url, origin)
}

// The development server's live reload comes over a WebSocket of the same host.
const sameServer = (url: URL, origin: string) => url.host === new URL(origin).host
