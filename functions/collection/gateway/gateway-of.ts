import type { BankGateway } from './bank-gateway.ts';
import { type Adapters, handOver, withdraw } from './hand-over.ts';
import { type FileTools, fileAdapter } from './iso/file-adapter.ts';
import type { FileTerms } from './iso/message-file.ts';
import { sandboxAdapter } from './sandbox/sandbox-adapter.ts';
import type { ChannelKind } from './sent-message.ts';

/** What reaches the bank of a channel. A message that has begun by another channel goes on by that one. */
export function gatewayOf(
  { channel, initiatingParty, characters, sepa }: FileTerms & { readonly channel: ChannelKind },
  tools: FileTools,
): BankGateway {
  const { store } = tools;
  const terms = { initiatingParty, characters, ...(sepa && { sepa }) };
  const adapters: Adapters = { SANDBOX: sandboxAdapter(store), FILES: fileAdapter(tools, terms) };
  const { faultOf, query } = adapters[channel];
  return {
    faultOf,
    query,
    hand: (message, now) => handOver(store, adapters, channel, message, now),
    withdraw: (message, now) => withdraw(store, channel, message, now),
  };
}
