import { problems } from '../problems.ts';

/** Items that one report reads, at most: what an answer has time and memory for. */
export const itemsPerReportMax = 200_000;

/** Counts what a report reads. */
export class ReadBudget {
  private read = 0;

  /** Problem: `receivables/report-too-large`. */
  take(items: number): void {
    this.read += items;
    if (this.read <= itemsPerReportMax) return;
    const detail = `The report would read more than ${itemsPerReportMax} invoices, receipts and matches.`;
    throw problems['report-too-large'].with({ detail, itemsMax: itemsPerReportMax });
  }
}
