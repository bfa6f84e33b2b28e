import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { authorise } from './authorise.ts';
import type { ReverseTransfer } from './commands.ts';
import { type Decision, refuse, type World } from './decision.ts';
import { findWrongValueDate } from './make-transfer.ts';
import { problems } from './problems.ts';
import type { Transfer, TransferContent } from './transfer.ts';

/** Takes back a posted transfer, whole and once: the same legs the other way round, naming the old one. */
export function decideReversal(world: World, command: ReverseTransfer, now: Date): Decision {
  const original = world.transfers.get(command.transferId);
  if (!original) {
    const detail = `There is no transfer ${command.transferId}.`;
    return refuse(command, problems['transfer-not-found'].with({ detail, transferId: command.transferId }));
  }
  const wrongDate = findWrongValueDate(command, now);
  if (wrongDate) return refuse(command, wrongDate);
  const isPosted = original.mode === 'POSTED' && original.status === 'POSTED';
  if (!isPosted) {
    const detail = original.resolvedBy
      ? `The transfer ${original.id} was a hold; it ended with ${original.resolvedBy}.`
      : `The transfer ${original.id} is ${original.status}.`;
    return refuse(command, problems['transfer-not-posted'].with({ detail, resolvedBy: original.resolvedBy }));
  }
  if (original.reversedBy !== undefined) {
    const detail = `The transfer ${original.id} was reversed by ${original.reversedBy}.`;
    return refuse(command, problems['already-reversed'].with({ detail, reversedBy: original.reversedBy }));
  }
  const earlier = findDateBefore(original, command);
  if (earlier) return refuse(command, earlier);

  const transfer = reversalOf(original, command, now);
  const decision = authorise(world, command, transfer, { transferId: original.id, reversedBy: transfer.id });
  if (decision.outcome === 'TRANSFER') world.transfers.set(original.id, { ...original, reversedBy: transfer.id });
  return decision;
}

function findDateBefore({ valueDate: first }: TransferContent, { valueDate }: ReverseTransfer): Problem | undefined {
  if (valueDate === undefined || valueDate >= first) return undefined;
  const detail = `The transfer is valued ${first}; it cannot be taken back as of an earlier day.`;
  return problems['value-date-not-allowed'].with({ detail }).at({ pointer: '/valueDate', detail });
}

/** The same legs the other way round. */
function reversalOf(original: Transfer, command: ReverseTransfer, now: Date): TransferContent {
  return {
    id: command.id,
    type: 'REVERSAL',
    mode: 'POSTED',
    legs: original.legs
      .filter((leg) => leg.amount > 0n)
      .map(({ debitAccountId, creditAccountId, amount, currency }) => ({
        debitAccountId: creditAccountId,
        creditAccountId: debitAccountId,
        amount,
        currency,
      })),
    valueDate: command.valueDate ?? businessDateOf(now),
    bookedAt: now.toISOString(),
    ...(command.description !== undefined && { description: command.description }),
    references: original.references,
    reverses: original.id,
    cause: command.cause,
  };
}
