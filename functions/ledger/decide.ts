import { decideChange } from './change-account.ts';
import type { Command } from './commands.ts';
import { decideBinding } from './decide-binding.ts';
import type { Decision, World } from './decision.ts';
import { decideTransfer } from './make-transfer.ts';
import { decideEnd, decidePost } from './resolve-pending.ts';
import { decideReversal } from './reverse-transfer.ts';

/** Decides one command on the world as it stands; on acceptance the world moves on, so that the next sees it. */
export function decide(world: World, command: Command, now: Date): Decision {
  switch (command.command) {
    case 'TRANSFER':
      return decideTransfer(world, command, now);
    case 'POST':
      return decidePost(world, command, now);
    case 'VOID':
    case 'EXPIRE':
      return decideEnd(world, command, now);
    case 'REVERSE':
      return decideReversal(world, command, now);
    case 'CHANGE':
      return decideChange(world, command);
    case 'BIND':
      return decideBinding(world, command, now);
  }
}
