import { describe, expect, test } from 'vitest';
import { checkLimits } from '../../../../functions/netting/limits/check-limits.ts';
import { owes, positions } from '../samples.ts';

const exposures = { bilateral: [owes('B', 'D', 150n), owes('A', 'B', 40n)], positions: positions(20n, -70n, 40n, 10n) };
const bilateral = (payer: string, payee: string, amount: bigint, currency = 'CNY') => {
  return { payer, payee, currency, amount };
};
const netDebit = (participant: string, amount: bigint, currency = 'CNY') => ({ participant, currency, amount });

describe('limits', () => {
  test('are inclusive', () => {
    const limits = { bilateralLimits: [bilateral('B', 'D', 150n)], netDebitLimits: [netDebit('B', 70n)] };
    expect(checkLimits(exposures, limits)).toEqual([]);
  });

  test('that are breached are all told, each with what is owed and by how much it is above', () => {
    const limits = {
      bilateralLimits: [bilateral('A', 'B', 39n), bilateral('B', 'D', 100n)],
      netDebitLimits: [netDebit('B', 69n)],
    };
    expect(checkLimits(exposures, limits)).toEqual([
      { kind: 'BILATERAL', limit: limits.bilateralLimits[0], owed: 40n, excess: 1n },
      { kind: 'BILATERAL', limit: limits.bilateralLimits[1], owed: 150n, excess: 50n },
      { kind: 'NET_DEBIT', limit: limits.netDebitLimits[0], owed: 70n, excess: 1n },
    ]);
  });

  test('bind one direction, one currency, and nobody who receives', () => {
    const limits = {
      bilateralLimits: [bilateral('D', 'B', 0n), bilateral('B', 'D', 0n, 'USD')],
      netDebitLimits: [netDebit('A', 0n), netDebit('B', 0n, 'USD')],
    };
    expect(checkLimits(exposures, limits)).toEqual([]);
  });
});
