import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { CentreName, On } from '../centres/keep-centre.ts';
import { problems } from '../problems.ts';
import { unpackSetLine } from '../resolutions/resolution-lines.ts';
import type { NettingStore } from '../store.ts';
import type { KeptPayment } from './kept-payment.ts';

/** Which queued payment it is. */
export interface PaymentName extends CentreName {
  readonly paymentId: string;
}

/** Problem: `netting/queued-payment-not-found`. */
export async function findPayment(
  store: Pick<NettingStore, 'readQueuedPayment'>,
  { tenant, centreId, paymentId }: PaymentName,
): Promise<KeptPayment> {
  const payment = await store.readQueuedPayment(tenant, paymentId);
  if (payment?.centreId === centreId) return payment;
  const detail = `The centre ${centreId} has no queued payment ${paymentId}.`;
  throw problems['queued-payment-not-found'].with({ detail, paymentId });
}

/**
 * Takes a payment back while it waits; asked twice, it changes nothing the second time. One that a resolution has decided to settle
 * cannot be. Problems: `netting/queued-payment-not-found`, `netting/queued-payment-state`; and those of decideAndWrite.
 */
export async function withdrawPayment(store: NettingStore, which: PaymentName, on: On): Promise<KeptPayment> {
  return decideAndWrite(async () => {
    const before = await findPayment(store, which);
    if (before.state === 'WITHDRAWN') return { answer: before };
    if (before.state === 'SETTLED') throw wrongState(before, `${before.id} has been settled.`);
    // The head first: whatever is decided over the queue from now on moves it on, and nothing is withdrawn behind that.
    const head = await store.readQueueHead(which.tenant, before);
    if (head.resolutionId !== undefined && (await isToSettle(store, before, head.resolutionId))) {
      throw wrongState(before, `${before.id} is being settled by ${head.resolutionId}.`);
    }
    const lines = await store.readLinesOf(before);
    const { at, cause } = on;
    const next: KeptPayment = { ...before, state: 'WITHDRAWN', revision: before.revision + 1, changedAt: at, cause };
    if (lines?.entries.some(({ number }) => number === before.number)) {
      return { answer: next, write: () => store.withdrawQueued(next, lines, head) };
    }
    throw wrongState(before, `${before.id} has been settled or withdrawn this moment.`);
  });
}

/** Whether the resolution that is under way has decided to settle it. */
async function isToSettle(store: NettingStore, payment: KeptPayment, resolutionId: string): Promise<boolean> {
  const resolution = await store.readResolution(payment.tenant, resolutionId);
  if (!resolution?.decision) return false;
  const lines = await store.readList(payment.tenant, resolutionId, resolution.decision.sets);
  return lines.map(unpackSetLine).some(({ reference }) => reference === payment.reference);
}

function wrongState({ id: paymentId, state }: KeptPayment, detail: string) {
  return problems['queued-payment-state'].with({ detail, paymentId, state });
}
