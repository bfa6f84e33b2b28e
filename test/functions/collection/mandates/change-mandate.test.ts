import { describe, expect, it } from 'vitest';
import { changeMandate, mandateActions } from '../../../../functions/collection/mandates/change-mandate.ts';
import { type MandateState, mandateState } from '../../../../functions/collection/mandates/mandate.ts';
import { aMandate, cause } from './mandates.ts';

const on = { date: '2026-03-02', at: '2026-03-02T01:00:00.000Z', cause };

describe('a mandate', () => {
  it.each([
    ['PENDING', ['ACTIVE', 'no', 'no', 'REVOKED']],
    ['ACTIVE', ['same', 'SUSPENDED', 'same', 'REVOKED']],
    ['SUSPENDED', ['no', 'same', 'ACTIVE', 'REVOKED']],
    ['REVOKED', ['no', 'no', 'no', 'same']],
  ] as const)('that is %s: what confirming, suspending, resuming and revoking it does', (state, expected) => {
    const got = mandateActions.map((action) => {
      const change = changeMandate(aMandate({ state }), action, on);
      if (change.outcome === 'UNCHANGED') return 'same';
      return change.outcome === 'REFUSED' ? 'no' : change.mandate.state;
    });
    expect(got).toEqual(expected);
  });

  it('takes nothing any more after its last day, and says that it has expired', () => {
    const mandate = aMandate({ validTo: '2026-03-01' });
    for (const action of mandateActions) {
      expect(changeMandate(mandate, action, on)).toEqual({ outcome: 'REFUSED', state: 'EXPIRED' });
    }
  });

  it('keeps the instant at which it was revoked', () => {
    expect(changeMandate(aMandate(), 'REVOKE', on)).toMatchObject({
      outcome: 'CHANGED',
      mandate: { state: 'REVOKED', revokedAt: on.at, revision: 2, changedAt: on.at },
    });
  });

  it.each<[string, string, MandateState]>([
    ['ACTIVE', '2026-03-02', 'ACTIVE'],
    ['ACTIVE', '2026-03-03', 'EXPIRED'],
    ['PENDING', '2026-03-03', 'EXPIRED'],
    ['REVOKED', '2026-03-03', 'REVOKED'],
  ])('set as %s and valid to 2 March is on %s %s', (state, date, expected) => {
    const mandate = aMandate({ state: state as 'ACTIVE', validTo: '2026-03-02' });
    expect(mandateState(mandate, date)).toBe(expected);
  });
});
