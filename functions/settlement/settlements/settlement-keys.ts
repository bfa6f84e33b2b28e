import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { sequenceText } from '../journal/journal-keys.ts';
import type { SettlementRef } from './settlement.ts';

/** How the keys of the last runs of days begin. */
export const runHeads = 'RUN#';

/** Where settlements and their runs lie in the table. */
export const settlementKeys = {
  /** A merchant's lie together, by day. */
  settlement: ({ tenant, merchantId, date, sequence }: SettlementRef) => ({
    pk: settlementsPk(tenant, merchantId),
    sk: `${date}#${sequenceText(sequence)}`,
  }),
  /** Leads from the id of a settlement to it. */
  pointer: (tenant: string, settlementId: string) => ({ pk: `${tenant}#${settlementId}`, sk: 'SETTLEMENT' }),
  /** Of which payouts a message to the bank is. */
  message: (tenant: string, messageId: string) => ({ pk: `${tenant}#${messageId}`, sk: 'PAYOUTS' }),
  run: (tenant: string, runId: string) => ({ pk: `${tenant}#${runId}`, sk: 'RUN' }),
  /** The last run of a market's day. */
  runHead: (tenant: string, marketId: string, date: PlainDate) => ({
    pk: `${tenant}#${marketId}`,
    sk: `${runHeads}${date}`,
  }),
} as const;

export function settlementsPk(tenant: string, merchantId: string): string {
  return `${tenant}#S#${merchantId}`;
}

/** Index `byMarket`: runs that are under way, settlements of which something is open, by when to look. */
export const openRuns = '#RUNS';
/** By group of their merchants, so that no key takes all of them. */
export const openSettlements = (group: number) => `#SETTLEMENTS#${group}`;

export function settlementIdOf({ tenant, merchantId, date, sequence }: SettlementRef): string {
  return deriveId(settlementPrefix, tenant, merchantId, date, String(sequence));
}

const settlementPrefix = 'set';

/** A bank takes letters, digits and dashes, 35 of them: it is the settlement's id without its prefix, and the try. */
export function payoutIdOf(settlementId: string, tries: number): string {
  return `${settlementId.slice(settlementPrefix.length + 1)}-${tries}`;
}

/** The settlement that a number at the bank is of; nothing where it is no payout's. */
export function settlementOfPayout(payoutId: string): string | undefined {
  const [, id] = /^([0-9A-HJKMNP-TV-Z]{26})-[1-9][0-9]{0,3}$/.exec(payoutId) ?? [];
  return id && `${settlementPrefix}_${id}`;
}
