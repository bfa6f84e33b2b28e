import { expect, it } from 'vitest';
import { isRight } from '../../../../functions/settlement/journal/proof/prove-accounts.ts';

const money = (orders: bigint, settlements: bigint, ledger: bigint) => ({ orders, settlements, ledger });

it('an account holds what orders and settlements brought, to the fen', () => {
  expect(isRight({ role: 'supervised', ...money(10_000n, -9_500n, 500n) })).toBe(true);
  for (const ledger of [499n, 501n]) {
    expect(isRight({ role: 'supervised', ...money(10_000n, -9_500n, ledger) })).toBe(false);
  }
});

it('less may be owed by merchants than they were paid twice, for they pay it back, and never more', () => {
  // 80.00 were paid twice, of which 30.00 are paid back.
  expect(isRight({ role: 'claims', ...money(0n, -8_000n, -5_000n) })).toBe(true);
  expect(isRight({ role: 'claims', ...money(0n, -8_000n, -8_000n) })).toBe(true);
  expect(isRight({ role: 'claims', ...money(0n, -8_000n, -8_001n) })).toBe(false);
});
