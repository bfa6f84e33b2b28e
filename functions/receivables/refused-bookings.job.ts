import { now } from '../../shared/time/clock.ts';
import { askAgain } from './booking/ask-again.ts';
import { receivablesTools } from './tools.ts';

/** Asks the ledger again for what it refused to book, or did not answer. */
export async function handler(): Promise<void> {
  await askAgain(receivablesTools(), now());
}
