import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { positive } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { BankReport } from '../gateway/bank-gateway.ts';
import type { Sequence } from '../mandates/mandate.ts';
import type { ReasonCode } from '../retries/reasons.ts';
import type { RailKind } from '../routing/rail.ts';

/**
 * ACCEPTED: it waits to be routed, or for its next try. ROUTED: a rail is chosen and the money held. SUBMITTED: handed to a
 * bank. PROCESSING: the bank works on it. SETTLED, FAILED, CANCELLED are ends; only SETTLED can still become RETURNED.
 */
export const itemStates = [
  'ACCEPTED',
  'ROUTED',
  'SUBMITTED',
  'PROCESSING',
  'SETTLED',
  'FAILED',
  'RETURNED',
  'CANCELLED',
] as const;
export type ItemState = (typeof itemStates)[number];

/**
 * ROUTED until it is handed over. UNKNOWN: it may have arrived. NEVER_LEFT and REFUSED: provably not carried, another rail
 * may take it. DECLINED: the payer's side said no. SETTLED money can come back: RETURNED.
 */
export const tryStates = [
  'ROUTED',
  'SUBMITTED',
  'UNKNOWN',
  'PROCESSING',
  'NEVER_LEFT',
  'REFUSED',
  'DECLINED',
  'SETTLED',
  'RETURNED',
] as const;
export type TryState = (typeof tryStates)[number];

/** Money of a try that came, or went back, after it had the first time: it is booked and told by itself. Minor units. */
export interface Movement {
  readonly kind: 'CAME' | 'WENT_BACK';
  readonly amount: bigint;
  /** By the bank. */
  readonly at: string;
  /** What the ledger has done for it: as for the end of the hold. */
  readonly booked?: Pick<NonNullable<Try['booked']>, 'refusals' | 'askAgainAt' | 'refusedFor'> & {
    readonly posted?: true;
  };
}

/** One hand-over of an item's open money to a bank, under a number of its own. Amounts in minor units. */
export interface Try {
  /** Its number at the bank, for ever. */
  readonly orderId: string;
  readonly railId: string;
  readonly railKind: RailKind;
  readonly amount: bigint;
  /** What the tariff of the rail says; what the bank charged, once it is told. */
  readonly fee: bigint;
  /** The day on which the rail carries it, and against whose limits it counts. */
  readonly businessDate: PlainDate;
  /** How the bank is told that it stands in its mandate. */
  readonly sequence: Sequence;
  /** Whether the bank may take a part of it. */
  readonly partial: boolean;
  readonly state: TryState;
  /** SETTLED, RETURNED: what came, in all. */
  readonly settled?: bigint;
  /** RETURNED: what went back, in all. */
  readonly returned?: bigint;
  /** What of the two came to be after the first time; in the order in which it was told. */
  readonly further?: readonly Movement[];
  /** Returns told before the money that they are of: they count once it is told. */
  readonly heldBack?: readonly BankReport[];
  readonly reason?: ReasonCode;
  /** The reason in words, where more is known than the reason says. */
  readonly detail?: string;
  /** The bank's own code. */
  readonly code?: string;
  readonly routedAt: string;
  /** The message that carries it to the bank; fixed before it is handed over. */
  readonly messageId?: string;
  /** What the ledger has done for it. */
  readonly booked?: {
    readonly held?: true;
    readonly ended?: true;
    readonly takenBack?: true;
    /** How often the ledger has refused the end of the hold, or the way back: it remembers each under its name. */
    readonly refusals?: number;
    /** When it is asked again. */
    readonly askAgainAt?: string;
    /** Under which number the hold ended. */
    readonly endedAs?: number;
    /** The order after which the transfer of its fee is named, together with those of others. */
    readonly feeWith?: string;
    readonly fee?: true;
    /** How often the ledger has refused the transfer of the fee, and when it is asked again. */
    readonly feeRefusals?: number;
    readonly feeAskAgainAt?: string;
    /** The ledger's code, as long as it refuses the hold, its end or the way back; and the one for the fee. */
    readonly refusedFor?: string;
    readonly feeRefusedFor?: string;
  };
  /** When the bank, or whoever ended it, said so. */
  readonly endedAt?: string;
  /** RETURNED: when the money had come. */
  readonly settledAt?: string;
}

/** What a bank told of an order against how that had ended: nothing of it is booked. */
export interface Contradiction {
  readonly orderId: string;
  readonly state: 'SETTLED' | 'RETURNED';
  /** What is said to have moved, minor units. */
  readonly amount: bigint;
  /** By the bank. */
  readonly at: string;
  /** The report that said so first. */
  readonly source: string;
}

/** A movement of a collection for others that a netting cycle has paid to whose it is. */
export interface PassedOn {
  readonly movementId: string;
  readonly cycleId: string;
  readonly valueDate: PlainDate;
  /** Minor units. */
  readonly amount: bigint;
}

/** One line of a batch, or one piece of a line that was cut at the limit for one transaction. */
export interface CollectionItem {
  readonly line: number;
  /** 1 of a line that was not cut. */
  readonly piece: number;
  readonly mandateId: string;
  /** Of a natural person; a company's, without. The mandate says so, and does not change its mind. */
  readonly payerKind?: 'PERSON';
  /** Minor units. */
  readonly amount: bigint;
  readonly currency: string;
  /** The day from which on it is to be collected. */
  readonly dueOn: PlainDate;
  readonly acceptedAt: string;
  readonly description?: string;
  readonly references: Readonly<Record<string, string>>;
  readonly tries: readonly Try[];
  /** When it is tried again; until then it waits. */
  readonly nextTryAt?: string;
  /** In the order in which it was told. */
  readonly contradicted?: readonly Contradiction[];
  /** In the order in which it was told. */
  readonly passedOn?: readonly PassedOn[];
  /** How it ended, where no try says it. */
  readonly ended?: { readonly state: 'FAILED' | 'CANCELLED'; readonly reason: ReasonCode; readonly at: string };
}

const open: ReadonlySet<TryState> = new Set(['ROUTED', 'SUBMITTED', 'UNKNOWN', 'PROCESSING']);

export function isOpen({ state }: Pick<Try, 'state'>): boolean {
  return open.has(state);
}

/** The try that may still bring money; there is one at the most. */
export function openTry({ tries }: Pick<CollectionItem, 'tries'>): Try | undefined {
  return tries.find(isOpen);
}

/** What came the first time: the end of the hold. Minor units. */
export function firstCame(one: Pick<Try, 'settled' | 'further'>): bigint {
  return (one.settled ?? 0n) - furtherOf(one, 'CAME');
}

/** What went back the first time. Minor units. */
export function firstWentBack(one: Pick<Try, 'returned' | 'further'>): bigint {
  return (one.returned ?? 0n) - furtherOf(one, 'WENT_BACK');
}

function furtherOf({ further = [] }: Pick<Try, 'further'>, kind: Movement['kind']): bigint {
  return sum(further.filter((one) => one.kind === kind).map(({ amount }) => amount));
}

/** The ledger's code for what it refuses to book of an item; nothing where all that is due is in the books. */
export function refusedByLedger({ tries }: Pick<CollectionItem, 'tries'>): string | undefined {
  const codes = tries.flatMap(({ booked, further = [] }) => [
    booked?.refusedFor ?? booked?.feeRefusedFor ?? [],
    ...further.map((one) => one.booked?.refusedFor ?? []),
  ]);
  return codes.flat()[0];
}

/** When the rest of it is tried again; nothing while a try is open, before the first one is due and once it has ended. */
export function waitsUntil({ tries, ended, nextTryAt }: CollectionItem): string | undefined {
  return ended || tries.some(isOpen) ? undefined : nextTryAt;
}

/** Where every yuan of an item is: the five add up to its amount. Minor units. */
export interface ItemMoney {
  readonly open: bigint;
  readonly settled: bigint;
  readonly failed: bigint;
  readonly returned: bigint;
  readonly cancelled: bigint;
}

export function moneyOf({ amount, tries, ended }: CollectionItem): ItemMoney {
  const came = sum(tries.map(({ settled = 0n }) => settled));
  const returned = sum(tries.map((one) => one.returned ?? 0n));
  const rest = amount - came;
  return {
    open: ended ? 0n : rest,
    settled: came - returned,
    failed: ended?.state === 'FAILED' ? rest : 0n,
    returned,
    cancelled: ended?.state === 'CANCELLED' ? rest : 0n,
  };
}

/** What is still to be collected. Minor units. */
export function openAmount(item: CollectionItem): bigint {
  return positive(moneyOf(item).open);
}

/** The state that an item shows: of its open try, or of how its money ended. */
export function itemState(item: CollectionItem): ItemState {
  const underWay = openTry(item);
  if (underWay) return underWay.state === 'UNKNOWN' ? 'SUBMITTED' : (underWay.state as ItemState);
  const money = moneyOf(item);
  if (money.open > 0n) return 'ACCEPTED';
  if (money.returned > 0n && money.settled === 0n) return 'RETURNED';
  if (money.settled > 0n) return 'SETTLED';
  return item.ended?.state ?? 'FAILED';
}
