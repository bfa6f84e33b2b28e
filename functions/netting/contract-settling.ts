import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './bank-payments/bank-payment-examples.ts';
import * as payments from './bank-payments/bank-payment-shapes.ts';
import { cycleId, cycleOut } from './cycles/cycle-shapes.ts';
import { problems } from './problems.ts';
import { unwindIn } from './settling/settling-shapes.ts';

const path = z.strictObject({ cycleId });

export const settlingContract = {
  settleNettingCycle: {
    description:
      'From its value date on a closed cycle is settled by itself, in the background; `settling` says how far it is. What each leg ' +
      'needs is set aside first, and only when that is so of all of them it is posted: payers pay the centre, then the centre pays ' +
      'receivers. Whose money is missing is named in `settling.waiting`, and nothing moves; it is asked for again every quarter of an ' +
      'hour, and by this call at once. No account falls below zero, its minimum or its overdraft limit; a participant with a bank ' +
      'account pays in to its position account first, and one without any account owes the centre. 200: it is settled.',
    path,
    response: cycleOut,
    problems: [
      problems['cycle-not-found'],
      problems['cycle-not-closed'],
      problems['value-date-not-reached'],
      general['conflict-retry'],
    ],
    example: examples.settleNettingCycle,
  },
  unwindNettingCycle: {
    description:
      'For a participant that cannot pay: what was set aside is given free, all that it owes and is owed goes to the next cycle, and ' +
      'the cycle is closed anew without it, by its rates and limits; in the background. What an earlier closing carried to a later ' +
      'cycle stays there and counts as paid here. Not once money is being posted. Asked twice, it changes nothing the second time.',
    path,
    body: unwindIn,
    response: cycleOut,
    problems: [
      problems['cycle-not-found'],
      problems['participant-not-found'],
      problems['cycle-cannot-unwind'],
      general['conflict-retry'],
    ],
    example: examples.unwindNettingCycle,
  },
  listNettingBankPayments: {
    description:
      'In the order of the legs; of a cycle that is not SETTLED there are none. SETTLED says that all positions are settled in the ' +
      'ledger: what a receiver is owed stands on its position account from then on, until its bank has paid it. A page may hold fewer ' +
      'than `limit` and still have a next one.',
    path,
    query: payments.bankPaymentsQuery,
    response: payments.bankPaymentsOut,
    problems: [problems['cycle-not-found']],
    example: examples.listNettingBankPayments,
  },
  retryNettingBankPayment: {
    description:
      'What failed or came back is paid again under a number of its own, to the account at a bank that the participant has now: mend ' +
      'that first. The cycle stays SETTLED all the while.',
    path: z.strictObject({ cycleId, bankPaymentId: payments.bankPaymentId }),
    response: payments.bankPaymentOut,
    problems: [problems['bank-payment-not-found'], problems['nothing-to-retry'], general['conflict-retry']],
    example: examples.retryNettingBankPayment,
  },
} satisfies Contract;
