import { createInterface } from 'node:readline/promises'

export interface Surroundings {
  env: NodeJS.ProcessEnv
  /** Whether the command line has --yes. */
  saidYes: boolean
  /** Asks in the terminal; null where nobody could answer. */
  ask: ((question: string) => Promise<string>) | null
}

/** Whether the user lets this program change the system: with --yes, on a build server, or after a yes in the terminal. */
export async function hasConsent(question: string, { env, saidYes, ask }: Surroundings = here()): Promise<boolean> {
  if (saidYes || env.npm_config_yes === 'true' || (env.CI ?? '') !== '') return true
  return ask !== null && /^y(es)?$/i.test((await ask(`${question} [y/N] `)).trim())
}

/** Taken out of the words, because what is started next does not know it. */
const saidYes = process.argv.includes('--yes')
if (saidYes) process.argv = process.argv.filter((word) => word !== '--yes')

const here = (): Surroundings =>
  ({ env: process.env, saidYes, ask: process.stdin.isTTY && process.stderr.isTTY ? askInTerminal : null })

async function askInTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}
