import type { Plain } from '../../../shared/dynamo/items.ts';
import { bookListPlace, keys } from '../keys.ts';
import type { MatchRules } from '../matching/match-rules.ts';
import type { Tolerance } from '../matching/open-item.ts';
import type { ReceivablesBook, StoredRules } from './book.ts';

/** Items as plain objects ↔ the model. Counts come back from N as bigint, amounts stay it. */
export function bookToPlain(book: ReceivablesBook): Plain {
  const { tenant, legalEntity, currency } = book;
  return {
    ...keys.book(tenant, legalEntity, currency),
    kind: 'BOOK',
    ...book,
    ...bookListPlace(tenant, legalEntity, currency),
  };
}

export function bookFromPlain(plain: Plain): ReceivablesBook {
  const { pk: _pk, sk: _sk, kind: _kind, listOf: _of, listAt: _at, revision, ...facts } = plain;
  return { ...(facts as unknown as ReceivablesBook), revision: Number(revision) };
}

export function rulesToPlain(stored: StoredRules): Plain {
  return { ...keys.rules(stored.tenant), kind: 'RULES', ...stored };
}

export function rulesFromPlain({ pk: _pk, sk: _sk, kind: _kind, revision, rules, ...facts }: Plain): StoredRules {
  const held = rules as MatchRules;
  return {
    ...(facts as unknown as StoredRules),
    rules: {
      ...held,
      threshold: Number(held.threshold),
      tolerance: toleranceFromPlain(held.tolerance),
      setCandidatesMax: Number(held.setCandidatesMax),
      setSizeMax: Number(held.setSizeMax),
    },
    revision: Number(revision),
  };
}

export function toleranceFromPlain({ chargeMax, basisPointsMax }: Tolerance): Tolerance {
  return { chargeMax, basisPointsMax: Number(basisPointsMax) };
}
