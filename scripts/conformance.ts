/**
 * Asks validators that others wrote whether WACZ files follow the formats: `npm run test:conformance [-- FILE.wacz …]`.
 * Without a file it writes samples with every kind of record itself. Then it shows the validators damaged archives, which
 * each must refuse. What this machine cannot have is skipped and named. Exit code 1 on any failure.
 *
 * `CONFORMANCE_TOOLS=FOLDER` keeps the validators in that folder for the next time.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileSource } from '../src/main/archive/random-access.ts';
import { openWacz } from '../src/main/archive/wacz/reader.ts';
import { negativeControls } from '../test/conformance/controls.ts';
import { sampleSigner, writeSampleWacz } from '../test/conformance/sample-wacz.ts';
import { FileSink } from '../test/conformance/sinks.ts';
import { getValidators, type Subject, type Validator } from '../test/conformance/validators.ts';

const count = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));

try {
  const tools = process.env['CONFORMANCE_TOOLS'] ?? join(folder, 'tools');
  mkdirSync(tools, { recursive: true });
  const { validators, skipped } = await getValidators(tools);
  const sample = join(folder, 'sample.wacz');
  await writeSample(sample, {});
  const paths = process.argv.slice(2);
  if (paths.length === 0) {
    const big = join(folder, 'sample-with-compressed-index.wacz');
    await writeSample(big, { more: 600, zipNumThreshold: 0 });
    paths.push(sample, big);
  }
  for (const path of paths) {
    try {
      const subject = await unpack(path);
      for (const validator of validators) await expectSound(validator, subject, basename(path));
    } catch (error) {
      row(false, 'reading', `${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  for (const { name, bytes, seenBy } of await negativeControls(readFileSync(sample))) {
    const path = join(folder, `control: ${name}.wacz`);
    writeFileSync(path, bytes);
    const subject = await unpack(path);
    for (const validator of validators) {
      if (seenBy.includes(validator.name)) await expectRefused(validator, subject, name);
    }
  }
  for (const { name, reason } of skipped) {
    count.skipped += 1;
    console.log(`skipped: ${name} (${reason})`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`conformance: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed > 0 ? 1 : 0;

async function writeSample(
  path: string,
  options: { more?: number; zipNumThreshold?: number },
): Promise<void> {
  const sink = new FileSink(path);
  await writeSampleWacz(sink, { ...options, signer: sampleSigner() });
  sink.close();
}

/** Takes the WARC files out of a WACZ. Throws where it cannot be opened. */
async function unpack(wacz: string): Promise<Subject> {
  const target = mkdtempSync(join(folder, 'warc-'));
  const source = fileSource(wacz);
  const warcs: string[] = [];
  try {
    const reader = await openWacz(source);
    for (const { name } of reader.entries()) {
      if (!/^archive\/[^/]+\.warc(\.gz)?$/.test(name)) continue;
      const path = join(target, basename(name));
      const sink = new FileSink(path);
      for await (const chunk of reader.stream(name)) sink.write(chunk);
      sink.close();
      warcs.push(path);
    }
  } finally {
    source.close();
  }
  return { wacz, warcs };
}

async function expectSound(validator: Validator, subject: Subject, name: string): Promise<void> {
  const wrong = await validator.run(subject);
  row(wrong === null, validator.name, wrong === null ? `${name} is sound` : `${name}: ${wrong}`);
}

async function expectRefused(validator: Validator, subject: Subject, name: string): Promise<void> {
  const wrong = await validator.run(subject);
  row(wrong !== null, validator.name, wrong === null ? `did not see: ${name}` : `saw: ${name}`);
}

function row(passed: boolean, validator: string, what: string): void {
  count[passed ? 'passed' : 'failed'] += 1;
  console.log(
    `${passed ? 'passed' : 'FAILED'}  ${validator.padEnd(15)}  ${what.replaceAll('\n', `\n${' '.repeat(25)}`)}`,
  );
}
