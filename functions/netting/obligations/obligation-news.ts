import { isOvertaken, type Obligation } from './obligation.ts';

/** What is told of an obligation that was written. */
export type ObligationNews = NonNullable<Obligation['news']>;

/**
 * An obligation as it is written over the one before it, with what that is told as: its item says so itself, so that it is told the same
 * from the table alone. Without news there is nothing to tell.
 */
export function withNews({ news: _, ...next }: Obligation, before?: Obligation): Obligation {
  const news = before ? newsOf(next, before) : firstNewsOf(next);
  return news === undefined ? next : { ...next, news };
}

/** Owed no more before anybody heard of it: there has been nothing. */
function firstNewsOf({ state }: Obligation): ObligationNews | undefined {
  return state === 'WITHDRAWN' ? undefined : 'recorded';
}

const names = { WITHDRAWN: 'withdrawn', DISPUTED: 'disputed', CONFIRMED: 'confirmed' } as const;

function newsOf(next: Obligation, before: Obligation): ObligationNews | undefined {
  const { state, cycleId } = next;
  if (before.cycleId !== cycleId && before.state !== 'WITHDRAWN') return 'moved';
  if (countsAsBefore(next, before)) return isOvertaken(next) ? 'overtaken' : undefined;
  if (isOwedOtherwise(next, before)) return 'changed';
  if (before.state === 'DISPUTED' && (state === 'UNCONFIRMED' || state === 'CONFIRMED')) return 'resolved';
  return state === 'UNCONFIRMED' ? undefined : names[state];
}

/** Only what its source told is new. */
function countsAsBefore(next: Obligation, before: Obligation): boolean {
  const isSame = next.state === before.state && next.amount === before.amount && next.cycleId === before.cycleId;
  return isSame && next.dispute?.reason === before.dispute?.reason && next.origin?.version !== before.origin?.version;
}

function isOwedOtherwise({ state, amount }: Obligation, before: Obligation): boolean {
  return state !== 'WITHDRAWN' && (before.state === 'WITHDRAWN' || before.amount !== amount);
}
