import { type ResolvedStatus, resolveStatus } from './resolve-status.ts';
import type { PaymentStatus, StatusClaim, StatusEvent, StatusReport, TransactionStatus } from './status-events.ts';

/** A transaction as it was sent. */
export interface OriginalTransaction {
  readonly messageId: string;
  readonly paymentInformationId: string;
  readonly endToEndId: string;
  readonly instructionId?: string;
}

/** A whole report, to be asked about one transaction after another. Grows with the lines of the report. */
export interface StatusIndex {
  readonly report: StatusReport;
  readonly payments: ReadonlyMap<string, readonly PaymentStatus[]>;
  readonly lines: ReadonlyMap<string, readonly TransactionStatus[]>;
}

/** Gathers the events of a report. Throws RangeError where the events hold no report. */
export async function indexStatuses(events: Iterable<StatusEvent> | AsyncIterable<StatusEvent>): Promise<StatusIndex> {
  let report: StatusReport | undefined;
  const payments = new Map<string, PaymentStatus[]>();
  const lines = new Map<string, TransactionStatus[]>();
  for await (const event of events) {
    if (event.kind === 'report') report = event.report;
    if (event.kind === 'payment') add(payments, event.payment.paymentInformationId, event.payment);
    if (event.kind !== 'transaction') continue;
    for (const key of keysOf(event.transaction.paymentInformationId, event.transaction)) {
      add(lines, key, event.transaction);
    }
  }
  if (!report) throw new RangeError('The events hold no report.');
  return { report, payments, lines };
}

/**
 * What a report says about one original transaction, or nothing; a report on another message says nothing. A line is of
 * the transaction when the ids that both have are equal, and there is one.
 */
export function statusOf(index: StatusIndex, original: OriginalTransaction): ResolvedStatus | undefined {
  if (index.report.originalMessageId !== original.messageId) return undefined;
  const candidates = keysOf(original.paymentInformationId, original).flatMap((key) => index.lines.get(key) ?? []);
  const transactions = [...new Set(candidates)].filter((line) => isOf(line, original));
  const payment = combined(index.payments.get(original.paymentInformationId) ?? []);
  return resolveStatus({ group: index.report, ...(payment && { payment }), transactions });
}

function isOf(line: TransactionStatus, original: OriginalTransaction): boolean {
  return agree(line.instructionId, original.instructionId) && agree(line.endToEndId, original.endToEndId);
}

function agree(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** A payment information that stands in a report in several pieces of different status is in part this, in part that. */
function combined([first, ...others]: readonly PaymentStatus[]): StatusClaim | undefined {
  if (!first || others.every(({ code }) => code === first.code)) return first;
  return { code: 'PART', reasons: [] };
}

function keysOf(payment: string, ids: { readonly endToEndId?: string; readonly instructionId?: string }): string[] {
  const keys: string[] = [];
  if (ids.instructionId !== undefined) keys.push(JSON.stringify([payment, 'instruction', ids.instructionId]));
  if (ids.endToEndId !== undefined) keys.push(JSON.stringify([payment, 'end-to-end', ids.endToEndId]));
  return keys;
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
