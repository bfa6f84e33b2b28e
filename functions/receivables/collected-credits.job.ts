import { now } from '../../shared/time/clock.ts';
import { collectedUnder } from '../collection/published.ts';
import { compareAgain } from './collected/compare-again.ts';
import { receivablesTools } from './tools.ts';

/** Compares what statements say came of files of collections with what their orders have brought by now. */
export async function handler(): Promise<void> {
  await compareAgain({ ...receivablesTools(), collection: { collectedUnder } }, now());
}
