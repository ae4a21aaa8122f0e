import type { RandomAccess } from '../../archive/bytes.ts';
import { openWacz } from '../../archive/wacz/reader.ts';
import type { BundleRequest } from '../../../shared/domain/bundle.ts';
import type { Capture } from '../../../shared/domain/capture.ts';
import { provenanceSchema } from '../../../shared/domain/provenance.ts';
import { ConstatError } from '../../../shared/problems.ts';

/** Largest account of a capture that is read, in bytes. */
const MAX_PROVENANCE = 256 * 1024 * 1024;

/** By what the sealed account says: a browser profile the person keeps, or a page that the person worked on by hand. */
const loginSchema = provenanceSchema
  .pick({ stepOutcomes: true })
  .extend({ environment: provenanceSchema.shape.environment.pick({ profile: true }) });

/**
 * True where somebody may have been logged in while it was captured. An account that cannot be read counts as such: what is
 * handed over too much cannot be taken back. Throws ArchiveError where the archive itself cannot be read.
 */
export async function mayHoldLogin(source: RandomAccess): Promise<boolean> {
  const wacz = await openWacz(source);
  const bytes = await wacz.bytes('evidence/provenance.json', MAX_PROVENANCE);
  const { success, data } = loginSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  if (!success) return true;
  return (
    data.environment.profile === 'named' ||
    data.stepOutcomes.some(({ name, outcome }) => name === 'interact' && outcome !== 'skipped')
  );
}

/**
 * Which of the captures go as working copies without credentials. Throws CREDENTIALS_NOT_CONFIRMED where the sealed original of a
 * capture that may hold a login was asked for and not confirmed.
 */
export async function chooseCopies(
  captures: readonly Capture[],
  wacz: (id: string) => RandomAccess,
  { copies, withCredentials }: Pick<BundleRequest, 'copies' | 'withCredentials'>,
): Promise<Set<string>> {
  if (copies === 'redacted') return new Set(captures.map(({ id }) => id));
  if (copies === 'sealed' && withCredentials) return new Set();
  const chosen = new Set<string>();
  for (const { id, exhibit } of captures) {
    if (!(await mayHoldLogin(wacz(id)))) continue;
    if (copies === 'sealed')
      throw new ConstatError('CREDENTIALS_NOT_CONFIRMED', { item: `exhibit ${exhibit}` });
    chosen.add(id);
  }
  return chosen;
}
