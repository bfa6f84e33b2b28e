import { defined } from '../../../shared/objects/defined.ts';
import { presentTerms } from '../splits/present-terms.ts';
import type { RuleHead, RuleVersion, StoredRule } from './stored-rule.ts';
import { lastDayOf } from './version-on.ts';

export function presentHead({ id, marketId, name, currency, revision, changedAt }: RuleHead) {
  return { id, marketId, name, currency, version: revision, changedAt };
}

export function presentRule({ head, versions }: StoredRule) {
  return { ...presentHead(head), versions: versions.map((version) => presentVersion(version, versions)) };
}

/** A version of a rule, with what later ones make of its end. */
export function presentVersion(rule: RuleVersion, versions: readonly RuleVersion[]) {
  const { version, effectiveFrom, effectiveTo, failureMode, clearing, aggregate, createdAt } = rule;
  return {
    ...{ version, effectiveFrom },
    ...defined({ effectiveTo, lastDay: lastDayOf(rule, versions) }),
    ...presentTerms(rule, rule.currency),
    ...{ failureMode, clearing: { ...clearing, period: { ...clearing.period } }, aggregate, createdAt },
  };
}
