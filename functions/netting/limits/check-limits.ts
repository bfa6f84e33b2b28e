import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { NetPosition, Owed } from '../positions/position.ts';
import type { Party } from '../terms/parties.ts';
import type { BilateralLimit, LimitBreach, NetDebitLimit } from './limit.ts';

/** What limits are held against. */
export interface Exposures {
  /** What one owes one other on balance; several of the same pair, direction and currency count together. */
  readonly bilateral: Iterable<Owed>;
  /** What is left to each party on balance; several of the same party and currency count together. */
  readonly positions: Iterable<NetPosition>;
}

export interface Limits {
  readonly bilateralLimits: readonly BilateralLimit[];
  readonly netDebitLimits: readonly NetDebitLimit[];
}

/** Every limit that is breached and by how much, bilateral ones first, each kind in the order of the limits. */
export function checkLimits({ bilateral, positions }: Exposures, limits: Limits): LimitBreach[] {
  const owedToOne = new Sums(limits.bilateralLimits.map(({ payer, payee, currency }) => [payer, payee, currency]));
  for (const { payer, payee, currency, amount } of bilateral) owedToOne.add([payer, payee, currency], amount);
  const owedToAll = new Sums(limits.netDebitLimits.map(({ participant, currency }) => [participant, currency]));
  for (const { party, currency, net } of positions) owedToAll.add([party, currency], -net);
  return [
    ...limits.bilateralLimits.flatMap((limit): LimitBreach[] => {
      const owed = owedToOne.of([limit.payer, limit.payee, limit.currency]);
      return owed > limit.amount ? [{ kind: 'BILATERAL', limit, owed, excess: owed - limit.amount }] : [];
    }),
    ...limits.netDebitLimits.flatMap((limit): LimitBreach[] => {
      const owed = owedToAll.of([limit.participant, limit.currency]);
      return owed > limit.amount ? [{ kind: 'NET_DEBIT', limit, owed, excess: owed - limit.amount }] : [];
    }),
  ];
}

type Key = readonly (Party | CurrencyCode)[];

/** Sums of the keys that limits ask for, and of no other. */
class Sums {
  readonly #sums: Map<string, bigint>;

  constructor(keys: readonly Key[]) {
    this.#sums = new Map(keys.map((key) => [textOf(key), 0n]));
  }

  add(key: Key, amount: bigint): void {
    if (this.#sums.size === 0) return;
    const text = textOf(key);
    const known = this.#sums.get(text);
    if (known !== undefined) this.#sums.set(text, known + amount);
  }

  of(key: Key): bigint {
    return this.#sums.get(textOf(key)) ?? 0n;
  }
}

function textOf(key: Key): string {
  return JSON.stringify(key);
}
