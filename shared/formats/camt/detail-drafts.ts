import { detached } from '../detached.ts';
import { FormatError } from '../format-error.ts';
import type { XmlNode } from '../xml/xml-node.ts';
import { type DetailDraft, draftDetail } from './read-detail.ts';

/** Transactions of one entry. Each is small, but all of an entry are in memory together. */
export const detailsPerEntryMax = 100_000;

/** Characters kept of all transactions of one entry. */
export const detailCharactersPerEntryMax = 32_000_000;

/** Up to so many of them may hold on to the text they were cut from; beyond, they are copied out of it. */
const detailsBesideTextMax = 1_000;

/** The transactions of the entry that is being read. */
export class DetailDrafts {
  #drafts: DetailDraft[] = [];
  #characters = 0;

  /** @throws FormatError too-many-details and those of a transaction */
  add(node: XmlNode, statement: string): void {
    if (this.#drafts.length >= detailsPerEntryMax) {
      throw new FormatError('too-many-details', `More than ${detailsPerEntryMax} transactions in one entry`);
    }
    const draft = draftDetail(node, statement);
    this.#characters += charactersOf(draft);
    if (this.#characters > detailCharactersPerEntryMax) {
      const what = `More than ${detailCharactersPerEntryMax} characters in the transactions of one entry`;
      throw new FormatError('too-many-details', what, { element: `${statement}/Ntry/NtryDtls` });
    }
    this.#drafts.push(this.#drafts.length < detailsBesideTextMax ? draft : detached(draft));
  }

  /** Hands them out and begins anew. */
  take(): readonly DetailDraft[] {
    const drafts = this.#drafts;
    this.#drafts = [];
    this.#characters = 0;
    return drafts;
  }
}

/** Characters of all texts in plain data. */
function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let characters = 0;
  for (const part of Object.values(value)) characters += charactersOf(part);
  return characters;
}
