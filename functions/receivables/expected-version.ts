import * as z from 'zod';
import { problems } from './problems.ts';

/** Of a request that changes something: what the caller has seen. */
export const expectedVersion = z
  .int()
  .min(0)
  .meta({ description: 'The version that you have seen, 0 for none. Where another stands, nothing changes.' });

/** @throws Problem `receivables/version-conflict` */
export function requireVersion(expected: number | undefined, version: number): void {
  if (expected === undefined || expected === version) return;
  const is = version === 0 ? 'There is none yet' : `Version ${version} stands`;
  const detail = `${is}; version ${expected} was expected.`;
  throw problems['version-conflict']
    .with({ detail, version, expectedVersion: expected })
    .at({ pointer: '/expectedVersion', detail });
}
