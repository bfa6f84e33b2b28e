import type { RoleLeg } from './role-legs.ts';
import type { Posting } from './transaction.ts';

/** A posting that the ledger refused, and why. */
export interface WaitingPosting extends Posting {
  readonly code: string;
  readonly detail: string;
  /** Under which number it is asked for next, from 1: the ledger remembers each refusal under its name. */
  readonly attempt: number;
  /** How often it was refused or could not be asked for. */
  readonly refusals: number;
  readonly since: string;
  readonly askAt: string;
  /** Under which number it was booked at last; then it waits no longer. */
  readonly bookedAs?: number;
  readonly revision: number;
}

/** Its key in the ledger for ever: with another number after each refusal that the ledger remembers. */
export function transferName({ id }: Pick<Posting, 'id'>, attempt: number): string[] {
  return ['settlement', 'posting', id, ...(attempt === 1 ? [] : [String(attempt)])];
}

/** By roles, not by accounts: it says the same whoever looks the accounts up. */
export function legsText(legs: readonly RoleLeg[]): string {
  return legs.map(({ debit, credit, amount }) => `${debit} ${credit} ${amount}`).join(', ');
}
