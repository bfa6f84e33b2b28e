import pLimit from 'p-limit';
import { expect } from 'vitest';
import type { ToldTools } from '../../../functions/receivables/tools.ts';
import { type Change, workOff } from '../../../functions/receivables/work-off.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { disagreements, monday, receiptsWithBook, type TestReceipts } from './receipts.ts';

const runsAtOnce = 3;
const processesMax = 5;

/** Work that is asked for again where a process dies in it, and what it comes to. */
export interface DyingWork<End> {
  begin(receipts: TestReceipts): Promise<void>;
  /** Every step may be asked for again; `pending` are changes that are not worked off yet. */
  work(receipts: TestReceipts, tools: ToldTools, pending: Change[]): Promise<void>;
  endOf(receipts: TestReceipts): Promise<End>;
}

/** Hands over what changed until nothing changes any more; what was not worked off to its end comes again. */
export async function deliver(receipts: TestReceipts, tools: ToldTools, pending: Change[]): Promise<void> {
  for (;;) {
    pending.push(...(await receipts.changes()));
    if (pending.length === 0) return;
    await workOff(tools, pending, monday);
    pending.length = 0;
  }
}

/** What the work comes to where nothing dies. */
export async function endOfWork<End>(work: DyingWork<End>): Promise<End> {
  const { end, faults } = await runWith(work);
  expect(faults).toEqual([]);
  return end;
}

/** Has the process die at every write, before or after it: each time all ends as it is to. Answers how often it died. */
export async function killAtEveryWrite<End>(work: DyingWork<End>, whole: End): Promise<number> {
  const limit = pLimit(runsAtOnce);
  let kills = 0;
  const untilAlive = async (death: Death, from: number) => {
    for (let write = from; ; write += runsAtOnce) {
      const { end, faults, isDead } = await runWith(work, { write, death });
      const when = `killed ${death} write ${write}`;
      expect(end, when).toEqual(whole);
      expect(faults, when).toEqual([]);
      if (!isDead) return;
      kills += 1;
    }
  };
  const lanes = (['BEFORE', 'AFTER'] as const).flatMap((death) =>
    [0, 1, 2].map((from) => limit(() => untilAlive(death, from))),
  );
  await Promise.all(lanes);
  return kills;
}

async function runWith<End>(
  { begin, work, endOf }: DyingWork<End>,
  doom?: { readonly write: number; readonly death: Death },
) {
  const receipts = await receiptsWithBook(anEngine());
  await begin(receipts);
  const pending: Change[] = [];
  let isDead = false;
  for (let processes = 0; processes < processesMax; processes++) {
    const client = receipts.newClient();
    const dying = processes === 0 && doom ? dieAt(client, doom.write, doom.death) : undefined;
    try {
      await work(receipts, receipts.toolsOver(client), pending);
      break;
    } catch (error) {
      if (!dying?.isDead()) throw error;
      isDead = true;
    } finally {
      client.destroy();
    }
  }
  const end = await endOf(receipts);
  const faults = await disagreements(receipts);
  receipts.close();
  return { end, faults, isDead };
}
