import { isFinal, isRemembered, NotAnsweredError } from '../../shared/problems/lasting-answers.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import type { TransferResult } from '../ledger/published.ts';

/** Why an order was refused for good; nothing where it was carried out. Throws NotAnsweredError where that is not said yet. */
export function problemOf(
  result: { readonly outcome: string } | Extract<TransferResult, { outcome: 'REFUSED' }> | undefined,
): Problem | undefined {
  if (!result) throw new Error('The ledger gave no answer on an order.');
  if (!('problem' in result)) return undefined;
  const { problem } = result;
  if (!isFinal(problem) || !isRemembered(problem)) throw new NotAnsweredError(problem.message);
  return problem;
}

/** Why what is carried on in the background failed, as its owner may read it. What nobody foresaw is in the log alone. */
export function reasonOf(error: unknown, what: 'resolution' | 'cycle'): string {
  return error instanceof NotAnsweredError
    ? `The ledger did not take it yet: ${error.message}`
    : `Something unforeseen stopped it; the log has it under the id of the ${what}.`;
}
