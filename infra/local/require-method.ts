import type { IncomingMessage } from 'node:http';
import { general } from '../../shared/problems/general.ts';

/**
 * The method, if it is one that a path of this host takes. HEAD is taken where GET is.
 *
 * @throws Problem 405 with the methods that are taken.
 */
export function requireMethod({ method = '' }: IncomingMessage, taken: readonly string[]): string {
  const allowed = [...taken, ...(taken.includes('GET') ? ['HEAD'] : [])];
  if (allowed.includes(method)) return method;
  throw general['method-not-allowed'].with({ detail: `This path takes ${allowed.join(', ')}.`, allowed });
}
