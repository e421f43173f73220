import { inflateRawSync } from 'node:zlib';

/** The text files of a ZIP file by name, read by way of its directory. */
export function unzipped(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(entry + offset)) as [
      number,
      number,
      number,
    ];
    const header = zip.readUInt32LE(entry + 42);
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
    const bytes = zip.readUInt16LE(entry + 10) === 0 ? packed : inflateRawSync(packed);
    files.set(zip.toString('utf8', entry + 46, entry + 46 + name), bytes.toString('utf8'));
    entry += 46 + name + extra + comment;
  }
  return files;
}
