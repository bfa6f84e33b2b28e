import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import type { FieldFault } from '../../../shared/problems/problem.ts';
import { firstOpenDay } from '../channels/clock-ahead.ts';
import { requireVersion } from '../expected-version.ts';
import { findMarket } from '../markets/keep-market.ts';
import type { Market } from '../markets/market.ts';
import { strangersAmong } from '../merchants/require-merchants.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { RuleVersion, StoredRule } from './stored-rule.ts';

/** Versions of one rule, at most: all of them are read with it. */
export const VERSIONS_MAX = 200;

/** What a version is to say, and what is only known with its market in hand. */
export interface AskedVersion {
  readonly content: Omit<
    RuleVersion,
    'tenant' | 'id' | 'marketId' | 'name' | 'currency' | 'version' | 'clearing' | 'createdAt' | 'cause'
  >;
  readonly clearingIn: (market: Market) => RuleVersion['clearing'];
  /** Amounts in another currency than that of the market. */
  readonly foreignIn: (market: Market) => readonly FieldFault[];
}

/** Problem: `settlement/split-rule-not-found`. */
export async function findRule(
  store: Pick<SettlementStore, 'readRule'>,
  tenant: string,
  ruleId: string,
): Promise<StoredRule> {
  const rule = await store.readRule(tenant, ruleId);
  if (rule) return rule;
  throw problems['split-rule-not-found'].with({ detail: `There is no split rule ${ruleId}.`, ruleId });
}

/**
 * Makes a rule with its first version, which may begin in the past: nothing was paid under it. The same key makes it once.
 * Problems: `settlement/market-not-found`, `settlement/split-rule-refused` with a fault for each receiver and amount,
 * `request/idempotency-key-reused`; and those of decideAndWrite.
 */
export async function createRule(
  store: SettlementStore,
  { tenant, marketId, name }: { readonly tenant: string; readonly marketId: string; readonly name: string },
  asked: AskedVersion,
  claim: KeyClaim,
): Promise<StoredRule> {
  const { id, at, cause } = claim;
  return decideAndWrite(async () => {
    const before = await store.readRule(tenant, id);
    await requireSameRequest(store, tenant, claim);
    if (before) return { answer: before };
    const market = await findMarket(store, tenant, marketId, '/marketId');
    await requireFit(store, market, asked);
    const head = { ...{ tenant, id, marketId, name, currency: market.currency, revision: 1 }, changedAt: at, cause };
    const rule: StoredRule = { head, versions: [versionOf({ head, versions: [] }, market, asked, claim)] };
    return { answer: rule, write: () => store.writeRule(rule, claim) };
  });
}

/**
 * Makes the next version of a rule. Days that have begun keep theirs: it begins on the market’s next day or later. The same key
 * makes it once. Answers the rule as it then is, and the number of the version.
 *
 * Problems: `settlement/split-rule-not-found`, `settlement/version-conflict`, `settlement/version-in-past`,
 * `settlement/split-rule-refused`, `request/idempotency-key-reused`; and those of decideAndWrite.
 */
export async function addVersion(
  store: SettlementStore,
  {
    tenant,
    ruleId,
    expectedVersion,
  }: { readonly tenant: string; readonly ruleId: string; readonly expectedVersion?: number },
  asked: AskedVersion,
  claim: KeyClaim,
  now: Date,
): Promise<{ readonly rule: StoredRule; readonly version: number }> {
  return decideAndWrite(async () => {
    const before = await findRule(store, tenant, ruleId);
    // Asked afterwards: what this key has made is among the versions that were read, or the write is refused.
    const noted = await requireSameRequest(store, tenant, claim);
    if (noted) return { answer: { rule: await findRule(store, tenant, ruleId), version: Number(noted.id) } };
    const { head } = before;
    requireVersion(expectedVersion, head.revision);
    const market = await findMarket(store, tenant, head.marketId);
    requireOpen(asked.content.effectiveFrom, firstOpenDay(now, market.zone));
    if (head.revision >= VERSIONS_MAX)
      throw refused([{ detail: `It has ${VERSIONS_MAX} versions; make another rule.` }]);
    await requireFit(store, market, asked);
    const next = { ...head, revision: head.revision + 1, changedAt: claim.at, cause: claim.cause };
    const version = versionOf({ ...before, head: next }, market, asked, claim);
    const rule: StoredRule = { head: next, versions: [...before.versions, version] };
    const noting = { ...claim, id: String(next.revision) };
    return { answer: { rule, version: next.revision }, write: () => store.writeRule(rule, noting) };
  });
}

function versionOf({ head }: StoredRule, market: Market, asked: AskedVersion, { at, cause }: KeyClaim): RuleVersion {
  const { tenant, id, marketId, name, currency, revision: version } = head;
  const clearing = asked.clearingIn(market);
  return { tenant, id, marketId, name, currency, version, ...asked.content, clearing, createdAt: at, cause };
}

function requireOpen(effectiveFrom: PlainDate, earliest: PlainDate): void {
  if (effectiveFrom >= earliest) return;
  const detail = `Send ${earliest} or a later day: what is paid before is split by the versions that there are.`;
  throw problems['version-in-past'].with({ detail, earliest }).at({ pointer: '/effectiveFrom', detail });
}

/** Receivers are merchants of the market, and amounts are in its currency. */
async function requireFit(
  store: Pick<SettlementStore, 'readMerchants'>,
  market: Market,
  { content: { lines }, foreignIn }: AskedVersion,
): Promise<void> {
  const receivers = lines.map(({ receiver }, index) => ({ merchantId: receiver, pointer: `/lines/${index}/receiver` }));
  const strangers = await strangersAmong(store, market, receivers);
  const faults = [...foreignIn(market), ...strangers];
  if (faults.length > 0) throw refused(faults);
}

function refused(faults: readonly FieldFault[]) {
  const [first] = faults;
  const more = faults.length > 1 ? ` And ${faults.length - 1} more: see \`errors\`.` : '';
  return problems['split-rule-refused'].with({ detail: `${first?.detail}${more}` }).at(...faults);
}
