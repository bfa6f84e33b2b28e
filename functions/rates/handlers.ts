import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { general } from '../../shared/problems/general.ts';
import type { contract } from './contract.ts';
import { presentRateSet } from './present.ts';
import { putRateSet as put } from './put-rate-set.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof contract> = OperationHandler<(typeof contract)[Name]>;

const putRateSet: Handler<'putRateSet'> = async ({ actor, path, body, now }) => {
  const { tenant, client, role, requestId } = actor;
  const { date, source, rates, expectedVersion } = body;
  const set = await put(defaultStore(), {
    tenant,
    content: { name: path.name, date, ...defined({ source }), rates },
    ...defined({ expectedVersion }),
    at: now.toISOString(),
    by: { client, role, requestId },
  });
  return { body: presentRateSet(set) };
};

const getRateSet: Handler<'getRateSet'> = async ({ actor, path, query }) => {
  const { date } = query;
  const set = await defaultStore().readNewest(actor.tenant, path.name, date);
  if (!set) {
    const when = date === undefined ? '' : ` on or before ${date}`;
    throw general['not-found'].with({ detail: `There is no rate set ${path.name}${when}.` });
  }
  const found = date === undefined ? 'NEWEST' : set.date === date ? 'ON_DATE' : 'BEFORE_DATE';
  return { body: { ...presentRateSet(set), found } };
};

const listRateSets: Handler<'listRateSets'> = async ({ actor, query }) => {
  const scope = { operation: 'listRateSets', tenant: actor.tenant };
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).after;
  const { names, more } = await defaultStore().listNames(actor.tenant, after, query.limit);
  const last = names.at(-1)?.name;
  return {
    body: {
      rateSets: names,
      ...(more && last !== undefined && { nextCursor: encodeCursor(scope, { after: last }) }),
    },
  };
};

export const handlers = { putRateSet, getRateSet, listRateSets };
