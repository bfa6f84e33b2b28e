import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { nextOrder } from './next-order.ts';
import type { Order } from './order.ts';
import { sumChanges } from './takes-of-sum.ts';

/** When something is done to an order, and by whom. */
export interface Acting {
  readonly at: string;
  readonly cause: Cause;
}

/** Problem: `settlement/order-not-found`. */
export async function findOrder(store: Pick<SettlementStore, 'readOrder'>, tenant: string, no: string): Promise<Order> {
  const order = await store.readOrder(tenant, no);
  if (order) return order;
  throw problems['order-not-found'].with({ detail: `There is no order ${no}.`, orderNo: no });
}

/** Problem `settlement/refund-number-used`, with the order of the market that has it. */
async function requireFreeNumbers(
  store: Pick<SettlementStore, 'readRefundNumber'>,
  { tenant, marketId, no: own }: Order,
  refundNos: readonly string[],
): Promise<void> {
  for (const refundNo of refundNos) {
    const orderNo = await store.readRefundNumber(tenant, marketId, refundNo);
    if (orderNo === undefined || orderNo === own) continue;
    const detail = `Refund ${refundNo} of the market is of order ${orderNo}.`;
    throw problems['refund-number-used'].with({ detail, refundNo, orderNo }).at({ pointer: '/no', detail });
  }
}

/**
 * Changes an order as is decided on what it is; where that changes nothing, nothing is written. With the claim of a key, the
 * same key changes it once. Numbers of refunds are of the market (商户退款单号): one that another order has is refused. Throws what
 * deciding throws, `settlement/order-not-found`, `settlement/refund-number-used`, `request/idempotency-key-reused`, and those of
 * decideAndWrite.
 */
export async function changeOrder(
  store: SettlementStore,
  { tenant, no }: { readonly tenant: string; readonly no: string },
  decide: (order: Order) => Promise<Order> | Order,
  { at, cause }: Acting,
  claim?: KeyClaim,
): Promise<Order> {
  return decideAndWrite(async () => {
    const before = await findOrder(store, tenant, no);
    // Asked afterwards: what this key has done is on the order that was read, or the write is refused.
    if (claim && (await requireSameRequest(store, tenant, claim)))
      return { answer: await findOrder(store, tenant, no) };
    const changed = await decide(before);
    if (textOf(changed) === textOf(before)) {
      return { answer: before, ...(claim && { write: () => store.noteKey(tenant, claim) }) };
    }
    const next = nextOrder(before, changed, { changedAt: at, cause });
    const refundNos = next.refunds.slice(before.refunds.length).map((refund) => refund.no);
    await requireFreeNumbers(store, next, refundNos);
    const beside = { changes: sumChanges(before, next), refundNos };
    const write = () => (claim ? store.writeOrderOnce(next, claim, beside) : store.writeOrder(next, beside));
    return { answer: next, write };
  });
}

function textOf(order: Order): string {
  return canonicalJson(
    JSON.parse(JSON.stringify(order, (_, value) => (typeof value === 'bigint' ? `${value}` : value))),
  );
}
