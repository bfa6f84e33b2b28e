import { describe, expect, it } from 'vitest';
import { type DueSettlement, triedAt } from '../../../../functions/pooling/interest-runs/settlement.ts';

const june = { from: '2026-03-21', to: '2026-06-21', at: '2026-06-21T01:00:00.000Z' };
const september = { from: '2026-06-21', to: '2026-09-21', at: '2026-09-21T01:00:00.000Z' };
const unsettled = { ...june, runId: 'irn_1', attempt: 2, failed: 1, since: june.at };
const due: DueSettlement = {
  tenant: 'demo',
  ownerId: 'pool_1',
  ownerKind: 'POOL',
  settlementDay: { frequency: 'QUARTERLY', day: 20, from: '2026-03-21', time: '09:00' },
  termsVersion: 1,
  revision: 7,
  ...september,
  lookAt: september.at,
  unsettled,
};
const now = { at: september.at, lookAt: '2026-09-21T01:10:00.000Z' };

describe('what waits for its settlement day', () => {
  it('still tells of the lines refused before, while the next run cannot be started', () => {
    const refusal = { code: 'pooling/rate-missing', detail: 'No rate.' };
    expect(triedAt(due, september, refusal, now)).toMatchObject({ unsettled, fault: { ...refusal, since: now.at } });
  });

  it('tells no more of them once the next run was started', () => {
    expect(triedAt(due, september, undefined, now)).not.toHaveProperty('unsettled');
  });
});
