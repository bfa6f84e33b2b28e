import { causeOf } from '../../shared/http/cause.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { railContract } from './contract-rails.ts';
import { toOutage } from './rails/outage-shapes.ts';
import { presentQuote } from './rails/present-quote.ts';
import { presentOutages, presentRails } from './rails/present-rails.ts';
import { putRails as put, putOutages } from './rails/put-rails.ts';
import { toRail } from './rails/read-rails.ts';
import { railCalendars } from './routing/default-rails.ts';
import { nextRail } from './routing/next-rail.ts';
import { quoteRoutes } from './routing/quote-routes.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof railContract> = OperationHandler<(typeof railContract)[Name]>;

const getRails: Handler<'getRails'> = async ({ actor }) => {
  return { body: presentRails(await defaultStore().readRails(actor.tenant)) };
};

const putRails: Handler<'putRails'> = async ({ actor, body, now }) => {
  await put(defaultStore(), {
    tenant: actor.tenant,
    content: { rails: body.rails.map(toRail) },
    ...defined({ expectedVersion: body.expectedVersion }),
    at: now.toISOString(),
    by: causeOf(actor),
  });
  return { body: presentRails(await defaultStore().readRails(actor.tenant)) };
};

const putRailOutages: Handler<'putRailOutages'> = async ({ actor, path, body, now }) => {
  const { railId } = path;
  const outages = body.outages.map((outage) => ({ railId, ...toOutage(outage) }));
  const held = await putOutages(defaultStore(), {
    tenant: actor.tenant,
    content: { railId, outages: outages.sort((one, other) => one.from.getTime() - other.from.getTime()) },
    ...defined({ expectedVersion: body.expectedVersion }),
    at: now.toISOString(),
    by: causeOf(actor),
  });
  return { body: presentOutages(held) };
};

const quoteRoute: Handler<'quoteRoute'> = async ({ actor, body, now }) => {
  const { amount, at, attempts, payerBank, payeeBank, ...asked } = body;
  const { configuration, rails, outages } = await defaultStore().readRails(actor.tenant);
  const request = {
    ...asked,
    minor: amount.minor,
    currency: amount.currency,
    at: at === undefined ? now : new Date(at),
    triedRails: attempts.map(({ railId }) => railId),
    ...(payerBank && { payerBank: defined(payerBank) }),
    ...(payeeBank && { payeeBank: defined(payeeBank) }),
  };
  const situation = { rails, outages: outages.flatMap((held) => held.outages), calendars: railCalendars };
  const quote = quoteRoutes(request, situation);
  return { body: presentQuote(quote, nextRail(quote, attempts), amount, configuration?.version ?? 0) };
};

export const railHandlers = { getRails, putRails, putRailOutages, quoteRoute };
