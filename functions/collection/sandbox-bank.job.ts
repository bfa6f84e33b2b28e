import { describeError, writeLog } from '../../shared/http/log.ts';
import { now } from '../../shared/time/clock.ts';
import { giveDueAnswers } from './gateway/sandbox/give-answers.ts';
import { takeReports } from './reports/take-reports.ts';
import { defaultStore } from './store.ts';

/** Gives the answers of the sandbox bank whose time has come. What fails for one tenant keeps no other from its own. */
export async function handler(): Promise<void> {
  const store = defaultStore();
  const take = takeReports.bind(undefined, store);
  const failures = await giveDueAnswers(store, take, now());
  for (const error of failures) {
    writeLog({ level: 'ERROR', message: 'answers of the sandbox bank not given', error: describeError(error) });
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some answers of the sandbox bank were not given.');
}
