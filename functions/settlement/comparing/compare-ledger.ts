import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { type LedgerDifference, type LedgerFigure, ledgerFigures } from './found-difference.ts';

type Figures = Readonly<Record<LedgerFigure, bigint>>;

/** Each sum of the ledger that is not that of the journal. Minor units. */
export function compareLedger(date: PlainDate, ledger: Figures, journal: Figures): LedgerDifference[] {
  return ledgerFigures
    .filter((figure) => ledger[figure] !== journal[figure])
    .map((figure) => {
      const id = `LEDGER_DIFFERS#${figure}`;
      return { id, class: 'LEDGER_DIFFERS', date, figure, ledger: ledger[figure], journal: journal[figure] };
    });
}
