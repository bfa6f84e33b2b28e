import { describe, expect, it } from 'vitest';
import { changeMerchant } from '../../../../functions/settlement/merchants/change-merchant.ts';
import { aMerchant, cause } from '../samples.ts';

const on = { at: '2025-09-27T02:00:00.000Z', cause: { ...cause, requestId: 'later' } };

describe('a merchant that is changed', () => {
  it('has what was sent, keeps the rest, and says who changed it', () => {
    const before = aMerchant({ clawBackSince: '2025-09-01' });
    const payout = { to: 'LEDGER', accountId: 'acc_9' } as const;
    expect(changeMerchant(before, { payout, state: 'SUSPENDED' }, on)).toEqual({
      ...before,
      ...{ payout, state: 'SUSPENDED', revision: 2, changedAt: on.at, cause: on.cause },
    });
  });

  it('no longer has what is sent as null', () => {
    const before = aMerchant({ clawBackSince: '2025-09-01', shortfall: { kind: 'BILL' } });
    const next = changeMerchant(before, { clawBackSince: null, shortfall: null }, on);
    expect(next).not.toHaveProperty('clawBackSince');
    expect(next).not.toHaveProperty('shortfall');
  });

  it('stays as it is where nothing differs', () => {
    const before = aMerchant({ shortfall: { kind: 'RECOVER', basisPoints: 5n } });
    const same = { name: before.name, payout: before.payout, shortfall: { kind: 'RECOVER', basisPoints: 5n } } as const;
    expect(changeMerchant(before, same, on)).toBeUndefined();
    expect(changeMerchant(before, { clawBackSince: null }, on)).toBeUndefined();
    expect(changeMerchant(before, { shortfall: { kind: 'RECOVER', basisPoints: 6n } }, on)).toMatchObject({
      revision: 2,
    });
  });
});
