import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { Acting } from './change-order.ts';
import { keptId, UNASSIGNED_MAX, type UnassignedPayment, type UnassignedPayments } from './unassigned.ts';

/** By which problem a payment was not taken. */
export interface KeptReason {
  readonly code: string;
  readonly detail: string;
}

export type KeptPlace = Pick<UnassignedPayments, 'tenant' | 'orderNo' | 'marketId'>;

/**
 * Keeps a payment that no order takes, with why; told again, only why may change, and what was done with it stands. Problem:
 * `settlement/too-many-payments`; and those of decideAndWrite.
 */
export async function keepPayment(
  store: SettlementStore,
  place: KeptPlace,
  payment: Pick<UnassignedPayment, 'channelId' | 'transactionId' | 'content' | 'told'>,
  reason: KeptReason,
  on: Acting,
): Promise<void> {
  const { channelId, transactionId, content, told } = payment;
  const toldNow = { toldAt: on.at, toldBy: on.cause.client };
  const one = { channelId, transactionId, content, ...toldNow, ...(told && { told }) };
  await changeKept(store, place, on, (kept) => {
    const known = kept.find((other) => keptId(other) === keptId(one));
    if (known) return kept.map((other) => (other === known ? withReason(other, reason) : other));
    if (kept.length < UNASSIGNED_MAX) return [...kept, withReason(one, reason)];
    const detail = `${place.orderNo} has ${kept.length} payments that no order takes.`;
    throw problems['too-many-payments'].with({ detail });
  });
}

/** Takes a kept payment off the list, or says why it stays there. */
export async function restatePayment(
  store: SettlementStore,
  place: KeptPlace,
  payment: UnassignedPayment,
  reason: KeptReason | undefined,
  on: Acting,
): Promise<void> {
  await changeKept(store, place, on, (kept) =>
    kept.flatMap((one) => {
      if (one.handled || keptId(one) !== keptId(payment)) return [one];
      return reason ? [withReason(one, reason)] : [];
    }),
  );
}

function withReason(
  payment: Omit<UnassignedPayment, 'reason' | 'detail'>,
  { code, detail }: KeptReason,
): UnassignedPayment {
  return { ...payment, reason: code, detail };
}

async function changeKept(
  store: SettlementStore,
  place: KeptPlace,
  { at, cause }: Acting,
  change: (kept: readonly UnassignedPayment[]) => readonly UnassignedPayment[],
): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readUnassigned(place.tenant, place.orderNo, place.marketId);
    const kept = before?.payments ?? [];
    const payments = change(kept);
    const isSame = payments.length === kept.length && payments.every((one, index) => isAsBefore(one, kept[index]));
    if (isSame) return { answer: undefined };
    const { tenant, orderNo, marketId } = place;
    const next = { tenant, orderNo, marketId, payments, revision: (before?.revision ?? 0) + 1, changedAt: at, cause };
    return { answer: undefined, write: () => store.writeUnassigned(next) };
  });
}

/** Only why it was not taken changes of one that is kept. */
function isAsBefore(one: UnassignedPayment, before: UnassignedPayment | undefined): boolean {
  return before !== undefined && keptId(one) === keptId(before) && one.reason === before.reason;
}
