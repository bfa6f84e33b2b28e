import { type Changed, changeEventsOf } from '../../shared/events/change-event.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { presentRun, presentSettlement } from './settlements/present-settlement.ts';
import { isUnderWay } from './settlements/run.ts';
import { lastPayout, openBill, type PayoutLine, type PayoutState, type Settlement } from './settlements/settlement.ts';
import { runFromPlain, settlementFromPlain } from './settlements/settlement-items.ts';

const eventOf = changeEventsOf('settlement');

interface Told {
  readonly item: NonNullable<ItemChange['item']>;
  readonly previous: ItemChange['previous'] | undefined;
}

/** That a run was started, is handed on for its next turn, and that it ended. A run that stands was started. */
export function runEvents({ item, previous }: Told): DomainEvent[] {
  const run = runFromPlain(item);
  const tell = (name: string, at: Changed = run) => [eventOf(`settlement-run-${name}`, at, run.id, presentRun(run))];
  if (!previous) return tell('started', { ...run, revision: 1, changedAt: run.createdAt });
  const before = runFromPlain(previous);
  if (!isUnderWay(before)) return [];
  if (!isUnderWay(run)) return tell('ended');
  return run.turn > before.turn ? tell('handed-on') : [];
}

const names: Readonly<Partial<Record<PayoutState, readonly string[]>>> = {
  PAID: ['settlement-paid'],
  NETTED: ['settlement-paid'],
  DUE: ['payout-retried'],
  PENDING_FUNDS: ['payout-waiting'],
  FAILED: ['payout-failed'],
};

/** Since it is in this state. What goes the first time is told when it is paid, or did not go. */
function newsOf({ id, state, isRetry }: PayoutLine, before: Settlement | undefined): readonly string[] {
  const was = before?.payouts.find((line) => line.id === id);
  if (was?.state === state || (!before && state === 'DUE')) return [];
  return state === 'SENDING' && isRetry ? ['payout-sending'] : (names[state] ?? []);
}

/**
 * That a day does not add up, its shortfall was billed, a bill waits for what the market has to give, and what became of each payout. Of
 * a day that was settled just now its run pays; one that is tried again, or adds up at last, is settled and paid by who hears of it.
 */
export function settlementEvents({ item, previous }: Told): DomainEvent[] {
  const settlement = settlementFromPlain(item);
  const before = previous && settlementFromPlain(previous);
  const { state, billed, id } = settlement;
  const told = [
    ...(state !== before?.state && state === 'MISMATCH' ? ['settlement-mismatched'] : []),
    ...(state !== before?.state && billed > 0n ? ['shortfall-billed'] : []),
    ...billNews(before, settlement),
    ...settlement.payouts.toReversed().flatMap((payout) => newsOf(payout, before)),
    ...(isReturned(settlement, before) ? ['payout-returned'] : []),
    ...(settlement.provedAt !== undefined && settlement.provedAt !== before?.provedAt ? ['payout-retried'] : []),
    ...(before?.state === 'MISMATCH' && state === 'SETTLED' && !lastPayout(settlement) ? ['payout-retried'] : []),
  ];
  return [...new Set(told)].map((name) => eventOf(name, settlement, id, presentSettlement(settlement)));
}

/** More came back of any of its payouts; without the state before, that the last one did. */
function isReturned(settlement: Settlement, before: Settlement | undefined): boolean {
  if (!before) return lastPayout(settlement)?.state === 'RETURNED';
  const times = ({ payouts }: Settlement) => payouts.flatMap(({ returns = [] }) => returns).length;
  return times(settlement) > times(before);
}

/** It waits since now, is to be asked for again, or is given. */
function billNews(before: Settlement | undefined, settlement: Settlement): readonly string[] {
  const [was, bill] = [before && openBill(before), openBill(settlement)];
  if (was && settlement.bill?.isBooked) return ['bill-given'];
  if (!bill || (was?.reason === undefined) === (bill.reason === undefined)) return [];
  return [bill.reason === undefined ? 'payout-retried' : 'bill-waiting'];
}
