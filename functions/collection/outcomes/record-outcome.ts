import { instantOf } from '../../../shared/calendar/local-time.ts';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { placeOf } from '../batches/batch.ts';
import type { BankReport } from '../gateway/bank-gateway.ts';
import type { CollectionItem, Try } from '../items/item.ts';
import { problems } from '../problems.ts';
import { takeIntoBlocks } from '../reports/take-into-block.ts';
import { reasonOfIso, reasons } from '../retries/reasons.ts';
import type { CollectionTools } from '../tools.ts';
import { assessOutcome } from './assess-outcome.ts';

/** What became of an order, by somebody who found out. */
export interface Outcome {
  readonly outcome: 'SETTLED' | 'REJECTED';
  /** SETTLED: what came in all, minor units. */
  readonly amount?: { readonly minor: bigint; readonly currency: string } | undefined;
  /** REJECTED: the bank's code. */
  readonly code?: string | undefined;
  /** The day on which it came to be so. */
  readonly date: PlainDate;
  /** What it can be looked up by. */
  readonly reference: string;
  /** How it is known. */
  readonly reason: string;
}

const noon = '12:00';

/**
 * Records what became of an order that the bank is silent about, as a report like those of banks; the same again changes
 * nothing. Answers the item with it. Problems: `collection/order-not-found`, `collection/outcome-malformed`,
 * `collection/outcome-refused`; `request/conflict-retry`.
 */
export async function recordOutcome(
  tools: CollectionTools,
  { tenant, orderId }: { readonly tenant: string; readonly orderId: string },
  asked: Outcome,
  by: Cause,
  now: Date,
): Promise<CollectionItem> {
  const { item, one } = await findOrder(tools, tenant, orderId);
  requireWellFormed(asked, one, item.currency);
  const report = reportOf(orderId, asked, now);
  const assessed = assessOutcome(item, one, report);
  if (assessed.outcome === 'KNOWN') return item;
  if (assessed.outcome === 'REFUSED') throw refused(orderId, assessed.why);
  const stored = { tenant, report, receivedAt: now.toISOString(), by };
  if (!(await tools.store.keepReport(stored))) await requireSame(tools, tenant, report);
  await takeIntoBlocks(tools, [stored], now);
  return (await findOrder(tools, tenant, orderId)).item;
}

async function findOrder({ store }: CollectionTools, tenant: string, orderId: string) {
  const place = placeOf(orderId);
  const block = place && (await store.readBlock(tenant, place.batchId, place.block));
  const item = block?.items.find(({ tries }) => tries.some((one) => one.orderId === orderId));
  const one: Try | undefined = item?.tries.find((each) => each.orderId === orderId);
  if (item && one) return { item, one };
  throw problems['order-not-found'].with({ detail: `There is no order ${orderId}.`, orderId });
}

function requireWellFormed({ amount, code, outcome }: Outcome, one: Try, currency: string): void {
  const fault = (pointer: string, detail: string) => {
    return problems['outcome-malformed'].with({ detail }).at({ pointer, detail });
  };
  if (amount && amount.currency !== currency)
    throw fault('/amount/currency', `The order is in ${currency}; send the amount in it.`);
  if (amount && amount.minor > one.amount)
    throw fault('/amount/amount', 'It is more than the order was for; send what came by it.');
  if (outcome === 'REJECTED' && reasons[reasonOfIso(code)].next === 'QUERY')
    throw fault('/code', 'By this code another order of its number counts; send what became of that.');
}

/** The middle of the day in Shanghai, for the hour is not asked for; today the present, if that is earlier. */
function reportOf(orderId: string, { outcome, amount, code, date, reference, reason }: Outcome, now: Date): BankReport {
  const told = instantOf(date, noon);
  return {
    orderId,
    state: outcome,
    ...(amount && { amount: amount.minor }),
    ...(code !== undefined && { code }),
    text: reason,
    at: (told < now ? told : now).toISOString(),
    source: `by-hand:${reference}`,
  };
}

/** One reference is of one outcome: what the inbox keeps is what was taken. */
async function requireSame({ store }: CollectionTools, tenant: string, report: BankReport): Promise<void> {
  const kept = (await store.readReports(tenant, report.orderId)).map((one) => one.report);
  const isKept = kept.some(
    (one) => one.state === report.state && one.source === report.source && one.amount === report.amount,
  );
  if (!isKept) throw refused(report.orderId, 'Another amount was recorded under this reference; send one of its own.');
}

function refused(orderId: string, detail: string) {
  return problems['outcome-refused'].with({ detail, orderId });
}
