/** Bad input as every floor of the main process says it. */
export { BadInput, describeProblem, type Problem, problemsOf } from '../../src-engine/spec/problem.ts'
