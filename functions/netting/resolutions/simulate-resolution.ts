import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { type CentreName, findCentre } from '../centres/keep-centre.ts';
import type { NettingTools } from '../tools.ts';
import { decideRound, type RoundDecision } from './decide-round.ts';
import { addSettled, waitingFigures } from './figures.ts';
import { setsOf } from './posting-order.ts';
import { readSituation } from './read-situation.ts';
import { noFigures, type ResolutionFigures } from './resolution.ts';
import { requireFree, requireNetted } from './start-resolution.ts';

export interface Simulated extends RoundDecision {
  readonly figures: ResolutionFigures;
}

/**
 * What a resolution of a queue would come to now; nothing is written. Problems: `netting/centre-not-found`,
 * `netting/currency-not-netted`, `netting/queue-being-resolved`.
 */
export async function simulateResolution(
  tools: Pick<NettingTools, 'store' | 'ledger'>,
  which: CentreName,
  currency: CurrencyCode,
  now: Date,
): Promise<Simulated> {
  const centre = await findCentre(tools.store, which);
  requireNetted(centre, currency, '/currency');
  const head = await tools.store.readQueueHead(which.tenant, { centreId: which.centreId, currency });
  requireFree(head);
  const decision = decideRound(await readSituation(tools, centre, currency, head, [], now), 0);
  const figures = { ...addSettled(noFigures, setsOf(decision.sets)), ...waitingFigures(decision.waiting) };
  return { ...decision, figures };
}
