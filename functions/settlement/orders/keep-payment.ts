import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { itemBytes } from '../../../shared/dynamo/write-units.ts';
import type { SettlementStore } from '../store.ts';
import type { Acting } from './change-order.ts';
import {
  type KeptPlace,
  keptId,
  pageBytesMax,
  perPageMax,
  type UnassignedPayment,
  type UnassignedPayments,
} from './unassigned.ts';
import { unassignedToPlain } from './unassigned-items.ts';

/** By which problem a payment was not taken. */
export interface KeptReason {
  readonly code: string;
  readonly detail: string;
}

/**
 * Keeps a payment that no order takes, with why, however many there are under its number; told again, only why may change, and what was
 * done with it stands. Problems: those of decideAndWrite.
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
  await changePage(store, place, (pages) => {
    for (const page of pages) {
      const known = page.payments.find((other) => keptId(other) === keptId(one));
      if (!known) continue;
      if (known.reason === reason.code) return undefined;
      const payments = page.payments.map((other) => (other === known ? withReason(other, reason) : other));
      return nextPage(page, payments, on);
    }
    return withRoom(place, pages, withReason(one, reason), on);
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
  const isIt = (one: UnassignedPayment) => !one.handled && keptId(one) === keptId(payment);
  await changePage(store, place, (pages) => {
    const page = pages.find(({ payments }) => payments.some(isIt));
    if (!page || page.payments.some((one) => isIt(one) && one.reason === reason?.code)) return undefined;
    const payments = page.payments.flatMap((one) => {
      if (!isIt(one)) return [one];
      return reason ? [withReason(one, reason)] : [];
    });
    return nextPage(page, payments, on);
  });
}

function withReason(
  payment: Omit<UnassignedPayment, 'reason' | 'detail'>,
  { code, detail }: KeptReason,
): UnassignedPayment {
  return { ...payment, reason: code, detail };
}

/** Where nothing changes nothing is written. */
async function changePage(
  store: SettlementStore,
  { tenant, orderNo, marketId }: KeptPlace,
  change: (pages: readonly UnassignedPayments[]) => UnassignedPayments | undefined,
): Promise<void> {
  await decideAndWrite(async () => {
    const kept = await store.readUnassigned(tenant, orderNo, marketId);
    const next = change(kept?.pages ?? []);
    return { answer: undefined, ...(next && { write: () => store.writeUnassigned(next) }) };
  });
}

/** The first page that has room for it, with it; else a new one behind the last. */
function withRoom(
  { tenant, orderNo, marketId }: KeptPlace,
  pages: readonly UnassignedPayments[],
  payment: UnassignedPayment,
  on: Acting,
): UnassignedPayments {
  for (const page of pages) {
    const next = nextPage(page, [...page.payments, payment], on);
    if (next.payments.length <= perPageMax && itemBytes(toItem(unassignedToPlain(next))) <= pageBytesMax) return next;
  }
  const { at: changedAt, cause } = on;
  const behind = pages.length === 0 ? undefined : { page: pages.length };
  return { tenant, orderNo, marketId, ...behind, payments: [payment], revision: 1, changedAt, cause };
}

function nextPage(
  page: UnassignedPayments,
  payments: readonly UnassignedPayment[],
  { at: changedAt, cause }: Acting,
): UnassignedPayments {
  return { ...page, payments, revision: page.revision + 1, changedAt, cause };
}
