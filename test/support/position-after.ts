/** The least position that is after another one, whatever its last digit. */
export const positionAfter = (position: string): string => String(BigInt(position) + 1n).padStart(position.length, '0');
