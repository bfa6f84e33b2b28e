import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { templateContract } from './contract-templates.ts';
import { findMarket } from './markets/keep-market.ts';
import { defaultStore } from './store.ts';
import { toChannelTemplate } from './templates/channel-template-shapes.ts';
import { toDayTemplate } from './templates/day-template-shapes.ts';
import { builtInOf, type FoundTemplate, findTemplate, putTemplate } from './templates/keep-templates.ts';
import type { TemplateUse } from './templates/own-template.ts';
import { presentChannelTemplate, presentDayTemplate } from './templates/present-template.ts';

type Handler<Name extends keyof typeof templateContract> = OperationHandler<(typeof templateContract)[Name]>;

interface Asked {
  readonly tenant: string;
  readonly marketId: string;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** A page of templates; those that everybody has are few and stand before the first. */
async function listOf<Use extends TemplateUse>(use: Use, { tenant, marketId, limit, cursor }: Asked) {
  const store = defaultStore();
  const scope = { operation: `list ${use} templates`, tenant, filters: { marketId } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  await findMarket(store, tenant, marketId);
  const { templates: own, more } = await store.listTemplates(tenant, marketId, use, {
    ...defined({ after }),
    count: limit,
  });
  const last = more ? own.at(-1) : undefined;
  const found: FoundTemplate<Use>[] = own.map((one) => ({ id: one.id, content: one.content, own: one }));
  return {
    found: cursor === undefined ? [...builtInOf(use), ...found] : found,
    ...defined({ nextCursor: last && encodeCursor(scope, { after: last.id }) }),
  };
}

async function findOf<Use extends TemplateUse>(use: Use, tenant: string, marketId: string, id: string) {
  const store = defaultStore();
  await findMarket(store, tenant, marketId);
  return await findTemplate(store, use, { tenant, marketId, id });
}

const listChannelFileTemplates: Handler<'listChannelFileTemplates'> = async ({ actor: { tenant }, path, query }) => {
  const { found, ...more } = await listOf('CHANNEL_FILE', {
    tenant,
    ...path,
    cursor: query.cursor,
    limit: query.limit,
  });
  return { body: { templates: found.map(presentChannelTemplate), ...more } };
};

const getChannelFileTemplate: Handler<'getChannelFileTemplate'> = async ({ actor: { tenant }, path }) => {
  return { body: presentChannelTemplate(await findOf('CHANNEL_FILE', tenant, path.marketId, path.templateId)) };
};

const putChannelFileTemplate: Handler<'putChannelFileTemplate'> = async ({ actor, path, body, now }) => {
  const { marketId, templateId: id } = path;
  const content = toChannelTemplate(id, body);
  const asked = { tenant: actor.tenant, marketId, use: 'CHANNEL_FILE' as const, id, content };
  const expected = defined({ expectedVersion: body.expectedVersion });
  const put = await putTemplate(defaultStore(), { ...asked, ...expected }, causeOf(actor), now.toISOString());
  return { body: presentChannelTemplate(put) };
};

const listDayFileTemplates: Handler<'listDayFileTemplates'> = async ({ actor: { tenant }, path, query }) => {
  const { found, ...more } = await listOf('DAY_FILE', { tenant, ...path, cursor: query.cursor, limit: query.limit });
  return { body: { templates: found.map(presentDayTemplate), ...more } };
};

const getDayFileTemplate: Handler<'getDayFileTemplate'> = async ({ actor: { tenant }, path }) => {
  return { body: presentDayTemplate(await findOf('DAY_FILE', tenant, path.marketId, path.templateId)) };
};

const putDayFileTemplate: Handler<'putDayFileTemplate'> = async ({ actor, path, body, now }) => {
  const { marketId, templateId: id } = path;
  const asked = { tenant: actor.tenant, marketId, use: 'DAY_FILE' as const, id, content: toDayTemplate(body) };
  const expected = defined({ expectedVersion: body.expectedVersion });
  const put = await putTemplate(defaultStore(), { ...asked, ...expected }, causeOf(actor), now.toISOString());
  return { body: presentDayTemplate(put) };
};

export const templateHandlers = {
  ...{ listChannelFileTemplates, getChannelFileTemplate, putChannelFileTemplate },
  ...{ listDayFileTemplates, getDayFileTemplate, putDayFileTemplate },
};
