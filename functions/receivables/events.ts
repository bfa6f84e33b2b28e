import { type Changed, changeEventsOf } from '../../shared/events/change-event.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { defined } from '../../shared/objects/defined.ts';
import { bookFromPlain, rulesFromPlain } from './books/book-items.ts';
import { presentBook, presentRules } from './books/present-book.ts';
import { customerFromPlain } from './customers/customer-items.ts';
import { presentCustomer, presentVirtualAccount } from './customers/present-customer.ts';
import { virtualAccountFromPlain } from './customers/virtual-account-items.ts';
import { collectedEvents, returnedEvents } from './entry-events.ts';
import { invoiceEvents, reductionEvents } from './invoice-events.ts';
import { receiptEvents } from './receipt-events.ts';
import { presentRun } from './runs/present-run.ts';
import { isUnderWay } from './runs/run.ts';
import { runFromPlain } from './runs/run-items.ts';

const eventOf = changeEventsOf('receivables');

/** What a change of the table tells the world. Ids come from the change itself: told twice, they are the same. */
export function toEvents({ kind, item, previous }: Pick<ItemChange, 'kind' | 'item' | 'previous'>): DomainEvent[] {
  if (kind === 'REMOVE' || !item) return [];
  switch (item.kind) {
    case 'BOOK': {
      const book = bookFromPlain(item);
      return [eventOf('book-changed', book, `${book.currency} ${book.legalEntity}`, presentBook(book))];
    }
    case 'RULES': {
      const rules = rulesFromPlain(item);
      return [eventOf('match-rules-changed', rules, 'match-rules', presentRules(rules))];
    }
    case 'CUSTOMER': {
      const customer = customerFromPlain(item);
      const name = customer.revision === 1 ? 'customer-created' : 'customer-changed';
      return [eventOf(name, customer, customer.id, presentCustomer(customer))];
    }
    case 'VIRTUAL_ACCOUNT': {
      const account = virtualAccountFromPlain(item);
      const name = account.state === 'CLOSED' ? 'virtual-account-closed' : 'virtual-account-created';
      return [eventOf(name, account, account.id, presentVirtualAccount(account))];
    }
    case 'INVOICE':
      return invoiceEvents({ item, ...defined({ previous }) });
    case 'CREDIT_NOTE':
    case 'WRITE_OFF':
      return previous ? [] : reductionEvents(item);
    case 'RECEIPT':
    case 'MATCH':
    case 'REFUND':
      return receiptEvents({ item, ...defined({ previous }) });
    case 'RETURNED_CREDIT':
      return returnedEvents({ item, ...defined({ previous }) });
    case 'COLLECTED_CREDIT':
      return collectedEvents({ item, ...defined({ previous }) });
    case 'RUN':
      return runEvents(item, previous);
    default:
      return [];
  }
}

/** That a run was started, is handed on for its next turn, and that it ended or failed. A run that stands was started. */
function runEvents(item: NonNullable<ItemChange['item']>, previous: ItemChange['previous']): DomainEvent[] {
  const run = runFromPlain(item);
  const tell = (name: string, at: Changed = run) => [
    eventOf(`reconciliation-run-${name}`, at, run.id, presentRun(run)),
  ];
  if (!previous) return tell('started', { ...run, revision: 1, changedAt: run.createdAt });
  const before = runFromPlain(previous);
  if (!isUnderWay(before)) return [];
  if (!isUnderWay(run)) return tell('ended');
  return run.turn > before.turn ? tell('handed-on') : [];
}
