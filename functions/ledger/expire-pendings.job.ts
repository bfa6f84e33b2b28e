import { now } from '../../shared/time/clock.ts';
import { expirePendings } from './expire-pendings.ts';
import { defaultStore } from './store.ts';

/** Releases holds whose time is up. */
export async function handler(): Promise<void> {
  await expirePendings(defaultStore(), now());
}
