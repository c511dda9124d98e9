// Whether a transfer's problem is one that the connection check can explain. Pure.
import type { Problem, ProblemCode } from '../../adapters/engine-contract.ts';

const ABOUT_PATHS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'unreachable',
  'relay-missing',
  'relay-failed',
  'candidates-missing',
]);

export function isAboutPath(problem: Problem | undefined): boolean {
  return problem !== undefined && ABOUT_PATHS.has(problem.code);
}
