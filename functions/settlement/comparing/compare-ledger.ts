import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { type LedgerDifference, type LedgerFigure, ledgerFigures, type WrongBooking } from './found-difference.ts';

type Figures = Readonly<Record<LedgerFigure, bigint>>;

/** Bookings that a difference names, at most. */
const namedMax = 100;

/**
 * Each sum of the ledger that is not that of the journal. Bookings that are wrong and make up for each other are told with what was
 * paid. Minor units.
 */
export function compareLedger(
  date: PlainDate,
  ledger: Figures & { readonly wrong?: readonly WrongBooking[] },
  journal: Figures,
): LedgerDifference[] {
  const differs = ledgerFigures.filter((figure) => ledger[figure] !== journal[figure]);
  const named = ledger.wrong?.slice(0, namedMax) ?? [];
  const wrong = named.length > 0 ? { wrong: named } : {};
  const told: readonly LedgerFigure[] = differs.length === 0 && named.length > 0 ? ['paid'] : differs;
  return told.map((figure) => {
    const id = `LEDGER_DIFFERS#${figure}`;
    return { id, class: 'LEDGER_DIFFERS', date, figure, ledger: ledger[figure], journal: journal[figure], ...wrong };
  });
}
