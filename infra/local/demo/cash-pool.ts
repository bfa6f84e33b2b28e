import { addDays, businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { type ApiClient, expectSuccess } from './api-client.ts';

/** A member of the demo's pool: who it is, where it stands, what it holds and what is agreed. Amounts in yuan. */
interface Member {
  readonly key: string;
  readonly name: string;
  readonly entity: string;
  readonly parent?: string;
  readonly balance: string;
  readonly terms: object;
}

const looksMax = 400;
const lookMs = 25;
/** Days that the loans of the demo have stood when their interest is computed. */
export const loanDays = 30;

const money = (amount: string) => ({ amount, currency: 'CNY' });
const inForce = { effectiveFrom: '2020-01-01' };
const daily = { schedule: { frequency: 'DAILY', times: ['18:30'], holiday: 'RUN' } };
/** The header gets one receipt of all that comes up to it, each member one of each sweep. */
const oneForHeader = { receipts: { payer: 'SINGLE', payee: 'AGGREGATED' } };
const group = '禹道集团有限公司';

const members: readonly Member[] = [
  {
    key: 'north',
    name: '北方区 North region',
    entity: '禹道北方有限公司',
    balance: '30000.00',
    terms: {
      reserve: money('50000.00'),
      up: [{ ...inForce, ...daily, ...oneForHeader, rule: { method: 'ZERO_BALANCE' } }],
    },
  },
  {
    key: 'beijing',
    name: '北京门店 Beijing shop',
    entity: '禹道北方有限公司',
    parent: 'north',
    balance: '200000.00',
    terms: { reserve: money('20000.00'), up: [{ ...inForce, ...daily, rule: { method: 'ZERO_BALANCE' } }] },
  },
  {
    key: 'tianjin',
    name: '天津门店 Tianjin shop',
    entity: '禹道天津有限公司',
    parent: 'north',
    balance: '10000.00',
    terms: { down: [{ ...inForce, ...daily, rule: { method: 'TARGET', target: money('20000.00') } }] },
  },
  {
    key: 'shenzhen',
    name: '深圳门店 Shenzhen shop',
    entity: '禹道深圳有限公司',
    balance: '86543.21',
    terms: {
      up: [{ ...inForce, ...daily, ...oneForHeader, rule: { method: 'MULTIPLE', multiple: money('10000.00') } }],
      down: [{ ...inForce, trigger: 'REAL_TIME', maximum: money('50000.00') }],
    },
  },
  {
    key: 'lhasa',
    name: '拉萨门店 Lhasa shop',
    entity: '禹道西藏有限公司',
    balance: '4000.00',
    terms: { up: [{ ...inForce, ...daily, rule: { method: 'ZERO_BALANCE' }, minimum: money('5000.00') }] },
  },
  {
    key: 'kunming',
    name: '昆明门店 Kunming shop',
    entity: '禹道云南有限公司',
    balance: '70000.00',
    terms: { up: [{ ...inForce, ...daily, rule: { method: 'ZERO_BALANCE' } }] },
  },
];

/** The group's physical pool in the demo: opened, planned, run, paid from, its loans and their interest. */
export class CashPool {
  readonly names = new Map<string, string>();
  private readonly ids = new Map<string, string>();
  private poolId = '';
  private runId = '';
  private interestRunId = '';
  private readonly api: ApiClient;
  private readonly run: string;
  private readonly today = businessDateOf(new Date());
  /** The sweeps of the demo are dated back, so that their loans have stood for a while. */
  readonly businessDate = addDays(this.today, -loanDays);

  constructor(api: ApiClient, run: string) {
    this.api = api;
    this.run = run;
  }

  /** Opens header and members and funds them. */
  async open(): Promise<void> {
    await this.openAccount('capital', '资本 Capital', group, { constraint: { type: 'NONE' } });
    await this.openAccount('header', '集团资金池 Group pool header', group, {});
    await this.openAccount('supplier', '供应商 Supplier', '供应商有限公司', {});
    for (const { key, name, entity } of members) await this.openAccount(key, name, entity, {});
    const legs = members.map(({ key, balance }) => ({
      debitAccountId: this.id('capital'),
      creditAccountId: this.id(key),
      amount: money(balance),
    }));
    const body = { legs, valueDate: addDays(this.businessDate, -1), description: 'Takings' };
    expectSuccess(await this.api.post('/v1/transfers', body, `${this.run}-takings`));
    const frozen = { status: 'FROZEN' };
    expectSuccess(await this.api.patch(`/v1/accounts/${this.id('kunming')}`, frozen, `${this.run}-freeze`));
  }

  async setUp() {
    const request = {
      name: '集团资金池 Group pool',
      currency: 'CNY',
      kind: 'PHYSICAL',
      headerAccountId: this.id('header'),
    };
    this.poolId = expectSuccess(await this.api.post('/v1/pools', request, `${this.run}-pool`)).id;
    const body = {
      header: { entity: group },
      members: members.map(({ key, parent, terms }, index) => ({
        accountId: this.id(key),
        ...(parent && { parentAccountId: this.id(parent) }),
        priority: index + 1,
        ...terms,
      })),
      loans: [
        { lender: '禹道北方有限公司', borrower: group, contract: 'WD-2026-01', ceiling: money('1000000.00') },
        { lender: '禹道深圳有限公司', borrower: group, contract: 'WD-2026-02', ceiling: money('60000.00') },
      ],
    };
    return expectSuccess(await this.api.put(`/v1/pools/${this.poolId}/members`, body));
  }

  tree() {
    return this.get('/tree');
  }

  async plan() {
    return expectSuccess(await this.api.post(`/v1/pools/${this.poolId}/plan`, this.runRequest()));
  }

  async sweep() {
    this.runId = expectSuccess(await this.api.post(`/v1/pools/${this.poolId}/runs`, this.runRequest())).id;
    return await this.untilEnded(`/runs/${this.runId}`, 'RUNNING');
  }

  /** Asks for the same run again: it answers with what was done and moves nothing. */
  async sweepAgain() {
    return expectSuccess(await this.api.post(`/v1/pools/${this.poolId}/runs`, this.runRequest()));
  }

  /** Of the run: the header's, and those of a shop that was swept. */
  async receipts() {
    const of = (key: string) => this.get(`/runs/${this.runId}/receipts?accountId=${this.id(key)}`);
    const [header, shop] = await Promise.all([of('header'), of('shenzhen')]);
    return [...header.receipts, ...shop.receipts];
  }

  /** A payment larger than what the shop holds; the rest comes down in the same transfer. */
  async pay() {
    const body = {
      accountId: this.id('shenzhen'),
      creditAccountId: this.id('supplier'),
      amount: money('50000.00'),
      references: { order: 'PO-7782' },
    };
    return expectSuccess(await this.api.post(`/v1/pools/${this.poolId}/payments`, body, `${this.run}-linked`));
  }

  loans() {
    return this.get('/loans');
  }

  async earnInterest() {
    const terms = {
      dayCount: 'ACT_360',
      credit: [{ effectiveFrom: '2020-01-01', rate: '1.15' }],
      debit: [{ effectiveFrom: '2020-01-01', rate: '3.45' }],
    };
    expectSuccess(await this.api.put(`/v1/pools/${this.poolId}/interest-terms`, terms));
    const period = { from: this.businessDate, to: this.today };
    this.interestRunId = expectSuccess(await this.api.post(`/v1/pools/${this.poolId}/interest-runs`, period)).id;
    return await this.untilEnded(`/interest-runs/${this.interestRunId}`, 'COMPUTING', 'COMPUTED');
  }

  private runRequest() {
    return { businessDate: this.businessDate, runNumber: 1 };
  }

  private async get(path: string) {
    return expectSuccess(await this.api.get(`/v1/pools/${this.poolId}${path}`));
  }

  private async untilEnded(path: string, ...unfinished: string[]) {
    for (let look = 1; look <= looksMax; look++) {
      const found = await this.get(path);
      if (!unfinished.includes(found.status)) return found;
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
    throw new Error(`${path} did not come to its end.`);
  }

  private id(key: string): string {
    return this.ids.get(key) ?? '';
  }

  private async openAccount(key: string, name: string, holder: string, more: object): Promise<void> {
    const body = { currency: 'CNY', holder, name, ...more };
    const { id } = expectSuccess(await this.api.post('/v1/accounts', body, `${this.run}-pool-${key}`));
    this.ids.set(key, id);
    this.names.set(id, name);
  }
}
