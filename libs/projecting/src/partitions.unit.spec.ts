import { describe, expect, it } from '@jest/globals';
import { allPartitions, partitionCount, partitionOf, partitionOfStream } from './partitions.js';

describe('The partition of a tenant', () => {
  it('is the same for ever: checkpoints that are stored rest on it', () => {
    const tenants = ['uppsala', 'sala', 'knivsta', 'heby', 'upplands-vasby', 'region-uppsala', 'system', 'o'];
    expect(partitionCount).toBe(16);
    expect(tenants.map(partitionOf)).toEqual([6, 4, 13, 13, 3, 8, 2, 2]);
  });

  it('is that of its streams, and what names no tenant has one too', () => {
    expect(partitionOfStream('uppsala.item-1')).toBe(partitionOf('uppsala'));
    expect(partitionOfStream('upplands-vasby.item-1')).toBe(partitionOf('upplands-vasby'));
    expect(partitionOfStream('$settings')).toBe(0);
    expect(partitionOfStream('.item-1')).toBe(0);
  });

  it('is any of them about as often', () => {
    const tenants = Array.from({ length: 1_600 }, (_, index) => partitionOf(`kommun-${index}`));
    for (const partition of allPartitions) {
      const share = tenants.filter((each) => each === partition).length;
      expect(share).toBeGreaterThan(60);
      expect(share).toBeLessThan(140);
    }
  });
});
