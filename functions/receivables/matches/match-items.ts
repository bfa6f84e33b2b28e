import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { customerPlace, keys } from '../keys.ts';
import type { Match } from './match.ts';

/** What is long and never asked for by itself is one text. */
type Told = Pick<Match, 'allocations' | 'evidence' | 'alternatives'>;

/** Items as plain objects ↔ the model. Counts come back from N as bigint, amounts stay it. */
export function matchToPlain({ allocations, evidence, alternatives, ...facts }: Match): Plain {
  const { tenant, id, customerId, date } = facts;
  const told: Told = { allocations, evidence, alternatives };
  return {
    ...keys.match(tenant, id),
    kind: 'MATCH',
    ...facts,
    told: writeText(told),
    ...customerPlace(tenant, customerId, date, 'MATCH', id),
  };
}

export function matchFromPlain(plain: Plain): Match {
  const { pk: _pk, sk: _sk, kind: _kind, customerOf: _of, customerAt: _at, ...rest } = plain;
  const { told, score, revision, ...facts } = rest;
  const [texts] = readTexts(told as TextWithAmounts);
  return { ...(facts as unknown as Match), ...(texts as Told), score: Number(score), revision: Number(revision) };
}
