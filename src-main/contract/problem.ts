/** Bad input, as every layer of the main process reports it. */
export { BadInput, describeProblem, type Problem, problemsOf } from '../../src-engine/spec/problem.ts'
