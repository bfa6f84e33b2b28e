import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { builtInTemplates } from '../channel-files/built-in-templates.ts';
import type { ChannelTemplate } from '../channel-files/channel-template.ts';
import type { DayTemplate } from '../day-files/day-template.ts';
import { standardDayTemplate, standardDayTemplateId } from '../day-files/standard-template.ts';
import { requireVersion } from '../expected-version.ts';
import { findMarket } from '../markets/keep-market.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { OwnTemplate, TemplateContents, TemplateUse } from './own-template.ts';

type Reader = Pick<SettlementStore, 'readTemplate'>;

interface Which {
  readonly tenant: string;
  readonly marketId: string;
  readonly id: string;
}

export interface AskedTemplate<Use extends TemplateUse> extends Which {
  readonly use: Use;
  readonly content: TemplateContents[Use];
  readonly expectedVersion?: number;
}

/** A template by its id: one that everybody has, or one of the market's own, which has a version. */
export interface FoundTemplate<Use extends TemplateUse> {
  readonly id: string;
  readonly content: TemplateContents[Use];
  readonly own?: OwnTemplate<Use>;
}

const builtIn: { readonly [Use in TemplateUse]: ReadonlyMap<string, TemplateContents[Use]> } = {
  CHANNEL_FILE: new Map<string, ChannelTemplate>(builtInTemplates.map((one) => [one.id, one])),
  DAY_FILE: new Map<string, DayTemplate>([[standardDayTemplateId, standardDayTemplate]]),
};

/** Those that everybody has, by id. */
export function builtInOf<Use extends TemplateUse>(use: Use): FoundTemplate<Use>[] {
  return [...builtIn[use]].map(([id, content]) => ({ id, content: content as TemplateContents[Use] }));
}

/** Problem: `settlement/template-not-found`, at the parameter of a query where one names the template. */
export async function findTemplate<Use extends TemplateUse>(
  store: Reader,
  use: Use,
  { tenant, marketId, id }: Which,
  parameter?: string,
): Promise<FoundTemplate<Use>> {
  const known = builtInOf(use).find((one) => one.id === id);
  if (known) return known;
  const own = await store.readTemplate(tenant, marketId, use, id);
  if (own) return { id, content: own.content, own };
  const detail = `The market ${marketId} has no template ${id}.`;
  const problem = problems['template-not-found'].with({ detail, marketId, templateId: id });
  throw parameter === undefined ? problem : problem.at({ parameter, detail });
}

/**
 * Puts a template of the market's own in place of the one under its id; the same again changes nothing. Problems:
 * `settlement/market-not-found`, `settlement/template-id-taken` for those that everybody has, `settlement/version-conflict`; and
 * those of decideAndWrite.
 */
export async function putTemplate<Use extends TemplateUse>(
  store: SettlementStore,
  { tenant, marketId, use, id, content, expectedVersion }: AskedTemplate<Use>,
  cause: Cause,
  at: string,
): Promise<FoundTemplate<Use>> {
  if (builtIn[use].has(id)) {
    const detail = `Everybody has the template ${id} as it is.`;
    throw problems['template-id-taken'].with({ detail, templateId: id });
  }
  return decideAndWrite(async () => {
    await findMarket(store, tenant, marketId);
    const before = await store.readTemplate(tenant, marketId, use, id);
    if (before && canonicalJson(before.content) === canonicalJson(content)) {
      return { answer: { id, content: before.content, own: before } };
    }
    requireVersion(expectedVersion, before?.revision ?? 0);
    const revision = (before?.revision ?? 0) + 1;
    const own: OwnTemplate<Use> = { tenant, marketId, use, id, content, revision, changedAt: at, cause };
    return { answer: { id, content, own }, write: () => store.writeTemplate(own) };
  });
}
