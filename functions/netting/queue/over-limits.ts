import type { Party } from '../terms/parties.ts';
import type { QueuedPayment } from './queued-payment.ts';
import type { Room } from './room.ts';

/**
 * Who, of payments that are taken, pays one that it owes more than it may owe that one. Kept up as payments are dropped, so that each
 * costs the same however many limits there are; a limit that was lowered below what was given stops nobody but who pays that one.
 */
export class OverLimits {
  readonly #room: Room;
  /** By payer and payee: how many of the payments are theirs. */
  readonly #counts = new Map<Party, Map<Party, number>>();
  /** By payer: those of its payees that it owes too much. */
  readonly #over = new Map<Party, Set<Party>>();

  constructor(payments: Iterable<QueuedPayment>, room: Room) {
    this.#room = room;
    for (const { payer, payee } of payments) this.#count(payer, payee, 1);
    for (const [payer, payees] of this.#counts) for (const payee of payees.keys()) this.#look(payer, payee);
  }

  isOver(payer: Party): boolean {
    return (this.#over.get(payer)?.size ?? 0) > 0;
  }

  /** A payment that was taken back: its payer owes its payee less by it, and is owed less. */
  dropped({ payer, payee }: QueuedPayment): void {
    this.#count(payer, payee, -1);
    this.#look(payer, payee);
    this.#look(payee, payer);
  }

  #count(payer: Party, payee: Party, more: number): void {
    const counts = this.#counts.get(payer) ?? new Map<Party, number>();
    counts.set(payee, (counts.get(payee) ?? 0) + more);
    this.#counts.set(payer, counts);
  }

  #look(payer: Party, payee: Party): void {
    const over = this.#over.get(payer) ?? new Set<Party>();
    const pays = (this.#counts.get(payer)?.get(payee) ?? 0) > 0;
    if (pays && (this.#room.bilateral(payer, payee) ?? 0n) < 0n) over.add(payee);
    else over.delete(payee);
    this.#over.set(payer, over);
  }
}
