import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { findCentre } from './centres/keep-centre.ts';
import type { untakenContract } from './contract-untaken.ts';
import { defaultStore } from './store.ts';
import { presentUntaken } from './told/present-untaken.ts';
import { takeUntaken } from './told/take-untaken.ts';
import { referenceOf } from './told/told.ts';
import type { Untaken } from './told/untaken.ts';

type Handler<Name extends keyof typeof untakenContract> = OperationHandler<(typeof untakenContract)[Name]>;

const scopeOf = (operation: string, tenant: string, centreId: string) => ({ operation, tenant, filters: { centreId } });
const cursorBehind = (scope: ReturnType<typeof scopeOf>, last: Untaken | undefined) =>
  last && encodeCursor(scope, { after: referenceOf(last.told) });

const listUntakenObligations: Handler<'listUntakenObligations'> = async ({ actor, path: { centreId }, query }) => {
  const { tenant } = actor;
  const store = defaultStore();
  const scope = scopeOf('listUntakenObligations', tenant, centreId);
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).after;
  await findCentre(store, { tenant, centreId });
  const { untaken, more } = await store.listUntaken(tenant, centreId, after, query.limit);
  const nextCursor = cursorBehind(scope, more ? untaken.at(-1) : undefined);
  return { body: { untaken: untaken.map(presentUntaken), ...defined({ nextCursor }) } };
};

const takeUntakenObligations: Handler<'takeUntakenObligations'> = async ({ actor, path: { centreId }, body, now }) => {
  const { tenant } = actor;
  const store = defaultStore();
  const scope = scopeOf('takeUntakenObligations', tenant, centreId);
  const after = body.cursor === undefined ? undefined : decodeCursor(scope, body.cursor).after;
  const centre = await findCentre(store, { tenant, centreId });
  const { tried, taken, last } = await takeUntaken(store, centre, after, now);
  const nextCursor = cursorBehind(scope, last);
  return { body: { tried, taken, ...defined({ nextCursor }) } };
};

export const untakenHandlers = { listUntakenObligations, takeUntakenObligations };
