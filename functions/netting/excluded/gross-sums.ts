import { bilateralMatrix } from '../positions/bilateral-matrix.ts';
import type { Owed } from '../positions/position.ts';

/**
 * What is owed, added up for each payer, payee and currency with nothing set against it: by currency and pair, the pair's first
 * before its second.
 */
export function grossSums(owed: readonly Owed[]): Owed[] {
  return bilateralMatrix(owed).flatMap(({ first, second, currency, firstOwes, secondOwes }) => [
    ...(firstOwes > 0n ? [{ payer: first, payee: second, currency, amount: firstOwes }] : []),
    ...(secondOwes > 0n ? [{ payer: second, payee: first, currency, amount: secondOwes }] : []),
  ]);
}
