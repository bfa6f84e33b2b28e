import { FAULTS_MAX } from '../../../shared/http/faults.ts';
import type { Centre } from '../centres/centre.ts';
import type { On } from '../centres/keep-centre.ts';
import { readPairs, readParticipantsOf } from '../centres/read-participants.ts';
import { queuedPaymentIdOf } from '../keys.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';
import { type PaymentFault, type PaymentWorld, paymentFaults } from './check-payment.ts';
import { type AskedPayment, type KeptPayment, saysTheSame } from './kept-payment.ts';
import { type Queued, queuePayments } from './queue-payments.ts';
import type { ReadPayment } from './read-payments.ts';
import type { paymentRecorder } from './record-together.ts';

/** What became of a line. */
export type PaymentResult =
  | Extract<Queued, { payment: KeptPayment }>
  | { readonly outcome: 'REFUSED'; readonly faults: readonly PaymentFault[] };

/**
 * Queues the lines of a batch that the centre takes; the others harm none. Answers in their order. What a centre would not take any
 * more is answered all the same where it is there. Problems: those of decideAndWrite; then some may be queued: sent again, it goes on.
 */
export async function takePayments(
  store: NettingStore,
  centre: Centre,
  lines: readonly ReadPayment[],
  on: On,
): Promise<PaymentResult[]> {
  const asked = lines.flatMap((line) => line.asked ?? []);
  const world = await worldOf(store, centre, asked);
  const faults = new Map(asked.map((one) => [one, paymentFaults(one, world)]));
  const isTaken = (one: AskedPayment) => faults.get(one)?.length === 0;
  const taken = asked.filter(isTaken);
  const drafts = taken.map((one) => ({ asked: one, ...on }));
  const queued = await queuePayments(store, { tenant: centre.tenant, centreId: centre.id }, drafts);
  const results = new Map(taken.map((one, place) => [one, queued[place]]));
  const there = await readThere(
    store,
    centre,
    asked.filter((one) => !isTaken(one)),
  );
  return lines.map(({ asked: one, faults: malformed = [] }) => {
    if (!one) return { outcome: 'REFUSED', faults: malformed };
    const before = there.get(one.reference);
    if (before && !isTaken(one) && saysTheSame(before, one)) return { outcome: 'KNOWN', payment: before };
    return resultOf(results.get(one), faults.get(one) ?? []);
  });
}

function resultOf(queued: Queued | undefined, faults: readonly PaymentFault[]): PaymentResult {
  if (faults.length > 0) return { outcome: 'REFUSED', faults };
  if (!queued) throw new Error('A line was neither queued nor refused.');
  return queued.outcome === 'REFUSED' ? { outcome: 'REFUSED', faults: [queued.fault] } : queued;
}

/**
 * Queues one payment; the same reference with the same content answers what is there. Problems: `netting/queued-payment-refused`,
 * `netting/queued-payment-reference-used`; and those of decideAndWrite.
 */
export async function takePayment(
  store: NettingStore,
  record: ReturnType<typeof paymentRecorder>,
  centre: Centre,
  asked: AskedPayment,
  on: On,
): Promise<Extract<Queued, { payment: KeptPayment }>> {
  const faults = paymentFaults(asked, await worldOf(store, centre, [asked]));
  if (faults.length > 0) {
    const before = (await readThere(store, centre, [asked])).get(asked.reference);
    if (before && saysTheSame(before, asked)) return { outcome: 'KNOWN', payment: before };
    throw refusal(faults);
  }
  const queued = await record({ tenant: centre.tenant, centreId: centre.id }, { asked, ...on });
  if (queued.outcome === 'REFUSED') throw refusal([queued.fault]);
  return queued;
}

async function worldOf(store: NettingStore, centre: Centre, asked: readonly AskedPayment[]): Promise<PaymentWorld> {
  const ids = asked.flatMap(({ payer, payee }) => [payer, payee]);
  const [participants, { excludedPairs }] = await Promise.all([
    readParticipantsOf(store, centre, ids),
    readPairs(store, centre),
  ]);
  return { centre, participants, excludedPairs };
}

/** What is there of some references. */
async function readThere(store: NettingStore, { tenant, id }: Centre, asked: readonly AskedPayment[]) {
  const ids = new Set(asked.map(({ reference }) => queuedPaymentIdOf(tenant, id, reference)));
  const found = ids.size > 0 ? await store.readQueuedPayments(tenant, [...ids]) : new Map<string, KeptPayment>();
  return new Map([...found.values()].map((one) => [one.reference, one]));
}

function refusal(faults: readonly PaymentFault[]) {
  const [{ code, detail } = { code: 'MALFORMED', detail: '' }] = faults;
  const errors = faults.slice(0, FAULTS_MAX).map((fault) => {
    return { pointer: `/${fault.field.replaceAll('.', '/')}`, detail: fault.detail };
  });
  const isUsed = code === 'REFERENCE_USED';
  const problem = isUsed ? problems['queued-payment-reference-used'] : problems['queued-payment-refused'];
  return problem.with({ detail, reason: code }).at(...errors);
}
