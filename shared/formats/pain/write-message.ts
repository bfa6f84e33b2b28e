import type { CharacterSet } from './check-text.ts';
import { collectionForm } from './collection-form.ts';
import { ControlSum } from './control-sum.ts';
import { type MessageForm, type MessageTotals, type Totals, totalsOfSum } from './message-form.ts';
import { refuse, totalsOf } from './message-totals.ts';
import type {
  CollectionMessage,
  Message,
  Payment,
  PaymentTerms,
  PaymentTransaction,
  TransferMessage,
} from './payment-message.ts';
import { transferForm } from './transfer-form.ts';
import { groupHeader } from './write-parts.ts';

export interface WriteOptions {
  /** Which characters the bank takes; others are refused. */
  readonly characters: CharacterSet;
}

/**
 * Writes a pain.008.001.08 as pieces of text (UTF-8 when encoded). The message is gone through twice: first to check
 * every field and to add up, before anything is written; then to write. Memory does not grow with its transactions. A
 * file is whole only when the pieces end without an error.
 * @throws PaymentMessageError names the field; also where the second pass does not meet what the first did
 */
export function writeCollections(message: CollectionMessage, options: WriteOptions): AsyncGenerator<string> {
  return write(message, collectionForm, options);
}

/** The same for a pain.001.001.09. */
export function writeTransfers(message: TransferMessage, options: WriteOptions): AsyncGenerator<string> {
  return write(message, transferForm, options);
}

/** Characters of one piece, about. */
const pieceCharacters = 32 * 1024;

async function* write<Terms extends PaymentTerms, Transaction extends PaymentTransaction>(
  message: Message<Terms, Transaction>,
  form: MessageForm<Terms, Transaction>,
  { characters }: WriteOptions,
): AsyncGenerator<string> {
  const totals = await totalsOf(message, form, characters);
  let piece = '';
  for await (const text of elements(message, form, characters, totals)) {
    piece += text;
    if (piece.length < pieceCharacters) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

async function* elements<Terms extends PaymentTerms, Transaction extends PaymentTransaction>(
  message: Message<Terms, Transaction>,
  form: MessageForm<Terms, Transaction>,
  set: CharacterSet,
  totals: MessageTotals,
): AsyncGenerator<string> {
  const namespace = `urn:iso:std:iso:20022:tech:xsd:${form.version}`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespace}"><${form.message}>`;
  yield groupHeader(message, totals);
  let index = 0;
  for await (const payment of message.payments) {
    yield* paymentElements(payment, form, set, { stated: totals.payments[index], path: `payments[${index}]` });
    index += 1;
  }
  refuseChange('payments', { count: totals.payments.length, sum: '' }, { count: index, sum: '' });
  yield `</${form.message}></Document>\n`;
}

interface Place {
  /** What the first pass found; nothing where there was no such payment information. */
  readonly stated: Totals | undefined;
  readonly path: string;
}

async function* paymentElements<Terms extends PaymentTerms, Transaction extends PaymentTransaction>(
  payment: Payment<Terms, Transaction>,
  form: MessageForm<Terms, Transaction>,
  set: CharacterSet,
  { stated = { count: 0, sum: '' }, path }: Place,
): AsyncGenerator<string> {
  refuse(form.termsFaults(payment, set), path);
  yield `<PmtInf>${form.terms(payment, stated)}`;
  const found = new ControlSum();
  for await (const transaction of payment.transactions) {
    refuse(form.transactionFaults(transaction, set), `${path}.transactions[${found.count}]`);
    found.add(transaction.amount, transaction.currency);
    yield form.transaction(transaction);
  }
  refuseChange(`${path}.transactions`, stated, totalsOfSum(found));
  yield '</PmtInf>';
}

/** What came at the second pass has to be what the header says. */
function refuseChange(path: string, stated: Totals, found: Totals): void {
  if (stated.count === found.count && stated.sum === found.sum) return;
  const what = `They were ${described(stated)} at first and are ${described(found)} now`;
  refuse([{ path, what, mend: 'Send nothing of this file; write it from content that stays as it is.' }]);
}

function described({ count, sum }: Totals): string {
  return sum === '' ? `${count}` : `${count} of ${sum} together`;
}
