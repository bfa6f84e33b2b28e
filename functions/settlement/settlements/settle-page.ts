import pLimit from 'p-limit';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { journalGroups } from '../journal/groups.ts';
import type { Market } from '../markets/market.ts';
import { bookBill, type DuePayout } from './book-payouts.ts';
import { payOut } from './pay-out.ts';
import { addRunFigures, noRunFigures, type Run, type RunFigures, type RunPlace } from './run.ts';
import { settleMerchant } from './settle-merchant.ts';
import { lastPayout, type Settlement } from './settlement.ts';
import type { PayoutTools } from './settlement-tools.ts';

/** Merchants that are settled and paid together, in one message to the bank. */
export const merchantsPerPage = 50;
const merchantsAtOnce = 8;

/** What a page came to, and where the run goes on; nowhere where it was the last. */
export interface SettledPage {
  readonly figures: RunFigures;
  readonly next?: RunPlace;
}

/** Merchants of a page that could not be settled; what caused it is in `errors`. The others are. */
export class MerchantsNotSettledError extends AggregateError {
  constructor(errors: readonly unknown[]) {
    super(errors, `${errors.length} ${errors.length === 1 ? 'merchant' : 'merchants'} of it could not be settled.`);
  }
}

/**
 * Settles a page of merchants of a run and pays them out. Killed anywhere and done again it comes to the same. Throws
 * MerchantsNotSettledError after the others of the page are settled and paid, and those of payOut.
 */
export async function settlePage(tools: PayoutTools, market: Market, run: Run, now: Date): Promise<SettledPage> {
  const { store } = tools;
  const { place } = run;
  const day = run.days[place.day];
  if (!day) return { figures: noRunFigures };
  const ref = { tenant: run.tenant, marketId: run.marketId, date: day.date, group: place.group };
  const { totals, next } = await store.readMerchantTotals(ref, day.sequence, place.after, merchantsPerPage);
  const merchants = await store.readMerchants(
    run.tenant,
    totals.map(({ owner }) => owner.id),
  );
  const limit = pLimit(merchantsAtOnce);
  const tried = await Promise.allSettled(
    totals.map((total) =>
      limit(async (): Promise<DuePayout> => {
        const merchant = merchants.get(total.owner.id);
        if (!merchant) throw new Error(`There is no merchant ${total.owner.id}.`);
        const settlement = await settleMerchant(store, merchant, day, total, { market, run, now });
        const due = { settlement, payableAccountId: merchant.payableAccountId };
        if (settlement.billed > 0n) await bookBill(tools, market, due, now);
        return due;
      }),
    ),
  );
  const settled = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failures = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (settled.length > 0) await payOut(tools, market, settled, messageIdOf(run), now);
  if (failures.length > 0) throw new MerchantsNotSettledError(failures);
  const own = settled.filter(({ settlement }) => settlement.runId === run.id);
  return {
    figures: own.map(({ settlement }) => figuresOf(settlement)).reduce(addRunFigures, noRunFigures),
    ...placeAfter(run, next),
  };
}

/** The same whenever the page is done again. */
function messageIdOf({ tenant, id, days, place }: Run): string {
  const { date = '', sequence = 0 } = days[place.day] ?? {};
  return deriveId('msg', tenant, id, date, String(sequence), String(place.group), place.after ?? '');
}

function placeAfter({ days, place }: Run, after: string | undefined): Pick<SettledPage, 'next'> {
  if (after !== undefined) return { next: { ...place, after } };
  const { day, group } = place;
  if (group + 1 < journalGroups) return { next: { day, group: group + 1 } };
  return day + 1 < days.length ? { next: { day: day + 1, group: 0 } } : {};
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
