import type { RouteDescription } from '../../shared/service/description.ts';
import { keepers, readers } from './routes-markets.ts';

const rules = '/v1/split-rules';
const rule = `${rules}/{ruleId}`;

/** What settlement serves over split rules; part of its description. */
export const ruleRoutes: readonly RouteDescription[] = [
  {
    operation: 'createSplitRule',
    method: 'POST',
    path: rules,
    access: keepers,
    summary: 'Make a split rule (分账规则) with its first version',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'listSplitRules',
    method: 'GET',
    path: rules,
    access: readers,
    summary: 'List the split rules of a market',
    success: 200,
  },
  {
    operation: 'getSplitRule',
    method: 'GET',
    path: rule,
    access: readers,
    summary: 'Get a split rule with all of its versions',
    success: 200,
  },
  {
    operation: 'addSplitRuleVersion',
    method: 'POST',
    path: `${rule}/versions`,
    access: keepers,
    summary: 'Make the next version of a split rule',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'simulateSplit',
    method: 'POST',
    path: `${rule}/simulate`,
    access: readers,
    summary: 'See how an order would be split by a rule, and when it would be paid out',
    success: 200,
  },
];
