import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { libraryPackages, programPackages } from './debian-packages.ts'

/**
 * Sees to it that the system has these libraries and programs: installs them where this user may
 * (root on Debian and its descendants), else throws an error that names the command.
 */
export function provide(missing: string[]): void {
  if (missing.length === 0) return
  if (!isDebian()) throw new Error(`This system lacks ${missing.join(', ')}: install them and try again.`)
  const isRoot = process.getuid?.() === 0
  if (isRoot) apt(['update'])
  const { packages, unknown } = packagesFor(missing, isKnownToApt)
  if (unknown.length > 0) throw new Error(`This system lacks ${unknown.join(', ')}: install them and try again.`)
  const install = installArguments(packages)
  if (!isRoot) throw new Error(`This system lacks ${missing.join(', ')}. Install with\n  sudo apt-get ${install.join(' ')}`)
  console.log(`This system lacks ${missing.join(', ')}. Installing with\n  apt-get ${install.join(' ')}`)
  apt(install)
}

export const installArguments = (packages: string[]) => ['install', '-y', '--no-install-recommends', ...packages]

/**
 * The Debian packages that bring these libraries and programs, and those of which none is known.
 * @param isKnown whether the system's package lists hold this name: releases since 2024 call some libraries …t64
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

/** @param release the text of /etc/os-release */
export function descendsFromDebian(release: string): boolean {
  return /^(ID|ID_LIKE)=.*\b(debian|ubuntu)\b/m.test(release)
}

function apt(args: string[]): void {
  const child = spawnSync('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8',
  })
  if (child.status !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${child.stderr}`)
}
