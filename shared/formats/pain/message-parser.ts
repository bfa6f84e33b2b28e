import { detached } from '../detached.ts';
import { FormatError } from '../format-error.ts';
import type { TextBlock } from '../text-blocks.ts';
import { type PartListener, PartReader } from '../xml/part-reader.ts';
import { find, type XmlNode } from '../xml/xml-node.ts';
import { ControlSum } from './control-sum.ts';
import { type MessageKind, messageKinds } from './message-kinds.ts';
import type { PaymentEvent } from './payment-events.ts';
import { checkTotals, missing, type PlacedNode } from './read-fields.ts';
import { readGroupHeader } from './read-terms.ts';

/** A PmtInf that is being read. */
interface OpenPayment extends PlacedNode {
  readonly sum: ControlSum;
  opened: boolean;
}

const versionInNamespace = /:(pain\.00[18]\.\d{3}\.\d{2})$/;

/** Turns pain.001 and pain.008 of any version into events as the text comes. Keeps one transaction as a tree at a time. */
export class MessageParser implements PartListener {
  /** Events of the text so far; the caller takes them out. */
  readonly events: PaymentEvent[] = [];
  readonly #parts = new PartReader(this);
  #version: string | undefined;
  #kind: MessageKind | undefined;
  #message = '';
  #ended = false;
  #header: PlacedNode | undefined;
  #payment: OpenPayment | undefined;
  #payments = 0;
  readonly #sum = new ControlSum();

  write(block: TextBlock): void {
    this.#parts.write(block);
  }

  /** @throws FormatError truncated, not-a-payment-message */
  end(): void {
    this.#parts.end();
    if (this.#ended) return;
    throw new FormatError('not-a-payment-message', 'The file holds no pain.001 and no pain.008', {
      line: this.#parts.line,
    });
  }

  opensFrame(name: string, attributes: Readonly<Record<string, string>>): boolean {
    if (!this.#kind) this.#openOutside(name, attributes);
    else if (this.#payment || name !== 'PmtInf') return false;
    else this.#openPayment();
    return true;
  }

  closesFrame(name: string): void {
    if (this.#payment) this.#closePayment(this.#payment);
    else if (this.#kind && name === this.#message) this.#closeMessage();
  }

  takePart(part: XmlNode, repaired: boolean): void {
    if (repaired) throw new FormatError('unsupported-encoding', 'It is not UTF-8', { element: part.name });
    const payment = this.#payment;
    if (!payment) {
      if (part.name === 'GrpHdr') this.#takeHeader(part);
    } else if (part.name === this.#kind?.transaction) this.#takeTransaction(payment, part, this.#kind);
    else if (this.#kind?.terms.has(part.name) && !find(payment.node, part.name)) payment.node.children.push(part);
  }

  #openOutside(name: string, attributes: Readonly<Record<string, string>>): void {
    for (const value of Object.values(attributes)) this.#version = versionInNamespace.exec(value)?.[1] ?? this.#version;
    this.#kind = messageKinds.get(name);
    this.#message = name;
    if (this.#kind && this.#ended) {
      throw new FormatError('not-a-payment-message', 'The file holds a second message', { element: name });
    }
  }

  #takeHeader(node: XmlNode): void {
    if (this.#header || !this.#kind) return;
    const header = { node, place: `${this.#message}/GrpHdr` };
    const { format } = this.#kind;
    const version = this.#version === undefined ? {} : { version: this.#version };
    this.events.push({ kind: 'message', header: detached({ format, ...version, ...readGroupHeader(header) }) });
    this.#header = header;
  }

  #openPayment(): void {
    if (!this.#header) throw missing(`${this.#message}/GrpHdr`);
    this.#payments += 1;
    this.#payment = {
      node: { name: 'PmtInf', attributes: {}, text: '', children: [] },
      place: `${this.#message}/PmtInf[${this.#payments}]`,
      sum: new ControlSum(),
      opened: false,
    };
  }

  /** The terms go out before the first transaction. */
  #takeTransaction(payment: OpenPayment, node: XmlNode, kind: MessageKind): void {
    if (!payment.opened) this.events.push(kind.readTerms(payment));
    payment.opened = true;
    const place = `${payment.place}/${node.name}[${payment.sum.count + 1}]`;
    const { event, paid } = kind.readTransaction({ node, place });
    this.#sum.add(paid.amount, paid.currency);
    payment.sum.add(paid.amount, paid.currency);
    this.events.push(event);
  }

  #closePayment(payment: OpenPayment): void {
    if (!payment.opened) throw missing(`${payment.place}/${this.#kind?.transaction}`);
    checkTotals(payment, payment.sum);
    this.#payment = undefined;
  }

  #closeMessage(): void {
    if (!this.#header) throw missing(`${this.#message}/GrpHdr`);
    if (this.#payments === 0) throw missing(`${this.#message}/PmtInf`);
    checkTotals(this.#header, this.#sum);
    this.events.push({ kind: 'end', totals: { count: this.#sum.count, sum: this.#sum.text } });
    this.#kind = undefined;
    this.#ended = true;
  }
}
