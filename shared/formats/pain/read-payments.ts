import { xmlBlocks } from '../xml/xml-blocks.ts';
import { MessageParser } from './message-parser.ts';
import type { PaymentEvent } from './payment-events.ts';

/**
 * Reads a pain.001 or pain.008 of any version as its bytes come. Memory does not grow with the file. What the model has
 * no place for (addresses, ultimate parties, tax, reporting) is left out. A file is good only when the stream ends without
 * an error: NbOfTxs and CtrlSum are compared at the end of each payment information and of the message.
 *
 * Sound as a file is not yet sound as a payment: `collectionFaults` and `transferFaults` say what is wrong with a single
 * transaction (lengths, check digits), so that a bank can reject that one and take the others.
 * @throws FormatError when the file is no such message, broken, cut off, incomplete or beyond a limit; with its place.
 */
export async function* readPayments(source: AsyncIterable<Uint8Array>): AsyncGenerator<PaymentEvent> {
  const parser = new MessageParser();
  for await (const block of xmlBlocks(source)) {
    parser.write(block);
    yield* parser.events.splice(0);
  }
  parser.end();
  yield* parser.events.splice(0);
}
