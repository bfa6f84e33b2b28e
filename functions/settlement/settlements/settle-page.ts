import pLimit from 'p-limit';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { journalGroups } from '../journal/groups.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { MerchantTotal } from '../store-runs.ts';
import type { PayoutTools } from '../tools.ts';
import { bookBill } from './book-outcomes.ts';
import type { DuePayout } from './book-payouts.ts';
import { payOut } from './pay-out.ts';
import { addRunFigures, noRunFigures, type Run, type RunDay, type RunFigures, type RunPlace } from './run.ts';
import { type SettlingBy, settleMerchant } from './settle-merchant.ts';
import { lastPayout, type Settlement } from './settlement.ts';

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
 * Settles the next page of merchants of a run and pays them out. Killed anywhere and done again it comes to the same. Throws
 * MerchantsNotSettledError after the others of the page are settled and paid, and those of payOut.
 */
export async function settlePage(tools: PayoutTools, market: Market, run: Run, now: Date): Promise<SettledPage> {
  const page = await readPage(tools, run);
  if (!page) return { figures: noRunFigures };
  const { place, day, totals, after } = page;
  const merchants = await tools.store.readMerchants(
    run.tenant,
    totals.map(({ owner }) => owner.id),
  );
  const limit = pLimit(merchantsAtOnce);
  const tried = await Promise.allSettled(
    totals.map((total) =>
      limit(async () => {
        const merchant = merchants.get(total.owner.id);
        if (!merchant) throw new Error(`There is no merchant ${total.owner.id}.`);
        return settleOne(tools, merchant, day, total, { market, run, now });
      }),
    ),
  );
  const settled = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failures = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (settled.length > 0) await payOut(tools, market, settled, messageIdOf(run, place), now);
  if (failures.length > 0) throw new MerchantsNotSettledError(failures);
  const own = settled.filter(({ settlement }) => settlement.runId === run.id);
  const figures = own.map(({ settlement }) => figuresOf(settlement)).reduce(addRunFigures, noRunFigures);
  const next = after === undefined ? placeAfter(run, place) : { ...place, after };
  return { figures, ...(next && { next }) };
}

/** The next merchants of a run; groups without any are passed over. Nothing where there are none any more. */
async function readPage({ store }: PayoutTools, run: Run) {
  for (let place: RunPlace | undefined = run.place; place; place = placeAfter(run, place)) {
    const day = run.days[place.day];
    if (!day) return undefined;
    const ref = { tenant: run.tenant, marketId: run.marketId, date: day.date, group: place.group };
    const { totals, next: after } = await store.readMerchantTotals(ref, day.sequence, place.after, merchantsPerPage);
    if (totals.length > 0) return { place, day, totals, ...(after !== undefined && { after }) };
  }
  return undefined;
}

async function settleOne(
  tools: PayoutTools,
  merchant: Merchant,
  day: RunDay,
  total: MerchantTotal,
  by: SettlingBy,
): Promise<DuePayout> {
  const settlement = await settleMerchant(tools.store, merchant, day, total, by);
  const due = { settlement, payableAccountId: merchant.payableAccountId };
  if (settlement.billed > 0n) await bookBill(tools, by.market, due, by.now);
  return due;
}

/** The same whenever the page is done again. */
function messageIdOf({ tenant, id, days }: Run, { day, group, after = '' }: RunPlace): string {
  const { date = '', sequence = 0 } = days[day] ?? {};
  return deriveId('msg', tenant, id, date, String(sequence), String(group), after);
}

function placeAfter({ days }: Run, { day, group }: RunPlace): RunPlace | undefined {
  if (group + 1 < journalGroups) return { day, group: group + 1 };
  return day + 1 < days.length ? { day: day + 1, group: 0 } : undefined;
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
