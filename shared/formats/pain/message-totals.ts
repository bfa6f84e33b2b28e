import { headerFaults } from './check-terms.ts';
import type { CharacterSet } from './check-text.ts';
import { ControlSum, sumDigitsMax } from './control-sum.ts';
import { type MessageForm, type MessageTotals, type Totals, totalsOfSum } from './message-form.ts';
import type { Message, Payment, PaymentTerms, PaymentTransaction, Source } from './payment-message.ts';
import { type FieldFault, PaymentMessageError } from './payment-message-error.ts';

/** Payment informations of one message; a message holds as many transactions as it likes. */
export const paymentsMax = 10_000;

/**
 * Goes through a message once: checks every field of it, counts and adds up. Memory grows with its payment informations,
 * not with its transactions.
 * @throws PaymentMessageError for the first fault
 */
export async function totalsOf<Terms extends PaymentTerms, Transaction extends PaymentTransaction>(
  message: Message<Terms, Transaction>,
  form: MessageForm<Terms, Transaction>,
  set: CharacterSet,
): Promise<MessageTotals> {
  refuse(headerFaults(message, set));
  refuse(sourceFaults('payments', message.payments));
  const all = new ControlSum();
  const payments: Totals[] = [];
  const ids = new Set<string>();
  for await (const payment of message.payments) {
    const path = `payments[${payments.length}]`;
    if (payments.length >= paymentsMax) refuse([tooMany()]);
    refuse(form.termsFaults(payment, set), path);
    refuse(repeatedFaults(payment, ids), path);
    payments.push(await totalsOfPayment(payment, path, { form, set, all }));
  }
  if (payments.length === 0) refuse([{ path: 'payments', what: 'There are none', mend: 'Give one at least.' }]);
  refuse(sumFaults('payments', all));
  return { ...totalsOfSum(all), payments };
}

interface Pass<Terms, Transaction> {
  readonly form: MessageForm<Terms, Transaction>;
  readonly set: CharacterSet;
  readonly all: ControlSum;
}

async function totalsOfPayment<Terms extends PaymentTerms, Transaction extends PaymentTransaction>(
  { transactions }: Payment<Terms, Transaction>,
  path: string,
  { form, set, all }: Pass<Terms, Transaction>,
): Promise<Totals> {
  const place = `${path}.transactions`;
  refuse(sourceFaults(place, transactions));
  const sum = new ControlSum();
  for await (const transaction of transactions) {
    refuse(form.transactionFaults(transaction, set), `${place}[${sum.count}]`);
    sum.add(transaction.amount, transaction.currency);
    all.add(transaction.amount, transaction.currency);
  }
  if (sum.count === 0) refuse([{ path: place, what: 'There are none', mend: 'Give one at least.' }]);
  refuse(sumFaults(place, sum));
  return totalsOfSum(sum);
}

/** @throws PaymentMessageError for the first of them */
export function refuse([fault]: readonly FieldFault[], at = ''): void {
  if (fault) throw new PaymentMessageError({ ...fault, path: at === '' ? fault.path : `${at}.${fault.path}` });
}

function tooMany(): FieldFault {
  return { path: 'payments', what: `There are more than ${paymentsMax}`, mend: 'Make several messages of it.' };
}

/** What can be gone through only once would be empty at the second pass, after the header has gone out. */
function sourceFaults(path: string, source: Source<unknown>): FieldFault[] {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  if ((iterator as unknown) !== source) return [];
  const mend = 'Give an array, or an object that begins anew each time it is iterated.';
  return [{ path, what: 'It can be gone through only once', mend }];
}

function repeatedFaults({ paymentInformationId }: PaymentTerms, ids: Set<string>): FieldFault[] {
  const repeated = ids.has(paymentInformationId);
  ids.add(paymentInformationId);
  const mend = 'Give each payment information of a message an id of its own.';
  return repeated ? [{ path: 'paymentInformationId', what: 'Another has the same', mend }] : [];
}

function sumFaults(path: string, sum: ControlSum): FieldFault[] {
  if (!sum.tooLong) return [];
  return [{ path, what: `They add up to more than ${sumDigitsMax} digits`, mend: 'Make several messages of it.' }];
}
