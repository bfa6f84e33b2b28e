import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { Acting } from './change-order.ts';
import { isSame } from './take-payment.ts';
import { type AskedPayment, UNASSIGNED_MAX, type UnassignedPayments } from './unassigned.ts';

/** By which problem a payment was not taken. */
export interface KeptReason {
  readonly code: string;
  readonly detail: string;
}

/** Keeps a payment that no order takes, once for each reason. Problem: `settlement/too-many-payments`; and those of decideAndWrite. */
export async function keepPayment(
  store: SettlementStore,
  { tenant, orderNo, marketId }: Pick<UnassignedPayments, 'tenant' | 'orderNo' | 'marketId'>,
  payment: {
    readonly channelId: string;
    readonly transactionId: string;
    readonly content: string;
    readonly reason: KeptReason;
    readonly told?: AskedPayment;
  },
  { at, cause }: Acting,
): Promise<void> {
  const { channelId, transactionId, content, reason, told } = payment;
  await decideAndWrite(async () => {
    const before = await store.readUnassigned(tenant, orderNo, marketId);
    const kept = before?.payments ?? [];
    if (kept.some((one) => isSame(one, payment) && one.reason === reason.code && one.content === content)) {
      return { answer: undefined };
    }
    if (kept.length >= UNASSIGNED_MAX) {
      throw problems['too-many-payments'].with({
        detail: `${orderNo} has ${kept.length} payments that no order takes.`,
      });
    }
    const one = {
      ...{ channelId, transactionId, content },
      ...{ reason: reason.code, detail: reason.detail, toldAt: at, toldBy: cause.client },
      ...(told && { told }),
    };
    const next: UnassignedPayments = {
      ...{ tenant, marketId, orderNo, payments: [...kept, one] },
      ...{ revision: (before?.revision ?? 0) + 1, changedAt: at, cause },
    };
    return { answer: undefined, write: () => store.writeUnassigned(next) };
  });
}
