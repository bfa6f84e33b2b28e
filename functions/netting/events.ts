import { changeEventsOf } from '../../shared/events/change-event.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { type BankAttempt, type BankPayment, lastAttempt } from './bank-payments/bank-payment.ts';
import { bankPaymentFromPlain } from './bank-payments/bank-payment-items.ts';
import { presentBankPayment } from './bank-payments/present-bank-payment.ts';
import { centreFromPlain } from './centres/centre-items.ts';
import { presentCentre } from './centres/present-centre.ts';
import type { Cycle } from './cycles/cycle.ts';
import { cycleFromPlain } from './cycles/cycle-items.ts';
import { presentCycle } from './cycles/present-cycle.ts';
import { obligationFromPlain } from './obligations/obligation-items.ts';
import { presentObligation } from './obligations/present-obligation.ts';
import { presentPayment } from './queued-payments/present-payment.ts';
import { paymentFromPlain } from './queued-payments/queue-items.ts';
import { presentResolution } from './resolutions/present-resolution.ts';
import type { Resolution } from './resolutions/resolution.ts';
import { resolutionFromPlain } from './resolutions/resolution-items.ts';
import type { Settling } from './settling/settling.ts';
import { presentPage } from './telling/present-page.ts';
import type { Telling, ToldPage } from './telling/telling.ts';
import { pageFromPlain, tellingFromPlain } from './telling/telling-items.ts';

const eventOf = changeEventsOf('netting');

type ToldChange = Pick<ItemChange, 'kind' | 'item'> & Partial<Pick<ItemChange, 'previous'>>;

/** What a change of the table tells the world. Ids come from the change itself: told twice, they are the same. */
export function toEvents({ kind, item, previous }: ToldChange): DomainEvent[] {
  if (kind === 'REMOVE' || !item) return [];
  switch (item.kind) {
    case 'CENTRE': {
      const centre = centreFromPlain(item);
      const name = centre.revision === 1 ? 'centre-created' : 'centre-changed';
      return [eventOf(name, centre, centre.id, presentCentre(centre))];
    }
    case 'CYCLE': {
      const cycle = cycleFromPlain(item);
      const name = cycleNews(cycle, previous && cycleFromPlain(previous));
      return name === undefined ? [] : [eventOf(name, cycle, cycle.id, { cycleId: cycle.id, ...presentCycle(cycle) })];
    }
    case 'BANK_PAYMENT': {
      const payment = bankPaymentFromPlain(item);
      const name = bankPaymentNews(payment, previous && bankPaymentFromPlain(previous));
      return name === undefined ? [] : [eventOf(name, payment, payment.id, presentBankPayment(payment))];
    }
    case 'OBLIGATION': {
      const obligation = obligationFromPlain(item);
      const { cycleState: _, settled: _settled, ...data } = presentObligation(obligation, 'OPEN');
      const { news } = obligation;
      return news === undefined ? [] : [eventOf(`obligation-${news}`, obligation, obligation.id, data)];
    }
    case 'QUEUED_PAYMENT': {
      const payment = paymentFromPlain(item);
      return [eventOf(`payment-${payment.state.toLowerCase()}`, payment, payment.id, presentPayment(payment))];
    }
    case 'RESOLUTION': {
      const resolution = resolutionFromPlain(item);
      const name = resolutionNews(resolution, previous && resolutionFromPlain(previous));
      return name === undefined ? [] : [eventOf(name, resolution, resolution.id, presentResolution(resolution))];
    }
    case 'TELLING':
      return tellingEvents(tellingFromPlain(item), previous && tellingFromPlain(previous));
    case 'TOLD_PAGE':
      return [pageEvent(pageFromPlain(item))];
    default:
      return [];
  }
}

/** What is published again from the table alone has no state before. */
function cycleNews({ state, revision, closing, settling }: Cycle, before: Cycle | undefined): string | undefined {
  if (revision === 1) return 'cycle-opened';
  if (before ? before.state === 'OPEN' && state !== 'OPEN' : state === 'CONFIRMING' && !closing) return 'cycle-cut-off';
  if (state === 'CLOSED') return before?.state === 'CLOSED' ? undefined : 'cycle-closed';
  if (state === 'SETTLED') return before?.state === 'SETTLED' ? undefined : 'cycle-settled';
  if (settling) return settlingNews(settling, before?.settling);
  if (state !== 'CONFIRMING' || !closing) return undefined;
  if (closing.hindrance) return 'cycle-hindered';
  return closing.turn > (before?.closing?.turn ?? 0) ? 'cycle-handed-on' : undefined;
}

function settlingNews({ isWaiting, waitsFor, turn }: Settling, before: Settling | undefined): string | undefined {
  if (isWaiting) return waitsFor === before?.waitsFor ? undefined : 'cycle-pending-funds';
  return turn > (before?.turn ?? 0) ? 'settlement-handed-on' : undefined;
}

/** More may come back of an earlier attempt when a later one is on its way or paid. */
function bankPaymentNews(payment: BankPayment, before: BankPayment | undefined): string | undefined {
  if (before && payment.turn > before.turn) return 'bank-payment-handed-on';
  const changed = before ? payment.attempts.findLast((one) => isNewOf(one, before)) : lastAttempt(payment);
  const isTold = changed?.state === 'PAID' || changed?.state === 'FAILED' || changed?.state === 'RETURNED';
  return isTold ? `bank-payment-${changed.state.toLowerCase()}` : undefined;
}

function isNewOf({ id, state, returns }: BankAttempt, before: BankPayment): boolean {
  const was = before.attempts.find((one) => one.id === id);
  return state !== was?.state || returns?.length !== was?.returns?.length;
}

function resolutionNews({ state, turn, revision }: Resolution, before: Resolution | undefined): string | undefined {
  if (revision === 1) return 'resolution-started';
  if (state === 'ENDED') return 'resolution-ended';
  return before && turn > before.turn ? 'resolution-handed-on' : undefined;
}

/** Handed over again from the table alone, it goes on where it is. */
function tellingEvents(telling: Telling, before: Telling | undefined): DomainEvent[] {
  const { cycleId, kind, turn } = telling;
  if (turn === (before?.turn ?? 0)) return [];
  return [eventOf('cycle-telling-handed-on', telling, cycleId, { cycleId, kind, turn }, kind)];
}

function pageEvent(page: ToldPage): DomainEvent {
  const { telling, name } = page;
  const of = { ...telling, revision: name };
  const news = telling.kind === 'SETTLED' ? 'obligations-settled' : 'obligations-cut-off';
  return eventOf(news, of, telling.cycleId, presentPage(page));
}
