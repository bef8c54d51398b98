const hosts = new Set([
  'arxiv.org',
  'doi.org',
  'github.com',
  'gml.noaa.gov',
  'nest-simulator.readthedocs.io',
])

/** Whether an address may be handed to the system's browser: https, one of our hosts, the usual port, no credentials. */
export function isAllowedLink(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === 'https:' && hosts.has(host) && username === '' && password === ''
}
