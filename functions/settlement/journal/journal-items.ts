import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import type { ChannelDay } from './channel-day.ts';
import type { Owner } from './entry.ts';
import { baseFigureNames, type Figures, figureNames } from './figures.ts';
import { journalKeys, parkedRecords, waitingAt, waitingPostings } from './journal-keys.ts';
import type { WaitingPosting } from './posting.ts';
import type { RoleLeg } from './role-legs.ts';
import type { Parked, Position } from './step.ts';
import type { Posting } from './transaction.ts';

/** Items as plain objects ↔ the model. Counts come back from N as bigint, amounts stay it. */

export function postingToPlain({ tenant, id, marketId, legs, paid }: Posting): Plain {
  return {
    ...{ ...journalKeys.posting(tenant, id), kind: 'POSTING', tenant, id, marketId, legs: writeText(legs) },
    ...(paid && { paid: writeText(paid) }),
  };
}

export function postingFromPlain({ tenant, id, marketId, legs, paid }: Plain): Posting {
  return {
    tenant: String(tenant),
    id: String(id),
    marketId: String(marketId),
    legs: readTexts(legs as TextWithAmounts)[0] as RoleLeg[],
    ...(paid !== undefined && { paid: readTexts(paid as TextWithAmounts)[0] as ChannelDay[] }),
  };
}

/** What is booked keeps its place and leaves the list. */
export function waitingToPlain(waiting: WaitingPosting): Plain {
  const { legs: _legs, paid: _paid, ...facts } = waiting;
  return {
    ...postingToPlain(waiting),
    ...facts,
    ...(waiting.bookedAs === undefined && { marketOf: waitingPostings, marketAt: waitingAt(waiting) }),
  };
}

export function waitingFromPlain(plain: Plain): WaitingPosting {
  const { code, detail, attempt, refusals, since, askAt, bookedAs, revision } = plain;
  return {
    ...postingFromPlain(plain),
    ...{ code: String(code), detail: String(detail), since: String(since), askAt: String(askAt) },
    ...{ attempt: Number(attempt), refusals: Number(refusals), revision: Number(revision) },
    ...(bookedAs !== undefined && { bookedAs: Number(bookedAs) }),
  };
}

/** The record, and its images each as an item of its own: together they may be larger than an item can be. */
export function parkedToPlain(parked: Parked): Plain[] {
  const { before, after, ...facts } = parked;
  const { tenant, at, shard } = parked;
  const key = journalKeys.parked(tenant, at, shard);
  const images = { before, after };
  return [
    { ...key, kind: 'PARKED', ...facts, marketOf: parkedRecords, marketAt: `${tenant}#${key.sk}` },
    ...(['before', 'after'] as const).flatMap((name) => {
      const image = images[name];
      return image ? [{ ...journalKeys.parkedImage(tenant, at, shard, name), kind: 'PARKED_IMAGE', image }] : [];
    }),
  ];
}

/** From a record, and what there is of its images. */
export function parkedFromPlain(
  plain: Plain,
  { before, after }: { readonly before?: Plain; readonly after?: Plain },
): Parked {
  const { pk: _pk, sk: _sk, kind: _kind, marketOf: _of, marketAt: _at, done, ...facts } = plain;
  const images = {
    ...(before && { before: before.image as Plain }),
    ...(after && { after: after.image as Plain }),
  };
  return { ...(facts as unknown as Parked), ...images, done: Number(done) };
}

export function positionFromPlain({ at, done }: Plain): Position {
  return { at: String(at), done: Number(done) };
}

/** The running total of an owner's day. */
export interface DayTotal {
  readonly owner: Owner;
  readonly sequence: number;
  readonly figures: Figures;
}

export function totalFromPlain(plain: Plain): DayTotal {
  const { ownerKind, ownerId, sequence } = plain;
  const figures = amountsOf(plain, figureNames);
  return {
    owner: { kind: ownerKind as Owner['kind'], id: String(ownerId) },
    sequence: Number(sequence),
    figures: ownerKind === 'SUM' ? { ...figures, base: amountsOf(plain, baseFigureNames) } : figures,
  };
}

function amountsOf<Name extends string>(plain: Plain, names: readonly Name[]): Record<Name, bigint> {
  const amounts = names.map((name) => [name, (plain[name] as bigint | undefined) ?? 0n]);
  return Object.fromEntries(amounts) as Record<Name, bigint>;
}
