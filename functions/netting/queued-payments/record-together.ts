import { groupCommit } from '../../../shared/concurrency/group-commit.ts';
import type { CentreName } from '../centres/keep-centre.ts';
import { paymentsPerWriteMax } from '../store-queue.ts';
import { gateOfPayer } from './kept-payment.ts';
import { type PaymentDraft, type Queued, type Queueing, queuePayments } from './queue-payments.ts';

/**
 * Queues single payments. Those that arrive while others of the same gate are being written go together as the next, in the order in
 * which they came.
 */
export function paymentRecorder(store: Queueing): (which: CentreName, draft: PaymentDraft) => Promise<Queued> {
  const record = groupCommit<{ which: CentreName; draft: PaymentDraft }, Queued>((_group, inputs) => {
    const [first] = inputs;
    if (!first) return Promise.resolve([]);
    return queuePayments(
      store,
      first.which,
      inputs.map(({ draft }) => draft),
    );
  }, paymentsPerWriteMax);
  return (which, draft) => {
    const { payer, currency } = draft.asked;
    return record(`${which.tenant}#${which.centreId}#${currency}#${gateOfPayer(payer)}`, { which, draft });
  };
}
