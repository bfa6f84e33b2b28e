import type { Plain } from '../../shared/dynamo/items.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { presentAmount } from '../../shared/money/present.ts';
import { accountFromPlain, transferFromPlain, versionFromPlain } from './items.ts';
import { tenantOf } from './keys.ts';
import type { Cause, Transfer } from './transfer.ts';

/** What a change of the ledger's table tells the world. Ids come from the change itself: told twice, they are the same. */
export function toEvents({ kind, item }: ItemChange): DomainEvent[] {
  if (kind !== 'INSERT' || !item) return [];
  switch (item.kind) {
    case 'TRANSFER':
      return [transferEvent(item)];
    case 'REFUSAL':
      return [refusalEvent(item)];
    case 'ACCOUNT':
      return [openingEvent(item)];
    case 'VERSION':
      return changeEvents(item);
    default:
      return [];
  }
}

function eventTypeOf(transfer: Transfer): string {
  if (transfer.type === 'VOID') return 'ledger.transfer-voided.v1';
  if (transfer.type === 'EXPIRE') return 'ledger.transfer-expired.v1';
  return transfer.mode === 'PENDING' ? 'ledger.transfer-held.v1' : 'ledger.transfer-posted.v1';
}

function transferEvent(item: Plain): DomainEvent {
  const transfer = transferFromPlain(item);
  const { id, type, mode, legs, valueDate, bookedAt, description, references, pendingId, reverses, expiresAt } =
    transfer;
  return {
    ...envelope(item, id, bookedAt, transfer.cause),
    type: eventTypeOf(transfer),
    data: {
      transferId: id,
      type,
      mode,
      legs: legs.map(({ debitAccountId, creditAccountId, amount, currency }) => ({
        debitAccountId,
        creditAccountId,
        amount: presentAmount(amount, currency),
      })),
      valueDate,
      expiresAt,
      description,
      references,
      pendingId,
      reverses,
    },
  };
}

function refusalEvent(item: Plain): DomainEvent {
  const { code, detail } = JSON.parse(item.problem as string) as { code: string; detail: string };
  return {
    ...envelope(item, item.id as string, item.at as string, item.cause as Cause),
    type: 'ledger.transfer-refused.v1',
    data: { id: item.id, code, detail },
  };
}

function openingEvent(item: Plain): DomainEvent {
  const { id, currency, purpose, hot, openedAt, references } = accountFromPlain(item);
  return {
    ...envelope(item, id, openedAt, item.cause as Cause),
    type: 'ledger.account-opened.v1',
    data: { accountId: id, currency, purpose, hot, references },
  };
}

/** Only a version that says so changes more than balances. */
function changeEvents(item: Plain): DomainEvent[] {
  if (item.changed !== true) return [];
  const accountId = String(item.pk).slice(String(item.pk).indexOf('#') + 1);
  const { state, cause } = versionFromPlain(accountId, item);
  const constraint =
    state.constraint.type === 'NONE'
      ? state.constraint
      : { type: state.constraint.type, amount: presentAmount(state.constraint.minor, state.currency) };
  return [
    {
      ...envelope(item, `${accountId}.${state.version}`, state.at, cause),
      subject: accountId,
      type: 'ledger.account-changed.v1',
      data: {
        accountId,
        status: state.status,
        constraint,
        frozen: presentAmount(state.frozen, state.currency),
        book: state.book,
      },
    },
  ];
}

function envelope(item: Plain, id: string, occurredAt: string, cause: Cause): Omit<DomainEvent, 'type' | 'data'> {
  return { id, tenant: tenantOf(item.pk as string), occurredAt, subject: id, actor: cause };
}
