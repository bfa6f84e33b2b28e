import { presentAmount } from '../../../shared/money/present.ts';
import { cycleOfId } from '../cycles/cycle.ts';
import type { ToldPage } from './telling.ts';

/** What is told of obligations of one source. */
export function presentPage({ telling, source, valueDate, rows }: ToldPage) {
  const { cycleId, kind } = telling;
  const shown = rows.map(({ subject, reference, amount, currency, revision }) => ({
    ...{ subject, reference, version: revision },
    ...presentAmount(amount, currency),
  }));
  const head = { centreId: cycleOfId(cycleId).centreId, cycleId, source, valueDate };
  return kind === 'SETTLED' ? { ...head, settled: shown } : { ...head, obligations: shown };
}
