import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import type { Participant } from '../../functions/netting/centres/participant.ts';
import { askClosing } from '../../functions/netting/closing/ask-closing.ts';
import { carryOnClosing } from '../../functions/netting/closing/carry-on-closing.ts';
import { cutOff } from '../../functions/netting/cycles/cut-off.ts';
import { gateCount } from '../../functions/netting/cycles/cycle.ts';
import { keys } from '../../functions/netting/keys.ts';
import { addObligations } from '../../functions/netting/obligations/add-obligations.ts';
import { type CycleLine, linesToPlain } from '../../functions/netting/obligations/obligation-items.ts';
import { askSettling } from '../../functions/netting/settling/ask-settling.ts';
import { carryOnSettling } from '../../functions/netting/settling/carry-on-settling.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { meterWrites } from '../../shared/dynamo/meter.ts';
import { benchCause as cause } from './bench-collection.ts';
import {
  afternoon,
  cycleId,
  morning,
  type NettingBench,
  onAfternoon,
  onNettingEngine,
  openCentre,
  tenant,
} from './bench-netting.ts';
import type { BenchTable } from './bench-table.ts';

/** LEGS=500 npm run bench -- netting-cycles, for a quicker look. */
const legs = Number(process.env.LEGS ?? 5_000);
/** The largest cycle that is closed: CYCLE=1000000. */
const largest = Number(process.env.CYCLE ?? 1_000_000);
/** A participant of a cycle has one leg, and some obligations: PER_LEG=2. */
const obligationsPerLeg = Number(process.env.PER_LEG ?? 10);
const linesPerItem = 90;
const participantsMax = 10_000;
const atOnce = 16;

/** Cycles over storage, from intake to SETTLED. */
export async function benchNettingCycles(): Promise<{ readonly tables: readonly BenchTable[] }> {
  const timed = await onNettingEngine((bench) => settledCycle(bench, false));
  const metered = await onNettingEngine((bench) => settledCycle(bench, true));
  const closed = [];
  for (let count = 1_000; count <= largest; count *= 10) {
    closed.push(await onNettingEngine((bench) => closedCycle(bench, count)));
  }
  return {
    tables: [
      { title: `A cycle of ${legs} legs through the centre, timed`, rows: timed },
      { title: `The same, write units by AWS’s rules`, rows: metered },
      {
        title: 'Closing: lines written straight, as intake writes them; the most memory the process has had',
        rows: closed,
      },
    ],
  };
}

/** Half of the participants pay, half receive; each has obligations, so that there are as many legs as participants. */
async function settledCycle(bench: NettingBench, isMetered: boolean): Promise<object[]> {
  const { tools } = bench;
  const participants = await withAccounts(bench);
  const centre = await openCentre(bench, participants);
  const half = legs / 2;
  const count = legs * obligationsPerLeg;
  const drafts = Array.from({ length: count }, (_, n) => {
    const owed = { payer: `P${n % half}`, payee: `P${half + ((n * 7 + Math.floor(n / half)) % half)}` };
    const content = { ...owed, currency: 'CNY', amount: 100n, date: '2026-03-31', isDateTold: true } as const;
    return { asked: { reference: `IC-${n}`, ...content }, at: morning.toISOString(), cause };
  });
  const rows: object[] = [];
  const meter = isMetered ? meterWrites(bench.client, bench.aside) : undefined;
  const stage = async (name: string, work: () => Promise<unknown>) => {
    meter?.reset();
    const begun = performance.now();
    await work();
    const seconds = (performance.now() - begun) / 1_000;
    rows.push(meter ? unitsRow(name, meter.report(), count) : { stage: name, seconds: round(seconds) });
  };
  await stage(`intake of ${count} obligations`, () => addObligations(tools.store, centre, drafts));
  await stage('cut-off and closing', () => close(bench));
  await stage(`settlement of ${legs} legs`, async () => {
    await askSettling(tools.store, { tenant, cycleId }, onAfternoon);
    await carryOnSettling(tools, { tenant, cycleId, stepsMax: 1_000 }, afternoon);
  });
  const cycle = await tools.store.readCycle(tenant, cycleId);
  const paid = cycle?.result?.rows.LEGS;
  if (cycle?.state !== 'SETTLED' || paid !== legs) throw new Error(`The cycle is ${cycle?.state} with ${paid} legs.`);
  return rows;
}

function unitsRow(stage: string, report: ReturnType<ReturnType<typeof meterWrites>['report']>, count: number) {
  const { total, byPlace, hottest } = report;
  const ofLedger = [...byPlace]
    .filter(([place]) => place.includes('ledger'))
    .reduce((sum, [, units]) => sum + units, 0);
  return {
    ...{ stage, units: Math.round(total), netting: Math.round(total - ofLedger), ledger: Math.round(ofLedger) },
    ...{
      perObligation: round(total / count),
      perLeg: round(total / legs),
      hottestKey: Math.round(hottest?.units ?? 0),
    },
  };
}

/** Those that pay have what they will pay. */
async function withAccounts({ tools: { ledger } }: NettingBench): Promise<Participant[]> {
  const limit = pLimit(atOnce);
  const open = (holder: string) => {
    const account = { currency: 'CNY', holder, purpose: 'GENERAL' } as const;
    return ledger.openAccountOnce(
      tenant,
      { name: ['bench', holder], account, constraint: { type: 'NONE' }, cause },
      morning,
    );
  };
  const outside = await open('outside');
  const ids = await Promise.all(Array.from({ length: legs }, (_, n) => limit(() => open(`P${n}`))));
  const payers = ids.slice(0, legs / 2);
  const orders = Array.from({ length: Math.ceil(payers.length / 40) }, (_, part) => ({
    ...{ name: ['bench', `funds ${part}`], fingerprint: '', cause },
    legs: payers.slice(part * 40, (part + 1) * 40).map((creditAccountId) => {
      return {
        debitAccountId: outside,
        creditAccountId,
        amount: BigInt(2 * obligationsPerLeg) * 100n,
        currency: 'CNY',
      };
    }),
  }));
  await ledger.postTransfers(tenant, orders, morning);
  return ids.map((accountId, n) => ({
    ...{ id: `P${n}`, name: `P${n}`, state: 'ACTIVE', netDebitLimits: [], identities: [] },
    accounts: [{ at: 'LEDGER', currency: 'CNY', accountId }],
  }));
}

async function close({ tools }: NettingBench): Promise<void> {
  await cutOff(tools.store, { tenant, cycleId }, onAfternoon);
  await askClosing(tools.store, { tenant, cycleId }, {}, onAfternoon);
  await carryOnClosing(tools, { tenant, cycleId, stepsMax: 1_000 }, afternoon);
}

async function closedCycle(bench: NettingBench, count: number): Promise<object> {
  const participants = Math.min(participantsMax, count / 10);
  await openCentre(
    bench,
    Array.from({ length: participants }, (_, n) => {
      return { id: `P${n}`, name: `P${n}`, state: 'ACTIVE', accounts: [], netDebitLimits: [], identities: [] };
    }),
  );
  await writeLines(bench, count, participants);
  const begun = performance.now();
  await close(bench);
  const seconds = (performance.now() - begun) / 1_000;
  const cycle = await bench.tools.store.readCycle(tenant, cycleId);
  if (cycle?.state !== 'CLOSED') throw new Error(`The cycle is ${cycle?.state}.`);
  const { figures, rows } = cycle.result ?? {};
  return {
    ...{ obligations: figures?.obligations, participants, legs: rows?.LEGS, seconds: round(seconds) },
    ...{ perSecond: Math.round(count / seconds), megabytesMost: Math.round(process.resourceUsage().maxRSS / 1_024) },
  };
}

async function writeLines({ client, table }: NettingBench, count: number, participants: number): Promise<void> {
  const writer = batchWriter(client, table);
  const counted = new Array<number>(gateCount).fill(0);
  for (let first = 0, item = 0; first < count; first += linesPerItem, item++) {
    const gate = item % gateCount;
    const lines = Array.from({ length: Math.min(linesPerItem, count - first) }, (_, n) =>
      lineOf(first + n, participants),
    );
    const plain = linesToPlain({ tenant, cycleId, gate }, morning.toISOString(), lines);
    await writer.put(plain, Buffer.byteLength(String(plain.text)));
    counted[gate] = (counted[gate] ?? 0) + lines.length;
  }
  await writer.finish();
  for (const [gate, lines] of counted.entries()) {
    const UpdateExpression = 'SET lineCount = :lines';
    const Key = toItem(keys.gate(tenant, cycleId, gate));
    const ExpressionAttributeValues = toItem({ ':lines': lines });
    await client.send(new UpdateItemCommand({ TableName: table, Key, UpdateExpression, ExpressionAttributeValues }));
  }
}

function lineOf(n: number, participants: number): CycleLine {
  const payer = (n * 7_919) % participants;
  const payee = (payer + 1 + ((n * 104_729) % (participants - 1))) % participants;
  const owed = {
    payer: `P${payer}`,
    payee: `P${payee}`,
    currency: 'CNY',
    amount: BigInt(1 + ((n * 31_337) % 1_000_000)),
  } as const;
  return { reference: `IC-${n}`, ...owed, version: 1, state: 'UNCONFIRMED', enters: true };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
