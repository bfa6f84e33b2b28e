import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import type { CurrencyCode } from '../../shared/money/currency.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { Centre } from './centres/centre.ts';
import { toPairs, toTerms, toTermsChange } from './centres/centre-shapes.ts';
import * as centres from './centres/keep-centre.ts';
import { toParticipant } from './centres/participant-shapes.ts';
import { presentCentre, presentParticipant, presentWholeCentre } from './centres/present-centre.ts';
import { readPairs, readParticipants } from './centres/read-participants.ts';
import type { centreContract } from './contract-centres.ts';
import { defaultStore } from './store.ts';
import { nettingTools } from './tools.ts';

type Handler<Name extends keyof typeof centreContract> = OperationHandler<(typeof centreContract)[Name]>;

async function whole(centre: Centre) {
  return { body: presentWholeCentre(centre, await readPairs(defaultStore(), centre)) };
}

const createNettingCentre: Handler<'createNettingCentre'> = async (request) => {
  const { actor, body } = request;
  const tools = nettingTools();
  const claim = { ...(await claimOf(tools, 'createNettingCentre', 'ctr', request)), id: body.id };
  const { id, legalEntity } = body;
  const homeCurrency = body.homeCurrency as CurrencyCode;
  const asked = {
    facts: { tenant: actor.tenant, id, legalEntity, homeCurrency, ...toTerms(body) },
    pairs: { bilateralLimits: [], excludedPairs: [], ...toPairs(body) },
    participants: body.participants.map(toParticipant),
  };
  return whole(await centres.createCentre(tools, asked, claim));
};

const listNettingCentres: Handler<'listNettingCentres'> = async ({ actor: { tenant }, query }) => {
  const scope = { operation: 'listNettingCentres', tenant };
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).after;
  const { centres: found, more } = await defaultStore().listCentres(tenant, after, query.limit);
  const last = more ? found.at(-1) : undefined;
  const nextCursor = last && encodeCursor(scope, { after: last.id });
  return { body: { centres: found.map(presentCentre), ...defined({ nextCursor }) } };
};

const getNettingCentre: Handler<'getNettingCentre'> = async ({ actor: { tenant }, path: { centreId }, query }) => {
  return whole(await centres.findCentre(defaultStore(), { tenant, centreId }, defined(query)));
};

const changeNettingCentre: Handler<'changeNettingCentre'> = async ({ actor, path: { centreId }, body, now }) => {
  const { expectedVersion, ...asked } = body;
  const { change: terms, dropsRateSet } = toTermsChange(asked);
  const on = { at: now.toISOString(), cause: causeOf(actor), ...defined({ expectedVersion }) };
  const change = { terms, dropsRateSet, pairs: toPairs(asked) };
  return whole(await centres.changeCentre(nettingTools(), { tenant: actor.tenant, centreId }, change, on));
};

const putNettingParticipants: Handler<'putNettingParticipants'> = async ({ actor, path: { centreId }, body, now }) => {
  const { participants, expectedVersion } = body;
  const on = { at: now.toISOString(), cause: causeOf(actor), ...defined({ expectedVersion }) };
  const which = { tenant: actor.tenant, centreId };
  const asked = participants.map(toParticipant);
  return { body: presentCentre(await centres.putParticipants(nettingTools(), which, asked, on)) };
};

const listNettingParticipants: Handler<'listNettingParticipants'> = async ({ actor, path: { centreId }, query }) => {
  const { tenant } = actor;
  const { version, limit, cursor } = query;
  const store = defaultStore();
  const scope = { operation: 'listNettingParticipants', tenant, filters: { centreId, ...defined({ version }) } };
  const { after = '' } = cursor === undefined ? {} : decodeCursor(scope, cursor);
  const centre = await centres.findCentre(store, { tenant, centreId }, defined({ version }));
  const behind = (await readParticipants(store, centre)).filter(({ id }) => id > after);
  const shown = behind.slice(0, limit);
  const last = behind.length > limit ? shown.at(-1) : undefined;
  const nextCursor = last && encodeCursor(scope, { after: last.id });
  return { body: { participants: shown.map(presentParticipant), ...defined({ nextCursor }) } };
};

export const centreHandlers = {
  ...{ createNettingCentre, listNettingCentres, getNettingCentre, changeNettingCentre },
  ...{ putNettingParticipants, listNettingParticipants },
};
