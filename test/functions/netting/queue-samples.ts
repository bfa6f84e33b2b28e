import type { KeptPayment } from '../../../functions/netting/queued-payments/kept-payment.ts';
import { noFigures, type Resolution } from '../../../functions/netting/resolutions/resolution.ts';
import { at, cause } from './intake-samples.ts';

/** A is to pay B 1.00 yuan. */
export function aKeptPayment(more: Partial<KeptPayment> = {}): KeptPayment {
  return {
    ...{ tenant: 'demo', id: `qpm_${'0'.repeat(26)}`, centreId: 'ctr_group', reference: 'P-1' },
    ...{ payer: 'A', payee: 'B', currency: 'CNY', amount: 100n, state: 'QUEUED', gate: 3, number: 1 },
    ...{ queuedAt: at, revision: 1, changedAt: at, cause },
    ...more,
  };
}

/** As it is started. */
export function aResolution(more: Partial<Resolution> = {}): Resolution {
  return {
    ...{ tenant: 'demo', id: `qrs_${'0'.repeat(26)}`, centreId: 'ctr_group', currency: 'CNY', state: 'DECIDING' },
    ...{
      round: 1,
      refusedRounds: 0,
      setsDecided: 0,
      settled: [],
      barred: [],
      figures: noFigures,
      turn: 0,
      failures: 0,
    },
    ...{ createdAt: at, changedAt: at, revision: 1, cause },
    ...more,
  };
}
