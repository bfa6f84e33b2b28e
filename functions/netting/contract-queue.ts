import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import { centreId } from './centres/centre-shapes.ts';
import { problems } from './problems.ts';
import * as payments from './queued-payments/payment-examples.ts';
import * as shapes from './queued-payments/payment-shapes.ts';
import * as resolutions from './resolutions/resolution-examples.ts';
import * as resolving from './resolutions/resolution-shapes.ts';

const path = z.strictObject({ centreId });
const paymentPath = z.strictObject({ centreId, paymentId: shapes.queuedPaymentId });
const resolutionPath = z.strictObject({ centreId, resolutionId: resolving.resolutionId });

export const queueContract = {
  createQueuedPayment: {
    description:
      'It is paid from the payer’s account of the ledger to the payee’s, when the queue is resolved and it can settle; what one pays ' +
      'is settled in the order in which it was queued. The same reference with the same content is the same payment (200), however ' +
      'often it is sent; with other content it is refused.',
    path,
    body: shapes.paymentIn,
    response: shapes.paymentOut,
    problems: [
      problems['centre-not-found'],
      problems['queued-payment-refused'],
      problems['queued-payment-reference-used'],
      general['conflict-retry'],
    ],
    example: payments.createQueuedPayment,
  },
  createQueuedPayments: {
    description:
      'Those of one payer are queued in the order in which they are sent. Sent again, be it because it broke off, it comes to the ' +
      'same: each reference counts once.',
    path,
    body: shapes.paymentsIn,
    response: shapes.paymentBatchOut,
    problems: [problems['centre-not-found'], general['conflict-retry']],
    example: payments.createQueuedPayments,
  },
  listQueuedPayments: {
    description:
      'What waits in the queue of a currency: those of one payer in the order in which they are settled. Or the one with a ' +
      'reference, whatever became of it. A page may hold fewer than `limit` and still have a next one.',
    path,
    query: shapes.paymentsQuery,
    response: shapes.paymentsOut,
    problems: [problems['centre-not-found']],
    example: payments.listQueuedPayments,
  },
  getQueuedPayment: {
    path: paymentPath,
    response: shapes.paymentOut,
    problems: [problems['queued-payment-not-found']],
    example: payments.getQueuedPayment,
  },
  withdrawQueuedPayment: {
    description:
      'Until a resolution has decided to settle it, and for good. Asked twice, it changes nothing the second time.',
    path: paymentPath,
    response: shapes.paymentOut,
    problems: [problems['queued-payment-not-found'], problems['queued-payment-state'], general['conflict-retry']],
    example: payments.withdrawQueuedPayment,
  },
  resolveQueue: {
    description:
      'First what two settle between them, each in a set of its own; then all that settles only together. Each set is one balanced ' +
      'posting of what its parties give or get on balance, and no account falls below what must stay on it: zero, its minimum, or ' +
      'its overdraft limit. What balances refuse meanwhile is decided again. A queue has one resolution under way at most; it goes ' +
      'on in the background. Where one waits since an attempt failed (`failure`, `retryAt`), it is tried again at once.',
    path,
    body: resolving.resolveIn,
    response: resolving.resolutionOut,
    problems: [
      problems['centre-not-found'],
      problems['currency-not-netted'],
      problems['queue-being-resolved'],
      general['conflict-retry'],
    ],
    example: resolutions.resolveQueue,
  },
  simulateResolution: {
    path,
    body: resolving.resolveIn,
    response: resolving.simulationOut,
    problems: [problems['centre-not-found'], problems['currency-not-netted'], problems['queue-being-resolved']],
    example: resolutions.simulateResolution,
  },
  getResolution: {
    path: resolutionPath,
    response: resolving.resolutionOut,
    problems: [problems['resolution-not-found']],
    example: resolutions.getResolution,
  },
  listResolvedPayments: {
    description: 'What has settled, by set; and, once it has ended, what waits.',
    path: resolutionPath,
    query: resolving.linesQuery,
    response: resolving.linesOut,
    problems: [problems['resolution-not-found']],
    example: resolutions.listResolvedPayments,
  },
} satisfies Contract;
