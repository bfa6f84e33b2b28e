import { addDays, businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { type Answer, type ApiClient, expectSuccess } from './api-client.ts';
import { importFile } from './import-statements.ts';
import type { Progress } from './progress.ts';
import { credits, customers, demoStatement, invoices } from './receivables-data.ts';
import { reportAgeing, reportExceptions, reportMatches } from './report-receivables.ts';

/** Steps that it takes: two before the collections, which pay some of the invoices, and four after them. */
export const receivablesSteps = 6;

type Body = Answer['body'];

const accountsOfBook = ['receivable', 'revenue', 'unapplied', 'onAccount', 'discount', 'charge', 'badDebt'];
const waitsMax = 400;
const waitMs = 50;

/** Invoices, the money that comes for them by collections and by a bank's statement, and what is left to be done. */
export class ReceivablesDay {
  private api: ApiClient;
  private readonly run: string;
  private readonly progress: Progress;
  private readonly legalEntity: string;
  private readonly names = new Map<string, string>();
  private bankId = '';

  constructor(
    api: ApiClient,
    { run, legalEntity }: { readonly run: string; readonly legalEntity: string },
    progress: Progress,
  ) {
    this.api = api;
    this.run = run;
    this.legalEntity = legalEntity;
    this.progress = progress;
  }

  /** The number of an invoice of this run. */
  readonly numberOf = (invoice: string) => `INV-${this.run}-${invoice}`.toUpperCase();

  async prepare(): Promise<void> {
    await this.progress.run(
      'Open the book of receivables and record six customers',
      () => this.open(),
      () => 'eight accounts of the ledger',
    );
    await this.progress.run(
      'Send a batch of invoices',
      () => this.invoice(),
      ({ lines, amounts }) => `${lines.accepted} recorded, ${lines.refused} refused, ${amounts[0].amount}`,
    );
  }

  /** With a token that still lives: the day of the retry lies behind. */
  async reconcile(api: ApiClient): Promise<string> {
    this.api = api;
    const found = await this.progress.run(
      'Import the bank’s statement: the money is matched as it comes',
      () => this.receive(),
      (receipts) => `${receipts.length} receipts, with those of the collections`,
    );
    const exceptions = await this.progress.run(
      'Look at what waits for somebody',
      () => this.exceptions(),
      (waiting) => `${waiting.length} of them, with suggestions`,
    );
    await this.progress.run(
      'Take the first suggestion for the payer with two equal invoices',
      () => this.choose(exceptions),
      (receipt) => receipt.state,
    );
    const ageing = await this.progress.run('Ask how old the rest is', () => this.ageing());
    return [
      `Receipts, and the rule that each was matched by\n${reportMatches(found, this.names)}`,
      `Exceptions, before one of them was settled by hand\n${reportExceptions(exceptions, this.names)}`,
      `Ageing of the open invoices (账龄)\n${reportAgeing(ageing, this.names)}`,
    ].join('\n\n');
  }

  private async open(): Promise<void> {
    const accounts: Record<string, string> = {};
    for (const purpose of accountsOfBook) accounts[purpose] = await this.openAccount(purpose, {});
    const number = this.bankNumber();
    this.bankId = await this.openAccount('bank', { bankAccount: { number } });
    accounts.cash = this.bankId;
    expectSuccess(
      await this.api.put('/v1/receivables-books', { legalEntity: this.legalEntity, currency: 'CNY', accounts }),
    );
    for (const { number: own, name, accounts: from = [] } of customers) {
      const body = { number: `${this.run}-${own}`, name, accounts: from };
      const { id } = expectSuccess(await this.api.post('/v1/customers', body, `${this.run}-customer-${own}`));
      this.names.set(id, name);
    }
  }

  private async openAccount(name: string, more: object): Promise<string> {
    const body = { currency: 'CNY', holder: this.legalEntity, name, constraint: { type: 'NONE' }, ...more };
    return expectSuccess(await this.api.post('/v1/accounts', body, `${this.run}-receivables-${name}`)).id;
  }

  private async invoice(): Promise<Body> {
    const today = businessDateOf(new Date());
    const lines = invoices.map(({ number, customer, amount, issuedAgo, terms }) => ({
      legalEntity: this.legalEntity,
      number: this.numberOf(number),
      customerNumber: `${this.run}-${customer}`,
      amount: { amount, currency: 'CNY' },
      issuedOn: addDays(today, -issuedAgo),
      terms,
    }));
    return expectSuccess(await this.api.post('/v1/invoice-batches', { lines }));
  }

  private async receive(): Promise<Body[]> {
    const today = businessDateOf(new Date());
    const file = demoStatement(this.bankNumber(), today, '100000.00', this.numberOf);
    await importFile(this.api, 'receivables.camt053.xml', file);
    for (let look = 1; look <= waitsMax; look++) {
      const { receipts } = expectSuccess(await this.api.get('/v1/receipts?limit=100'));
      const ours = receipts.filter((one: Body) => one.legalEntity === this.legalEntity);
      const told = ours.filter(({ cashAccountId }: Body) => cashAccountId === this.bankId);
      if (told.length === credits.length && told.every(isDecided)) {
        return await Promise.all(
          ours.map(async ({ id }: Body) => expectSuccess(await this.api.get(`/v1/receipts/${id}`))),
        );
      }
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    throw new Error('The receipts of the statement did not come.');
  }

  private async exceptions(): Promise<Body[]> {
    const { exceptions } = expectSuccess(await this.api.get('/v1/exceptions?limit=100'));
    return exceptions.filter((one: Body) => one.legalEntity === this.legalEntity);
  }

  private async choose(exceptions: readonly Body[]): Promise<Body> {
    const ambiguous = exceptions.find(({ exception }) => exception.reason === 'AMBIGUOUS');
    if (!ambiguous) throw new Error('No receipt has two explanations.');
    const body = { suggestion: 1, expectedVersion: ambiguous.version };
    return expectSuccess(await this.api.post(`/v1/receipts/${ambiguous.id}/match`, body, `${this.run}-choose`));
  }

  private async ageing(): Promise<Body> {
    const query = `legalEntity=${encodeURIComponent(this.legalEntity)}&currency=CNY`;
    return expectSuccess(await this.api.get(`/v1/receivables/ageing?${query}`));
  }

  private bankNumber(): string {
    return `1100${BigInt(`0x${this.run}`).toString().padStart(16, '0')}`;
  }
}

function isDecided({ state, exception }: Body): boolean {
  return state === 'MATCHED' || exception !== undefined;
}
