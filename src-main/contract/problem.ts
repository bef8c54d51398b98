/** Bad input, as every layer of the main process reports it. */
export { BadInput, describeProblem, MISSING, MOST_PROBLEMS, type Problem, problemsOf, unknownName } from '../../src-engine/experiment/problem.ts'
