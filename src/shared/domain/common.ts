import { z } from 'zod';

/** UUID in lower case. Captures, actors, links, cases and jobs are UUIDv7, so they sort by the time they were made. */
export const idSchema = z.uuid();

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** An instant in UTC, RFC 3339 with milliseconds: `2026-11-22T18:00:00.000Z`. */
export const instantSchema = z.iso.datetime({ precision: 3 });

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(
  z.string(),
  z.json(),
) as z.ZodType<JsonObject>;
