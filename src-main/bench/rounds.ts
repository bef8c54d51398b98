import { type Spread, spreadOf } from './spread.ts'

type Measure<Value> = () => Value | Promise<Value>
type Measures = Record<string, Measure<unknown>>
type Measured<Given extends Measures> = { [Name in keyof Given]: Awaited<ReturnType<Given[Name]>>[] }

/**
 * Takes every measurement once per round. The speed of a machine can change for seconds at a time, so only measurements taken next to
 * each other can be compared.
 */
export async function inRounds<Given extends Measures>(rounds: number, measures: Given): Promise<Measured<Given>> {
  const measured = Object.fromEntries(Object.keys(measures).map((name) => [name, [] as unknown[]]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of Object.entries(measures)) measured[name]!.push(await measure())
  }
  return measured as Measured<Given>
}

/** Spread of the quotients of each round. */
export const ratioOf = (dividends: number[], divisors: number[]): Spread =>
  spreadOf(dividends.map((dividend, round) => dividend / divisors[round]!))

/** Duration of `work`, s. */
export async function secondsOf(work: Measure<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return (performance.now() - begin) / 1000
}
