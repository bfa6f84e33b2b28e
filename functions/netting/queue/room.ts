import type { Party } from '../terms/parties.ts';
import type { QueuedPayment, QueueState } from './queued-payment.ts';

/**
 * What each party has, and may owe on balance, while payments are taken and taken back. Minor units; below zero more has been
 * given than may be. One without a limit has none there.
 */
export class Room {
  readonly #funds: Map<Party, bigint>;
  readonly #netDebit: Map<Party, bigint>;
  readonly #bilateral: Map<Party, Map<Party, bigint>>;

  constructor({ available, netDebitLimits, bilateralLimits }: Omit<QueueState, 'payments'>) {
    this.#funds = new Map(available);
    this.#netDebit = new Map(netDebitLimits);
    this.#bilateral = new Map([...(bilateralLimits ?? [])].map(([payer, limits]) => [payer, new Map(limits)]));
  }

  funds(party: Party): bigint {
    return this.#funds.get(party) ?? 0n;
  }

  netDebit(party: Party): bigint | undefined {
    return this.#netDebit.get(party);
  }

  bilateral(payer: Party, payee: Party): bigint | undefined {
    return this.#bilateral.get(payer)?.get(payee);
  }

  /** Whether it has given more than it has or may owe all others. */
  isBelow(party: Party): boolean {
    return this.funds(party) < 0n || (this.#netDebit.get(party) ?? 0n) < 0n;
  }

  take({ payer, payee, amount }: QueuedPayment): void {
    this.#move(payer, payee, amount);
  }

  takeBack({ payer, payee, amount }: QueuedPayment): void {
    this.#move(payer, payee, -amount);
  }

  #move(payer: Party, payee: Party, amount: bigint): void {
    this.#funds.set(payer, this.funds(payer) - amount);
    this.#funds.set(payee, this.funds(payee) + amount);
    addWhereSet(this.#netDebit, payer, -amount);
    addWhereSet(this.#netDebit, payee, amount);
    addWhereSet(this.#bilateral.get(payer), payee, -amount);
    addWhereSet(this.#bilateral.get(payee), payer, amount);
  }
}

function addWhereSet(rooms: Map<Party, bigint> | undefined, party: Party, amount: bigint): void {
  const room = rooms?.get(party);
  if (room !== undefined) rooms?.set(party, room + amount);
}
