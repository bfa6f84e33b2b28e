import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { queuedPaymentIdOf } from '../keys.ts';
import type { ResolutionLine } from './list-lines.ts';
import type { Resolution, ResolutionFigures } from './resolution.ts';
import type { WaitReason } from './resolution-lines.ts';
import { SIMULATED_MAX } from './resolution-shapes.ts';
import type { Simulated } from './simulate-resolution.ts';

/** Resolutions and their payments, as callers see them. */

/** Whose queue it is. */
export type PresentedQueue = Pick<Resolution, 'tenant' | 'centreId' | 'currency'>;

export function presentResolution(resolution: Resolution) {
  const { id, centreId, currency, state, round, figures, failure, retryAt, createdAt, changedAt, endedAt } = resolution;
  return {
    ...{ id, centreId, currency, state, round, figures: presentFigures(figures, currency) },
    ...defined({ failure, retryAt, endedAt }),
    ...{ createdAt, changedAt },
  };
}

export function presentSimulated(queue: PresentedQueue, { figures, sets, waiting }: Simulated) {
  const { centreId, currency } = queue;
  const shown = [...sets, ...waiting].slice(0, SIMULATED_MAX);
  return {
    ...{ centreId, currency, figures: presentFigures(figures, currency) },
    payments: shown.map((line) => presentLine(queue, line)),
  };
}

function presentFigures(figures: ResolutionFigures, currency: CurrencyCode) {
  const { settledAmount, movedAmount, waitingAmount } = figures;
  return {
    ...figures,
    settledAmount: presentAmount(settledAmount, currency),
    movedAmount: presentAmount(movedAmount, currency),
    waitingAmount: presentAmount(waitingAmount, currency),
  };
}

export function presentLine({ tenant, centreId, currency }: PresentedQueue, line: ResolutionLine) {
  const { reference, payer, payee, amount } = line;
  const paymentId = queuedPaymentIdOf(tenant, centreId, reference);
  const payment = { paymentId, reference, payer, payee, amount: presentAmount(amount, currency) };
  if ('set' in line) return { ...payment, outcome: 'SETTLED' as const, set: line.set, kind: line.kind };
  const reasons = line.reasons.map((reason) => presentReason(reason, currency));
  return { ...payment, outcome: 'WAITING' as const, reasons };
}

function presentReason(reason: WaitReason, currency: CurrencyCode) {
  switch (reason.code) {
    case 'SHORT_OF_FUNDS':
      return { code: reason.code, missing: presentAmount(reason.missing, currency) };
    case 'NET_DEBIT_LIMIT':
    case 'BILATERAL_LIMIT':
      return { code: reason.code, excess: presentAmount(reason.excess, currency) };
    case 'BEHIND':
      return { code: reason.code, paymentId: reason.payment };
    case 'ACCOUNT':
      return { ...reason };
    case 'EXCLUDED_PAIR':
      return { ...reason };
  }
}
