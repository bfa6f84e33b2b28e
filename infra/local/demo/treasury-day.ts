import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS, HOUR_MS } from '../../../shared/time/durations.ts';
import { type ApiClient, expectSuccess } from './api-client.ts';
import { collectionSteps, runCollectionDay, type Time } from './collection-day.ts';
import { importFile } from './import-statements.ts';
import { marketSteps, runMarketDay } from './market-day.ts';
import { nettingSteps, runNettingDay } from './netting-day.ts';
import { poolSteps, runPoolDay } from './pool-day.ts';
import { Progress } from './progress.ts';
import type { ImportedFile } from './read-statement.ts';
import { ReceivablesDay, receivablesSteps } from './receivables-day.ts';
import { reportStatements } from './report-statements.ts';
import { grouped, table } from './table.ts';

const salesPerShop = 500;
const foldWaitsMax = 200;
const foldWaitMs = 50;
const files = ['north-2026-03-02.camt053.xml', 'europe-2026-03-02.mt940'];

type Ids = Record<'capital' | 'head' | 'north' | 'south' | 'supplier' | 'clearing', string>;

/** A day in the treasury of a group: fund, hold, pay, collect a thousand sales, correct, reconcile, prove. */
export async function runTreasuryDay(
  treasurer: ApiClient,
  signIn: (client: 'treasurer' | 'auditor' | 'operator' | 'approver' | 'merchant') => Promise<ApiClient>,
  time: Time | undefined,
): Promise<void> {
  const day = new TreasuryDay(treasurer);
  const progress = new Progress(11 + poolSteps + collectionSteps + receivablesSteps + marketSteps + nettingSteps);
  await progress.run(
    'Open the group’s accounts',
    () => day.open(),
    () => 'six, one of them hot',
  );
  await progress.run(
    'Fund the shops in one transfer of three legs',
    () => day.fund(),
    (body) => body.status,
  );
  await progress.run(
    'Hold 30,000.00 for the supplier',
    () => day.hold(),
    (body) => body.status,
  );
  await progress.run(
    'Pay 25,000.00 of it; the rest is free again',
    () => day.postLess(),
    (body) => body.status,
  );
  await progress.run(
    'Try to overdraw',
    () => day.overdraw(),
    (body) => `${body.code}, ${body.available.amount} available`,
  );
  await progress.run(
    'Send the funding again under its key',
    () => day.fund(),
    (body) => `${body.id}, the same transfer`,
  );
  await progress.run(
    `Book ${salesPerShop * 2} sales on the hot account`,
    () => day.sell(),
    () => 'all folded into its balance',
  );
  await progress.run(
    'Reverse a wrong sale',
    () => day.reverse(),
    (body) => `names ${body.reverses}`,
  );
  await progress.run(
    'Book interest with yesterday’s value date',
    () => day.backdate(),
    (body) => body.valueDate,
  );
  const statements = await progress.run('Import two bank statements, and again', () => day.importTwice(), tellImports);
  const balances = await day.reportBalances();
  const pool = await runPoolDay(treasurer, day.run, progress);
  // A legal entity of its own for each run: the books of another run stay apart.
  const entity = { run: day.run, legalEntity: `禹道贸易有限公司 ${day.run}` };
  const receivables = new ReceivablesDay(treasurer, entity, progress);
  await receivables.prepare();
  const { numberOf } = receivables;
  const collections = await runCollectionDay(treasurer, { ...entity, numberOf }, progress, time);
  // The day of the retry lies behind: tokens live an hour.
  const reconciled = await receivables.reconcile(await signIn('treasurer'));
  const market = await runMarketDay(signIn, entity, progress, time);
  const netting = await runNettingDay(() => signIn('treasurer'), entity, progress, time);
  const auditor = await signIn('auditor');
  const proof = await progress.run(
    'Let the auditor prove the books',
    () => prove(auditor),
    (body) => (body.sound ? 'sound' : 'NOT SOUND'),
  );

  console.log(`\nBalances\n${balances}`);
  console.log(`\nBank statements\n${reportStatements(statements)}`);
  console.log(`\n${pool}`);
  console.log(`\n${collections}`);
  console.log(`\n${reconciled}`);
  console.log(`\n${market}`);
  console.log(`\n${netting}`);
  console.log(
    `\nProof: ${proof.accountsChecked} accounts, ${proof.linksChecked} links of their chains, ${proof.broken.length} broken`,
  );
  for (const { currency, credits, debits, difference } of proof.trialBalance) {
    console.log(`  ${currency}: ${grouped(credits.amount)} ${grouped(debits.amount)} = ${difference.amount}`);
  }
  if (!proof.sound) throw new Error('The books do not add up.');
}

async function prove(auditor: ApiClient) {
  return expectSuccess(await auditor.get('/v1/ledger/proof?accounts=ALL'));
}

function tellImports(imported: readonly ImportedFile[]): string {
  return `${imported.length} files; the second time ${imported.every((one) => one.alreadyImported) ? 'nothing new' : 'AGAIN NEW'}`;
}

class TreasuryDay {
  private ids: Ids = { capital: '', head: '', north: '', south: '', supplier: '', clearing: '' };
  private holdId = '';
  private wrongSaleId = '';
  /** Keys of this run; the same day can be run twice against one system. */
  readonly run = crypto.randomUUID().slice(0, 8);
  private readonly api: ApiClient;

  constructor(api: ApiClient) {
    this.api = api;
  }

  async open(): Promise<void> {
    const none = { type: 'NONE' };
    this.ids = {
      capital: await this.openAccount('资本 Capital', { constraint: none }),
      head: await this.openAccount('集团总部 Head office', {}),
      north: await this.openAccount('北京门店 North shop', {}),
      south: await this.openAccount('深圳门店 South shop', {}),
      supplier: await this.openAccount('供应商 Supplier', {}),
      clearing: await this.openAccount('收单清算 Clearing', { hot: true, purpose: 'CLEARING', constraint: none }),
    };
  }

  private async openAccount(name: string, more: object): Promise<string> {
    const body = { currency: 'CNY', holder: '禹道贸易有限公司', name, ...more };
    return expectSuccess(
      await this.api.post('/v1/accounts', body, `${this.run} open ${name}`.replace(/[^\x21-\x7e]/g, '-')),
    ).id;
  }

  async fund() {
    const { capital, head, north, south } = this.ids;
    const legs = [leg(capital, head, '500000.00'), leg(head, north, '120000.00'), leg(head, south, '80000.00')];
    const body = { legs, description: 'Funding of the day', references: { plan: 'P-2026-03' } };
    return expectSuccess(await this.api.post('/v1/transfers', body, `${this.run}-fund`));
  }

  async hold() {
    const body = {
      legs: [leg(this.ids.head, this.ids.supplier, '30000.00')],
      mode: 'PENDING',
      references: { order: 'PO-7781' },
    };
    const held = expectSuccess(await this.api.post('/v1/transfers', body, `${this.run}-hold`));
    this.holdId = held.id;
    return held;
  }

  async postLess() {
    const body = { amounts: [{ leg: 0, amount: money('25000.00') }] };
    return expectSuccess(await this.api.post(`/v1/transfers/${this.holdId}/post`, body, `${this.run}-post`));
  }

  async overdraw() {
    const body = { legs: [leg(this.ids.north, this.ids.supplier, '120000.01')] };
    const { status, body: problem } = await this.api.post('/v1/transfers', body, `${this.run}-overdraw`);
    if (status !== 409) throw new Error(`An overdraft was answered with ${status}.`);
    return problem;
  }

  /** A thousand sales in one call, folded into one balance; returns how often it had to be looked at. */
  async sell(): Promise<number> {
    const transfers = [this.ids.north, this.ids.south].flatMap((shop, index) =>
      Array.from({ length: salesPerShop }, (_, n) => ({
        idempotencyKey: `${this.run}-sale-${index}-${n}`,
        legs: [leg(shop, this.ids.clearing, '1.25')],
        references: { till: `${index}-${n % 7}` },
      })),
    );
    const { refused, results } = expectSuccess(await this.api.post('/v1/transfers/batch', { transfers }));
    if (refused > 0) throw new Error(`${refused} sales were refused.`);
    this.wrongSaleId = results[0].transfer.id;
    return await this.awaitFold();
  }

  /** Looks at the hot account until nothing waits to be folded into it. */
  private async awaitFold(): Promise<number> {
    for (let look = 1; look <= foldWaitsMax; look++) {
      const { pendingFold } = expectSuccess(await this.api.get(`/v1/accounts/${this.ids.clearing}/balance`));
      if (pendingFold.transfers === 0) return look;
      await new Promise((resolve) => setTimeout(resolve, foldWaitMs));
    }
    throw new Error('The hot account was not folded.');
  }

  async reverse() {
    const body = { description: 'Rung up twice' };
    return expectSuccess(await this.api.post(`/v1/transfers/${this.wrongSaleId}/reverse`, body, `${this.run}-reverse`));
  }

  async backdate() {
    const yesterday = new Date(Date.now() - DAY_MS + 8 * HOUR_MS).toISOString().slice(0, 10);
    const body = {
      legs: [leg(this.ids.capital, this.ids.head, '12.00')],
      valueDate: yesterday,
      description: 'Interest',
    };
    return expectSuccess(await this.api.post('/v1/transfers', body, `${this.run}-backdate`));
  }

  async importTwice(): Promise<ImportedFile[]> {
    const imported: ImportedFile[] = [];
    for (const file of files) {
      const bytes = await readFile(join(import.meta.dirname, 'files', file));
      await importFile(this.api, file, bytes);
      imported.push(await importFile(this.api, file, bytes));
    }
    return imported;
  }

  async reportBalances(): Promise<string> {
    await this.awaitFold();
    const rows: string[][] = [];
    for (const id of Object.values(this.ids)) {
      const account = expectSuccess(await this.api.get(`/v1/accounts/${id}`));
      const { posted, pendingOut, available } = expectSuccess(await this.api.get(`/v1/accounts/${id}/balance`));
      rows.push([
        account.name,
        account.purpose,
        ...[posted, pendingOut, available].map(({ amount }) => grouped(amount)),
      ]);
    }
    const right = { align: 'right' } as const;
    return table(
      [
        { title: 'Account' },
        { title: 'Purpose' },
        { title: 'Posted', ...right },
        { title: 'Held', ...right },
        { title: 'Available', ...right },
      ],
      rows,
    );
  }
}

function money(amount: string) {
  return { amount, currency: 'CNY' };
}

function leg(debitAccountId: string, creditAccountId: string, amount: string) {
  return { debitAccountId, creditAccountId, amount: money(amount) };
}
