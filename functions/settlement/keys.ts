import { createHash } from 'node:crypto';

/**
 * Orders of a tenant lie together in so many heaps, in each by their number: all of them are found by reading the heaps, strongly
 * consistent and at no cost when they are written. A key takes a thousand write units a second, so a tenant has these times so many.
 */
export const orderHeaps = 64;

/** Where things lie in the table. Tenant names hold no '#'. */
export const keys = {
  /** Markets are few: those of a tenant lie together, by id. */
  market: (tenant: string, marketId: string) => ({ pk: `${tenant}#MARKETS`, sk: marketId }),
  channel: (tenant: string, marketId: string, channelId: string) => ({
    pk: `${tenant}#${marketId}`,
    sk: `CHANNEL#${channelId}`,
  }),
  merchant: (tenant: string, merchantId: string) => ({ pk: `${tenant}#${merchantId}`, sk: 'MERCHANT' }),
  rule: (tenant: string, ruleId: string) => ({ pk: `${tenant}#${ruleId}`, sk: 'RULE' }),
  ruleVersion: (tenant: string, ruleId: string, version: number) => ({
    pk: `${tenant}#${ruleId}`,
    sk: `V#${String(version).padStart(6, '0')}`,
  }),
  order: (tenant: string, no: string) => ({ pk: heapPk(tenant, heapOf(no)), sk: no }),
  /** Which order of a market has the refund of a number; the number is the caller's and may hold anything. */
  refundNumber: (tenant: string, marketId: string, no: string) => ({ pk: `${tenant}#R#${marketId}#${no}`, sk: 'R' }),
  /** A refund or subsidy of an order that the ledger has refused. The number is the caller's and may hold anything: it comes last. */
  orderStep: (tenant: string, no: string, kind: string, about: string) => ({
    pk: `${tenant}#O#${no}`,
    sk: `STEP#${kind}#${about}`,
  }),
  /** Payments that no order has taken, by the number that they name: the first page, and those behind it. */
  unassigned: (tenant: string, orderNo: string, marketId: string, page = 0) => ({
    pk: `${tenant}#U#${orderNo}`,
    sk: page === 0 ? marketId : `${marketId}#${paddedPage(page)}`,
  }),
  /** Templates of a market's own, by what they are for. */
  template: (tenant: string, marketId: string, use: string, id: string) => ({
    pk: `${tenant}#${marketId}`,
    sk: `TEMPLATE#${use}#${id}`,
  }),
  /** A file of a channel, and the blocks of its lines by reading. */
  channelFile: (tenant: string, fileId: string) => ({ pk: `${tenant}#${fileId}`, sk: 'CHANNEL_FILE' }),
  channelLines: (tenant: string, fileId: string, readingId: string, block: number) => ({
    pk: `${tenant}#${fileId}#${readingId}`,
    sk: String(block).padStart(6, '0'),
  }),
  /** Which file stands for a day of a channel. */
  standingFile: (tenant: string, marketId: string, channelId: string, date: string, part: number) => ({
    pk: `${tenant}#${marketId}`,
    sk: `FILE#${date}#${String(part).padStart(2, '0')}#${channelId}`,
  }),
  /** The comparison of a day of a channel, and its differences by class. The key of a line may hold anything: it comes last. */
  comparison: (tenant: string, marketId: string, channelId: string, date: string) => ({
    pk: `${tenant}#${marketId}`,
    sk: `COMPARISON#${date}#${channelId}`,
  }),
  difference: (tenant: string, marketId: string, channelId: string, date: string, id: string) => ({
    pk: `${tenant}#X#${marketId}#${date}#${channelId}`,
    sk: id,
  }),
  /** How far the proof of a market is, and what it came to; closing figures by day, and accounts at the end of a day. */
  proof: (tenant: string, marketId: string) => ({ pk: `${tenant}#${marketId}`, sk: 'PROOF' }),
  provenDay: (tenant: string, marketId: string, date: string) => ({ pk: `${tenant}#P#${marketId}`, sk: `DAY#${date}` }),
  provenAccounts: (tenant: string, marketId: string, date: string, block: number) => ({
    pk: `${tenant}#P#${marketId}`,
    sk: `ACCOUNTS#${date}#${String(block).padStart(6, '0')}`,
  }),
} as const;

/** A heap of orders, 0 to 63. */
export function heapPk(tenant: string, heap: number): string {
  return `${tenant}#N#${heap}`;
}

function heapOf(no: string): number {
  return (createHash('sha256').update(no).digest()[0] ?? 0) % orderHeaps;
}

/** Index `byMarket`: what a market has many of, by id. */
export const merchantPlace = (tenant: string, marketId: string, merchantId: string) => ({
  marketOf: `${tenant}#${marketId}#MERCHANTS`,
  marketAt: merchantId,
});
export const rulePlace = (tenant: string, marketId: string, ruleId: string) => ({
  marketOf: `${tenant}#${marketId}#RULES`,
  marketAt: ruleId,
});
/** The markets of all tenants: each has its day settled. */
export const everyMarket = '#MARKETS';
export const everyMarketPlace = (tenant: string, marketId: string) => ({
  marketOf: everyMarket,
  marketAt: `${tenant}#${marketId}`,
});
/** Proofs and comparisons that are asked for and not done. */
export const openProofs = '#PROOFS';
export const openComparisons = '#COMPARISONS';
export const unassignedPlace = (tenant: string, marketId: string, orderNo: string, page = 0) => ({
  marketOf: `${tenant}#${marketId}#UNASSIGNED`,
  marketAt: page === 0 ? orderNo : `${orderNo}\u0000${paddedPage(page)}`,
});

function paddedPage(page: number): string {
  return String(page).padStart(6, '0');
}

/** Index `byMarket`: refunds and subsidies that the ledger refused, by market and when they are asked for again. */
export const waitingSteps = '#STEPS';

export const channelFilePlace = (tenant: string, marketId: string, date: string, fileId: string) => ({
  marketOf: `${tenant}#${marketId}#FILES`,
  marketAt: `${date}#${fileId}`,
});
