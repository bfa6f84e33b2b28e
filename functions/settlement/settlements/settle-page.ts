import pLimit from 'p-limit';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { journalGroups } from '../journal/groups.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { PayoutTools } from '../tools.ts';
import { bookBill } from './book-bill.ts';
import type { DuePayout } from './book-payouts.ts';
import { ownerDayOf, readOpenDays } from './open-days.ts';
import { payOut } from './pay-out.ts';
import { placeAfter } from './place-after.ts';
import { addRunFigures, noRunFigures, type Run, type RunDay, type RunFigures, type RunPlace } from './run.ts';
import { type SettlingBy, settleMerchant } from './settle-merchant.ts';
import { lastPayout, type Settlement } from './settlement.ts';
import type { SumTools } from './split-sums.ts';
import { takeHeldAlong } from './take-along.ts';
import { tellFailed } from './tell-failed.ts';

/** Merchants that are settled and paid together, in one message to the bank. */
const merchantsPerPage = 50;
const merchantsAtOnce = 8;

/** As a run has them: what changes after a day was closed is moved with it. */
type SettlingTools = PayoutTools & SumTools;

/** What a page came to, and where the run goes on; nowhere where it was the last. */
export interface SettledPage {
  /** Where it begins: groups without merchants are passed over. */
  readonly place: RunPlace;
  /** Only of a page that is done whole: then each merchant counts once, however often it was begun. */
  readonly figures: RunFigures;
  readonly next?: RunPlace;
  /** Why some of its merchants could not be settled or paid; the others are. */
  readonly errors: readonly unknown[];
}

/**
 * Settles a page of merchants of a run, from a place on, and pays them out; nothing where there are none any more. Killed anywhere
 * and done again it comes to the same. Throws what the store throws where it cannot read the page.
 */
export async function settlePage(
  tools: SettlingTools,
  market: Market,
  run: Run,
  from: RunPlace,
  now: Date,
): Promise<SettledPage | undefined> {
  const page = await readPage(tools, run, from);
  if (!page) return undefined;
  const { place, day, totals, after } = page;
  const merchants = await tools.store.readMerchants(
    run.tenant,
    totals.map(({ owner }) => owner.id),
  );
  const errors: unknown[] = [];
  const limit = pLimit(merchantsAtOnce);
  const settled = await Promise.all(
    totals.map((total) =>
      limit(async () => {
        try {
          const merchant = merchants.get(total.owner.id);
          if (!merchant) throw new Error(`There is no merchant ${total.owner.id}.`);
          return [await settleNetted(tools, merchant, day, { market, run, now })];
        } catch (error) {
          errors.push(error);
          tellFailed(run, 'merchants of a run not settled or paid', { ...day, merchantId: total.owner.id }, error);
          return [];
        }
      }),
    ),
  );
  const isWhole = errors.length === 0;
  for (const { due, messageId } of messagesOf(settled.flat(), isWhole ? messageIdOf(run, place) : undefined)) {
    try {
      await payOut(tools, market, due, messageId, now);
    } catch (error) {
      errors.push(error);
      tellFailed(run, 'merchants of a run not settled or paid', { ...day, messageId }, error);
    }
  }
  const own = errors.length === 0 ? settled.flat().filter(({ settlement }) => settlement.runId === run.id) : [];
  const figures = own.map(({ settlement }) => figuresOf(settlement)).reduce(addRunFigures, noRunFigures);
  const next = placeAfter(run, place, after, journalGroups);
  return { place, figures, ...(next && { next }), errors };
}

/**
 * What goes to the bank together: all of a page that is settled whole. Else each by itself: which payouts a message is of is said
 * once and for all, and those that are settled later could not go with it. Nor could those that are tried again since the page was
 * begun: they are paid by who tries them.
 */
function messagesOf(settled: readonly DuePayout[], messageId: string | undefined) {
  const first = settled.filter(({ settlement }) => !lastPayout(settlement)?.isRetry);
  if (messageId !== undefined) return first.length > 0 ? [{ due: first, messageId }] : [];
  return first.flatMap((one) => {
    const own = lastPayout(one.settlement)?.id;
    return own === undefined ? [] : [{ due: [one], messageId: own }];
  });
}

/** The next merchants of a run; groups without any are passed over. Nothing where there are none any more. */
async function readPage({ store }: PayoutTools, run: Run, from: RunPlace) {
  for (let place: RunPlace | undefined = from; place; place = placeAfter(run, place, undefined, journalGroups)) {
    const day = run.days[place.day];
    if (!day) return undefined;
    const ref = { tenant: run.tenant, marketId: run.marketId, date: day.date, group: place.group };
    const { totals, next: after } = await store.readMerchantTotals(ref, day.sequence, place.after, merchantsPerPage);
    if (totals.length > 0) return { place, day, totals, ...(after !== undefined && { after }) };
  }
  return undefined;
}

/**
 * A merchant's day, after those of its days in the run that are below zero: what they lack goes on to one that is paid out, before
 * anything is. What disputes hold of any of them is taken along first: it may be what makes one lack.
 */
async function settleNetted(tools: SettlingTools, merchant: Merchant, day: RunDay, by: SettlingBy): Promise<DuePayout> {
  for (const open of await readOpenDays(tools.store, merchant, by.run)) {
    await takeHeldAlong(tools.store, ownerDayOf(merchant, open));
  }
  const nextLacking = async () => {
    const open = await readOpenDays(tools.store, merchant, by.run);
    return open.find(({ date, figures }) => date !== day.date && figures.net < 0n);
  };
  for (let lacking = await nextLacking(); lacking; lacking = await nextLacking()) {
    await settleOne(tools, merchant, lacking, by);
  }
  return settleOne(tools, merchant, day, by);
}

async function settleOne(tools: SettlingTools, merchant: Merchant, day: RunDay, by: SettlingBy): Promise<DuePayout> {
  await takeHeldAlong(tools.store, ownerDayOf(merchant, day));
  const settlement = await settleMerchant(tools.store, merchant, day, by);
  const due = { settlement, payableAccountId: merchant.payableAccountId };
  await bookBill(tools, by.market, due, by.now);
  return due;
}

/** The same whenever the page is done again. */
function messageIdOf({ tenant, id, days }: Run, { day, group, after = '' }: RunPlace): string {
  const { date = '', sequence = 0 } = days[day] ?? {};
  return deriveId('msg', tenant, id, date, String(sequence), String(group), after);
}

function figuresOf(settlement: Settlement): RunFigures {
  const { payout, carriedOn, billed, state } = settlement;
  const first = settlement.payouts[0];
  return {
    ...{ settlements: 1, paidOut: payout, carriedOn, billed },
    payouts: first ? 1 : 0,
    held: lastPayout(settlement)?.state === 'HELD' ? 1 : 0,
    mismatches: state === 'MISMATCH' ? 1 : 0,
  };
}
