import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys, mandatesOf } from '../keys.ts';
import type { Mandate } from './mandate.ts';
import { type MandateUsage, unused } from './mandate-usage.ts';

/** Items as plain objects ↔ the model. Counts come back from N as bigint, amounts stay it. */
export function mandateToPlain(mandate: Mandate): Plain {
  const { tenant, id, createdAt } = mandate;
  const { retries, ...facts } = mandate;
  return {
    ...keys.mandate(tenant, id),
    kind: 'MANDATE',
    ...facts,
    retries: JSON.stringify(retries),
    listOf: mandatesOf(tenant),
    listAt: `${createdAt}#${id}`,
  };
}

export function mandateFromPlain(plain: Plain): Mandate {
  const { pk: _pk, sk: _sk, kind: _kind, listOf: _of, listAt: _at, retries, revision, ...facts } = plain;
  return {
    ...(facts as unknown as Mandate),
    retries: JSON.parse(String(retries)) as Mandate['retries'],
    revision: Number(revision),
  };
}

export function usageFromPlain(plain: Plain | undefined): MandateUsage {
  if (!plain) return unused;
  const { used, collections } = plain as unknown as { used: MandateUsage['used']; collections: bigint };
  return { used, collections: Number(collections) };
}
