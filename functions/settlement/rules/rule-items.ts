import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { keys, rulePlace } from '../keys.ts';
import type { RuleHead, RuleVersion } from './stored-rule.ts';

/** Items as plain objects ↔ the model. A version is one text beside its amounts: fifty lines with tiers stay small. */
export function headToPlain(head: RuleHead): Plain {
  const { tenant, id, marketId } = head;
  return { ...keys.rule(tenant, id), kind: 'SPLIT_RULE', ...head, ...rulePlace(tenant, marketId, id) };
}

export function headFromPlain(plain: Plain): RuleHead {
  const { pk: _pk, sk: _sk, kind: _kind, marketOf: _of, marketAt: _at, revision, ...facts } = plain;
  return { ...(facts as unknown as RuleHead), revision: Number(revision) };
}

export function versionToPlain(version: RuleVersion): Plain {
  const { tenant, id } = version;
  return { ...keys.ruleVersion(tenant, id, version.version), kind: 'SPLIT_RULE_VERSION', ...writeText(version) };
}

export function versionFromPlain({ text, amounts }: Plain): RuleVersion {
  const [version] = readTexts({ text, amounts } as TextWithAmounts);
  return version as RuleVersion;
}
