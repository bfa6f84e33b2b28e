import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import { problems } from './problems.ts';
import * as examples from './rules/rule-examples.ts';
import { ruleId, ruleIn, ruleOut, rulesOut, rulesQuery, ruleVersionIn, ruleVersionOut } from './rules/rule-shapes.ts';
import { simulationIn, simulationOut } from './simulation/simulation-shapes.ts';

const path = z.strictObject({ ruleId });

export const ruleContract = {
  createSplitRule: {
    description: 'Its first version may begin in the past: nothing was paid under it.',
    body: ruleIn,
    response: ruleOut,
    problems: [problems['market-not-found'], problems['split-rule-refused'], general['conflict-retry']],
    example: examples.createSplitRule,
  },
  listSplitRules: {
    description: 'By id, without their versions.',
    query: rulesQuery,
    response: rulesOut,
    problems: [problems['market-not-found']],
    example: examples.listSplitRules,
  },
  getSplitRule: {
    path,
    response: ruleOut,
    problems: [problems['split-rule-not-found']],
    example: examples.getSplitRule,
  },
  addSplitRuleVersion: {
    description:
      'A version takes over from its first day on, and never changes; orders that were paid before keep theirs.',
    path,
    body: ruleVersionIn,
    response: ruleVersionOut,
    problems: [
      problems['split-rule-not-found'],
      problems['version-conflict'],
      problems['version-in-past'],
      problems['split-rule-refused'],
      general['conflict-retry'],
    ],
    example: examples.addSplitRuleVersion,
  },
  simulateSplit: {
    description: 'Amounts, or a whole order with its coupons. Nothing is written.',
    path,
    body: simulationIn,
    response: simulationOut,
    problems: [
      problems['split-rule-not-found'],
      problems['split-rule-not-in-force'],
      problems['merchant-not-found'],
      problems['split-refused'],
      problems['calendar-not-published'],
    ],
    example: examples.simulateSplit,
  },
} satisfies Contract;
