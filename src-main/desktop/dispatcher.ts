import type * as z from 'zod'
import { payloadProblem } from '../../src-engine/experiment/bounds.ts'
import { worded } from '../contract/file-error.ts'
import { BadInput, describeProblem, problemsOf } from '../contract/problem.ts'
import { type Answer, type CallName, type CallOutput, type Calls, calls } from '../contract/contract.ts'
import { type TextForm, texts } from '../contract/texts.ts'

export type Handlers = {
  [Name in CallName]: (input: z.output<Calls[Name]['input']>) => Promise<CallOutput<Name>>
}

interface Entry {
  input: z.ZodType
  handle(input: unknown): Promise<unknown>
  text: TextForm<unknown> | undefined
}

export const refuse = (code: string, message: string): Answer => ({ ok: false, code, message })

/** Receives what the log tells of calls. */
export interface CallReports {
  /** A call was answered after `ms`. */
  onAnswer(name: string, ms: number): void
  /** A call failed in a way that nobody expected. */
  onError(name: string, error: unknown): void
}

/** Create a function that runs a call by its name after validating its input. It never throws: errors become answers. */
export function createDispatcher(
  handlers: Handlers, { onAnswer, onError }: CallReports,
): (name: unknown, input: unknown) => Promise<Answer> {
  const forms = new Map<string, unknown>(Object.entries(texts))
  const table = new Map<unknown, Entry>((Object.keys(calls) as CallName[]).map((name) => [name, {
    input: calls[name].input, handle: handlers[name] as Entry['handle'], text: forms.get(name) as Entry['text'],
  }]))
  const answer = async (name: string, entry: Entry, input: unknown): Promise<Answer> => {
    const excess = payloadProblem(input)
    if (excess) return refuse('bad-input', describeProblem(excess))
    const parsed = entry.input.safeParse(input)
    if (!parsed.success) return refuse('bad-input', problemsOf(parsed.error, input).map((problem) => describeProblem(problem)).join('\n'))
    try {
      const value = await entry.handle(parsed.data)
      return entry.text ? { ok: true, text: entry.text.encode(value) } : { ok: true, value }
    } catch (error) {
      return answerOf(worded(error), (unexpected) => onError(name, unexpected))
    }
  }
  return async (name, input) => {
    if (typeof name !== 'string') return refuse('unknown-call', 'The name of a call must be a text.')
    const entry = table.get(name)
    if (!entry) return refuse('unknown-call', `Unknown call: ${JSON.stringify(name)}.`)
    const startedAt = performance.now()
    try {
      return await answer(name, entry, input)
    } finally {
      onAnswer(name, performance.now() - startedAt)
    }
  }
}

function answerOf(error: unknown, report: (error: Error) => void): Answer {
  if (error instanceof BadInput) return refuse('bad-input', error.message)
  if (!(error instanceof Error)) return refuse('internal', String(error))
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'internal'
  if (code === 'internal') report(error)
  return refuse(code, error.message)
}
