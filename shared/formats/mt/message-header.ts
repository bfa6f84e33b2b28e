import { defined } from '../../objects/defined.ts';
import { readShortDateTime } from '../dates.ts';
import { detached } from '../detached.ts';
import { FormatError } from '../format-error.ts';
import type { StatementFormat, StatementHeader, TrailerFlag } from '../statement-events.ts';
import { currencySuffix, readAccountField } from './account-field.ts';

/** Fields that say whose statement it is and which; two that differ are two statements. */
const identifying = new Set(['20', '25', '25P', '28', '28C']);

/** What a statement has in common with the one before it in the same message, unless it says otherwise. */
const common = ['20', '25', '25P'];

/** The fields of a message that its header is read from. */
export class HeaderFields {
  readonly #fields = new Map<string, readonly string[]>();
  readonly #inherited: ReadonlyMap<string, readonly string[]>;
  readonly #flags: TrailerFlag[] = [];
  #isRead = false;

  constructor(before?: HeaderFields) {
    this.#inherited = before ? before.#inheritance() : new Map();
  }

  get flags(): readonly TrailerFlag[] {
    return this.#flags;
  }

  /** @throws FormatError bad-field, when a field that counts once comes late, or again and says something else */
  take(tag: string, lines: readonly string[]): void {
    const before = this.#fields.get(tag);
    if (!before && this.#isRead && identifying.has(tag)) {
      throw new FormatError('bad-field', 'It comes after the figures it belongs before', {
        element: `:${tag}:`,
      });
    }
    if (!before) this.#fields.set(tag, detached(lines));
    else if (identifying.has(tag) && before.join('\n').trim() !== lines.join('\n').trim()) {
      throw new FormatError('bad-field', 'It comes twice and differs', { element: `:${tag}:` });
    }
  }

  read(format: StatementFormat, balanceCurrency: string | undefined): StatementHeader {
    this.#isRead = true;
    const account = this.#accountLines();
    const currency = balanceCurrency ?? currencySuffix(account[0] ?? '');
    const [sequenceNumber, page] = (this.#first('28C') ?? this.#first('28') ?? '').split('/');
    return detached({
      format,
      ...defined({
        messageId: this.#first('20'),
        sequenceNumber: sequenceNumber || undefined,
        pageNumber: page !== undefined && /^\d{1,5}$/.test(page) ? Number(page) : undefined,
        createdAt: this.#createdAt(),
      }),
      account: readAccountField(account, currency),
    });
  }

  #createdAt(): string | undefined {
    const text = this.#first('13D') ?? this.#first('13');
    const createdAt = text === undefined ? undefined : readShortDateTime(text);
    if (text !== undefined && createdAt === undefined) this.#flags.push('CREATED_AT_UNREADABLE');
    return createdAt;
  }

  /** Its own account comes before an inherited one, whichever of the two fields has it. */
  #accountLines(): readonly string[] {
    for (const fields of [this.#fields, this.#inherited]) {
      const lines = fields.get('25P') ?? fields.get('25');
      if (lines) return lines;
    }
    return [];
  }

  #first(tag: string): string | undefined {
    return (this.#fields.get(tag) ?? this.#inherited.get(tag))?.[0]?.trim() || undefined;
  }

  #inheritance(): ReadonlyMap<string, readonly string[]> {
    const handedOn = new Map(this.#inherited);
    if (this.#fields.has('25') || this.#fields.has('25P')) for (const tag of ['25', '25P']) handedOn.delete(tag);
    for (const tag of common) {
      const lines = this.#fields.get(tag);
      if (lines) handedOn.set(tag, lines);
    }
    return handedOn;
  }
}
