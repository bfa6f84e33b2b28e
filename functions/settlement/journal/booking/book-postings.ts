import { NotAnsweredError } from '../../../../shared/problems/lasting-answers.ts';
import { HOUR_MS } from '../../../../shared/time/durations.ts';
import type { WaitingPosting } from '../posting.ts';
import type { Posting } from '../transaction.ts';
import { type Answer, askLedger } from './ask-ledger.ts';
import type { BookingTools, RoleAccounts } from './role-accounts.ts';

/** Waiting postings that are asked for together. */
const postingsAtOnce = 100;
/** After the first refusal; twice as long after each further one. */
const firstWaitMs = 60_000;
const waitMaxMs = HOUR_MS;

/**
 * Books postings in the ledger, those of a tenant together, each once however often they are handed over. What it refuses is kept,
 * to be asked for again. Throws NotAnsweredError where the ledger could not say of some; the others stand.
 */
export async function bookPostings(
  tools: BookingTools,
  accounts: RoleAccounts,
  postings: readonly Posting[],
  now: Date,
): Promise<void> {
  const answers: Answer[] = [];
  for (const [tenant, ofTenant] of Map.groupBy(postings, (posting) => posting.tenant)) {
    const asked = ofTenant.map((posting) => ({ posting, attempt: 1 }));
    const told = await askLedger(tools, accounts, tenant, asked, now);
    for (const [place, { posting }] of asked.entries()) {
      const answer = told[place];
      if (answer?.outcome === 'REFUSED') await tools.store.keepWaiting(refusedFirst(posting, answer, now));
    }
    answers.push(...told);
  }
  requireAnswers(answers);
}

/**
 * Asks again for what the ledger refused and is due to be asked for. A refusal spends the number that it was asked under, and only
 * then the next one is used: so each is booked once, whoever else asks. Throws as bookPostings, after all was asked for.
 */
export async function askAgain(tools: BookingTools, accounts: RoleAccounts, now: Date): Promise<void> {
  const answers: Answer[] = [];
  let after: string | undefined;
  do {
    const { waiting, next } = await tools.store.listWaiting(now.toISOString(), after, postingsAtOnce);
    for (const [tenant, ofTenant] of Map.groupBy(waiting, (posting) => posting.tenant)) {
      answers.push(...(await askForWaiting(tools, accounts, tenant, ofTenant, now)));
    }
    after = next;
  } while (after !== undefined);
  requireAnswers(answers);
}

/** Asks once more for postings of one tenant that wait, due or not, and keeps what the ledger says. */
async function askForWaiting(
  tools: BookingTools,
  accounts: RoleAccounts,
  tenant: string,
  waiting: readonly WaitingPosting[],
  now: Date,
): Promise<Answer[]> {
  const asked = waiting.map((posting) => ({ posting, attempt: posting.attempt }));
  const told = await askLedger(tools, accounts, tenant, asked, now);
  for (const [place, before] of waiting.entries()) {
    const answer = told[place];
    if (!answer || answer.outcome === 'UNANSWERED') continue;
    await tools.store.replaceWaiting(afterAnswer(before, answer, now), before);
  }
  return told;
}

type Refusal = Exclude<Answer, { readonly outcome: 'POSTED' }>;

function refusedFirst(posting: Posting, { code, detail, isSpent }: Refusal, now: Date): WaitingPosting {
  const attempt = isSpent ? 2 : 1;
  const since = now.toISOString();
  return { ...posting, code, detail, attempt, refusals: 1, since, askAt: askAtAfter(1, now), revision: 1 };
}

function afterAnswer(before: WaitingPosting, answer: Answer, now: Date): WaitingPosting {
  const next = { ...before, revision: before.revision + 1 };
  if (answer.outcome === 'POSTED') return { ...next, bookedAs: before.attempt };
  const { code, detail, isSpent } = answer;
  const refusals = before.refusals + 1;
  const attempt = before.attempt + (isSpent ? 1 : 0);
  return { ...next, code, detail, attempt, refusals, askAt: askAtAfter(refusals, now) };
}

/** When it is asked again after so many refusals. */
export function askAtAfter(refusals: number, now: Date): string {
  const wait = Math.min(waitMaxMs, firstWaitMs * 2 ** Math.min(refusals - 1, 20));
  return new Date(now.getTime() + wait).toISOString();
}

function requireAnswers(answers: readonly Answer[]): void {
  if (!answers.some(({ outcome }) => outcome === 'UNANSWERED')) return;
  throw new NotAnsweredError('The ledger could not book all at the moment.');
}
