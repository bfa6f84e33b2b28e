import { detached } from '../detached.ts';
import { FormatError } from '../format-error.ts';
import type { TextBlock } from '../text-blocks.ts';
import { type PartListener, PartReader } from '../xml/part-reader.ts';
import { find, type XmlNode } from '../xml/xml-node.ts';
import { badField, missing, type PlacedNode } from './read-fields.ts';
import { readPaymentStatus, readReport, readTransactionStatus } from './read-status.ts';
import type { PaymentStatus, StatusEvent, StatusFlag, StatusReport } from './status-events.ts';
import { StatusTally } from './status-tally.ts';

/** Reasons, or counts by status, of one payment information. */
const repeatedPartsMax = 1_000;

const message = 'CstmrPmtStsRpt';
const singleParts = new Set(['OrgnlPmtInfId', 'OrgnlNbOfTxs', 'OrgnlCtrlSum', 'PmtInfSts']);
const repeatedParts = new Set(['StsRsnInf', 'NbOfTxsPerSts']);
const versionInNamespace = /:(pain\.002\.\d{3}\.\d{2})$/;

/** An OrgnlPmtInfAndSts that is being read. */
interface OpenPayment extends PlacedNode {
  readonly tally: StatusTally;
  status?: PaymentStatus;
}

/** Turns a pain.002 of version 3 or later into events as its text comes. Keeps one transaction as a tree at a time. */
export class StatusParser implements PartListener {
  /** Events of the text so far; the caller takes them out. */
  readonly events: StatusEvent[] = [];
  readonly #parts = new PartReader(this);
  #version: string | undefined;
  #inMessage = false;
  #ended = false;
  #header: XmlNode | undefined;
  #report: StatusReport | undefined;
  #payment: OpenPayment | undefined;
  #payments = 0;
  readonly #tally = new StatusTally();
  readonly #flags = new Set<StatusFlag>();

  write(block: TextBlock): void {
    this.#parts.write(block);
  }

  /** @throws FormatError truncated, not-a-status-report */
  end(): void {
    this.#parts.end();
    if (this.#ended) return;
    throw new FormatError('not-a-status-report', 'The file holds no pain.002', { line: this.#parts.line });
  }

  opensFrame(name: string, attributes: Readonly<Record<string, string>>): boolean {
    if (!this.#inMessage) this.#openOutside(name, attributes);
    else if (this.#payment || name !== 'OrgnlPmtInfAndSts') return false;
    else this.#openPayment();
    return true;
  }

  closesFrame(name: string): void {
    if (this.#payment) this.#closePayment(this.#payment);
    else if (this.#inMessage && name === message) this.#closeMessage();
  }

  takePart(part: XmlNode, repaired: boolean): void {
    if (repaired) this.#flags.add('TEXT_NOT_UTF8');
    const payment = this.#payment;
    if (!payment) this.#takeOfMessage(part);
    else if (part.name === 'TxInfAndSts') this.#takeTransaction(payment, part);
    else if (!payment.status) takeOfPayment(payment, part);
  }

  #openOutside(name: string, attributes: Readonly<Record<string, string>>): void {
    for (const value of Object.values(attributes)) this.#version = versionInNamespace.exec(value)?.[1] ?? this.#version;
    this.#inMessage = name === message;
    if (this.#inMessage && this.#ended) {
      throw new FormatError('not-a-status-report', 'The file holds a second report', { element: name });
    }
  }

  #takeOfMessage(part: XmlNode): void {
    if (part.name === 'GrpHdr') this.#header = part;
    else if (part.name === 'OrgnlGrpInfAndSts' && !this.#report) this.#takeReport(part);
    else if (part.name === 'TxInfAndSts') {
      throw badField('It stands outside of OrgnlPmtInfAndSts, as before version 3', `${message}/TxInfAndSts`);
    }
  }

  #takeReport(node: XmlNode): void {
    const original = { node, place: `${message}/OrgnlGrpInfAndSts` };
    this.#report = detached(readReport(this.#version, this.#header, original));
    this.events.push({ kind: 'report', report: this.#report });
  }

  #openPayment(): void {
    if (!this.#report) throw missing(`${message}/OrgnlGrpInfAndSts`);
    this.#payments += 1;
    this.#payment = {
      node: { name: 'OrgnlPmtInfAndSts', attributes: {}, text: '', children: [] },
      place: `${message}/OrgnlPmtInfAndSts[${this.#payments}]`,
      tally: new StatusTally(),
    };
  }

  #takeTransaction(payment: OpenPayment, node: XmlNode): void {
    const { paymentInformationId, code } = this.#statusOf(payment);
    const place = `${payment.place}/TxInfAndSts[${payment.tally.count + 1}]`;
    const transaction = readTransactionStatus({ node, place }, paymentInformationId, this.#flags);
    payment.tally.add(transaction, code);
    this.#tally.add(transaction, code);
    this.events.push({ kind: 'transaction', transaction });
  }

  /** The payment information goes out before its first transaction, or at its end. */
  #statusOf(payment: OpenPayment): PaymentStatus {
    if (payment.status) return payment.status;
    payment.status = detached(readPaymentStatus(payment));
    this.events.push({ kind: 'payment', payment: payment.status });
    return payment.status;
  }

  #closePayment(payment: OpenPayment): void {
    payment.tally.check(this.#statusOf(payment), payment.place);
    this.#payment = undefined;
  }

  #closeMessage(): void {
    if (!this.#report) throw missing(`${message}/OrgnlGrpInfAndSts`);
    this.#tally.check(this.#report, `${message}/OrgnlGrpInfAndSts`);
    this.events.push({ kind: 'end', transactions: this.#tally.count, flags: [...this.#flags] });
    this.#inMessage = false;
    this.#ended = true;
  }
}

function takeOfPayment({ node, place }: OpenPayment, part: XmlNode): void {
  if (singleParts.has(part.name) && !find(node, part.name)) node.children.push(part);
  if (!repeatedParts.has(part.name)) return;
  node.children.push(part);
  if (node.children.length <= repeatedPartsMax) return;
  throw new FormatError('element-too-large', `More than ${repeatedPartsMax} reasons and counts`, { element: place });
}
