import { keyOf } from './contradict.ts';
import {
  type CollectionItem,
  type Contradiction,
  firstCame,
  firstWentBack,
  type Movement,
  type Try,
  type TryState,
  waitsUntil,
} from './item.ts';

/**
 * Something that is so of an item, by its state alone. `name` and `key` tell it from everything else that is ever so of it,
 * so that what changed is what was not so before. Amounts in minor units.
 */
export interface ItemFact {
  readonly name:
    | 'accepted'
    | 'routed'
    | 'submitted'
    | 'processing'
    | 'waiting'
    | 'settled'
    | 'returned'
    | 'failed'
    | 'cancelled'
    | 'contradicted';
  readonly key: string;
  /** The try that it is of, and which of its further movements. */
  readonly orderId?: string;
  readonly place?: number;
  /** When it came to be so, where the item remembers it. */
  readonly at?: string;
  /** What came, or went back, by this and no other. */
  readonly settledNow?: bigint;
  readonly returnedNow?: bigint;
  /** What was told against it. */
  readonly told?: Contradiction;
}

/**
 * All that is so of an item, in the order in which it came to be: that it was accepted; of each try that it was routed, that
 * a bank got it, that the bank works on it, what came by it and what went back; what was told against its end; until when it
 * waits; how it ended. Told again, it is told under the same name.
 */
export function factsOf(item: CollectionItem): ItemFact[] {
  const accepted: ItemFact = { name: 'accepted', key: '', at: item.acceptedAt };
  const contradicted = (item.contradicted ?? []).map((told): ItemFact => {
    return { name: 'contradicted', key: keyOf(told), at: told.at, told };
  });
  return [accepted, ...item.tries.flatMap(tryFacts), ...contradicted, ...restFacts(item)];
}

/** What is so of an item and was not before. */
export function newFacts(before: CollectionItem, after: CollectionItem): ItemFact[] {
  const known = new Set(factsOf(before).map(nameAndKey));
  return factsOf(after).filter((fact) => !known.has(nameAndKey(fact)));
}

function nameAndKey({ name, key }: ItemFact): string {
  return `${name} ${key}`;
}

/** In these no bank has got it, or none that counts; or nobody knows it, and if one has, it is told once that is known. */
const notAtBank: ReadonlySet<TryState> = new Set(['ROUTED', 'NEVER_LEFT', 'UNKNOWN']);

function tryFacts(one: Try): ItemFact[] {
  const { orderId, state, routedAt, further = [] } = one;
  const [settledNow, returnedNow] = [firstCame(one), firstWentBack(one)];
  const of = { key: orderId, orderId };
  const facts: ItemFact[] = [{ name: 'routed', ...of, at: routedAt }];
  if (!notAtBank.has(state)) facts.push({ name: 'submitted', ...of });
  if (state === 'PROCESSING') facts.push({ name: 'processing', ...of });
  if (settledNow > 0n) facts.push({ name: 'settled', ...of, settledNow });
  if (returnedNow > 0n) facts.push({ name: 'returned', ...of, returnedNow });
  return [...facts, ...further.map((movement, place) => furtherFact(movement, orderId, place))];
}

function furtherFact({ kind, amount, at }: Movement, orderId: string, place: number): ItemFact {
  const of = { key: `${orderId} ${place + 1}`, orderId, place, at };
  if (kind === 'CAME') return { name: 'settled', ...of, settledNow: amount };
  return { name: 'returned', ...of, returnedNow: amount };
}

/** What becomes of the money that no try has. */
function restFacts(item: CollectionItem): ItemFact[] {
  const { tries, ended } = item;
  if (ended) return [{ name: ended.state === 'FAILED' ? 'failed' : 'cancelled', key: '', at: ended.at }];
  const until = waitsUntil(item);
  return until === undefined ? [] : [{ name: 'waiting', key: `${tries.at(-1)?.orderId ?? ''} ${until}` }];
}
