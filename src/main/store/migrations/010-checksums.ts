/**
 * A checksum beside each block of samples (CRC-32, ISO-HDLC), so that damage is found that SQLite cannot see. Blocks that
 * were stored before have none: nobody knows whether they are as they were written.
 */
export const checksums = /* sql */ `
ALTER TABLE samples ADD COLUMN crc32 INTEGER;
ALTER TABLE chunks ADD COLUMN crc32 INTEGER;
`
