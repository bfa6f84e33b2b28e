import { businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { larger, smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { PayoutChange } from './change-payout.ts';
import {
  isOnItsWay,
  lastPayout,
  type PayoutLine,
  type PayoutReturn,
  type ReturnEntry,
  type Settlement,
} from './settlement.ts';

/** What a bank told of a payout, in states of ISO 20022 as collection has them. Minor units. */
export interface ReportOfPayout {
  readonly state: 'ACCEPTED' | 'PROCESSING' | 'SETTLED' | 'REJECTED' | 'RETURNED';
  readonly amount?: bigint;
  /** The bank's entries that say so, each by its references; none where it does not name them. */
  readonly entries?: readonly Omit<ReturnEntry, 'on'>[];
  readonly text?: string;
  /** ISO instant, by the bank. */
  readonly at: string;
}

/**
 * What a report makes of a payout; nothing where it tells nothing new. What has failed or come back stays so for ever; what is paid
 * may only come back, and what came back in part may come back further, up to all of it. Reports in any order and number come to
 * the same, but for a bank that says that both are the end of it: then the first counts, and only a return takes the place of a
 * payment. Banks tell what came back on a day in pieces, and again in the statement of the day, added up to there: entries that they
 * name count once each, however often they are told. What is told by the entry's reference and what is told by the transaction's may be
 * the same money until something names both: only the more of the two is certain. Of others what is certain to have come back is the
 * largest figure of the day. The more of both is what came back, and only what that is above what was known is new.
 */
export function payoutAfterReport(line: PayoutLine, report: ReportOfPayout): PayoutChange | undefined {
  const { state } = line;
  const isOpen = isOnItsWay(state);
  const reason = report.text === undefined ? {} : { reason: report.text };
  switch (report.state) {
    case 'ACCEPTED':
    case 'PROCESSING':
      return isOpen && state !== 'SENT' ? { state: 'SENT' } : undefined;
    case 'SETTLED':
      return isOpen ? { state: 'PAID' } : undefined;
    case 'REJECTED':
      return isOpen ? { state: 'FAILED', ...reason } : undefined;
    case 'RETURNED':
      return isOpen || state === 'PAID' || state === 'RETURNED' ? returned(line, report) : undefined;
  }
}

function returned(line: PayoutLine, { amount: told = line.amount, entries = [], at, text }: ReportOfPayout) {
  const { amount, returns: before = [], returnEntries: named = [] } = line;
  const on = businessDateOf(new Date(at));
  const after = entries.reduce((all, entry) => withEntry(all, { ...entry, on }), named);
  const ofOtherDays = entries.filter((entry) => named.some((one) => one.on !== on && isSame(one, entry)));
  const ofDay = told - sum(ofOtherDays.map((one) => one.amount));
  let returns = before;
  for (const day of new Set([...after.map((one) => one.on), on])) {
    const certain = larger(certainOn(after, day), day === on ? ofDay : 0n);
    const left = amount - sum(returns.map((one) => one.amount));
    const back = smaller(certain - returnedOn(before, day), left);
    if (back > 0n) returns = [...returns, { on: day, amount: back }];
  }
  if (returns === before && after === named) return undefined;
  return {
    ...{ state: 'RETURNED' as const, returns },
    ...(after.length > 0 && { returnEntries: after }),
    ...defined({ reason: text ?? line.reason }),
  };
}

/** The same entry has one of its references, and may be told with more of it later, that of two: then these are one. */
function withEntry(entries: readonly ReturnEntry[], entry: ReturnEntry): readonly ReturnEntry[] {
  const same = entries.filter((one) => isSame(one, entry));
  const [first] = same;
  if (!first) return [...entries, entry];
  const all = [...same, entry];
  const references = [...new Set(all.flatMap((one) => one.references))];
  const amount = all.map((one) => one.amount).reduce(larger);
  const by = all.every((one) => one.by === first.by) ? first.by : undefined;
  const isKnown = references.length === first.references.length && amount === first.amount && by === first.by;
  if (same.length === 1 && isKnown) return entries;
  const merged = { on: first.on, references, ...defined({ by }), amount };
  return entries.flatMap((one) => (one === first ? [merged] : same.includes(one) ? [] : [one]));
}

/** What entries say for certain of a day. */
function certainOn(entries: readonly ReturnEntry[], on: PlainDate): bigint {
  const told = (by: ReturnEntry['by']) =>
    returnedOn(
      entries.filter((one) => one.by === by),
      on,
    );
  return told(undefined) + larger(told('ENTRY'), told('TRANSACTION'));
}

function isSame(one: Pick<ReturnEntry, 'references'>, other: Pick<ReturnEntry, 'references'>): boolean {
  return one.references.some((name) => other.references.includes(name));
}

/** What of a line is owed to the merchant again. Minor units. */
export function backOf({ state, amount, returns = [] }: Pick<PayoutLine, 'state' | 'amount' | 'returns'>): bigint {
  return state === 'FAILED' ? amount : sum(returns.map((one) => one.amount));
}

/**
 * What of a settlement's payouts failed or came back, and was not tried again. The first is of all that is paid out, unless a part of it
 * was netted. Minor units.
 */
export function owedAgain({ payouts, payout }: Pick<Settlement, 'payouts' | 'payout'>): bigint {
  return payout + sum(payouts.map(backOf)) - sum(payouts.map(({ amount }) => amount));
}

/** What came back on a day, in all. Minor units. */
export function returnedOn(returns: readonly PayoutReturn[], on: PlainDate): bigint {
  return sum(returns.filter((one) => one.on === on).map((one) => one.amount));
}

/** What is owed to the merchant and not on its way: what failed or came back, is held, or waits for funds. Minor units. */
export function unpaidOf(settlement: Pick<Settlement, 'payouts' | 'payout'>): bigint {
  const last = lastPayout(settlement);
  const isWaiting = last?.state === 'HELD' || last?.state === 'PENDING_FUNDS';
  return owedAgain(settlement) + (isWaiting ? last.amount : 0n);
}
