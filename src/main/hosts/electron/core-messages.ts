import { z } from 'zod';

/** Shell to core. `id` is repeated in the answer. A port for a window comes along with `serve`. */
export const toCoreSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), home: z.string(), openCases: z.array(z.string()) }),
  z.object({ type: z.literal('serve') }),
  z.object({ type: z.literal('target'), id: z.int(), token: z.string() }),
  z.object({ type: z.literal('read'), id: z.int(), token: z.string(), offset: z.int(), length: z.int() }),
  z.object({ type: z.literal('close') }),
]);
export type ToCore = z.infer<typeof toCoreSchema>;

const replayTargetSchema = z.object({ size: z.int(), url: z.string(), timestamp: z.string() });

/** Core to shell. */
export const fromCoreSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started') }),
  /** It could not start: a sentence for the person. */
  z.object({ type: z.literal('unable'), message: z.string() }),
  z.object({ type: z.literal('target'), id: z.int(), target: replayTargetSchema.nullable() }),
  z.object({
    type: z.literal('bytes'),
    id: z.int(),
    bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  }),
  z.object({ type: z.literal('failed'), id: z.int(), message: z.string() }),
  z.object({ type: z.literal('closed') }),
]);
export type FromCore = z.infer<typeof fromCoreSchema>;
