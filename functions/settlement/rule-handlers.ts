import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { toClearing } from './clearing/clearing-shapes.ts';
import type { ruleContract } from './contract-rules.ts';
import { findMarket } from './markets/keep-market.ts';
import { requireMerchants } from './merchants/require-merchants.ts';
import * as rules from './rules/keep-rule.ts';
import { presentHead, presentRule, presentVersion } from './rules/present-rule.ts';
import type { RuleVersionRequest } from './rules/rule-shapes.ts';
import { simulateSplit as simulate } from './simulation/simulate-split.ts';
import { foreignAmounts, toTerms } from './splits/terms-shapes.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof ruleContract> = OperationHandler<(typeof ruleContract)[Name]>;

const createSplitRule: Handler<'createSplitRule'> = async (request) => {
  const { actor, body } = request;
  const store = defaultStore();
  const claim = await claimOf({ store }, 'createSplitRule', 'rule', request);
  const { marketId, name, ...version } = body;
  const rule = { tenant: actor.tenant, marketId, name };
  return { body: presentRule(await rules.createRule(store, rule, askedVersion(version), claim)) };
};

const listSplitRules: Handler<'listSplitRules'> = async ({ actor: { tenant }, query }) => {
  const { marketId, cursor, limit } = query;
  const store = defaultStore();
  const scope = { operation: 'listSplitRules', tenant, filters: { marketId } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  await findMarket(store, tenant, marketId);
  const { rules: found, next } = await store.listRules(tenant, marketId, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { rules: found.map(presentHead), ...defined({ nextCursor }) } };
};

const getSplitRule: Handler<'getSplitRule'> = async ({ actor: { tenant }, path: { ruleId } }) => {
  return { body: presentRule(await rules.findRule(defaultStore(), tenant, ruleId)) };
};

const addSplitRuleVersion: Handler<'addSplitRuleVersion'> = async (request) => {
  const { actor, path, body, now } = request;
  const store = defaultStore();
  const claim = await claimOf({ store }, 'addSplitRuleVersion', 'rule', request);
  const { expectedVersion, ...content } = body;
  const which = { tenant: actor.tenant, ...path, ...defined({ expectedVersion }) };
  const { rule, version } = await rules.addVersion(store, which, askedVersion(content), claim, now);
  const made = rule.versions.find((one) => one.version === version);
  if (!made) throw new Error(`The rule ${path.ruleId} lacks its version ${version}.`);
  return { body: presentVersion(made, rule.versions) };
};

const simulateSplit: Handler<'simulateSplit'> = async ({ actor: { tenant }, path: { ruleId }, body }) => {
  const store = defaultStore();
  const rule = await rules.findRule(store, tenant, ruleId);
  const market = await findMarket(store, tenant, rule.head.marketId);
  const named = [
    { merchantId: body.amounts?.merchantId, pointer: '/amounts/merchantId' },
    ...(body.order?.subOrders ?? []).map(({ merchantId }, place) => ({
      merchantId,
      pointer: `/order/subOrders/${place}/merchantId`,
    })),
  ];
  await requireMerchants(store, market, named);
  return { body: simulate(rule, market, body) };
};

function askedVersion(asked: RuleVersionRequest): rules.AskedVersion {
  const { effectiveFrom, effectiveTo, failureMode, clearing, aggregate, ...terms } = asked;
  return {
    content: { effectiveFrom, ...defined({ effectiveTo }), ...toTerms(terms), failureMode, aggregate },
    clearingIn: ({ calendar }) => toClearing(clearing, calendar),
    foreignIn: ({ currency }) => foreignAmounts(terms, currency),
  };
}

export const ruleHandlers = { createSplitRule, listSplitRules, getSplitRule, addSplitRuleVersion, simulateSplit };
