import pLimit from 'p-limit';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { onceEach } from '../batches/once-each.ts';
import type { CentreName } from '../centres/keep-centre.ts';
import { queuedPaymentIdOf } from '../keys.ts';
import type { NettingStore } from '../store.ts';
import { paymentsPerWriteMax } from '../store-queue.ts';
import type { PaymentFault } from './check-payment.ts';
import { type AskedPayment, gateOfPayer, type KeptPayment, saysTheSame } from './kept-payment.ts';

/** Gates that are written to at once; within one, payments go one after the other. */
const gatesAtOnceMax = 8;

export type Queueing = Pick<NettingStore, 'readQueuedPayments' | 'readGivenNumbers' | 'addQueuedPayments'>;

/** A payment that its centre takes, before it has a number. */
export interface PaymentDraft {
  readonly asked: AskedPayment;
  readonly at: string;
  readonly cause: Cause;
}

export type Queued =
  /** KNOWN: it was there, with the same content. */
  | { readonly outcome: 'ACCEPTED' | 'KNOWN'; readonly payment: KeptPayment }
  | { readonly outcome: 'REFUSED'; readonly fault: PaymentFault };

/**
 * Queues payments of a centre, each once for its reference; answers in their order, in which those of one payer are numbered. What is
 * there with the same content stays as it is, so what broke off is sent again and goes on. Problems: those of decideAndWrite; then
 * some may be queued.
 */
export async function queuePayments(
  store: Queueing,
  which: CentreName,
  drafts: readonly PaymentDraft[],
): Promise<Queued[]> {
  return onceEach(
    drafts,
    ({ asked }) => asked.reference,
    (different) => queueDiffering(store, which, different),
    (first, draft) => (first.outcome === 'REFUSED' ? first : answerOf(first.payment, draft, 'KNOWN')),
  );
}

/** Those of different references, by it. */
async function queueDiffering(
  store: Queueing,
  which: CentreName,
  drafts: readonly PaymentDraft[],
): Promise<Map<string, Queued>> {
  const gates = Map.groupBy(drafts, ({ asked }) => `${gateOfPayer(asked.payer)} ${asked.currency}`);
  const limit = pLimit(gatesAtOnceMax);
  const queued = await Promise.all([...gates.values()].map((gate) => limit(() => queueAtGate(store, which, gate))));
  return new Map(queued.flat());
}

/** Payments of one gate, part after part: numbers follow their order. */
async function queueAtGate(store: Queueing, which: CentreName, drafts: readonly PaymentDraft[]) {
  const queued: [string, Queued][] = [];
  for (let from = 0; from < drafts.length; from += paymentsPerWriteMax) {
    queued.push(...(await queuePart(store, which, drafts.slice(from, from + paymentsPerWriteMax))));
  }
  return queued;
}

async function queuePart(
  store: Queueing,
  { tenant, centreId }: CentreName,
  part: readonly PaymentDraft[],
): Promise<[string, Queued][]> {
  const [{ asked } = { asked: { payer: '', currency: '' } }] = part;
  const queue = { centreId, currency: asked.currency };
  const gate = gateOfPayer(asked.payer);
  const ids = part.map(({ asked: { reference } }) => queuedPaymentIdOf(tenant, centreId, reference));
  return decideAndWrite(async () => {
    // The gate first: what is queued behind this moment has moved it on, and is not written over.
    const given = await store.readGivenNumbers(tenant, queue, gate);
    const there = await store.readQueuedPayments(tenant, ids);
    let number = given;
    const fresh: KeptPayment[] = [];
    const answer = part.map((draft, place): [string, Queued] => {
      const id = ids[place] ?? '';
      const before = there.get(id);
      if (before) return [draft.asked.reference, answerOf(before, draft, 'ACCEPTED')];
      number += 1;
      const payment = paymentOf(draft, { tenant, id, centreId, gate, number });
      fresh.push(payment);
      return [draft.asked.reference, { outcome: 'ACCEPTED', payment }];
    });
    return { answer, ...(fresh.length > 0 && { write: () => store.addQueuedPayments(fresh, given) }) };
  });
}

function paymentOf(
  { asked, at, cause }: PaymentDraft,
  place: Pick<KeptPayment, 'tenant' | 'id' | 'centreId' | 'gate' | 'number'>,
): KeptPayment {
  return { ...place, ...asked, state: 'QUEUED', queuedAt: at, revision: 1, changedAt: at, cause };
}

/** `outcome` is of one that this very request has queued. */
function answerOf(payment: KeptPayment, { asked, at, cause }: PaymentDraft, outcome: 'ACCEPTED' | 'KNOWN'): Queued {
  if (!saysTheSame(payment, asked)) {
    const detail = `There is a queued payment ${asked.reference} with other content; send another reference.`;
    return { outcome: 'REFUSED', fault: { code: 'REFERENCE_USED', field: 'reference', detail } };
  }
  const isOwn = payment.queuedAt === at && payment.cause.requestId === cause.requestId;
  return { outcome: isOwn ? outcome : 'KNOWN', payment };
}
