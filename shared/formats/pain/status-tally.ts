import { FormatError } from '../format-error.ts';
import { ControlSum, sameNumber } from './control-sum.ts';
import type { PaymentStatus, StatusReport, TransactionStatus } from './status-events.ts';

/** Different statuses of the lines of one report. ISO 20022 has about twenty. */
const statusesMax = 100;

/** Lines with one status. */
interface Lines {
  readonly sum: ControlSum;
  count: number;
}

/** Counts the transactions that a report lists, of one payment information or of all, by their status. */
export class StatusTally {
  readonly #lines = new Map<string, Lines>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** `above`: the status of the payment information, for a line without one. */
  add({ code, amount, currency }: TransactionStatus, above: string | undefined): void {
    this.#count += 1;
    const status = code ?? above ?? '';
    const lines = this.#lines.get(status) ?? { sum: new ControlSum(), count: 0 };
    this.#lines.set(status, lines);
    if (this.#lines.size > statusesMax) {
      throw new FormatError('element-too-large', `More than ${statusesMax} different statuses`);
    }
    lines.count += 1;
    if (amount !== undefined && currency !== undefined) lines.sum.add(amount, currency);
  }

  /**
   * Compares what a report counts with what it lists. A bank may list the transactions of a status or leave them out, but
   * where it lists them they are as many as it says; so are their amounts where each line has one. It lists no more than
   * the original has.
   * @throws FormatError totals-do-not-fit
   */
  check({ originalCount, perStatus }: StatusReport | PaymentStatus, place: string): void {
    for (const { code, count, sum } of perStatus) {
      const lines = this.#lines.get(code);
      if (!lines) continue;
      const element = `${place}/NbOfTxsPerSts`;
      if (lines.count !== count) throw doNotFit(`${count} ${code}`, String(lines.count), `${element}/DtldNbOfTxs`);
      if (sum === undefined || lines.sum.count !== lines.count || sameNumber(sum, lines.sum.text)) continue;
      throw doNotFit(`${sum} ${code}`, lines.sum.text, `${element}/DtldCtrlSum`);
    }
    const counted = perStatus.reduce((total, { count }) => total + count, 0);
    const most = Math.max(this.#count, counted);
    if (originalCount === undefined || most <= originalCount) return;
    throw doNotFit(String(originalCount), String(most), `${place}/OrgnlNbOfTxs`);
  }
}

function doNotFit(stated: string, found: string, element: string): FormatError {
  return new FormatError('totals-do-not-fit', `It states ${stated} and there are ${found}`, { element });
}
