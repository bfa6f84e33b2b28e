import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { requireVersion } from '../expected-version.ts';
import type { MatchRules } from '../matching/match-rules.ts';
import type { ReceivablesStore } from '../store.ts';
import type { StoredRules } from './book.ts';

export interface AskedRules {
  readonly tenant: string;
  readonly rules: MatchRules;
  readonly expectedVersion?: number;
}

/**
 * Puts the rules by which a tenant's receipts are matched from then on. The same again changes nothing.
 *
 * @throws Problem `receivables/version-conflict`; and those of decideAndWrite.
 */
export async function putRules(
  store: Pick<ReceivablesStore, 'readRules' | 'writeRules'>,
  { tenant, rules, expectedVersion }: AskedRules,
  cause: Cause,
  now: Date,
): Promise<StoredRules> {
  return decideAndWrite(async () => {
    const before = await store.readRules(tenant);
    if (before && textOf(before.rules) === textOf(rules)) return { answer: before };
    requireVersion(expectedVersion, before?.revision ?? 0);
    const revision = (before?.revision ?? 0) + 1;
    const next: StoredRules = { tenant, rules, revision, changedAt: now.toISOString(), cause };
    return { answer: next, write: () => store.writeRules(next) };
  });
}

function textOf({ tolerance: { chargeMax, ...tolerance }, ...rules }: MatchRules): string {
  const charges = Object.entries(chargeMax).map(([currency, minor]) => [currency, String(minor)] as const);
  return canonicalJson({ ...rules, tolerance: { ...tolerance, chargeMax: Object.fromEntries(charges) } });
}
