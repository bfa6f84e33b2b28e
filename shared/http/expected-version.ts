import * as z from 'zod';
import type { ProblemFactory } from '../problems/problem.ts';

/** Of a request that changes something: what the caller has seen. */
export const expectedVersion = z
  .int()
  .min(0)
  .meta({ description: 'The version that you have seen, 0 for none. Where another stands, nothing changes.' });

/** What requires that the version expected, if any, is the one that stands; a capability names its own problem for it. */
export function versionCheck(conflict: ProblemFactory) {
  return (expected: number | undefined, version: number): void => {
    if (expected === undefined || expected === version) return;
    const is = version === 0 ? 'There is none yet' : `Version ${version} stands`;
    const detail = `${is}; version ${expected} was expected.`;
    throw conflict.with({ detail, version, expectedVersion: expected }).at({ pointer: '/expectedVersion', detail });
  };
}
