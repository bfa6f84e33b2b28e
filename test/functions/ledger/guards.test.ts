import { describe, expect, it } from 'vitest';
import type { AccountState } from '../../../functions/ledger/account.ts';
import { digestOf } from '../../../functions/ledger/chain.ts';
import type { Guard, MakeTransfer } from '../../../functions/ledger/commands.ts';
import { isRemembered } from '../../../functions/ledger/decision.ts';
import { transferOf } from '../../support/commands.ts';
import { carryOut, codeOf, stateOf, worldOf } from './worlds.ts';

/** Balances in fen. The child has 100.00, of which 20.00 are held and 30.00 frozen: 50.00 are free. */
const child = stateOf('child', { posted: 10_000n, pendingOut: 2_000n, frozen: 3_000n });
const header = stateOf('header', { posted: 50_000n });

function sweep(minor: bigint, guards: readonly Guard[], more: Partial<MakeTransfer> = {}) {
  const world = worldOf(child, header);
  return carryOut(world, { ...transferOf('t', 'sweep', 'child', 'header', minor), guards, ...more });
}

describe('a condition on a balance that holds in the same transaction', () => {
  it.each<[string, bigint, Guard, string]>([
    ['leaves a child exactly its reserve free', 4_000n, { accountId: 'child', freeMin: 1_000n }, 'accepted'],
    [
      'does not take one fen of the reserve',
      4_001n,
      { accountId: 'child', freeMin: 1_000n },
      'ledger/condition-not-met',
    ],
    ['keeps a posted balance from below', 4_000n, { accountId: 'child', postedMin: 6_000n }, 'accepted'],
    ['and refuses the fen below', 4_001n, { accountId: 'child', postedMin: 6_000n }, 'ledger/condition-not-met'],
    ['keeps the header from going above', 4_000n, { accountId: 'header', postedMax: 54_000n }, 'accepted'],
    ['and refuses the fen above', 4_001n, { accountId: 'header', postedMax: 54_000n }, 'ledger/condition-not-met'],
  ])('%s', (_, minor, guard, code) => {
    expect(codeOf(sweep(minor, [guard]))).toBe(code);
  });

  it('says which account, which bound, what it would be and what it must be', () => {
    const decision = sweep(4_500n, [
      { accountId: 'header', postedMin: 0n },
      { accountId: 'child', freeMin: 1_000n },
    ]);
    expect(decision).toMatchObject({
      outcome: 'REFUSED',
      accountIds: ['child', 'header'],
      problem: {
        status: 409,
        fields: {
          accountId: 'child',
          condition: 'FREE_MIN',
          required: { amount: '10.00', currency: 'CNY' },
          found: { amount: '5.00', currency: 'CNY' },
        },
      },
    });
    expect(decision.outcome === 'REFUSED' && isRemembered(decision.problem)).toBe(true);
  });

  it('binds an account that has no limit of its own, as low as it says', () => {
    const lend = (minor: bigint) => ({
      ...transferOf('t', 'lend', 'header', 'child', minor),
      guards: [{ accountId: 'header', freeMin: -500n }],
    });
    expect(codeOf(carryOut(worldOf(child, header), lend(50_500n)))).toBe('accepted');
    expect(codeOf(carryOut(worldOf(child, header), lend(50_501n)))).toBe('ledger/condition-not-met');
  });

  it('is asked of the net effect of all legs', () => {
    const back = transferOf('t', 'x', 'header', 'child', 600n).legs;
    const legs = [...transferOf('t', 'x', 'child', 'header', 4_600n).legs, ...back];
    expect(codeOf(sweep(0n, [{ accountId: 'child', freeMin: 1_000n }], { legs }))).toBe('accepted');
  });

  it('counts what a hold sets aside as no longer free, though still posted', () => {
    const pending = { mode: 'PENDING' } as const;
    expect(codeOf(sweep(4_001n, [{ accountId: 'child', freeMin: 1_000n }], pending))).toBe('ledger/condition-not-met');
    expect(codeOf(sweep(4_001n, [{ accountId: 'child', postedMin: 10_000n }], pending))).toBe('accepted');
  });

  it('comes after missing funds', () => {
    expect(codeOf(sweep(5_001n, [{ accountId: 'header', postedMax: 0n }]))).toBe('ledger/insufficient-funds');
  });

  it('is seen on the world as the command before left it', () => {
    const world = worldOf(child, header);
    const guards = [{ accountId: 'child', freeMin: 1_000n }];
    const order = (key: string) => ({ ...transferOf('t', key, 'child', 'header', 2_500n), guards });
    expect([carryOut(world, order('1')), carryOut(world, order('2'))].map(codeOf)).toEqual([
      'accepted',
      'ledger/condition-not-met',
    ]);
  });

  it('is no part of what the transfer says', () => {
    const plain = sweep(100n, []);
    const guarded = sweep(100n, [{ accountId: 'child', freeMin: 0n }]);
    if (plain.outcome !== 'TRANSFER' || guarded.outcome !== 'TRANSFER') throw new Error('both are to be accepted');
    expect(guarded.transfer).toEqual(plain.transfer);
    expect(digestOf(guarded.transfer)).toEqual(digestOf(plain.transfer));
  });

  it('on an account that the transfer does not touch, or on a hot one, is a fault of the program', () => {
    expect(() => sweep(1n, [{ accountId: 'another', freeMin: 0n }])).toThrow(/does not touch/);
    const hot: AccountState = { ...header, hot: true };
    const command = {
      ...transferOf('t', 'k', 'child', 'header', 1n),
      guards: [{ accountId: 'header', postedMax: 0n }],
    };
    expect(() => carryOut(worldOf(child, hot), command)).toThrow(/hot/);
  });
});
