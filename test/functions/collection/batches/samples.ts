import type { Batch, Block } from '../../../../functions/collection/batches/batch.ts';
import { type BlockSituation, routeBlock } from '../../../../functions/collection/batches/route-block.ts';
import type { CollectionItem } from '../../../../functions/collection/items/item.ts';
import type { Mandate } from '../../../../functions/collection/mandates/mandate.ts';
import { railCalendars } from '../../../../functions/collection/routing/default-rails.ts';
import { routeQuoter } from '../../../../functions/collection/routing/quote-routes.ts';
import type { Outage, Rail } from '../../../../functions/collection/routing/rail.ts';
import { chinaStateCouncil } from '../../../../shared/calendar/china-state-council.ts';
import { cause } from '../mandates/mandates.ts';
import { ccb, railOf } from '../routing/samples.ts';

export function aBatch(more: Partial<Batch> = {}): Batch {
  return {
    id: 'cb_01KAVG2Y7T8XJ4N5QW3R6S9Z0A',
    tenant: 'demo',
    number: 'DK-20260302-01',
    currency: 'CNY',
    creditAccountId: 'acc_main',
    clearingAccountId: 'acc_clearing',
    feeAccountId: 'acc_fees',
    policy: 'BALANCED',
    lines: 1,
    refused: 0,
    items: 1,
    amount: 100_000n,
    blocks: 1,
    fingerprint: 'f',
    createdAt: '2026-03-02T02:00:00.000Z',
    cause,
    ...more,
  };
}

export function aBlock(items: readonly CollectionItem[], block = 0): Block {
  const { tenant, id: batchId, createdAt: changedAt } = aBatch();
  return { tenant, batchId, block, revision: 1, items, changedAt, cause };
}

interface RoutedOver {
  readonly rails: readonly Rail[];
  readonly outages: readonly Outage[];
  readonly block: number;
}

/** Routes items over rails that take anything at once, the cheaper first; by a mandate of each id. */
export function routed(
  items: readonly CollectionItem[],
  mandates: readonly Mandate[],
  now: Date,
  more: Partial<BlockSituation> & Partial<RoutedOver> = {},
) {
  const { rails = [cheap, dear], outages = [], block = 0, ...rest } = more;
  return routeBlock(aBatch(), aBlock(items, block), {
    mandates: new Map(mandates.map((mandate) => [mandate.id, mandate])),
    usages: new Map(),
    quote: routeQuoter({ rails, outages, calendars: railCalendars }),
    payeeBank: ccb,
    calendar: chinaStateCouncil,
    now,
    ...rest,
  });
}

const cheap = railOf('cheap', { tariff: { bands: [], above: { millionths: 0, floor: 1_00n } } });
const dear = railOf('dear', { tariff: { bands: [], above: { millionths: 0, floor: 9_00n } } });
