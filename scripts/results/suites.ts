/** A suite of Playwright's JSON report, with those parts of its specs that the caller reads. */
export interface Suite<Spec> {
  title?: string
  suites?: Suite<Spec>[]
  specs: Spec[]
}

/** All specs of a suite, at any depth. */
export const specsOf = <Spec>({ specs, suites = [] }: Suite<Spec>): Spec[] =>
  [...specs, ...suites.flatMap((suite) => specsOf(suite))]
