import { causeOf } from '../../shared/http/cause.ts';
import { fingerprintOf } from '../../shared/http/fingerprint.ts';
import type { Actor } from '../../shared/http/request.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import type { Constraint } from './account.ts';
import type { MakeTransfer } from './commands.ts';
import { problems } from './problems.ts';

/** Requests turned into commands. */
interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

export interface TransferRequest {
  readonly legs: readonly {
    readonly debitAccountId: string;
    readonly creditAccountId: string;
    readonly amount: Money;
  }[];
  readonly mode: 'POSTED' | 'PENDING';
  readonly expiresAt?: string | undefined;
  readonly valueDate?: string | undefined;
  readonly description?: string | undefined;
  readonly references?: Readonly<Record<string, string>> | undefined;
}

/**
 * The id of the record of a key. For a command that makes a transfer it is the transfer's id: the key names the transfer,
 * so that the record of the key and the transfer are one item.
 */
export function recordIdOf(tenant: string, idempotencyKey: string): string {
  return deriveId('tr', tenant, idempotencyKey);
}

/** A transfer asked for alone or in a batch: the same key and content is the same transfer either way. */
export function transferCommand(actor: Actor, idempotencyKey: string, request: TransferRequest): MakeTransfer {
  const { mode, expiresAt, valueDate, description, references = {} } = request;
  const legs = request.legs.map(({ debitAccountId, creditAccountId, amount }) => ({
    debitAccountId,
    creditAccountId,
    amount: amount.minor,
    currency: amount.currency,
  }));
  const content = {
    mode,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(valueDate !== undefined && { valueDate }),
    ...(description !== undefined && { description }),
    references,
  };
  const body = { ...content, legs: legs.map((leg) => ({ ...leg, amount: String(leg.amount) })) };
  return {
    command: 'TRANSFER',
    id: recordIdOf(actor.tenant, idempotencyKey),
    fingerprint: fingerprintOf({ method: 'POST', path: '/v1/transfers', query: {}, body }),
    cause: causeOf(actor),
    legs,
    ...content,
  };
}

type ConstraintRequest =
  | { readonly type: 'NONE' }
  | { readonly type: 'MIN_BALANCE' | 'OVERDRAFT_LIMIT'; readonly amount: Money };

/** A constraint in the account's own currency, not negative. */
export function constraintOf(request: ConstraintRequest, currency: string): Constraint {
  if (request.type === 'NONE') return request;
  const { minor } = inCurrency(request.amount, currency, '/constraint/amount');
  if (minor >= 0n) return { type: request.type, minor };
  const detail = 'A constraint is an amount of zero or above.';
  throw problems['constraint-malformed'].with({ detail }).at({ pointer: '/constraint/amount/amount', detail });
}

/** The amount, if it is in the currency of the account. */
export function inCurrency(amount: Money, currency: string, pointer: string): Money {
  if (amount.currency === currency) return amount;
  const detail = `The account is held in ${currency}, the amount is in ${amount.currency}.`;
  throw problems['currency-mismatch'].with({ detail, currency }).at({ pointer: `${pointer}/currency`, detail });
}
