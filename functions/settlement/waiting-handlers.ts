import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import type { CurrencyCode } from '../../shared/money/currency.ts';
import { presentAmount } from '../../shared/money/present.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { waitingContract } from './contract-waiting.ts';
import { askNow } from './journal/ask-now.ts';
import type { WaitingPosting } from './journal/posting.ts';
import { findMarket } from './markets/keep-market.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof waitingContract> = OperationHandler<(typeof waitingContract)[Name]>;

const listWaitingPostings: Handler<'listWaitingPostings'> = async ({
  actor: { tenant },
  path: { marketId },
  query,
}) => {
  const { cursor, limit } = query;
  const scope = { operation: 'listWaitingPostings', tenant, filters: { marketId } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const store = defaultStore();
  const { currency } = await findMarket(store, tenant, marketId);
  const { waiting, next } = await store.listWaitingOf(tenant, marketId, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { postings: waiting.map((one) => presentWaiting(one, currency)), ...defined({ nextCursor }) } };
};

const askForPosting: Handler<'askForPosting'> = async ({ actor: { tenant }, path, now }) => {
  const { marketId, postingId: id } = path;
  const store = defaultStore();
  const { currency } = await findMarket(store, tenant, marketId);
  return { body: presentWaiting(await askNow(store, { tenant, marketId, id }, now), currency) };
};

const listParkedChanges: Handler<'listParkedChanges'> = async ({ actor: { tenant }, query: { cursor, limit } }) => {
  const scope = { operation: 'listParkedChanges', tenant };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { parked, next } = await defaultStore().listParkedReasons(tenant, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  const changes = parked.map(({ orderNo, reason, since }) => ({ orderNo, reason, since }));
  return { body: { changes, ...defined({ nextCursor }) } };
};

function presentWaiting({ id, code, detail, since, refusals, askAt, legs }: WaitingPosting, currency: CurrencyCode) {
  return {
    ...{ id, code, detail, since, refusals, askAt },
    legs: legs.map(({ debit, credit, amount }) => ({ debit, credit, amount: presentAmount(amount, currency) })),
  };
}

export const waitingHandlers = { listWaitingPostings, askForPosting, listParkedChanges };
