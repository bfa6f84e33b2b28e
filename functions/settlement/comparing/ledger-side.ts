import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum } from '../../../shared/money/sum.ts';
import type * as ledger from '../../ledger/published.ts';
import { accountsOf } from '../journal/booking/role-accounts.ts';
import { addChannelFigures, type ChannelFigures, channelFiguresOf, noChannelFigures } from '../journal/channel-day.ts';
import type { MarketLine } from '../journal/line.ts';
import { isMarketLine } from '../journal/line.ts';
import { transferName } from '../journal/posting.ts';
import { findMarket } from '../markets/keep-market.ts';
import { type BookingStep, stepName } from '../orders/booking/booking-step.ts';
import type { ComparingStore } from '../store.ts';
import type { MarketBlock, NamedPosting } from '../store-booked.ts';
import type { ComparedDayRef } from './comparison.ts';
import type { WrongBooking } from './found-difference.ts';

export interface ComparingTools {
  readonly store: ComparingStore;
  readonly ledger: Pick<typeof ledger, 'readPosted'>;
}

/** What the ledger has of a channel's day, and what of it is not as it was posted. Minor units. */
export interface LedgerSide extends ChannelFigures {
  readonly wrong: readonly WrongBooking[];
}

/** Transfers that are read together. */
const namesAtOnce = 500;
type Legs = readonly ledger.Leg[];

/**
 * Looks for what a day of a channel came to in the ledger itself. Payments are posted many at a time, netted with those of other days
 * of the channel: each line names its posting, and counts where the lines of the day are what that posting says it books of the day,
 * and the ledger has moved between the channel's account and the supervised one what it books in all. A refund is a transfer by itself. A
 * transfer that is not there books nothing; one of another amount what it moved.
 */
export async function ledgerSide(
  { store, ledger }: ComparingTools,
  day: ComparedDayRef,
  blocks: readonly MarketBlock[],
): Promise<LedgerSide> {
  const { tenant, marketId, channelId } = day;
  const market = await findMarket(store, tenant, marketId);
  const accounts = await accountsOf(store, market, [`channel:${channelId}`]);
  const accountId = accounts.get(`channel:${channelId}`) ?? '';
  const batches = batchesOf(blocks, channelId);
  const postings = await store.readPostings(
    tenant,
    batches.flatMap(({ ids }) => ids),
  );
  const refunds = refundsOf(blocks, day);
  const attempts = await store.readAttempts(refunds.map(({ step }) => step));
  const names = [
    ...[...postings.values()].map((posting) => transferName(posting, posting.attempt)),
    ...refunds.map(({ step }, place) => stepName(step, attempts[place] ?? 1, 0)),
  ];
  const moved = await readMoved(ledger, tenant, names, accountId);
  const others = await readOtherParts(ledger, refunds, attempts, moved.slice(postings.size), accountId);
  const ids = [...postings.keys()];
  const byPosting = new Map(ids.map((id, place) => [id, moved[place]]));
  const side = new SideSums();
  for (const batch of batches) side.addBatch(batch, day.businessDate, channelId, postings, byPosting);
  for (const [place, refund] of refunds.entries()) side.addRefund(refund, others[place]);
  return { ...side.figures, wrong: side.wrong };
}

/** What each transfer added to an account, below zero where it took; nothing where it was not posted. */
async function readMoved(
  { readPosted }: ComparingTools['ledger'],
  tenant: string,
  names: readonly (readonly string[])[],
  accountId: string,
): Promise<(bigint | undefined)[]> {
  const moved: (bigint | undefined)[] = [];
  for (let start = 0; start < names.length; start += namesAtOnce) {
    const found = await readPosted(tenant, names.slice(start, start + namesAtOnce));
    moved.push(...found.map((legs) => legs && movedOf(legs, accountId)));
  }
  return moved;
}

/** A refund of very many parts is several transfers, all of them or none: where the first is not all of it, what the others moved too. */
async function readOtherParts(
  ledger: ComparingTools['ledger'],
  refunds: readonly Refund[],
  attempts: readonly number[],
  first: readonly (bigint | undefined)[],
  accountId: string,
): Promise<(bigint | undefined)[]> {
  const all = [...first];
  for (const [place, { step, figures }] of refunds.entries()) {
    for (let part = 1; all[place] !== undefined && all[place] !== figures.refunded + figures.fees; part++) {
      const [more] = await readMoved(ledger, step.tenant, [stepName(step, attempts[place] ?? 1, part)], accountId);
      if (more === undefined) break;
      all[place] = (all[place] ?? 0n) + more;
    }
  }
  return all;
}

function movedOf(legs: Legs, accountId: string): bigint {
  return sum(
    legs.map(({ debitAccountId, creditAccountId, amount }) =>
      creditAccountId === accountId ? amount : debitAccountId === accountId ? -amount : 0n,
    ),
  );
}

/** What lines of a day that were posted together come to. */
interface Batch {
  readonly ids: readonly string[];
  figures: ChannelFigures;
}

function batchesOf(blocks: readonly MarketBlock[], channelId: string): Batch[] {
  const batches = new Map<string, Batch>();
  for (const { lines, postings: ids } of blocks) {
    for (const line of lines) {
      if (line.kind !== 'PAYMENT' || line.channelId !== channelId) continue;
      const batch = batches.get(ids.join(' ')) ?? { ids, figures: noChannelFigures };
      batches.set(ids.join(' '), batch);
      batch.figures = addChannelFigures(batch.figures, channelFiguresOf(line));
    }
  }
  return [...batches.values()];
}

interface Refund {
  readonly step: BookingStep;
  readonly figures: ChannelFigures;
}

/** Refunds that stand; those that failed were taken back. */
function refundsOf(blocks: readonly MarketBlock[], { tenant, channelId }: ComparedDayRef): Refund[] {
  const refunds = new Map<string, { readonly line: MarketLine; figures: ChannelFigures }>();
  for (const line of blocks.flatMap(({ lines }) => lines)) {
    if (!isMarketLine(line) || line.kind !== 'REFUND_PAID' || line.channelId !== channelId) continue;
    const name = JSON.stringify([line.orderNo, line.refundNo]);
    const refund = refunds.get(name) ?? { line, figures: noChannelFigures };
    refunds.set(name, { ...refund, figures: addChannelFigures(refund.figures, channelFiguresOf(line)) });
  }
  return [...refunds.values()].flatMap(({ line: { orderNo, refundNo = '' }, figures }) =>
    figures.refunded === 0n && figures.fees === 0n
      ? []
      : [{ step: { tenant, orderNo, kind: 'REFUND', about: refundNo }, figures }],
  );
}

class SideSums {
  figures: ChannelFigures = noChannelFigures;
  readonly wrong: WrongBooking[] = [];

  addBatch(
    { ids, figures }: Batch,
    date: PlainDate,
    channelId: string,
    postings: ReadonlyMap<string, NamedPosting>,
    moved: ReadonlyMap<string, bigint | undefined>,
  ): void {
    const own = ids
      .flatMap((id) => postings.get(id) ?? [])
      .find(({ paid = [] }) => paid.some((one) => one.channelId === channelId));
    if (!own) {
      // What was paid and taken back in one batch leaves nothing to post; then it names no posting that is lost.
      const isNothing = figures.paid === figures.fees && ids.every((id) => postings.has(id));
      if (isNothing) this.add(figures);
      else this.miss(ids[0] ?? '', figures, undefined);
      return;
    }
    const ofChannel = (own.paid ?? []).filter((one) => one.channelId === channelId);
    const ofDay = ofChannel.find((one) => one.date === date) ?? noChannelFigures;
    // A payment takes from the channel's account, which owes it.
    const booked = -sum(ofChannel.map(({ paid, fees }) => paid - fees));
    const inLedger = moved.get(own.id);
    if (inLedger === undefined) {
      this.miss(own.id, figures, undefined);
      return;
    }
    const beyond = booked - inLedger;
    const isSame = ofDay.paid === figures.paid && ofDay.fees === figures.fees && beyond === 0n;
    const told = { paid: ofDay.paid + beyond, refunded: 0n, fees: ofDay.fees };
    if (isSame) this.add(figures);
    else this.miss(own.id, figures, told);
  }

  addRefund({ step, figures }: Refund, moved: bigint | undefined): void {
    const beyond = moved === undefined ? undefined : moved - (figures.refunded + figures.fees);
    const told = beyond === undefined ? undefined : { ...figures, refunded: figures.refunded + beyond };
    if (beyond === 0n) this.add(figures);
    else this.miss(`${step.orderNo} ${step.about}`, figures, told);
  }

  private add(figures: ChannelFigures): void {
    this.figures = addChannelFigures(this.figures, figures);
  }

  private miss(booking: string, journal: ChannelFigures, told: ChannelFigures | undefined): void {
    if (told) this.add(told);
    const net = ({ paid, refunded, fees }: ChannelFigures) => paid - refunded - fees;
    this.wrong.push({ booking, journal: net(journal), ...(told && { ledger: net(told) }) });
  }
}
