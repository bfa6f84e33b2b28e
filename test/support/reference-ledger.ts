/**
 * A second ledger, as plain as can be: maps in memory, one command at a time, written from the rules and not from the
 * code. The model test holds the real one against it.
 */
export interface ReferenceAccount {
  currency: string;
  floor: bigint | undefined;
  status: 'ACTIVE' | 'FROZEN' | 'CLOSED';
  frozen: bigint;
  /** Every posted movement with its value date. */
  posted: { date: string; amount: bigint }[];
  pendingIn: bigint;
  pendingOut: bigint;
  /** The capability whose own it is. */
  owner: string | undefined;
}

interface ReferenceLeg {
  from: string;
  to: string;
  amount: bigint;
  currency: string;
}

interface ReferenceTransfer {
  id: string;
  pending: boolean;
  /** Of a pending one: what became of it. */
  ended: 'POSTED' | 'VOIDED' | 'EXPIRED' | undefined;
  isEnding: boolean;
  legs: ReferenceLeg[];
  expiresAt: string | undefined;
  /** Of a pending one: the capability that holds it. */
  by: string | undefined;
  reversed: boolean;
  /** Value date. */
  date: string;
}

export type ReferenceOutcome = 'OK' | string;

export class ReferenceLedger {
  readonly accounts = new Map<string, ReferenceAccount>();
  readonly transfers = new Map<string, ReferenceTransfer>();
  readonly remembered = new Map<string, { body: string; outcome: ReferenceOutcome }>();

  open(id: string, currency: string, floor: bigint | undefined, owner?: string): void {
    const empty = { status: 'ACTIVE', frozen: 0n, posted: [], pendingIn: 0n, pendingOut: 0n } as const;
    this.accounts.set(id, { currency, floor, owner, ...empty, posted: [] });
  }

  balance(id: string): bigint {
    return this.account(id).posted.reduce((sum, { amount }) => sum + amount, 0n);
  }

  /** Runs a command under a key: remembered outcomes come back, another body under the key is refused. */
  keyed(key: string, body: string, run: () => ReferenceOutcome): ReferenceOutcome {
    const before = this.remembered.get(key);
    if (before) return before.body === body ? before.outcome : 'request/idempotency-key-reused';
    const outcome = run();
    if (!isMalformed(outcome)) this.remembered.set(key, { body, outcome });
    return outcome;
  }

  transfer(
    id: string,
    legs: ReferenceLeg[],
    options: { pending: boolean; date: string; today: string; expiresAt?: string; by?: string },
  ): ReferenceOutcome {
    if (legs.some(({ from, to }) => from === to)) return 'ledger/same-account';
    const refusal = this.refusalOf(legs, options);
    if (refusal) return refusal;
    for (const leg of legs) {
      if (options.pending) this.hold(leg, leg.amount);
      else this.move(leg, options.date);
    }
    this.remember(id, legs, options.pending, options.date, options);
    return 'OK';
  }

  post(
    id: string,
    pendingId: string,
    amounts: Map<number, bigint>,
    when: { now: string; today: string; date: string; by?: string },
  ): ReferenceOutcome {
    const { now, today, date, by } = when;
    const pending = this.transfers.get(pendingId);
    if (!pending) return 'ledger/transfer-not-found';
    if (!pending.pending) return 'ledger/transfer-not-pending';
    if (isForeign(pending.by, by)) return 'ledger/pending-owned';
    const posted = pending.legs.map((leg, index) => amounts.get(index) ?? leg.amount);
    const tooMuch = posted.some((amount, index) => amount > (pending.legs[index]?.amount ?? 0n));
    if (tooMuch || posted.every((amount) => amount === 0n)) return 'ledger/amounts-do-not-fit';
    const ended = endedCode(pending, now);
    if (ended) return ended;
    // What a capability set aside before the account was frozen is posted all the same.
    const isSetAside = pending.by !== undefined;
    const unusable = this.foreign(pending.legs, by) ?? this.unusable(pending.legs, isSetAside);
    if (unusable) return unusable;
    const legs = pending.legs.map((leg, index) => ({ ...leg, amount: posted[index] ?? 0n }));
    for (const leg of pending.legs) this.hold(leg, -leg.amount);
    if (this.debtors(legs).some((debtor) => this.lackedFunds(debtor, legs, date, today))) {
      for (const leg of pending.legs) this.hold(leg, leg.amount);
      return 'ledger/insufficient-funds-at-value-date';
    }
    for (const leg of legs) this.move(leg, date);
    pending.ended = 'POSTED';
    this.remember(id, legs, false, date);
    return 'OK';
  }

  end(id: string, pendingId: string, how: 'VOIDED' | 'EXPIRED', now: string, by?: string): ReferenceOutcome {
    const pending = this.transfers.get(pendingId);
    if (!pending) return 'ledger/transfer-not-found';
    if (!pending.pending) return 'ledger/transfer-not-pending';
    if (how === 'VOIDED' && isForeign(pending.by, by)) return 'ledger/pending-owned';
    const ended = how === 'VOIDED' ? endedCode(pending, now) : pending.ended && 'ended';
    if (ended) return ended;
    for (const leg of pending.legs) this.hold(leg, -leg.amount);
    pending.ended = how;
    this.remember(id, pending.legs, false, '9999-12-31');
    const ending = this.transfers.get(id);
    if (ending) ending.isEnding = true;
    return 'OK';
  }

  reverse(id: string, transferId: string, today: string, date: string, by?: string): ReferenceOutcome {
    const original = this.transfers.get(transferId);
    if (!original) return 'ledger/transfer-not-found';
    if (original.pending || original.isEnding) return 'ledger/transfer-not-posted';
    if (original.reversed) return 'ledger/already-reversed';
    if (date !== today && date < original.date) return 'ledger/value-date-not-allowed';
    const legs = original.legs
      .filter(({ amount }) => amount > 0n)
      .map((leg) => ({ ...leg, from: leg.to, to: leg.from }));
    const refusal = this.refusalOf(legs, { pending: false, date, today, ...(by !== undefined && { by }) });
    if (refusal) return refusal;
    for (const leg of legs) this.move(leg, date);
    original.reversed = true;
    this.remember(id, legs, false, date);
    return 'OK';
  }

  change(
    id: string,
    change: { status?: ReferenceAccount['status']; freeze?: bigint; floor?: { minor: bigint | undefined } },
    by?: string,
  ): ReferenceOutcome {
    const account = this.accounts.get(id);
    if (!account) return 'ledger/account-not-found';
    if (account.status === 'CLOSED') return 'ledger/account-closed';
    const isOwners = change.floor !== undefined || change.status === 'CLOSED';
    if (isOwners && isForeign(account.owner, by)) return 'ledger/account-owned';
    const frozen = account.frozen + (change.freeze ?? 0n);
    if (frozen < 0n) return 'ledger/unfreeze-exceeds-frozen';
    const floor = change.floor ? change.floor.minor : account.floor;
    const spendable = this.balance(id) - account.pendingOut;
    if (change.floor && floor !== undefined && spendable < floor) return 'ledger/constraint-not-met';
    const empty = this.balance(id) === 0n && account.pendingIn === 0n && account.pendingOut === 0n && frozen === 0n;
    if (change.status === 'CLOSED' && !empty) return 'ledger/account-not-empty';
    account.floor = floor;
    account.frozen = frozen;
    account.status = change.status ?? account.status;
    return 'OK';
  }

  private account(id: string): ReferenceAccount {
    const account = this.accounts.get(id);
    if (!account) throw new Error(`no reference account ${id}`);
    return account;
  }

  private remember(
    id: string,
    legs: ReferenceLeg[],
    pending: boolean,
    date: string,
    { expiresAt, by }: { expiresAt?: string; by?: string } = {},
  ): void {
    const fresh = { ended: undefined, isEnding: false, reversed: false };
    this.transfers.set(id, { id, legs, pending, date, expiresAt, by, ...fresh });
  }

  private move({ from, to, amount }: ReferenceLeg, date: string): void {
    this.account(from).posted.push({ date, amount: -amount });
    this.account(to).posted.push({ date, amount });
  }

  private hold({ from, to }: ReferenceLeg, amount: bigint): void {
    this.account(from).pendingOut += amount;
    this.account(to).pendingIn += amount;
  }

  /** Whether an account among them is the own of a capability that does not ask. */
  private foreign(legs: ReferenceLeg[], by: string | undefined): ReferenceOutcome | undefined {
    const parties = legs.flatMap(({ from, to }) => [from, to]);
    return parties.some((id) => isForeign(this.account(id).owner, by)) ? 'ledger/account-owned' : undefined;
  }

  private unusable(legs: ReferenceLeg[], isSetAside = false): ReferenceOutcome | undefined {
    const parties = legs.flatMap(({ from, to }) => [from, to]);
    if (parties.some((id) => this.account(id).status === 'CLOSED')) return 'ledger/account-closed';
    if (isSetAside) return undefined;
    return legs.some(({ from }) => this.account(from).status === 'FROZEN') ? 'ledger/account-frozen' : undefined;
  }

  private refusalOf(legs: ReferenceLeg[], options: { pending: boolean; date: string; today: string; by?: string }) {
    const parties = legs.flatMap(({ from, to }) => [from, to]);
    if (parties.some((id) => !this.accounts.has(id))) return 'ledger/account-not-found';
    if (
      legs.some(
        (leg) => this.account(leg.from).currency !== leg.currency || this.account(leg.to).currency !== leg.currency,
      )
    ) {
      return 'ledger/currency-mismatch';
    }
    const unusable = this.foreign(legs, options.by) ?? this.unusable(legs);
    if (unusable) return unusable;
    const debtors = this.debtors(legs);
    if (debtors.some((id) => this.lacksFunds(id, legs, options.pending))) return 'ledger/insufficient-funds';
    const lacking = !options.pending && debtors.some((id) => this.lackedFunds(id, legs, options.date, options.today));
    return lacking ? 'ledger/insufficient-funds-at-value-date' : undefined;
  }

  /** Debited accounts that have a floor, or frozen money, which makes one. */
  private debtors(legs: ReferenceLeg[]): string[] {
    const ids = [...new Set(legs.map(({ from }) => from))];
    return ids.filter((id) => this.account(id).floor !== undefined || this.account(id).frozen > 0n);
  }

  /** Held credits are no money yet, so a hold is met by its debits alone. */
  private lacksFunds(id: string, legs: ReferenceLeg[], pending: boolean): boolean {
    const { pendingOut, frozen, floor = 0n } = this.account(id);
    const out = sumOf(legs.filter(({ from }) => from === id));
    const back = pending ? 0n : sumOf(legs.filter(({ to }) => to === id));
    if (out <= back) return false;
    return this.balance(id) - pendingOut - frozen - out + back < floor;
  }

  private lackedFunds(id: string, legs: ReferenceLeg[], date: string, today: string): boolean {
    if (date === today) return false;
    const change = sumOf(legs.filter(({ to }) => to === id)) - sumOf(legs.filter(({ from }) => from === id));
    if (change >= 0n) return false;
    const { posted, pendingOut, frozen, floor = 0n } = this.account(id);
    const days = [...new Set([date, today, ...posted.map((one) => one.date)])].filter((day) => day >= date);
    return days.some((day) => sumTo(posted, day) - pendingOut - frozen + change < floor);
  }
}

function isForeign(owner: string | undefined, by: string | undefined): boolean {
  return owner !== undefined && owner !== by;
}

function sumOf(legs: ReferenceLeg[]): bigint {
  return legs.reduce((sum, { amount }) => sum + amount, 0n);
}

function sumTo(posted: ReferenceAccount['posted'], day: string): bigint {
  return posted.filter(({ date }) => date <= day).reduce((sum, { amount }) => sum + amount, 0n);
}

function endedCode({ ended, expiresAt }: ReferenceTransfer, now: string): ReferenceOutcome | undefined {
  if (ended === 'POSTED') return 'ledger/pending-already-posted';
  if (ended === 'VOIDED') return 'ledger/pending-already-voided';
  if (ended === 'EXPIRED' || (expiresAt !== undefined && expiresAt <= now)) return 'ledger/pending-expired';
  return undefined;
}

const malformed = [
  'ledger/value-date-not-allowed',
  'ledger/same-account',
  'ledger/currency-mismatch',
  'ledger/amounts-do-not-fit',
];

function isMalformed(outcome: ReferenceOutcome): boolean {
  return malformed.includes(outcome);
}
