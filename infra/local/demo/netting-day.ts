import { HOUR_MS } from '../../../shared/time/durations.ts';
import { type Answer, type ApiClient, expectSuccess } from './api-client.ts';
import type { Time } from './collection-day.ts';
import { companies, disputedPlace, euroInYuan, owed } from './netting-data.ts';
import type { Progress } from './progress.ts';
import { reportObligations, reportPayments, reportPositions, reportSavings } from './report-netting.ts';
import { grouped } from './table.ts';
import { waitFor } from './wait-for.ts';

/** Steps that it takes. */
export const nettingSteps = 6;

type Body = Answer['body'];

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
/** Nine in the morning in Shanghai. */
const morning = (date: string) => new Date(Date.parse(`${date}T00:00:00.000Z`) + HOUR_MS);

/** The end of a group's day: what its companies owe one another is netted, and settled by a few payments. */
export async function runNettingDay(
  signIn: () => Promise<ApiClient>,
  { run, legalEntity }: { readonly run: string; readonly legalEntity: string },
  progress: Progress,
  time: Time | undefined,
): Promise<string> {
  const day = new NettingDay(await signIn(), run, legalEntity);
  await progress.run(
    'Open the group’s netting centre: five companies, two currencies, settled in yuan',
    () => day.open(),
    ({ cutOffDate }) => `its first cycle is cut off on ${cutOffDate}`,
  );
  await progress.run(
    'Tell what the companies owe one another, and again',
    () => day.owe(),
    ([first, second]) => `${first.accepted} obligations; the second time ${second.known} known, ${second.accepted} new`,
  );
  await progress.run(
    'Let one dispute what it is said to owe',
    () => day.dispute(),
    ({ state, amount }) => `${grouped(amount.amount)} ${amount.currency} ${state}`,
  );
  await progress.run(
    'Try what closing would come to',
    () => day.tryClosing(),
    ({ figures }) => `${figures.rows.legs} payments; nothing was written`,
  );
  const report = await progress.run(
    'Cut the cycle off and close it',
    () => day.close(),
    ({ figures }) => `${figures.obligations} obligations netted, ${figures.moved} moved to the next cycle`,
  );
  const cycle = await progress.run(
    'Settle it',
    () => day.settle(time),
    ({ state, valueDate }) => (state === 'SETTLED' ? state : `${state}: it is settled on ${valueDate}`),
  );
  return [
    `Netting (轧差): what the companies owed one another\n${reportObligations(await day.obligations())}`,
    `What each had to pay and to get, and what is left of it at 1 EUR = ${euroInYuan} CNY\n${reportPositions(report)}`,
    `The payments that settle it (${cycle.state}; ${fewest(report)})\n${reportPayments(report)}`,
    `What that saves\n${reportSavings(report)}`,
  ].join('\n\n');
}

function fewest({ figures }: Body): string {
  const [{ how }] = figures.fewestPayments;
  return how === 'EXACT' ? 'there are no fewer' : 'a bounded search found no fewer';
}

class NettingDay {
  private api: ApiClient;
  private readonly run: string;
  private readonly legalEntity: string;
  private readonly centreId: string;
  private cyclePath = '';

  constructor(api: ApiClient, run: string, legalEntity: string) {
    this.api = api;
    this.run = run;
    this.legalEntity = legalEntity;
    this.centreId = `ctr_${run}`;
  }

  async open(): Promise<Body> {
    const capital = await this.openAccount('capital', { constraint: { type: 'NONE' } });
    const participants: object[] = [];
    const legs: object[] = [];
    for (const { id, name, funded } of companies) {
      const accountId = await this.openAccount(id, {});
      participants.push({ id, name, accounts: [{ at: 'LEDGER', currency: 'CNY', accountId }] });
      if (funded) legs.push({ debitAccountId: capital, creditAccountId: accountId, amount: yuan(funded) });
    }
    expectSuccess(await this.api.post('/v1/transfers', { legs }, `${this.run}-netting-funds`));
    const rates = [{ base: 'EUR', quote: 'CNY', rate: euroInYuan }];
    const today = new Date().toISOString().slice(0, 10);
    expectSuccess(await this.api.put(`/v1/rate-sets/${this.run}`, { date: today, rates }));
    const schedule = { calendar: 'TARGET', days: { kind: 'DAILY' }, cutOff: '17:00', valueDays: 0 };
    const terms = { homeCurrency: 'CNY', currencies: ['CNY', 'EUR'], settlement: 'HOME_CURRENCY', rateSet: this.run };
    const centre = { id: this.centreId, name: '集团轧差中心', legalEntity: this.legalEntity, payments: 'DIRECT' };
    const body = { ...centre, ...terms, schedule, participants };
    expectSuccess(await this.api.post('/v1/netting-centres', body, `${this.run}-centre`));
    const [cycle] = expectSuccess(await this.api.get(`/v1/netting-cycles?centreId=${this.centreId}&limit=1`)).cycles;
    this.cyclePath = `/v1/netting-cycles/${cycle.id}`;
    return cycle;
  }

  private async openAccount(name: string, more: object): Promise<string> {
    const body = { currency: 'CNY', holder: this.legalEntity, name: `轧差 Netting ${name}`, ...more };
    return expectSuccess(await this.api.post('/v1/accounts', body, `${this.run}-netting-${name}`)).id;
  }

  async owe(): Promise<Body[]> {
    const obligations = owed.map(([payer, payee, amount, currency, description], place) => {
      return { reference: this.reference(place), payer, payee, amount: { amount, currency }, description };
    });
    const told: Body[] = [];
    for (let time = 1; time <= 2; time++) {
      const { lines } = expectSuccess(
        await this.api.post('/v1/obligations/batch', { centreId: this.centreId, obligations }),
      );
      if (lines.refused > 0) throw new Error(`${lines.refused} obligations were refused.`);
      told.push(lines);
    }
    return told;
  }

  private reference(place: number): string {
    return `IC-${this.run}-${String(place + 1).padStart(2, '0')}`;
  }

  async dispute(): Promise<Body> {
    const { id } = await this.obligation(disputedPlace);
    return expectSuccess(await this.api.post(`/v1/obligations/${id}/dispute`, { reason: '未签合同 No contract' }));
  }

  private async obligation(place: number): Promise<Body> {
    const path = `/v1/obligations?centreId=${this.centreId}&reference=${this.reference(place)}`;
    return expectSuccess(await this.api.get(path)).obligations[0];
  }

  async obligations(): Promise<Body[]> {
    const found: Body[] = [];
    for (const place of owed.keys()) found.push(await this.obligation(place));
    return found;
  }

  async tryClosing(): Promise<Body> {
    return expectSuccess(await this.api.get(`${this.cyclePath}/report?dryRun=true`));
  }

  async close(): Promise<Body> {
    expectSuccess(await this.api.post(`${this.cyclePath}/close`, { to: 'CONFIRMING' }));
    expectSuccess(await this.api.post(`${this.cyclePath}/close`, { to: 'CLOSED' }));
    await waitFor('The cycle is not closed.', async () => !['OPEN', 'CONFIRMING'].includes((await this.cycle()).state));
    return expectSuccess(await this.api.get(`${this.cyclePath}/report`));
  }

  private async cycle(): Promise<Body> {
    return expectSuccess(await this.api.get(this.cyclePath));
  }

  /** On its value date; where that lies ahead and the clock is not the demo's to move, it stays CLOSED. */
  async settle(time: Time | undefined): Promise<Body> {
    const { valueDate } = await this.cycle();
    const now = time ? await time.now() : new Date();
    if (now < morning(valueDate)) {
      if (!time) return this.cycle();
      this.api = await time.until(morning(valueDate));
    }
    expectSuccess(await this.api.post(`${this.cyclePath}/settle`, {}));
    await waitFor('The cycle is not settled.', async () => (await this.cycle()).state === 'SETTLED');
    return this.cycle();
  }
}
