import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { formatAmount } from '../../shared/money/amount.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { authorise } from './authorise.ts';
import type { EndPending, PostPending } from './commands.ts';
import { type Decision, refuse, type TargetUpdate, type World } from './decision.ts';
import { findWrongValueDate } from './make-transfer.ts';
import { problems } from './problems.ts';
import { initialStatus, type Leg, type Transfer, type TransferContent, type TransferStatus } from './transfer.ts';

/**
 * Posts a pending transfer, whole or less. It ends the hold in every case: what is not posted is released. A hold is
 * resolved once; after its expiry it can only be released. On a FROZEN account a capability posts what it held before; the
 * hold of a client of the API waits there until the account is unfrozen, or is released.
 */
export function decidePost(world: World, command: PostPending, now: Date): Decision {
  const pending = world.transfers.get(command.pendingId);
  if (!pending) return refuse(command, notFound(command.pendingId));
  const problem =
    findWrongValueDate(command, now) ??
    findNotPending(pending) ??
    findOwned(pending, command) ??
    findWrongAmounts(pending, command) ??
    findResolved(pending) ??
    findExpired(pending, now);
  if (problem) return refuse(command, problem);

  const legs = pending.legs.map((leg, index) => postedLeg(leg, index, command));
  const whole = legs.every((leg) => leg.amount === leg.held);
  const transfer: TransferContent = {
    ...resolutionOf(pending, command, now),
    type: 'POST',
    legs,
    valueDate: command.valueDate ?? businessDateOf(now),
  };
  return resolve(world, command, transfer, whole ? 'POSTED' : 'PARTLY_POSTED');
}

/** Voids a pending transfer, or lets it expire: the hold is released, nothing is posted. */
export function decideEnd(world: World, command: EndPending, now: Date): Decision {
  const pending = world.transfers.get(command.pendingId);
  if (!pending) return refuse(command, notFound(command.pendingId));
  const voided = command.command === 'VOID';
  const problem =
    findNotPending(pending) ??
    (voided ? findOwned(pending, command) : undefined) ??
    findResolved(pending) ??
    (voided ? findExpired(pending, now) : undefined);
  if (problem) return refuse(command, problem);
  const transfer: TransferContent = { ...resolutionOf(pending, command, now), type: command.command };
  return resolve(world, command, transfer, initialStatus(transfer));
}

function resolve(
  world: World,
  command: PostPending | EndPending,
  transfer: TransferContent,
  status: TransferStatus,
): Decision {
  const target: TargetUpdate = { transferId: command.pendingId, status, resolvedBy: transfer.id };
  const decision = authorise(world, command, transfer, target);
  const pending = world.transfers.get(command.pendingId);
  if (decision.outcome === 'TRANSFER' && pending) {
    world.transfers.set(pending.id, { ...pending, status, resolvedBy: transfer.id });
  }
  return decision;
}

function resolutionOf(pending: Transfer, command: PostPending | EndPending, now: Date) {
  return {
    id: command.id,
    mode: 'POSTED' as const,
    legs: pending.legs,
    valueDate: businessDateOf(now),
    bookedAt: now.toISOString(),
    ...(pending.description !== undefined && { description: pending.description }),
    references: pending.references,
    pendingId: pending.id,
    cause: command.cause,
  };
}

function postedLeg(leg: Leg, index: number, command: PostPending): Leg {
  const named = command.amounts.find((one) => one.leg === index);
  return { ...leg, amount: named ? named.minor : leg.amount, held: leg.amount };
}

function notFound(transferId: string): Problem {
  return problems['transfer-not-found'].with({ detail: `There is no transfer ${transferId}.`, transferId });
}

function findNotPending(pending: Transfer): Problem | undefined {
  if (pending.mode === 'PENDING') return undefined;
  return problems['transfer-not-pending'].with({ detail: `The transfer ${pending.id} was posted when it was made.` });
}

/** What a capability holds it also ends: ended by others, what it is about to book would find no hold. */
function findOwned({ id, owner }: Transfer, command: PostPending | EndPending): Problem | undefined {
  if (owner === undefined || owner === command.owner) return undefined;
  return problems['pending-owned'].with({
    detail: `The transfer ${id} is held by ${owner}, which ends it itself.`,
    owner,
  });
}

function findWrongAmounts(pending: Transfer, command: PostPending): Problem | undefined {
  const seen = new Set<number>();
  for (const [index, named] of command.amounts.entries()) {
    const leg = pending.legs[named.leg];
    const pointer = `/amounts/${index}`;
    const held = leg && `${formatAmount(leg.amount, leg.currency)} ${leg.currency}`;
    const isWithin = leg && named.minor >= 0n && named.minor <= leg.amount;
    const fits = isWithin && !seen.has(named.leg) && named.currency === leg.currency;
    if (!fits) {
      const detail = held
        ? `Leg ${named.leg} holds ${held}; name it once, with zero up to that.`
        : `The pending transfer has no leg ${named.leg}.`;
      return problems['amounts-do-not-fit'].with({ detail }).at({ pointer, detail });
    }
    seen.add(named.leg);
  }
  const postsNothing = pending.legs.every((_, index) =>
    command.amounts.some((one) => one.leg === index && one.minor === 0n),
  );
  if (!postsNothing) return undefined;
  const detail = 'To post nothing, void the transfer.';
  return problems['amounts-do-not-fit'].with({ detail }).at({ pointer: '/amounts', detail });
}

function findResolved(pending: Transfer): Problem | undefined {
  const facts = { resolvedBy: pending.resolvedBy };
  switch (pending.status) {
    case 'PENDING':
      return undefined;
    case 'POSTED':
    case 'PARTLY_POSTED':
      return problems['pending-already-posted'].with({ detail: `The transfer ${pending.id} was posted.`, ...facts });
    case 'VOIDED':
      return problems['pending-already-voided'].with({ detail: `The transfer ${pending.id} was voided.`, ...facts });
    case 'EXPIRED':
      return problems['pending-expired'].with({ detail: `The transfer ${pending.id} expired.`, ...facts });
  }
}

function findExpired(pending: Transfer, now: Date): Problem | undefined {
  if (pending.expiresAt === undefined || new Date(pending.expiresAt) > now) return undefined;
  return problems['pending-expired'].with({ detail: `The transfer ${pending.id} expired at ${pending.expiresAt}.` });
}
