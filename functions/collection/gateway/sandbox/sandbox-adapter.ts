import pLimit from 'p-limit';
import type { CollectionStore } from '../../store.ts';
import type { DueReport, SandboxOrder } from '../../store-sandbox.ts';
import type { BankAdapter, Beginning } from '../bank-adapter.ts';
import type { BankMessage, BankOrder, BankReport, CollectionOrder, Handover } from '../bank-gateway.ts';
import { outcomeOf, startWriting } from '../move-message.ts';
import { fingerprintOfOrder, idFault, type SentMessage } from '../sent-message.ts';
import { answersTo, asksWhetherFirst, handoverOf, type SandboxAnswer } from './rules.ts';

const ordersAtOnceMax = 8;
const triesMax = 3;

const timedOut = { outcome: 'UNKNOWN', text: 'The hand-over timed out.' } as const;

/** The bank that is part of the system: it answers by the published rules and keeps its books in the table of collection. */
export function sandboxAdapter(store: CollectionStore): BankAdapter {
  return {
    faultOf: ({ id }) => idFault(id),
    begin: async ({ orders }) => begin(orders),
    send: (message, sent, isFirst, now) => send(store, message, sent, isFirst, now),
    query: (tenant, orderIds, now) => query(store, tenant, orderIds, now),
  };
}

function begin(orders: readonly BankOrder[]): Beginning {
  const handovers = new Set(orders.map(handoverOf));
  if (handovers.has('RAIL_DOWN')) return { state: 'NOT_TAKEN', text: 'The rail is down; nothing was taken.' };
  return { state: handovers.has('LOST') ? 'LOST' : 'BEGUN', sum: '' };
}

/**
 * The orders are taken one by one with all their answers, then the message is noted as taken. Broken off anywhere and
 * handed over again, each order is taken once and its answers keep their times.
 */
async function send(
  store: CollectionStore,
  message: BankMessage,
  sent: SentMessage,
  isFirst: boolean,
  now: Date,
): Promise<Handover> {
  if (sent.state === 'LOST' && isFirst) return timedOut;
  const { sent: writing } = await startWriting(store, sent, now);
  if (writing.state !== 'WRITING') return outcomeOf(writing);
  const limit = pLimit(ordersAtOnceMax);
  await Promise.all(message.orders.map((order) => limit(() => take(store, writing, order))));
  const isNoted = await store.noteSent(writing);
  const timesOut = isNoted && message.orders.some((order) => handoverOf(order) === 'TIMES_OUT');
  return timesOut ? timedOut : { outcome: 'TAKEN' };
}

/**
 * Takes an order once. Where one of its id came with another message, what became of that one is the answer; with other
 * content it is refused.
 */
async function take(store: CollectionStore, message: SentMessage, order: BankOrder): Promise<void> {
  const { tenant, id: messageId, handedAt } = message;
  const fingerprint = fingerprintOfOrder(order);
  for (let attempt = 1; attempt <= triesMax; attempt++) {
    const held = await store.readSandboxOrder(tenant, order.id);
    if (held?.messageId === messageId || held?.fingerprint === fingerprint) return;
    if (held) {
      await store.addSandboxAnswer(refuseDuplicate(held, message));
      return;
    }
    const isFirst = !asksWhetherFirst(order) || (await isFirstOf(store, tenant, order));
    const answers = answersTo(order, new Date(handedAt), isFirst);
    const due = answers.map((answer, place) => dueReport(message, order, answer, place));
    if (await store.writeSandboxOrder({ tenant, id: order.id, messageId, fingerprint }, due)) return;
  }
  throw new Error(`The order ${order.id} was there and is not.`);
}

async function isFirstOf(store: CollectionStore, tenant: string, order: CollectionOrder): Promise<boolean> {
  const what = `${order.mandate.agreementNumber}#${order.amount}${order.currency}`;
  return (await store.firstSandboxOrder(tenant, what, order.id)) === order.id;
}

function dueReport(
  { tenant, handedAt }: SentMessage,
  order: BankOrder,
  answer: SandboxAnswer,
  place: number,
): DueReport {
  const { afterMs, atMs = afterMs, ...said } = answer;
  const begins = Date.parse(handedAt);
  const name = String(place).padStart(2, '0');
  const at = new Date(begins + atMs).toISOString();
  return {
    tenant,
    name,
    dueAt: new Date(begins + afterMs).toISOString(),
    report: { orderId: order.id, ...said, at, source: `sandbox:${order.id}/${name}` },
  };
}

function refuseDuplicate({ id }: SandboxOrder, { tenant, id: messageId, handedAt }: SentMessage): DueReport {
  const source = `sandbox:${id}/${messageId}`;
  const text = 'An order of this number was handed over before with other content';
  const report = { orderId: id, state: 'REJECTED', code: 'AM05', text, at: handedAt, source } as const;
  return { tenant, name: `AM05#${messageId}`, dueAt: handedAt, report };
}

async function query(
  store: CollectionStore,
  tenant: string,
  orderIds: readonly string[],
  now: Date,
): Promise<BankReport[]> {
  const limit = pLimit(ordersAtOnceMax);
  const answers = await Promise.all(orderIds.map((id) => limit(() => store.readAnswers(tenant, id))));
  const until = now.toISOString();
  return answers.flatMap((ofOrder) =>
    ofOrder
      .filter(({ dueAt }) => dueAt <= until)
      .toSorted((one, other) => (one.dueAt < other.dueAt ? -1 : 1))
      .map(({ report }) => report),
  );
}
