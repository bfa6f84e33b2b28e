import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { statisticsContract } from './contract-statistics.ts';
import type { DayLine } from './day-files/day-line.ts';
import { readDayFile } from './day-files/read-day-file.ts';
import { dayFileText } from './day-files/write-day-file.ts';
import { findMarket } from './markets/keep-market.ts';
import { findMerchant } from './merchants/keep-merchant.ts';
import { presentMarketStatistics, presentMerchantStatistics } from './statistics/present-statistics.ts';
import { readStatistics } from './statistics/read-statistics.ts';
import { defaultStore } from './store.ts';
import { findTemplate } from './templates/keep-templates.ts';

type Handler<Name extends keyof typeof statisticsContract> = OperationHandler<(typeof statisticsContract)[Name]>;

const getMarketStatistics: Handler<'getMarketStatistics'> = async ({
  actor: { tenant },
  path: { marketId },
  query,
}) => {
  const store = defaultStore();
  const { currency } = await findMarket(store, tenant, marketId);
  const owner = { kind: 'MARKET', id: marketId } as const;
  const statistics = await readStatistics(store, { tenant, marketId, owner }, query);
  return { body: { marketId, ...query, ...presentMarketStatistics(statistics, currency) } };
};

const getMerchantStatistics: Handler<'getMerchantStatistics'> = async ({ actor, path: { merchantId }, query }) => {
  const { tenant } = actor;
  const store = defaultStore();
  const { marketId } = await findMerchant(store, actor, merchantId);
  const { currency } = await findMarket(store, tenant, marketId);
  const owner = { kind: 'MERCHANT', id: merchantId } as const;
  const statistics = await readStatistics(store, { tenant, marketId, owner }, query);
  return { body: { merchantId, marketId, ...query, ...presentMerchantStatistics(statistics, currency) } };
};

/** A part of a file as those between its first and its last. */
const middle = { isFirst: false, isLast: false };

const getDayFile: Handler<'getDayFile'> = async ({ actor: { tenant }, path: { marketId }, query }) => {
  const { date, template: id, cursor } = query;
  const store = defaultStore();
  const scope = { operation: 'getDayFile', tenant, filters: { marketId, date, id } };
  const position = cursor === undefined ? undefined : decodeCursor(scope, cursor);
  const market = await findMarket(store, tenant, marketId);
  const { content } = await findTemplate(store, 'DAY_FILE', { tenant, marketId, id }, 'template');
  const { owner, after, amount = '0', fee = '0' } = position ?? {};
  const place = owner === undefined ? undefined : { owner, ...defined({ after }) };
  const bytesOf = (of: readonly DayLine[]) => Buffer.byteLength([...dayFileText(of, content, middle)].join(''));
  const { lines, next } = await readDayFile(store, market, date, place, bytesOf);
  const before = { currency: market.currency, amount: BigInt(amount), fee: BigInt(fee) };
  const part = { isFirst: position === undefined, isLast: next === undefined, ...(position && { before }) };
  const headers = { 'content-disposition': `attachment; filename*=UTF-8''${marketId}-${date}.csv` };
  const body = [...dayFileText(lines, content, part)].join('');
  if (!next) return { body, headers };
  // What has been written so far goes along, so that the last part can state the totals of all.
  const sums = sumLines(lines, before);
  const goesOn = { ...next, amount: String(sums.amount), fee: String(sums.fee) };
  return { body, headers: { ...headers, 'next-cursor': encodeCursor(scope, goesOn) } };
};

function sumLines(lines: readonly DayLine[], before: { readonly amount: bigint; readonly fee: bigint }) {
  let { amount, fee } = before;
  for (const line of lines) {
    amount += line.amount;
    fee += line.fee;
  }
  return { amount, fee };
}

export const statisticsHandlers = { getMarketStatistics, getMerchantStatistics, getDayFile };
