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
  const { used, collections, revision } = plain as unknown as Record<'collections' | 'revision', bigint> &
    Pick<MandateUsage, 'used'>;
  return { used, collections: Number(collections), revision: Number(revision) };
}

/** The next revision of what a mandate was used for. */
export function usageToPlain(tenant: string, mandateId: string, { used, collections, revision }: MandateUsage): Plain {
  return { ...keys.usage(tenant, mandateId), kind: 'USAGE', used, collections, revision: revision + 1 };
}
