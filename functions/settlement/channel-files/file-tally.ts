import type { ChannelLine } from './channel-line.ts';
import type { Figure } from './channel-template.ts';

/** What the good rows of a file add up to: numbers of rows, and minor units. `fees` is less what was given back. */
export type FileTally = Readonly<Record<Figure, bigint>>;

/** Adds up lines as they come. Lines of several currencies are added all the same, as the totals of a file are. */
export class TallyCounter {
  private payments = 0n;
  private refunds = 0n;
  private paid = 0n;
  private refunded = 0n;
  private fees = 0n;

  add({ kind, amount, fee }: Pick<ChannelLine, 'kind' | 'amount' | 'fee'>): void {
    if (kind === 'PAYMENT') {
      this.payments += 1n;
      this.paid += amount;
    } else {
      this.refunds += 1n;
      this.refunded += amount;
    }
    this.fees += fee;
  }

  tally(): FileTally {
    const { payments, refunds, paid, refunded, fees } = this;
    return { count: payments + refunds, payments, refunds, paid, refunded, fees };
  }
}
