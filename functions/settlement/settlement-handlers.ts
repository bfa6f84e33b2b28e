import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { settlementContract } from './contract-settlements.ts';
import { findMarket } from './markets/keep-market.ts';
import { findMerchant } from './merchants/keep-merchant.ts';
import { askForRetry } from './settlements/ask-for-retry.ts';
import { findSettlement } from './settlements/find-settlement.ts';
import { linesCsv } from './settlements/lines-csv.ts';
import { ownerDayOf } from './settlements/open-days.ts';
import { type LinePlace, pageLines } from './settlements/page-lines.ts';
import * as present from './settlements/present-settlement.ts';
import { LineExplainer } from './settlements/read-explained.ts';
import { findRun, startRun } from './settlements/start-run.ts';
import { readUpcoming } from './settlements/upcoming.ts';
import { readUpcomingSums } from './settlements/upcoming-sums.ts';
import { defaultStore } from './store.ts';
import { settlementTools } from './tools.ts';

type Handler<Name extends keyof typeof settlementContract> = OperationHandler<(typeof settlementContract)[Name]>;

const startSettlementRun: Handler<'startSettlementRun'> = async (request) => {
  const { actor, body, now } = request;
  const store = defaultStore();
  const claim = await claimOf({ store }, 'startSettlementRun', 'run', request);
  return { body: present.presentRun(await startRun(store, actor.tenant, body, claim, now)) };
};

const getSettlementRun: Handler<'getSettlementRun'> = async ({ actor: { tenant }, path: { runId } }) => {
  return { body: present.presentRun(await findRun(defaultStore(), tenant, runId)) };
};

const listSettlements: Handler<'listSettlements'> = async ({ actor, path: { merchantId }, query }) => {
  const { date, from = date, to = date, cursor, limit } = query;
  const store = defaultStore();
  const { tenant } = await findMerchant(store, actor, merchantId);
  const scope = { operation: 'listSettlements', tenant, filters: defined({ merchantId, from, to }) };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const days = { from: from ?? '', to: to ?? '' };
  const { settlements, next } = await store.listSettlements({ tenant, merchantId }, days, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { settlements: settlements.map(present.presentSettlement), ...defined({ nextCursor }) } };
};

const getUpcoming: Handler<'getUpcoming'> = async ({ actor, path: { merchantId }, query: { days, cursor }, now }) => {
  const store = defaultStore();
  const scope = { operation: 'getUpcoming', tenant: actor.tenant, filters: { merchantId, days } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const merchant = await findMerchant(store, actor, merchantId);
  const market = await findMarket(store, actor.tenant, merchant.marketId);
  const [known, sums] = await Promise.all([
    readUpcoming(store, merchant, market, days, now),
    readUpcomingSums(store, merchant, market, days, now, after),
  ]);
  const nextCursor = sums.next === undefined ? undefined : encodeCursor(scope, { after: sums.next });
  return { body: { ...present.presentUpcoming(known, sums, market.currency), ...defined({ nextCursor }) } };
};

const getSettlement: Handler<'getSettlement'> = async ({ actor, path: { settlementId } }) => {
  const { settlement } = await findSettlement(defaultStore(), actor, settlementId);
  return { body: present.presentSettlement(settlement) };
};

const listSettlementLines: Handler<'listSettlementLines'> = async ({ actor, path: { settlementId }, query }) => {
  const store = defaultStore();
  const { settlement, merchant } = await findSettlement(store, actor, settlementId);
  const cursors = cursorsOf(actor.tenant, settlementId);
  const place = cursors.read(query.cursor);
  const { lines, next } = await pageLines(store, ownerDayOf(merchant, settlement), place, query.limit);
  const explained = await new LineExplainer(store).explain(settlement, lines);
  const nextCursor = next && cursors.write(next);
  return { body: { lines: present.presentLines(explained, settlement.currency), ...defined({ nextCursor }) } };
};

const getSettlementLinesCsv: Handler<'getSettlementLinesCsv'> = async ({ actor, path: { settlementId }, query }) => {
  const store = defaultStore();
  const { settlement, merchant } = await findSettlement(store, actor, settlementId);
  const cursors = cursorsOf(actor.tenant, settlementId);
  const { text, next } = await linesCsv(store, merchant, settlement, cursors.read(query.cursor));
  const name = encodeURIComponent(`settlement-${settlement.merchantId}-${settlement.date}.csv`);
  const headers = {
    'content-disposition': `attachment; filename*=UTF-8''${name}`,
    ...(next && { 'x-next-cursor': cursors.write(next) }),
  };
  return { body: text, headers };
};

const retrySettlement: Handler<'retrySettlement'> = async (request) => {
  const { actor, path, now } = request;
  const store = defaultStore();
  const claim = await claimOf({ store }, 'retrySettlement', 'set', request);
  const settlement = await askForRetry(settlementTools(), actor.tenant, path.settlementId, claim, now);
  return { body: present.presentSettlement(settlement) };
};

/** Cursors within the lines of one settlement; those of a list and of a file are the same. */
function cursorsOf(tenant: string, settlementId: string) {
  const scope = { operation: 'listSettlementLines', tenant, filters: { settlementId } };
  return {
    read: (cursor: string | undefined): LinePlace | undefined => {
      if (cursor === undefined) return undefined;
      const { block = '', skip } = decodeCursor(scope, cursor);
      return { block, skip: Number(skip) };
    },
    write: ({ block, skip }: LinePlace) => encodeCursor(scope, { block, skip: String(skip) }),
  };
}

export const settlementHandlers = {
  ...{ startSettlementRun, getSettlementRun, listSettlements, getUpcoming },
  ...{ getSettlement, listSettlementLines, getSettlementLinesCsv, retrySettlement },
};
