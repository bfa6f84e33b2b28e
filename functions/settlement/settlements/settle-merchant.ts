import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { writeLog } from '../../../shared/http/log.ts';
import { sum } from '../../../shared/money/sum.ts';
import { isSameFigures } from '../journal/figures.ts';
import { dayKey, type OwnerDay } from '../journal/transaction.ts';
import type { Market, Shortfall } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { SettlementStore } from '../store.ts';
import type { MerchantTotal } from '../store-runs.ts';
import type { Closing } from '../store-settlements.ts';
import { withAskAt } from './ask-at.ts';
import { ownerDayOf, readOpenDays, refOf } from './open-days.ts';
import { figuresOfLines } from './prove-lines.ts';
import { readUnpaid } from './read-unpaid.ts';
import type { Run, RunDay } from './run.ts';
import { type SettledDay, settleDay } from './settle-day.ts';
import type { PayoutLine, Settlement } from './settlement.ts';
import { payoutIdOf, settlementIdOf } from './settlement-keys.ts';
import { settlementCause } from './settlement-transfer.ts';

type Store = Pick<
  SettlementStore,
  | 'readSettlement'
  | 'readSettlements'
  | 'readTotalsOf'
  | 'readBlocks'
  | 'readSequences'
  | 'createSettlement'
  | 'replaceSettlement'
  | 'listSettlements'
>;

/** A day that takes what another one lacks, and until when it does. */
type NextDay = OwnerDay & Pick<NonNullable<Closing['carried']>, 'until'>;

/** What a day is settled by. */
export interface SettlingBy {
  readonly market: Market;
  readonly run: Pick<Run, 'id' | 'businessDate' | 'days'>;
  readonly now: Date;
}

/**
 * Settles a merchant's day, once: its total is proved by its lines first; where they disagree that is told, and nothing of it is
 * paid. What is lacking goes on to the next of its days that the run pays out; else it is billed, by rule, or goes on to the day
 * after, whatever settlement that is in. Throws those of decideAndWrite.
 */
export async function settleMerchant(
  store: Store,
  merchant: Merchant,
  day: RunDay,
  by: SettlingBy,
): Promise<Settlement> {
  const ownDay = ownerDayOf(merchant, day);
  const settlement = await decideAndWrite(async () => {
    const before = await store.readSettlement(refOf(ownDay));
    if (before?.state === 'SETTLED') return { answer: before };
    const [total] = await store.readTotalsOf([ownDay]);
    if (!total) throw new Error(`The day ${day.date} of ${merchant.id} has no total.`);
    const proved = await figuresOfLines(store, ownDay);
    const isProved = isSameFigures(proved, total.figures);
    if (before && !isProved) return { answer: before };
    const to = await nextDayOf(store, merchant, day, by);
    const settled = isProved ? await settledAs(store, merchant, ownDay, total, to, by) : undefined;
    const closing = { day: ownDay, figures: total.figures, ...(await closingOf(store, settled, to)) };
    const made = settled
      ? settledOf(merchant, ownDay, total, settled, to, by)
      : mismatchOf(ownDay, total, proved.net, by);
    const next = { ...made, revision: (before?.revision ?? 0) + 1 };
    return {
      answer: next,
      write: () => (before ? store.replaceSettlement(next, { closing }) : store.createSettlement(next, closing)),
    };
  });
  if (settlement.state === 'MISMATCH') tellMismatch(ownDay, settlement);
  return settlement;
}

async function settledAs(
  store: Store,
  merchant: Merchant,
  { date }: OwnerDay,
  { figures, carriedIn }: MerchantTotal,
  to: NextDay,
  by: SettlingBy,
): Promise<SettledDay> {
  const { net, gross, fees } = figures;
  const shortfall = merchant.shortfall ?? by.market.shortfall;
  const mayPayAhead = shortfall.kind === 'RECOVER' && carriedIn < 0n && net > carriedIn;
  const onOthers = mayPayAhead ? await readOthers(store, merchant, date, by) : 0n;
  // What another day of the run has is netted, whatever the rule: it is of what no day of the run has.
  const rule = shortfall.kind === 'BILL' && to.until === 'SETTLED' ? netted : shortfall;
  const unpaid =
    rule.kind === 'BILL' && net < 0n
      ? await readUnpaid(store, { tenant: merchant.tenant, merchantId: merchant.id })
      : 0n;
  return settleDay({ date, net, carriedIn, sales: gross - fees, onOthers, unpaid }, rule, to.date);
}

const netted: Shortfall = { kind: 'CARRY' };

/**
 * What stands on the run's other days that it has still to pay out. Shares of later days are not counted on: they are promised for
 * these, and until then there for refunds.
 */
async function readOthers(store: Store, merchant: Merchant, own: PlainDate, { run }: SettlingBy): Promise<bigint> {
  const others = (await readOpenDays(store, merchant, run)).filter(({ date }) => date !== own);
  return sum(others.map(({ figures }) => figures.net));
}

function settledOf(
  merchant: Merchant,
  day: OwnerDay,
  total: MerchantTotal,
  settled: SettledDay,
  to: OwnerDay,
  by: SettlingBy,
): Settlement {
  const { payout, keptBack, carriedOn, billed } = settled;
  const head = headOf(day, total, by);
  const settlement: Settlement = {
    ...{ ...head, state: 'SETTLED', payout, keptBack, carriedOn, billed },
    ...(carriedOn > 0n && { carriedTo: to.date }),
    ...(billed > 0n && { bill: { attempt: 1 } }),
    payouts: payout > 0n ? [firstPayout(merchant, head.id, payout, by)] : [],
  };
  return withAskAt(settlement, by.now);
}

function mismatchOf(day: OwnerDay, total: MerchantTotal, linesNet: bigint, by: SettlingBy): Settlement {
  const none = { keptBack: 0n, carriedOn: 0n, billed: 0n, payout: 0n, payouts: [] };
  return { ...headOf(day, total, by), state: 'MISMATCH', ...none, linesNet };
}

function headOf(day: OwnerDay, { figures, carriedIn }: MerchantTotal, { market, run, now }: SettlingBy) {
  const at = now.toISOString();
  const ref = refOf(day);
  return {
    ...{ ...ref, id: settlementIdOf(ref), marketId: market.id, currency: market.currency, runId: run.id },
    ...{ figures, carriedIn, settledAt: at, revision: 1, changedAt: at, cause: settlementCause },
  };
}

function firstPayout(merchant: Merchant, settlementId: string, amount: bigint, { run, now }: SettlingBy): PayoutLine {
  return {
    ...{ id: payoutIdOf(settlementId, 1), amount, to: merchant.payout, askedOn: run.businessDate, attempt: 1 },
    ...(merchant.state === 'SUSPENDED' ? { state: 'HELD', reason: 'The merchant is suspended.' } : { state: 'DUE' }),
    changedAt: now.toISOString(),
  };
}

/**
 * The day after the run's, or today where that is over: a later run finds it, however old the run's day is. It is open, or what comes
 * late for it is settled by itself.
 */
function nextDateOf({ run, market, now }: SettlingBy): PlainDate {
  const [next, today] = [addDays(run.businessDate, 1), businessDateOf(now, market.zone)];
  return next < today ? today : next;
}

/** Where it goes on to: of a run’s days one that is closed, else one that is open. */
async function nextDayOf(store: Store, merchant: Merchant, day: RunDay, by: SettlingBy): Promise<NextDay> {
  const open = await readOpenDays(store, merchant, by.run);
  const paying = open.find(({ date, figures }) => date !== day.date && figures.net > 0n);
  if (paying) return { ...ownerDayOf(merchant, paying), until: 'SETTLED' };
  return { ...ownerDayOf(merchant, { date: nextDateOf(by), sequence: 0 }), until: 'CLOSED' };
}

async function closingOf(
  store: Pick<Store, 'readSequences'>,
  settled: SettledDay | undefined,
  { until, ...day }: NextDay,
): Promise<Pick<Closing, 'lines' | 'carried'>> {
  const lines = settled?.closing ?? [];
  if (!settled?.carried) return { lines };
  const { sequence } = day;
  const isIn = until === 'SETTLED' ? sequence : ((await store.readSequences([day])).get(dayKey(day)) ?? 0);
  return { lines, carried: { day: { ...day, sequence: isIn }, until, line: settled.carried } };
}

function tellMismatch({ tenant, owner, date, sequence }: OwnerDay, { figures, linesNet }: Settlement): void {
  const told = { tenant, merchantId: owner.id, date, sequence, total: String(figures.net), lines: String(linesNet) };
  writeLog({ level: 'ERROR', message: 'settlement not proved by its lines', ...told });
}
