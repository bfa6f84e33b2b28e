import { availableOf } from '../../functions/ledger/account.ts';
import type { Command } from '../../functions/ledger/commands.ts';
import { expirePendings } from '../../functions/ledger/expire-pendings.ts';
import { prove } from '../../functions/ledger/prove.ts';
import { readStateAsOf } from '../../functions/ledger/read-balance.ts';
import { submit } from '../../functions/ledger/submit.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { formatAmount, parseAmount } from '../../shared/money/amount.ts';
import { openTestAccount, type TestLedger } from './ledger.ts';

/**
 * Plays a scenario: a text file that a finance person can read and write. One step per line, columns two blanks apart;
 * `refused` says how the step before it was refused. A step that is refused without the file saying so is a failure, and
 * so is the other way round. At the end the books are proved.
 */
export async function playScenario(ledger: TestLedger, tenant: string, text: string): Promise<string[]> {
  return await new Scenario(ledger, tenant).play(text);
}

interface Named {
  readonly id: string;
  readonly currency: string;
}

class Scenario {
  private readonly accounts = new Map<string, Named>();
  private readonly failures: string[] = [];
  private now = new Date(0);
  private refusal: string | undefined;
  private readonly ledger: TestLedger;
  private readonly tenant: string;

  constructor(ledger: TestLedger, tenant: string) {
    this.ledger = ledger;
    this.tenant = tenant;
  }

  /** Returns what was not as the file says, with line numbers. */
  async play(text: string): Promise<string[]> {
    const lines = text.split('\n').map((line) => line.trim());
    for (const [index, line] of lines.entries()) {
      if (line === '' || line.startsWith('#')) continue;
      const [word = '', ...columns] = line.split(/ {2,}/);
      const at = `line ${index + 1}: ${line}`;
      if (word !== 'refused' && this.refusal)
        this.failures.push(`${at}\n  the step before was refused: ${this.refusal}`);
      if (word === 'refused') this.expect(at, columns[0] ?? '', this.refusal ?? 'accepted');
      this.refusal = undefined;
      if (word !== 'refused') await this.step(at, word, columns);
    }
    if (this.refusal) this.failures.push(`end of file\n  the last step was refused: ${this.refusal}`);
    const proof = await prove(this.ledger.store, this.tenant, { accounts: 'ALL' });
    for (const { currency, credits, debits } of proof.trialBalances) {
      this.expect(`trial balance ${currency}`, '0', String(credits + debits));
    }
    this.expect('broken links', '0', String(proof.broken.length));
    return this.failures;
  }

  private expect(at: string, wanted: string, got: string): void {
    if (wanted !== got) this.failures.push(`${at}\n  wanted ${wanted}, got ${got}`);
  }

  private async step(at: string, word: string, columns: string[]): Promise<void> {
    const [first = '', second = '', third = '', ...rest] = columns;
    switch (word) {
      case 'day':
        this.now = instantOf(first);
        return;
      case 'open':
        this.accounts.set(first, {
          id: await openTestAccount(this.ledger, this.tenant, {
            name: first,
            currency: second,
            limit: third,
            now: this.now,
          }),
          currency: second,
        });
        return;
      case 'balance':
        return await this.checkBalance(at, first, columns.slice(1));
      case 'as of':
        return await this.checkAsOf(at, first, second, third);
      case 'status':
        return await this.checkStatus(at, first, second);
      case 'expire':
        await expirePendings(this.ledger.store, this.now);
        return;
      default:
        return await this.run(this.commandOf(word, first, second, [third, ...rest].filter(Boolean)));
    }
  }

  private async run(command: Command): Promise<void> {
    const [outcome] = await submit(this.ledger.store, this.tenant, [command], this.now);
    if (outcome?.outcome === 'REFUSED') this.refusal = outcome.problem.code.split('/')[1];
  }

  private commandOf(word: string, key: string, subject: string, rest: string[]): Command {
    const cause = { client: 'scenario', role: 'treasurer', requestId: key };
    const common = { id: this.idOf(key), fingerprint: [word, key, subject, ...rest].join(' '), cause };
    switch (word) {
      case 'transfer':
      case 'hold':
        return {
          ...common,
          command: 'TRANSFER',
          mode: word === 'hold' ? 'PENDING' : 'POSTED',
          ...this.legsOf([subject, ...rest]),
        };
      case 'post': {
        const amounts = rest[0] ? [{ leg: 0, minor: minorOf(rest[0], 'CNY'), currency: 'CNY' }] : [];
        return { ...common, command: 'POST', pendingId: this.idOf(subject), amounts };
      }
      case 'void':
        return { ...common, command: 'VOID', pendingId: this.idOf(subject) };
      case 'reverse':
        return { ...common, command: 'REVERSE', transferId: this.idOf(subject) };
      case 'set':
        return { ...common, command: 'CHANGE', accountId: this.account(subject).id, status: rest[0] as 'ACTIVE' };
      case 'freeze':
      case 'unfreeze': {
        const minor = minorOf(rest[0] ?? '', this.account(subject).currency);
        return {
          ...common,
          command: 'CHANGE',
          accountId: this.account(subject).id,
          freeze: word === 'freeze' ? minor : -minor,
        };
      }
      default:
        throw new Error(`a scenario has no step '${word}'`);
    }
  }

  /** `A > B  100.00 ; C > D  5.00  valued 2026-03-03`: columns hold pieces of it. */
  private legsOf(columns: string[]) {
    const text = columns.join('  ');
    const valueDate = /valued (\S+)/.exec(text)?.[1];
    const until = /until (\S+ \S+)/.exec(text)?.[1];
    const legs = text
      .replace(/ {2}(valued|until) .*/, '')
      .split(' ; ')
      .map((leg) => {
        const [, from = '', to = '', amount = ''] = /^(.+) > (.+?) {2}(\S+)$/.exec(leg.trim()) ?? [];
        const { id, currency } = this.account(from);
        return {
          debitAccountId: id,
          creditAccountId: this.account(to).id,
          amount: minorOf(amount, currency),
          currency,
        };
      });
    return {
      legs,
      references: {},
      ...(valueDate && { valueDate }),
      ...(until && { expiresAt: instantOf(until).toISOString() }),
    };
  }

  private async checkBalance(at: string, name: string, wanted: string[]): Promise<void> {
    const { id, currency } = this.account(name);
    const head = await this.ledger.store.readHead(this.tenant, id);
    if (!head) throw new Error(`${name} has no balance`);
    const shown: Record<string, bigint> = {
      posted: head.posted,
      'pending in': head.pendingIn,
      'pending out': head.pendingOut,
      frozen: head.frozen,
      available: availableOf(head),
    };
    for (const column of wanted) {
      const [, field = '', amount = ''] = /^(.+) (\S+)$/.exec(column) ?? [];
      this.expect(`${at} (${field})`, amount.replaceAll(',', ''), formatAmount(shown[field] ?? 0n, currency));
    }
  }

  private async checkAsOf(at: string, name: string, when: string, amount: string): Promise<void> {
    const { id, currency } = this.account(name);
    const head = await this.ledger.store.readHead(this.tenant, id);
    const [date = '', , by = ''] = when.split(' ');
    const state =
      head && (await readStateAsOf(this.ledger.store, this.tenant, head, date, by === 'value' ? 'VALUE' : 'BOOKING'));
    this.expect(at, amount.replaceAll(',', ''), formatAmount(state?.posted ?? 0n, currency));
  }

  private async checkStatus(at: string, key: string, wanted: string): Promise<void> {
    const record = (await this.ledger.store.readRecords(this.tenant, [this.idOf(key)])).get(this.idOf(key));
    this.expect(at, wanted, record?.outcome === 'TRANSFER' ? record.transfer.status : 'none');
  }

  private account(name: string): Named {
    const found = this.accounts.get(name);
    if (!found) throw new Error(`the scenario opens no account '${name}'`);
    return found;
  }

  private idOf(key: string): string {
    return deriveId('tr', this.tenant, key);
  }
}

function minorOf(text: string, currency: string): bigint {
  return parseAmount(text.replaceAll(',', ''), currency);
}

/** Times in a scenario are those of Shanghai. */
function instantOf(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}:00+08:00`);
}
