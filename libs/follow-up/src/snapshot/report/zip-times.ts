const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const directoryEntryLength = 46;
/** 1 January 1980 at midnight, the first instant that a ZIP file can tell (APPNOTE 4.4.6). */
const firstDay = 0x0021;

/**
 * A ZIP file whose entries all have the same time, in place of the one at which they were packed: what is the same then
 * has the same bytes.
 * @throws RangeError where it is no ZIP file
 */
export function withFixedTimes(zip: Buffer): Buffer {
  const fixed = Buffer.from(zip);
  const end = fixed.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || fixed.readUInt32LE(end) !== endOfDirectory) throw new RangeError('Not a ZIP file');
  let entry = fixed.readUInt32LE(end + 16);
  for (let left = fixed.readUInt16LE(end + 10); left > 0; left--) {
    if (fixed.readUInt32LE(entry) !== directoryEntry) throw new RangeError('The directory of the ZIP file is broken');
    const header = fixed.readUInt32LE(entry + 42);
    setTime(fixed, entry + 12);
    setTime(fixed, header + 10);
    const lengths = [28, 30, 32].map((offset) => fixed.readUInt16LE(entry + offset));
    entry += lengths.reduce((sum, length) => sum + length, directoryEntryLength);
  }
  return fixed;
}

function setTime(zip: Buffer, offset: number): void {
  zip.writeUInt16LE(0, offset);
  zip.writeUInt16LE(firstDay, offset + 2);
}
