import { now } from '../../shared/time/clock.ts';
import { doDailyWork } from './runs/daily-work.ts';
import { defaultStore } from './store.ts';

/** Starts the day's run of every tenant with open receipts, and looks again at who paid too little. */
export async function handler(): Promise<void> {
  await doDailyWork(defaultStore(), now());
}
