import { unlessOvertaken } from '../../../../shared/runs/replace-run.ts';
import type { ResumingStore } from '../../store.ts';
import type { Proof } from './proof.ts';

const proofsPerPage = 100;
/** A proof that nothing was heard of for so long broke off: no function lives longer. */
const silenceMs = 16 * 60_000;
/** One that comes to nothing whoever begins is begun less and less often, and once a day at least. */
const silenceMaxMs = 24 * 3_600_000;

/** Hands on the proofs of all tenants that broke off without a word, or whose word never came. */
export async function resumeProofs(
  store: Pick<ResumingStore, 'listProofsUnderWay' | 'writeProof'>,
  now: Date,
): Promise<void> {
  let after: string | undefined;
  do {
    const { proofs, next } = await store.listProofsUnderWay(after, proofsPerPage);
    for (const proof of proofs) {
      if (!isDue(proof, now)) continue;
      const { turns, revision } = proof;
      const handedOn = { ...proof, turns: turns + 1, revision: revision + 1, changedAt: now.toISOString() };
      await unlessOvertaken(handedOn, () => store.writeProof(handedOn));
    }
    after = next;
  } while (after !== undefined);
}

function isDue({ asked, done, lease, tries = 1, changedAt }: Proof, now: Date): boolean {
  if (done >= asked || (lease && lease.until > now.toISOString())) return false;
  const silent = now.getTime() - Date.parse(changedAt);
  return silent >= Math.min(silenceMs * 2 ** (tries - 1), silenceMaxMs);
}
