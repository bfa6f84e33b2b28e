import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { writeLog } from '../../../shared/http/log.ts';
import { isSameFigures } from '../journal/figures.ts';
import { groupOf } from '../journal/groups.ts';
import { dayKey, type OwnerDay } from '../journal/transaction.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { SettlementStore } from '../store.ts';
import type { MerchantTotal } from '../store-runs.ts';
import type { Closing } from '../store-settlements.ts';
import { withAskAt } from './ask-at.ts';
import { settlementCause } from './book-payouts.ts';
import { figuresOfLines } from './prove-lines.ts';
import type { Run, RunDay } from './run.ts';
import { type SettledDay, settleDay } from './settle-day.ts';
import type { PayoutLine, Settlement } from './settlement.ts';
import { payoutIdOf, settlementIdOf } from './settlement-keys.ts';

type Store = Pick<
  SettlementStore,
  'readSettlement' | 'readBlocks' | 'readSequences' | 'createSettlement' | 'replaceSettlement'
>;

/** What a day is settled by. */
export interface SettlingBy {
  readonly market: Market;
  readonly run: Pick<Run, 'id' | 'businessDate'>;
  readonly now: Date;
}

/**
 * Settles a merchant's day, once: its total is proved by its lines first; where they disagree that is told, and nothing of it is
 * paid. What is lacking goes on to the next day, whatever settlement that is in. Throws those of decideAndWrite.
 */
export async function settleMerchant(
  store: Store,
  merchant: Merchant,
  day: RunDay,
  total: MerchantTotal,
  by: SettlingBy,
): Promise<Settlement> {
  const ownDay = ownerDayOf(merchant, day);
  const stands = await store.readSettlement(refOf(ownDay));
  if (stands && stands.state === 'SETTLED') return stands;
  const proved = await figuresOfLines(store, ownDay);
  const isProved = isSameFigures(proved, total.figures);
  if (!isProved) tellMismatch(ownDay, total, proved.net);
  if (!isProved && stands) return stands;
  return decideAndWrite(async () => {
    const before = await store.readSettlement(refOf(ownDay));
    if (before && (before.state === 'SETTLED' || !isProved)) return { answer: before };
    const settled = isProved ? settledAs(merchant, ownDay, total, by) : undefined;
    const closing = await closingOf(store, ownDay, settled, by);
    const made = settled ? settledOf(merchant, ownDay, total, settled, by) : mismatchOf(ownDay, total, proved.net, by);
    const settlement = { ...made, revision: (before?.revision ?? 0) + 1 };
    return {
      answer: settlement,
      write: () =>
        before ? store.replaceSettlement(settlement, { closing }) : store.createSettlement(settlement, closing),
    };
  });
}

export function ownerDayOf({ tenant, id, marketId }: Merchant, { date, sequence }: RunDay): OwnerDay {
  const owner = { kind: 'MERCHANT', id } as const;
  return { tenant, marketId, date, sequence, owner, group: groupOf(tenant, owner) };
}

function refOf({ tenant, owner, date, sequence }: OwnerDay) {
  return { tenant, merchantId: owner.id, date, sequence };
}

function settledAs(merchant: Merchant, { date }: OwnerDay, { figures, carriedIn }: MerchantTotal, by: SettlingBy) {
  const { net, gross, fees } = figures;
  return settleDay(
    { date, net, carriedIn, sales: gross - fees },
    merchant.shortfall ?? by.market.shortfall,
    nextDateOf(by),
  );
}

function settledOf(
  merchant: Merchant,
  day: OwnerDay,
  total: MerchantTotal,
  settled: SettledDay,
  by: SettlingBy,
): Settlement {
  const { payout, keptBack, carriedOn, billed } = settled;
  const head = headOf(day, total, by);
  const settlement: Settlement = {
    ...{ ...head, state: 'SETTLED', payout, keptBack, carriedOn, billed },
    ...(carriedOn > 0n && { carriedTo: nextDateOf(by) }),
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

async function closingOf(
  store: Pick<Store, 'readSequences'>,
  day: OwnerDay,
  settled: SettledDay | undefined,
  by: SettlingBy,
): Promise<Closing> {
  const lines = settled?.closing ?? [];
  if (!settled?.carried) return { day, lines };
  const next = { ...day, date: nextDateOf(by) };
  const sequence = (await store.readSequences([next])).get(dayKey(next)) ?? 0;
  return { day, lines, carried: { day: { ...next, sequence }, line: settled.carried } };
}

function tellMismatch({ tenant, owner, date, sequence }: OwnerDay, { figures }: MerchantTotal, linesNet: bigint): void {
  const told = { tenant, merchantId: owner.id, date, sequence, total: String(figures.net), lines: String(linesNet) };
  writeLog({ level: 'ERROR', message: 'settlement not proved by its lines', ...told });
}
