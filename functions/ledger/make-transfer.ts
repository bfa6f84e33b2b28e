import { businessDateOf, daysBetween } from '../../shared/calendar/plain-date.ts';
import { backdatingDaysMax, isAllowedValueDate } from '../../shared/calendar/value-date.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { authorise } from './authorise.ts';
import type { MakeTransfer } from './commands.ts';
import { type Decision, refuse, type World } from './decision.ts';
import { problems } from './problems.ts';
import type { TransferContent } from './transfer.ts';

/** How far ahead the expiry of a hold may lie. */
export const holdDaysMax = 366;

/** Decides a new transfer, posted at once or held. Malformed requests come first, then what the accounts say. */
export function decideTransfer(world: World, command: MakeTransfer, now: Date): Decision {
  const problem =
    findSameAccount(command) ??
    findEarlyValueDate(command) ??
    findWrongValueDate(command, now) ??
    findWrongExpiry(command, now);
  if (problem) return refuse(command, problem);
  const transfer: TransferContent = {
    id: command.id,
    type: 'TRANSFER',
    mode: command.mode,
    legs: command.legs,
    valueDate: command.valueDate ?? businessDateOf(now),
    bookedAt: now.toISOString(),
    ...(command.expiresAt !== undefined && { expiresAt: command.expiresAt }),
    ...(command.mode === 'PENDING' && command.owner !== undefined && { owner: command.owner }),
    ...(command.description !== undefined && { description: command.description }),
    references: command.references,
    cause: command.cause,
  };
  return authorise(world, command, transfer);
}

function findSameAccount(command: MakeTransfer): Problem | undefined {
  const index = command.legs.findIndex((leg) => leg.debitAccountId === leg.creditAccountId);
  if (index < 0) return undefined;
  const detail = 'A leg moves money between two different accounts.';
  return problems['same-account'].with({ detail }).at({ pointer: `/legs/${index}/creditAccountId`, detail });
}

function findEarlyValueDate({ mode, valueDate }: MakeTransfer): Problem | undefined {
  if (mode === 'POSTED' || valueDate === undefined) return undefined;
  const detail = 'A pending transfer moves nothing yet; give the value date when you post it.';
  return problems['value-date-not-allowed'].with({ detail }).at({ pointer: '/valueDate', detail });
}

/** Refuses a value date in the future or too far back; pending transfers get theirs when they are posted. */
export function findWrongValueDate(command: { readonly valueDate?: string }, now: Date): Problem | undefined {
  const { valueDate } = command;
  if (valueDate === undefined || isAllowedValueDate(valueDate, businessDateOf(now))) return undefined;
  const detail = `The value date ${valueDate} is not between ${backdatingDaysMax} days back and today, ${businessDateOf(now)}.`;
  return problems['value-date-not-allowed'].with({ detail }).at({ pointer: '/valueDate', detail });
}

function findWrongExpiry(command: MakeTransfer, now: Date): Problem | undefined {
  const { expiresAt, mode } = command;
  if (expiresAt === undefined) return undefined;
  const expiry = new Date(expiresAt);
  const inTime = expiry > now && daysBetween(businessDateOf(now), businessDateOf(expiry)) <= holdDaysMax;
  if (mode === 'PENDING' && inTime) return undefined;
  const detail =
    mode === 'PENDING'
      ? `A hold ends after now and within ${holdDaysMax} days; ${expiresAt} does not.`
      : 'Only a transfer with mode PENDING expires.';
  return problems['expiry-not-allowed'].with({ detail }).at({ pointer: '/expiresAt', detail });
}
