import type { Cause } from '../../../shared/http/cause.ts';
import type { ChannelTemplate } from '../channel-files/channel-template.ts';
import type { DayTemplate } from '../day-files/day-template.ts';

/** What a market's own template is for, and what it says. */
export interface TemplateContents {
  readonly CHANNEL_FILE: ChannelTemplate;
  readonly DAY_FILE: DayTemplate;
}
export type TemplateUse = keyof TemplateContents;

/** A template that a market has made for itself. Files that were read or written by an earlier version stay as they are. */
export interface OwnTemplate<Use extends TemplateUse = TemplateUse> {
  readonly tenant: string;
  readonly marketId: string;
  readonly use: Use;
  /** The caller's; unique within the market and the use. */
  readonly id: string;
  readonly content: TemplateContents[Use];
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}
