import { ConstatError } from '../../shared/problems.ts';

/** Bytes that are not what the format asks for: `item` says where, `reason` what is wrong, both in words. */
export class ArchiveError extends ConstatError {
  readonly item: string;
  readonly reason: string;

  constructor(item: string, reason: string, options?: { cause?: unknown }) {
    super('EVIDENCE_DAMAGED', { item, reason }, options);
    this.name = 'ArchiveError';
    this.item = item;
    this.reason = reason;
  }
}

/** What went wrong, in words, of any thrown value. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof ArchiveError) return thrown.reason;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Rethrows anything as an ArchiveError about `item`; an ArchiveError keeps its own item. */
export function archiveError(item: string, thrown: unknown): ArchiveError {
  if (thrown instanceof ArchiveError) return thrown;
  return new ArchiveError(item, reasonOf(thrown), { cause: thrown });
}
