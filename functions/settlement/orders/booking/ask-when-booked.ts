import { describeError, writeLog } from '../../../../shared/http/log.ts';
import type { RoleAccounts } from '../../journal/booking/role-accounts.ts';
import { askAgainForSteps, type StepTools } from './carry-out-step.ts';

/**
 * Asks again for what is due to be asked for, when postings were booked: they may be what it waited for. What fails is logged and
 * left to the job that asks for all of them, as the journal does not wait for it.
 */
export async function askWhenBooked(tools: StepTools, accounts: RoleAccounts, now: Date): Promise<void> {
  try {
    await askAgainForSteps(tools, accounts, now);
  } catch (error) {
    const message = 'Steps of orders that wait were not asked for.';
    writeLog({ level: 'ERROR', message, error: describeError(error) });
  }
}
