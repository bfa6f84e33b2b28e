import type { ReadLine, Refused } from '../batches/batch-line.ts';
import { fieldFaults, type Taking, takeAlone, takeBatch } from '../batches/take-batch.ts';
import type { Centre } from '../centres/centre.ts';
import type { On } from '../centres/keep-centre.ts';
import { readPairs, readParticipantsOf } from '../centres/read-participants.ts';
import { queuedPaymentIdOf } from '../keys.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';
import { type PaymentFault, type PaymentWorld, paymentFaults } from './check-payment.ts';
import { type AskedPayment, type KeptPayment, saysTheSame } from './kept-payment.ts';
import { type Queued, queuePayments } from './queue-payments.ts';
import type { paymentRecorder } from './record-together.ts';

type Kept = Extract<Queued, { payment: KeptPayment }>;

/** What became of a line. */
export type PaymentResult = Kept | Refused<PaymentFault>;

/** Queues the lines of a batch, as takeBatch does. Problems: those of decideAndWrite. */
export async function takePayments(
  store: NettingStore,
  centre: Centre,
  lines: readonly ReadLine<AskedPayment, PaymentFault>[],
  on: On,
): Promise<PaymentResult[]> {
  const asked = lines.flatMap((line) => line.asked ?? []);
  const which = { tenant: centre.tenant, centreId: centre.id };
  const take = (good: readonly AskedPayment[]) => {
    const drafts = good.map((one) => ({ asked: one, ...on }));
    return queuePayments(store, which, drafts);
  };
  return takeBatch(lines, { ...(await takingOf(store, centre, asked)), take });
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
): Promise<Kept> {
  const which = { tenant: centre.tenant, centreId: centre.id };
  const take = (good: readonly AskedPayment[]) => Promise.all(good.map((one) => record(which, { asked: one, ...on })));
  return takeAlone(asked, { ...(await takingOf(store, centre, [asked])), take }, refusal);
}

/** What a centre has against payments, and which of them it has. */
async function takingOf(
  store: NettingStore,
  centre: Centre,
  asked: readonly AskedPayment[],
): Promise<Omit<Taking<AskedPayment, Kept, PaymentFault>, 'take'>> {
  const world = await worldOf(store, centre, asked);
  return {
    faultsOf: (one) => paymentFaults(one, world),
    findKnown: async (others) => {
      const idOf = ({ reference }: AskedPayment) => queuedPaymentIdOf(centre.tenant, centre.id, reference);
      const ids = new Set(others.map(idOf));
      const found =
        ids.size > 0 ? await store.readQueuedPayments(centre.tenant, [...ids]) : new Map<string, KeptPayment>();
      return new Map(
        others.flatMap((one): [AskedPayment, Kept][] => {
          const payment = found.get(idOf(one));
          return payment && saysTheSame(payment, one) ? [[one, { outcome: 'KNOWN', payment }]] : [];
        }),
      );
    },
  };
}

async function worldOf(store: NettingStore, centre: Centre, asked: readonly AskedPayment[]): Promise<PaymentWorld> {
  const ids = asked.flatMap(({ payer, payee }) => [payer, payee]);
  const [participants, { excludedPairs }] = await Promise.all([
    readParticipantsOf(store, centre, ids),
    readPairs(store, centre),
  ]);
  return { centre, participants, excludedPairs };
}

function refusal(faults: readonly PaymentFault[]) {
  const [{ code, detail } = { code: 'MALFORMED', detail: '' }] = faults;
  const isUsed = code === 'REFERENCE_USED';
  const problem = isUsed ? problems['queued-payment-reference-used'] : problems['queued-payment-refused'];
  return problem.with({ detail, reason: code }).at(...fieldFaults(faults));
}
