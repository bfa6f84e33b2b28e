import type { Mandate } from '../../../../functions/collection/mandates/mandate.ts';

export const cause = { client: 'test', role: 'treasurer', requestId: 'test' };

/** An active mandate without limits. */
export function aMandate(more: Partial<Mandate> = {}): Mandate {
  return {
    id: 'man_1',
    tenant: 'demo',
    agreementNumber: 'XY-2026-001',
    payer: {
      name: '张三',
      account: { type: 'ACCOUNT', number: '11001018500053012345', bank: { cnaps: '105100000017' } },
    },
    currency: 'CNY',
    limits: {},
    signedOn: '2025-12-20',
    validFrom: '2026-01-01',
    sequence: 'RCUR',
    retries: { when: 'NEVER' },
    state: 'ACTIVE',
    revision: 1,
    references: {},
    createdAt: '2026-01-01T01:00:00.000Z',
    changedAt: '2026-01-01T01:00:00.000Z',
    cause,
    ...more,
  };
}
