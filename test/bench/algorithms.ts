import type { AccountState } from '../../functions/ledger/account.ts';
import { authorise } from '../../functions/ledger/authorise.ts';
import { digestOf } from '../../functions/ledger/chain.ts';
import type { Decision, World } from '../../functions/ledger/decision.ts';
import { planWrites } from '../../functions/ledger/plan-writes.ts';
import type { TransferContent } from '../../functions/ledger/transfer.ts';
import { allocate } from '../../shared/money/allocate.ts';
import { formatAmount, parseAmount } from '../../shared/money/amount.ts';
import { benchNow, benchTransfer } from './bench-ledger.ts';

/** The pure parts, from a thousand to a million elements. */
export interface AlgorithmRow {
  readonly algorithm: string;
  readonly elements: number;
  readonly milliseconds: number;
  readonly nanosecondsPerElement: number;
}

const sizes = [1_000, 10_000, 100_000, 1_000_000];
const accounts = 1_000;

export function benchAlgorithms(): AlgorithmRow[] {
  return sizes.flatMap((size) => [
    time('allocate by largest remainder', size, weights(size), (input) => allocate(1_000_000_007n, input)),
    time('parse and format amounts', size, amounts(size), (input) =>
      input.map((text) => formatAmount(parseAmount(text, 'CNY'), 'CNY')),
    ),
    time('authorise transfers', size, transfers(size), authoriseAll),
    time('digest transfers', size, transfers(size), (input) => input.map(digestOf)),
    time('pack decisions into transactions', size, decisions(size), planWrites),
  ]);
}

function time<Input>(algorithm: string, elements: number, input: Input, work: (input: Input) => unknown): AlgorithmRow {
  const started = performance.now();
  work(input);
  const milliseconds = performance.now() - started;
  return {
    algorithm,
    elements,
    milliseconds: Math.round(milliseconds * 10) / 10,
    nanosecondsPerElement: Math.round((milliseconds * 1e6) / elements),
  };
}

function weights(size: number): bigint[] {
  return Array.from({ length: size }, (_, n) => BigInt(1 + ((n * 7_919) % 1_000)));
}

function amounts(size: number): string[] {
  return Array.from({ length: size }, (_, n) => `${n * 31}.${String(n % 100).padStart(2, '0')}`);
}

function transfers(size: number): TransferContent[] {
  return Array.from({ length: size }, (_, n) => {
    const {
      legs,
      description = '',
      references,
      cause,
      id,
    } = benchTransfer('bench', `${n}`, account(n), account(n * 3 + 1));
    const bookedAt = benchNow.toISOString();
    return {
      id,
      type: 'TRANSFER',
      mode: 'POSTED',
      legs,
      valueDate: '2026-03-02',
      bookedAt,
      description,
      references,
      cause,
    };
  });
}

function account(n: number): string {
  return `acc_${n % accounts}`;
}

function authoriseAll(input: readonly TransferContent[]): Decision[] {
  const world: World = { accounts: new Map(), transfers: new Map(), histories: new Map() };
  for (let n = 0; n < accounts; n++) world.accounts.set(account(n), emptyState(account(n)));
  return input.map((transfer) =>
    authorise(world, { command: 'TRANSFER', fingerprint: '', ...transfer } as never, transfer),
  );
}

function emptyState(accountId: string): AccountState {
  return {
    accountId,
    currency: 'CNY',
    hot: false,
    version: 0,
    status: 'ACTIVE',
    constraint: { type: 'NONE' },
    posted: 0n,
    pendingIn: 0n,
    pendingOut: 0n,
    frozen: 0n,
    at: benchNow.toISOString(),
    hash: new Uint8Array(32),
  };
}

function decisions(size: number): Decision[] {
  return authoriseAll(transfers(size));
}
