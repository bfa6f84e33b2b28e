import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { FileTally } from './file-tally.ts';
import type { RowFault } from './row-reader.ts';

/** WAITING: for its bytes. COMPLETED is final, REFUSED until the same file is sent again. */
export const channelFileStatuses = ['WAITING', 'READING', 'COMPLETED', 'REFUSED'] as const;
export type ChannelFileStatus = (typeof channelFileStatuses)[number];

/** Faults of a file that are kept and shown, at most; all of them are counted. */
export const faultsKeptMax = 200;

/** Parts that the file of a day may come in, at most: a channel that knows a market by several numbers has a bill for each. */
export const partsMax = 99;

export interface FileFault extends RowFault {
  /** Of the file, from 1. */
  readonly line: number;
}

/** What a channel's file of a day is to be read as. */
export interface FileTarget {
  readonly tenant: string;
  readonly marketId: string;
  readonly channelId: string;
  /** The day of the channel that it is of. */
  readonly businessDate: PlainDate;
  readonly part: number;
  readonly templateId: string;
}

/** A settlement file of a channel on its way in. */
export interface ChannelFile extends FileTarget {
  readonly id: string;
  readonly status: ChannelFileStatus;
  /** Of an upload. */
  readonly fileName?: string;
  readonly expiresAt?: string;
  /** Of the file; 0 until an upload was read. */
  readonly bytes: number;
  readonly faults: readonly FileFault[];
  readonly faulty: number;
  /** Why it is refused. */
  readonly problem?: { readonly code: string; readonly detail: string };
  /** COMPLETED: what is in it, and where its lines lie. */
  readonly content?: FileContent;
  readonly fingerprint: string;
  readonly createdAt: string;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

export interface FileContent {
  readonly tally: FileTally;
  /** Rows that moved no money. */
  readonly skipped: number;
  readonly totalsAgree?: boolean;
  readonly readingId: string;
  readonly blocks: number;
}

/** Which file stands for a day of a channel, and part of it: the one that was read last. */
export interface StandingFile extends Pick<ChannelFile, 'tenant' | 'marketId' | 'channelId' | 'businessDate' | 'part'> {
  readonly fileId: string;
  readonly readingId: string;
  readonly blocks: number;
}
