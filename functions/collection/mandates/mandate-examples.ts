import type * as z from 'zod';
import type { mandateOut } from './mandate-shapes.ts';

/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });

const request = {
  agreementNumber: 'XY-2026-0317',
  payer: {
    name: '江南机械厂',
    kind: 'COMPANY',
    account: { type: 'ACCOUNT', number: '32001881236052505123', bank: { cnaps: '105100000017' } },
  },
  currency: 'CNY',
  limits: { perTransaction: money('50000.00'), daily: money('200000.00'), monthly: money('1000000.00') },
  signedOn: '2026-02-20',
  validFrom: '2026-03-01',
  validTo: '2028-12-31',
  sequence: 'FRST',
  retries: { when: 'SET_DAYS', days: [1, 3, 7], time: '10:00', partial: false },
  references: { contract: 'HT-2026-001' },
} as const;

const mandate = {
  id: 'man_01KAVG2Y7T8XJ4N5QW3R6S9Z0A',
  ...request,
  payer: { ...request.payer, account: { ...request.payer.account, number: '****5123' } },
  retries: { ...request.retries, days: [...request.retries.days] },
  state: 'ACTIVE' as const,
  createdAt: '2026-02-20T02:00:00.000Z',
  changedAt: '2026-02-21T02:00:00.000Z',
};
const pending = { ...mandate, state: 'PENDING' as const, changedAt: mandate.createdAt };
const path = { mandateId: '{mandateId}' };

interface Acted {
  readonly path: typeof path;
  readonly response: z.input<typeof mandateOut>;
}

export const createMandate = { body: { ...request, retries: mandate.retries }, response: pending };
export const listMandates = { query: { limit: '10' }, response: { mandates: [mandate] } };
export const getMandate = {
  path,
  response: {
    ...mandate,
    today: { period: '2026-03-02', used: money('30000.00'), limit: money('200000.00'), room: money('170000.00') },
    thisMonth: { period: '2026-03', used: money('80000.00'), limit: money('1000000.00'), room: money('920000.00') },
  },
};
export const confirmMandate: Acted = { path, response: mandate };
export const suspendMandate: Acted = { path, response: { ...mandate, state: 'SUSPENDED' as const } };
export const resumeMandate: Acted = { path, response: mandate };
export const revokeMandate: Acted = {
  path,
  response: { ...mandate, state: 'REVOKED' as const, revokedAt: '2026-03-05T08:00:00.000Z' },
};
