/** Reads service descriptions (JSON) from standard input and writes the template of the cloud's data stack for them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { App } from 'aws-cdk-lib';
import type { ServiceDescription } from '../../shared/service/description.ts';
import { DataStack } from '../cloud/data-stack.ts';

const services = (await json(process.stdin)) as readonly ServiceDescription[];
const outdir = mkdtempSync(join(tmpdir(), 'yudao-template-'));
try {
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new DataStack(app, 'Data', { services });
  process.stdout.write(JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template));
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
