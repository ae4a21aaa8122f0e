import sharp from 'sharp';

/**
 * A picture small enough to stand in a report, as a `data:` address; null where the bytes are no picture that can be read.
 * The original is in the bundle; this is for the eye.
 */
export async function scaledPicture(bytes: Uint8Array): Promise<string | null> {
  try {
    const small = await sharp(bytes, { limitInputPixels: 200_000_000 })
      .resize({ width: 1200, height: 1600, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80, mozjpeg: true })
      .toBuffer();
    return `data:image/jpeg;base64,${small.toString('base64')}`;
  } catch {
    return null;
  }
}
