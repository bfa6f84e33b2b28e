import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { FunderAmount, OrderRefund } from './order.ts';

/** A refund as the API shows it. */
export function presentRefund(refund: OrderRefund, currency: CurrencyCode) {
  const { no, state, channelId, transactionId, amount, toFunders, takes, feeBack } = refund;
  const { reason, resultReason, told, askedAt, changedAt, pendingOn, fundedOn } = refund;
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    ...{ no, state, channelId, transactionId, amount: show(amount) },
    toConsumer: show(amount - sum(toFunders.map((one) => one.amount))),
    toFunders: toFunders.map((one) => presentFunder(one, currency)),
    takes: takes.map((take) => ({
      ...defined({ subOrderNo: take.subOrderNo === '' ? undefined : take.subOrderNo }),
      ...defined({
        splitNo: take.leg?.split,
        sequence: take.leg?.sequence,
        merchantId: take.from,
      }),
      ...(take.leg?.share && { ofSum: { date: take.leg.share.date, sequence: take.leg.share.sequence } }),
      ...defined({ isFee: take.isFee }),
      amount: show(take.amount),
    })),
    feeBack: show(feeBack),
    ...defined({ reason, resultReason, told }),
    ...{ askedAt, changedAt },
    ...defined({ pendingOn, fundedOn }),
  };
}

function presentFunder({ kind, merchantId, amount }: FunderAmount, currency: CurrencyCode) {
  return { kind, ...defined({ merchantId }), amount: presentAmount(amount, currency) };
}
