import pLimit from 'p-limit';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { buildOrder, type Making, shortFingerprint } from './build-order.ts';
import type { Order } from './order.ts';
import { type OrderFacts, readOrderFacts } from './order-facts.ts';
import type { OrderRequest } from './order-shapes.ts';
import { takeUnassigned } from './record-payment.ts';

/** Orders of a batch that are written at once, at most. */
const AT_ONCE_MAX = 32;

export interface MadeOrder {
  readonly order: Order;
  /** It was there already, with the same content. */
  readonly isReplay: boolean;
}

/**
 * Makes an order, once for its number, and takes the payments that came before it. Problems: those of buildOrder,
 * `settlement/order-number-used`; and those of decideAndWrite.
 */
export async function createOrder(store: SettlementStore, asked: OrderRequest, making: Making): Promise<MadeOrder> {
  const facts = await readOrderFacts(store, making.tenant, [asked]);
  const { order, isReplay } = await writeOne(store, asked, facts, making);
  return { order: await takeUnassigned(store, order, making), isReplay };
}

export type BatchResult = MadeOrder | { readonly problem: Problem };

/** Makes many orders, each by itself: what is wrong with one harms no other. Answers in their order. */
export async function createOrders(
  store: SettlementStore,
  asked: readonly OrderRequest[],
  making: Making,
): Promise<BatchResult[]> {
  const facts = await readOrderFacts(store, making.tenant, asked);
  const made = await inTurn(asked, (one) => orProblem(() => writeOne(store, one, facts, making)));
  const orders = new Map(made.flatMap((one) => ('order' in one ? [[one.order.no, one.order] as const] : [])));
  const waiting = await store.readUnassignedOf(making.tenant, [...orders.values()]);
  for (const { orderNo, payments } of waiting) {
    const order = orders.get(orderNo);
    if (order && payments.length > 0) orders.set(orderNo, await takeUnassigned(store, order, making));
  }
  return made.map((one) => ('order' in one ? { ...one, order: orders.get(one.order.no) ?? one.order } : one));
}

/** Many at once; those of one number one after the other, so that the first of them stands. Answers in their order. */
async function inTurn<Answer>(
  asked: readonly OrderRequest[],
  make: (one: OrderRequest) => Promise<Answer>,
): Promise<Answer[]> {
  const limit = pLimit(AT_ONCE_MAX);
  const byNumber = Map.groupBy(asked.entries(), ([, { no }]) => no);
  const made = await Promise.all(
    [...byNumber.values()].map((own) =>
      limit(async () => {
        const answers: [number, Answer][] = [];
        for (const [place, one] of own) answers.push([place, await make(one)]);
        return answers;
      }),
    ),
  );
  const places = new Map(made.flat());
  return asked.map((_, place) => places.get(place) as Answer);
}

async function writeOne(
  store: SettlementStore,
  asked: OrderRequest,
  facts: OrderFacts,
  making: Making,
): Promise<MadeOrder> {
  const made = await orProblem(async () => buildOrder(asked, facts, making));
  if ('problem' in made) {
    // What it names may have changed since it was made: sent again, it is answered all the same.
    const before = await store.readOrder(making.tenant, asked.no);
    if (!before) throw made.problem;
    return replay(before, asked);
  }
  let isFirst = true;
  return decideAndWrite<MadeOrder>(async () => {
    // Nearly all numbers are new, so the write itself is asked first.
    const before = isFirst ? undefined : await store.readOrder(making.tenant, asked.no);
    isFirst = false;
    if (!before) return { answer: { order: made, isReplay: false }, write: () => store.writeOrder(made) };
    return { answer: replay(before, asked) };
  });
}

function replay(before: Order, asked: OrderRequest): MadeOrder {
  if (before.fingerprint === shortFingerprint(asked)) return { order: before, isReplay: true };
  const detail = `There is an order ${before.no} with other content.`;
  throw problems['order-number-used'].with({ detail, orderNo: before.no }).at({ pointer: '/no', detail });
}

async function orProblem<T>(make: () => Promise<T>): Promise<T | { readonly problem: Problem }> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return { problem: error };
    throw error;
  }
}
