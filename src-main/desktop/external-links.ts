const hosts = new Set([
  'arxiv.org',
  'doi.org',
  'github.com',
  'gml.noaa.gov',
  'nest-simulator.readthedocs.io',
])

/** Whether a link may open in the system browser: https, a known host, the default port and no credentials. */
export function isAllowedLink(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === 'https:' && hosts.has(host) && username === '' && password === ''
}
