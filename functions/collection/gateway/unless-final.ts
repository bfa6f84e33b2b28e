import { Problem } from '../../../shared/problems/problem.ts';
import type { Handover } from './bank-gateway.ts';

/** What the table or the bucket could not say yet is unknown; what the bank has got under this number before, it has. */
export function unlessFinal(error: unknown): Handover {
  if (error instanceof Problem) throw error;
  return { outcome: 'UNKNOWN', text: 'The hand-over was not answered.' };
}
