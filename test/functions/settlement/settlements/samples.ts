import { noFigures } from '../../../../functions/settlement/journal/figures.ts';
import type { PayoutLine, Settlement } from '../../../../functions/settlement/settlements/settlement.ts';
import { payoutIdOf, settlementIdOf } from '../../../../functions/settlement/settlements/settlement-keys.ts';
import { aMerchant, at, cause } from '../samples.ts';

const ref = { tenant: 'demo', merchantId: 'mer_teahouse', date: '2025-09-28', sequence: 0 };
const id = settlementIdOf(ref);

/** 100.00 to the teahouse, on its way to the bank; RETURNED, all of it came back unless told. */
export function aPayoutLine(more: Partial<PayoutLine> = {}): PayoutLine {
  return {
    ...{ id: payoutIdOf(id, 1), amount: 10_000n, to: aMerchant().payout, state: 'SENT', askedOn: '2025-09-28' },
    ...{ attempt: 1, messageId: 'msg_1', changedAt: at },
    ...(more.state === 'RETURNED' && { returns: [{ on: '2025-09-28', amount: 10_000n }] }),
    ...more,
  };
}

export function aSettlement(more: Partial<Settlement> = {}): Settlement {
  return {
    ...{ ...ref, id, marketId: 'mkt_chengdu', currency: 'CNY', runId: 'run_1', state: 'SETTLED' },
    figures: { ...noFigures, lines: 1n, orders: 1n, gross: 10_000n, net: 10_000n },
    ...{ carriedIn: 0n, keptBack: 0n, carriedOn: 0n, billed: 0n, payout: 10_000n, payouts: [aPayoutLine()] },
    ...{ settledAt: at, revision: 1, changedAt: at, cause },
    ...more,
  };
}
