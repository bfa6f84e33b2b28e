import type { BankGateway, BankMessage, Handover } from './bank-gateway.ts';
import type { SentMessage } from './sent-message.ts';

/** How a message begins: what is remembered of it, or why nothing of it can go. */
export type Beginning =
  | { readonly state: 'BEGUN' | 'LOST'; readonly terms?: string; readonly sum: string }
  | { readonly state: 'NOT_TAKEN'; readonly text: string };

/** One way to a bank. That each message goes once, and as it went first, is seen to before it is asked. */
export interface BankAdapter extends Pick<BankGateway, 'faultOf' | 'query'> {
  /** Looks at a message of which nothing is known; nothing goes yet. `at` is the instant of the hand-over. */
  begin(message: BankMessage, at: string): Promise<Beginning>;
  /**
   * Hands over what is remembered as begun, lost or being written, and moves it to WRITING before anything of it goes;
   * broken off anywhere, again does the rest.
   */
  send(message: BankMessage, sent: SentMessage, isFirst: boolean, now: Date): Promise<Handover>;
}
