import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { apt } from './apt.ts'
import { hasConsent } from './consent.ts'
import { libraryPackages, programPackages } from './debian-packages.ts'

/**
 * Installs missing libraries and programs if this user is root on Debian or a derivative and allows it. Waits while another program
 * uses apt.
 * @throws Error that names the install command, or the missing items if no command is known
 */
export async function ensureInstalled(missing: string[]): Promise<void> {
  if (missing.length === 0) return
  if (!isDebian()) throw new Error(`${listOf(missing)} Install them and try again.`)
  const isRoot = process.getuid?.() === 0
  const isAllowed = isRoot && await hasConsent(`${listOf(missing)} Install them with apt-get as root?`)
  if (isAllowed) await apt(['update'])
  const { packages, unknown } = packagesFor(missing, isKnownToApt)
  if (unknown.length > 0) throw new Error(`${listOf(unknown)} Install them and try again.`)
  const install = installArguments(packages)
  if (!isRoot) throw new Error(`${listOf(missing)} Install them with\n  sudo apt-get ${install.join(' ')}`)
  if (!isAllowed) throw new Error(`${listOf(missing)} Run the command again with --yes, or install them with\n  apt-get ${install.join(' ')}`)
  console.log(`${listOf(missing)} Installing them with\n  apt-get ${install.join(' ')}`)
  await apt(install)
}

const listOf = (missing: string[]) => `Missing libraries or programs: ${missing.join(', ')}.`

export const installArguments = (packages: string[]) => ['install', '-y', '--no-install-recommends', ...packages]

/**
 * Debian packages of libraries and programs, and the names for which no package is known.
 * @param isKnown whether the system's package lists contain this name; releases since 2024 append t64 to some libraries
 */
export function packagesFor(missing: string[], isKnown: (name: string) => boolean) {
  const packages = new Set<string>()
  const unknown: string[] = []
  for (const name of missing) {
    const found = libraryPackages[name] ?? programPackages[name]
    if (found === undefined) unknown.push(name)
    else packages.add(isKnown(`${found}t64`) ? `${found}t64` : found)
  }
  return { packages: [...packages], unknown }
}

const isKnownToApt = (name: string) => spawnSync('apt-cache', ['show', '--quiet', name]).status === 0

function isDebian(): boolean {
  try {
    return descendsFromDebian(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/** Whether a system is Debian or a derivative. @param release text of /etc/os-release */
export function descendsFromDebian(release: string): boolean {
  return /^(ID|ID_LIKE)=.*\b(debian|ubuntu)\b/m.test(release)
}
