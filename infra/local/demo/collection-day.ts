import { MINUTE_MS } from '../../../shared/time/durations.ts';
import { type Answer, type ApiClient, expectSuccess } from './api-client.ts';
import type { Progress } from './progress.ts';
import { reportCollections } from './report-collections.ts';

/** Steps that it takes. */
export const collectionSteps = 6;

/** What the demo can do with a system of its own only. */
export interface Time {
  /** Lets the time come, with everything that it brings; signs in anew, since tokens live an hour. */
  until(instant: Date): Promise<ApiClient>;
  now(): Promise<Date>;
}

/** Whose collections they are, and how its invoices are numbered. */
export interface CollectionRun {
  readonly run: string;
  readonly legalEntity: string;
  readonly numberOf: (invoice: string) => string;
}

interface Customer {
  readonly agreement: string;
  readonly name: string;
  /** The last digits say what the sandbox bank does. */
  readonly account: string;
  readonly amount: string;
  readonly retries?: object;
}

const money = (amount: string) => ({ amount, currency: 'CNY' });
const nextDay = { when: 'SET_DAYS', days: [1], time: '10:00', partial: false };

const customers: readonly Customer[] = [
  { agreement: 'A1', name: '江南机械厂', account: '6222020200112233', amount: '12500.00' },
  { agreement: 'A2', name: '西湖茶业有限公司', account: '6222020200110001', amount: '8600.00', retries: nextDay },
  { agreement: 'A3', name: '黄浦食品厂', account: '6222020200110003', amount: '3200.00' },
  { agreement: 'A4', name: '长江物流有限公司', account: '6222020200110012', amount: '47000.00' },
  { agreement: 'A5', name: '钱塘纺织厂', account: '6222020200119876', amount: '990.00' },
];

/** Collecting from five customers and what becomes of it: failures, another rail, a retry on the next day. */
export async function runCollectionDay(
  treasurer: ApiClient,
  { run, legalEntity, numberOf }: CollectionRun,
  progress: Progress,
  time: Time | undefined,
): Promise<string> {
  const day = new CollectionDay(treasurer, { run, legalEntity, numberOf });
  await progress.run(
    'Agree on mandates with five customers; the bank is the sandbox',
    () => day.agree(),
    () => 'confirmed, one of them revoked again',
  );
  await progress.run(
    'Send a batch of five lines',
    () => day.send(),
    (body) => `${body.lines.accepted} accepted, ${body.lines.refused} refused: its mandate is revoked`,
  );
  await progress.run(
    'Send it again under its number',
    () => day.send(),
    (body) => `${body.id}, the same batch`,
  );
  await progress.run('Let the bank answer', () => day.answers(time), tellFigures);
  const first = await day.items();
  const end = await progress.run('Let the day of the retry come', () => day.retry(time), tellFigures);
  await progress.run(
    'Look at the account and the fees',
    () => day.account(),
    (body) => `${body.posted.amount} on the account, fees taken off`,
  );
  return `Collections: after the first try, and after the retry; the batch is ${end.state}\n${reportCollections(first, await day.items())}`;
}

function tellFigures({ state, money: { open, settled, failed } }: Answer['body']): string {
  return `${state}: ${settled.amount} settled, ${failed.amount} failed, ${open.amount} open`;
}

class CollectionDay {
  private api: ApiClient;
  private readonly run: string;
  private readonly legalEntity: string;
  private readonly numberOf: (invoice: string) => string;
  private accountId = '';
  private batchId = '';

  constructor(api: ApiClient, { run, legalEntity, numberOf }: CollectionRun) {
    this.api = api;
    this.run = run;
    this.legalEntity = legalEntity;
    this.numberOf = numberOf;
  }

  async agree(): Promise<void> {
    const account = { currency: 'CNY', holder: this.legalEntity, name: '收款户 Collections' };
    this.accountId = expectSuccess(await this.api.post('/v1/accounts', account, `${this.run}-collect`)).id;
    const creditor = {
      name: '禹道贸易有限公司',
      account: { number: '32001881236052500001', bank: { cnaps: '105100000017' } },
    };
    expectSuccess(await this.api.put('/v1/bank-channel', { channel: 'SANDBOX', creditor }));
    for (const { agreement, name, account: number, retries } of customers) {
      const request = {
        agreementNumber: `${this.run}-${agreement}`,
        payer: { name, account: { number, bank: { cnaps: '102100099996' } } },
        ...{ currency: 'CNY', signedOn: '2026-01-05', validFrom: '2026-01-05', ...(retries && { retries }) },
      };
      const { id } = expectSuccess(await this.api.post('/v1/mandates', request, `${this.run}-mandate-${agreement}`));
      expectSuccess(await this.api.post(`/v1/mandates/${id}/confirm`, {}));
      if (agreement === 'A5') expectSuccess(await this.api.post(`/v1/mandates/${id}/revoke`, {}));
    }
  }

  async send() {
    const lines = customers.map(({ agreement, amount }) => ({
      agreementNumber: `${this.run}-${agreement}`,
      amount: money(amount),
      description: '货款 Goods',
      references: { invoice: this.numberOf(agreement) },
    }));
    const request = { number: `${this.run}-batch`, creditAccountId: this.accountId, policy: 'FASTEST', lines };
    const batch = expectSuccess(await this.api.post('/v1/collection-batches', request));
    this.batchId = batch.id;
    return batch;
  }

  async answers(time: Time | undefined) {
    if (time) this.api = await time.until(new Date((await time.now()).getTime() + 2 * MINUTE_MS));
    return await this.figures();
  }

  /** To the try, and on to the bank's answer. */
  async retry(time: Time | undefined) {
    const next = (await this.items()).flatMap(({ nextTryAt }) => nextTryAt ?? [])[0];
    if (time && next) this.api = await time.until(new Date(Date.parse(next) + MINUTE_MS));
    return await this.answers(time);
  }

  async figures() {
    return expectSuccess(await this.api.get(`/v1/collection-batches/${this.batchId}`));
  }

  async items(): Promise<Answer['body'][]> {
    return expectSuccess(await this.api.get(`/v1/collection-batches/${this.batchId}/items`)).items;
  }

  async account() {
    return expectSuccess(await this.api.get(`/v1/accounts/${this.accountId}/balance`));
  }
}
